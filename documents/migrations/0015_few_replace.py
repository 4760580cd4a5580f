"""Few documents replace another one: an index of these alone."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0014_people_correct")]

    operations: ClassVar = [
        migrations.AlterField(
            "document",
            "replaces",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                db_index=False,
                related_name="replaced_by",
                to="documents.document",
                help_text="The older version of the same paper.",
            ),
        ),
        migrations.AddIndex(
            "document",
            models.Index(
                fields=["replaces"],
                name="document_replaces",
                condition=models.Q(replaces__isnull=False),
            ),
        ),
    ]
