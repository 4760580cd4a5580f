"""Many documents are renamed at once; a run keeps the priority of its pages for those that are sent again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0011_personal_collections")]

    operations = [
        migrations.AlterField(
            model_name="bulkaction",
            name="kind",
            field=models.CharField(
                choices=[
                    ("move", "move"),
                    ("tag", "tag"),
                    ("untag", "remove tag"),
                    ("rename", "rename"),
                    ("read", "read again"),
                    ("zip", "download"),
                    ("trash", "move to the trash"),
                    ("restore", "take out of the trash"),
                    ("delete", "delete for good"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="ocrrun",
            name="priority",
            field=models.SmallIntegerField(
                default=0,
                help_text="Of its pages in the queue: 0, or down to -100 for what nobody waits for.",
            ),
        ),
    ]
