"""What the index of SQLite is asked, and how."""

import pytest
from django.db import connection

from accounts.models import User
from documents.models import Collection
from documents.search.index import sqlite
from tests.factories import make_document

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="asks a table that only SQLite has")


def test_the_share_of_some_collections_in_all_pages_is_told_from_a_sample(
    collection: Collection, owner: User
) -> None:
    assert sqlite.share(connection, [collection.pk]) == 0
    other = Collection.objects.create(name="Other")
    for place, pages in ((collection, 30), (other, 10)):
        make_document(collection=place, user=owner, texts=["hello"] * pages)
    assert sqlite.share(connection, []) == 0
    assert sqlite.share(connection, [collection.pk]) == pytest.approx(0.75, abs=0.05)
    assert sqlite.share(connection, [other.pk]) == pytest.approx(0.25, abs=0.05)
    assert sqlite.share(connection, [collection.pk, other.pk]) == 1
