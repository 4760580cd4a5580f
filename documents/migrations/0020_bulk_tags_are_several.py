"""A bulk action may add several tags: those that were stored with one have a list of one."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_lists(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for action in apps.get_model("documents", "BulkAction").objects.filter(params__has_key="tag").iterator():
        action.params["tags"] = [action.params.pop("tag")]
        action.save(update_fields=["params"])
    items = apps.get_model("documents", "BulkItem").objects
    for item in items.filter(action__kind__in=["tag", "untag"], before__has_key="tag").iterator():
        key = item.before.pop("tag")
        item.before["tags"] = [key] if key else []
        item.save(update_fields=["before"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0019_pages_are_cleaned")]

    operations: ClassVar = [migrations.RunPython(make_lists, migrations.RunPython.noop, elidable=True)]
