"""Everybody has a personal collection after an update, whether they sign in anew or not."""

from importlib import import_module

import pytest
from django.apps.registry import Apps

from tests.documents.migrations.conftest import models_at

make = import_module("documents.migrations.0011_personal_collections").make


@pytest.fixture
def then(db: None) -> Apps:
    """The models that the migration knows."""
    return models_at("0010_events_of_many")


def test_who_has_none_gets_one_and_only_one(then: Apps) -> None:
    users = then.get_model("accounts", "User").objects
    owner, other = users.create(username="owner"), users.create(username="other")
    collections = then.get_model("documents", "Collection").objects
    letters = collections.create(name="Letters", personal_of=owner)
    letters.memberships.create(user=owner, role="owner")
    for _time in range(2):
        make(then, None)
    rows = collections.order_by("pk").values_list(
        "name", "personal_of", "memberships__user", "memberships__role"
    )
    assert list(rows) == [
        ("Letters", owner.pk, owner.pk, "owner"),
        ("other", other.pk, other.pk, "owner"),
    ]
