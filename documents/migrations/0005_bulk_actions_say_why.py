"""Why a document was left alone by a bulk action, and an index for those that wait."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0004_full_text_index"),
    ]

    operations = [
        migrations.AddField(
            "bulkaction",
            "error_code",
            models.CharField(blank=True, default="", help_text="Why nothing came of all of it.", max_length=40),
            preserve_default=False,
        ),
        migrations.AlterField(
            "bulkaction",
            "lease_until",
            models.DateTimeField(
                help_text="Until then a worker has it or, while it waits, the queue is not asked about it.",
                null=True,
            ),
        ),
        migrations.AddField(
            "bulkitem",
            "error_code",
            models.CharField(
                blank=True, default="", help_text="Why it was left alone, or failed.", max_length=40
            ),
            preserve_default=False,
        ),
        migrations.AddField("bulkitem", "error_params", models.JSONField(default=dict)),
        migrations.AddIndex(
            "bulkitem",
            models.Index(
                condition=models.Q(("state", "waiting")), fields=["action", "id"], name="item_waiting"
            ),
        ),
    ]
