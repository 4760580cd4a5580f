"""What was done in bulk with one tag, before there could be several, can still be undone."""

from importlib import import_module

import pytest
from django.apps.registry import Apps

from tests.documents.migrations.conftest import models_at

make_lists = import_module("documents.migrations.0020_bulk_tags_are_several").make_lists


@pytest.fixture
def then(db: None) -> Apps:
    """The models that the migration knows."""
    return models_at("0019_pages_are_cleaned")


def test_one_tag_becomes_a_list_of_one(then: Apps) -> None:
    user = then.get_model("accounts", "User").objects.create(username="owner")
    collection = then.get_model("documents", "Collection").objects.create(name="Letters")
    documents = then.get_model("documents", "Document").objects
    one, other = (documents.create(collection=collection, title=name, byte_size=1) for name in "ab")
    actions = then.get_model("documents", "BulkAction").objects
    tagged = actions.create(user=user, kind="tag", params={"tag": "tax", "total": 2})
    tagged.items.create(document=one, before={"tag": 7})
    tagged.items.create(document=other, before={"tag": None})
    moved = actions.create(user=user, kind="move", params={"collection": 1})
    moved.items.create(document=one, before={"collection": 2})
    for _time in range(2):
        make_lists(then, None)
    assert [action.params for action in actions.order_by("pk")] == [
        {"tags": ["tax"], "total": 2},
        {"collection": 1},
    ]
    assert [item.before for item in tagged.items.order_by("pk")] == [{"tags": [7]}, {"tags": []}]
    assert moved.items.get().before == {"collection": 2}
