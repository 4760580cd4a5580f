"""Indexes for filters of a search: domains of e-mail addresses, locked documents, beginnings of values."""

from django.db import migrations, models

from documents.models.fact import Domain


def _collate(collation):
    """Ranges follow the letters only in the collation C, which SQLite has anyway."""

    def run(_apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f'ALTER TABLE documents_entity ALTER COLUMN value TYPE varchar(300) COLLATE "{collation}"'
            )

    return run


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_trash_is_found")]

    operations = [
        migrations.RunPython(_collate("C"), _collate("default")),
        migrations.AddIndex(
            model_name="entity", index=models.Index(Domain("value"), name="entity_domain")
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("is_locked", True)), fields=["collection"], name="document_locked"
            ),
        ),
    ]
