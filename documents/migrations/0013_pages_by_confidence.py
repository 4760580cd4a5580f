"""Find documents with badly read pages by an index."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0012_bulk_rename")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["confidence", "document"], name="entry_confidence"),
        ),
    ]
