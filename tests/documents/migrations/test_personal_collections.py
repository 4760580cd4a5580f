"""Everybody has a personal collection after an update, whether they sign in anew or not."""

from importlib import import_module

from django.apps import apps

from accounts.models import User
from documents.models import Collection

make = import_module("documents.migrations.0011_personal_collections").make


def test_who_has_none_gets_one(collection: Collection, owner: User, viewer: User) -> None:
    make(apps, None)
    assert owner.personal_collection == collection
    own = viewer.personal_collection
    assert (own.name, [*own.memberships.values_list("user", "role")]) == ("viewer", [(viewer.pk, "owner")])


def test_a_second_time_changes_nothing(viewer: User) -> None:
    for _time in range(2):
        make(apps, None)
    assert Collection.objects.count() == 1
