"""A text says whether it has tables, and so does the page that shows it, so that only those offer them."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0024_trials_keep_their_engine")]

    operations: ClassVar = [
        migrations.AddField(
            "page",
            "has_tables",
            models.BooleanField(null=True, help_text="In the current text, as that says itself."),
        ),
        migrations.AddField(
            "transcription",
            "has_tables",
            models.BooleanField(null=True, help_text="Empty in a text from before that was noted."),
        ),
    ]
