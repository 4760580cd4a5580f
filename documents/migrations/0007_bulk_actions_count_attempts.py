"""Who holds a bulk action, and how often workers took it in vain."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0006_what_is_found"),
    ]

    operations = [
        migrations.AddField(
            "bulkaction",
            "token",
            models.UUIDField(help_text="Of the worker that has it.", null=True),
        ),
        migrations.AddField(
            "bulkaction",
            "attempts",
            models.PositiveSmallIntegerField(
                default=0, help_text="How often it was taken by workers since anything came of it."
            ),
        ),
    ]
