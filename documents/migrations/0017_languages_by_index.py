"""Which languages the documents of a collection have is told by an index, without a look at each of them."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0016_texts_come_along")]

    operations: ClassVar = [
        migrations.AddIndex(
            "document",
            models.Index(
                fields=["collection", "languages"],
                name="document_languages",
                condition=models.Q(trashed_at=None),
            ),
        ),
    ]
