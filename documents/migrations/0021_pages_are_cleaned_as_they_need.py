"""Pages are cleaned by what is measured on them, unless somebody chose otherwise.

The defaults are of the models alone: the database has none, so that no table is changed (SQLite would copy
three) and only the values in the rows of documents are.
"""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def clean_as_needed(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What nobody chose a cleaning for; runs keep what they were cleaned by."""
    apps.get_model("documents", "Document").objects.filter(cleaning="none").update(cleaning="auto")


def leave_as_they_are(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for model in ("Document", "OcrRun", "Trial"):
        apps.get_model("documents", model).objects.filter(cleaning="auto").update(cleaning="none")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0020_bulk_tags_are_several")]

    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "document",
                    "cleaning",
                    models.CharField(
                        default="auto",
                        help_text="What is done to its pages before they are read.",
                        max_length=20,
                    ),
                ),
                migrations.AlterField("ocrrun", "cleaning", models.CharField(default="auto", max_length=20)),
                migrations.AlterField("trial", "cleaning", models.CharField(default="auto", max_length=20)),
            ]
        ),
        migrations.RunPython(clean_as_needed, leave_as_they_are),
    ]
