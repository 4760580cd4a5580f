"""What was done to many documents at once is one line of the history of everything."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_filters_by_index")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="part_of",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parts",
                to="documents.event",
            ),
        ),
        migrations.AddField(
            model_name="bulkaction",
            name="event",
            field=models.ForeignKey(
                help_text="Its line of the history.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="documents.event",
            ),
        ),
        migrations.RemoveIndex(model_name="event", name="event_newest"),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("part_of", None)), fields=["-at", "-id"], name="event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("part_of__isnull", False)),
                fields=["part_of", "-at", "-id"],
                name="event_parts",
            ),
        ),
    ]
