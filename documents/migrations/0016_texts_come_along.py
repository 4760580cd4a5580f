"""A page may come with a text, which is taken instead of being read."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0015_few_replace")]

    operations: ClassVar = [
        migrations.AddField(
            "pagejob",
            "given",
            models.BinaryField(
                null=True,
                help_text="A text that came with the image, packed, which is not read then; empty once it was taken.",
            ),
        ),
    ]
