"""People correct texts: whose a text is, what it was made from and what waits beside it; known words.

SQLite copies the table of texts, the largest of all, for each change but a new column that may be empty. Here
it does so once, for the constraint: ``_Column`` and ``_Nullable`` leave theirs to that copy.
"""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _person(**options):
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **options,
    )


def _text(help_text, related_name="+"):
    return models.ForeignKey(
        help_text=help_text,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name=related_name,
        to="documents.transcription",
    )


class _Column(migrations.AddField):
    """A column with a default of the database, which SQLite can add as it is, whatever Django thinks."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "sqlite":
            model = to_state.apps.get_model(app_label, self.model_name)
            field = model._meta.get_field(self.name)  # noqa: SLF001
            BaseDatabaseSchemaEditor.add_field(schema_editor, model, field)
        else:
            super().database_forwards(app_label, schema_editor, from_state, to_state)


class _Nullable(migrations.AlterField):
    """SQLite knows of it from the copy that the next change makes."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        super().database_forwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("documents", "0013_pages_by_confidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            "page", "proposal", _text("A reading that waits for a person to say what of it is right.")
        ),
        migrations.AddField("page", "changed_by", _person()),
        migrations.AddField(
            "page",
            "changed_at",
            models.DateTimeField(
                help_text="When a person chose the current text; empty where it is as it was read.", null=True
            ),
        ),
        migrations.AddField("page", "proofread_by", _person()),
        migrations.AddField(
            "page",
            "proofread_at",
            models.DateTimeField(help_text="When a person said that the text is right.", null=True),
        ),
        _Column(
            "transcription",
            "source",
            models.CharField(
                choices=[("run", "read by an engine"), ("person", "corrected by a person")],
                db_default="run",
                max_length=6,
            ),
        ),
        migrations.AddField("transcription", "author", _person()),
        migrations.AddField(
            "transcription", "based_on", _text("The text that the author changed.", "followers")
        ),
        migrations.AddField(
            "transcription", "reading", _text("The engine's reading that a person's text goes back to.")
        ),
        migrations.AddField(
            "transcription",
            "taken_from",
            _text("The text that was restored, or that the author took words from."),
        ),
        migrations.AddField(
            "transcription",
            "together",
            models.UUIDField(help_text="The same for changes that are undone as one.", null=True),
        ),
        _Nullable(
            "transcription",
            "run",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="transcriptions",
                to="documents.ocrrun",
            ),
        ),
        migrations.AddConstraint(
            "transcription",
            models.CheckConstraint(
                condition=models.Q(source="run", run__isnull=False) | models.Q(source="person", run=None),
                name="a_run_or_a_person_wrote_it",
            ),
        ),
        migrations.AddIndex(
            "transcription",
            models.Index(
                condition=models.Q(together__isnull=False), fields=["together"], name="changed_together"
            ),
        ),
        migrations.AddIndex(
            "searchentry",
            models.Index(fields=["collection", "confidence", "page"], name="entry_worst"),
        ),
        migrations.AlterField(
            "event",
            "action",
            models.CharField(
                choices=[
                    ("uploaded", "uploaded"),
                    ("read", "read"),
                    ("read_again", "asked to read again"),
                    ("cancelled", "cancelled the reading"),
                    ("shown", "chose another reading"),
                    ("renamed", "renamed"),
                    ("dated", "changed the date"),
                    ("moved", "moved"),
                    ("tagged", "changed the tags"),
                    ("noted", "wrote a note"),
                    ("trashed", "put in the trash"),
                    ("restored", "took out of the trash"),
                    ("deleted", "deleted for good"),
                    ("member", "changed the members"),
                    ("version", "made a version"),
                    ("kept", "kept both copies"),
                    ("corrected", "corrected the text"),
                    ("proofread", "proofread a page"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            "KnownWord",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=200, verbose_name="word")),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="known_words",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["word"]},
        ),
        migrations.AddConstraint(
            "knownword", models.UniqueConstraint(fields=("user", "word"), name="one_known_word_per_user")
        ),
    ]
