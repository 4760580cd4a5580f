"""Pages are cleaned before they are read; readings are tried before anything changes."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_STATES = [("waiting", "waiting"), ("working", "being read"), ("done", "read"), ("failed", "not read")]


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("documents", "0018_saved_searches_forgive"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            "document",
            "cleaning",
            models.CharField(
                default="none", help_text="What is done to its pages before they are read.", max_length=20
            ),
        ),
        migrations.AddField("ocrrun", "cleaning", models.CharField(default="none", max_length=20)),
        migrations.CreateModel(
            "Trial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("languages", models.JSONField(default=list)),
                ("cleaning", models.CharField(default="none", max_length=20)),
                ("layout", models.CharField(default="auto", max_length=20)),
                (
                    "region",
                    models.JSONField(
                        help_text="[x0, y0, x1, y1] in pixels of the upright page; empty for all of it.",
                        null=True,
                    ),
                ),
                (
                    "rotation",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Degrees clockwise that made the page upright when the part was chosen.",
                    ),
                ),
                ("state", models.CharField(choices=_STATES, default="waiting", max_length=10)),
                ("token", models.UUIDField(help_text="Of the worker that has it.", null=True)),
                (
                    "lease_until",
                    models.DateTimeField(
                        help_text="Until then a worker has it or, while it waits, the queue is not asked.",
                        null=True,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
                ("error_code", models.CharField(blank=True, max_length=40)),
                ("error_params", models.JSONField(default=dict)),
                (
                    "picture",
                    models.CharField(blank=True, help_text="Name in the storage.", max_length=300),
                ),
                ("words", models.PositiveIntegerField(default=0)),
                ("mean_confidence", models.FloatField(null=True)),
                ("text", models.TextField(blank=True)),
                ("packed", models.BinaryField(help_text="What was read, in pixels of the page.", null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trials",
                        to="documents.page",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
    ]
