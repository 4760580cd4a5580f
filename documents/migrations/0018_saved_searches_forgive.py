"""A saved search says whether misreadings are forgiven."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0017_languages_by_index")]

    operations: ClassVar = [
        migrations.AddField("savedsearch", "is_forgiving", models.BooleanField(default=True)),
    ]
