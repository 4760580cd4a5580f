"""A reading says which engine somebody asked for; the next one is asked of the same."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0022_better_languages")]

    operations: ClassVar = [
        # The database knows the default, so that SQLite adds a column instead of copying the table.
        migrations.AddField(
            "ocrrun",
            "asked_engine",
            models.CharField(
                max_length=30,
                blank=True,
                db_default="",
                help_text="The engine that somebody chose; empty for the site's.",
            ),
        ),
    ]
