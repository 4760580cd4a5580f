"""A text may say in which languages its page seems to be instead."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0021_pages_are_cleaned_as_they_need")]

    operations: ClassVar = [
        # It may be empty so that SQLite adds a column instead of copying the table.
        migrations.AddField(
            "transcription",
            "suggested",
            models.JSONField(
                null=True, help_text="Languages that the page seems to be in; empty for its own."
            ),
        ),
    ]
