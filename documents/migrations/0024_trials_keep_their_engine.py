"""A trial says which engine reads it: what is taken over is read by the same."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0023_who_chose_the_engine")]

    operations: ClassVar = [
        # The database knows the default, so that SQLite adds a column instead of copying the table.
        migrations.AddField(
            "trial",
            "engine",
            models.CharField(
                max_length=30,
                blank=True,
                db_default="",
                help_text="The name of the one that reads it; empty in older trials: the site's.",
            ),
        ),
    ]
