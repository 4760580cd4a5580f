"""Documents for which nobody chose a cleaning are cleaned as they need, and no table is rebuilt for that."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.documents.migrations.conftest import Migrate
import pytest

pytestmark = pytest.mark.slow

BEFORE, AFTER = "0020_bulk_tags_are_several", "0021_pages_are_cleaned_as_they_need"


def test_only_what_nobody_chose_changes_and_no_table_does(migrate: Migrate) -> None:
    then = migrate(BEFORE)
    collection = then.get_model("documents", "Collection").objects.create(name="Letters")
    documents = then.get_model("documents", "Document").objects
    for cleaning in ("none", "invert"):
        documents.create(collection=collection, title=cleaning, byte_size=1, cleaning=cleaning)
    with CaptureQueriesContext(connection) as queries:
        now = migrate(AFTER)
    found = now.get_model("documents", "Document").objects
    assert dict(found.values_list("title", "cleaning")) == {"none": "auto", "invert": "invert"}
    assert not [asked["sql"] for asked in queries if asked["sql"].startswith(("CREATE TABLE", "ALTER TABLE"))]
    then = migrate(BEFORE)
    assert set(then.get_model("documents", "Document").objects.values_list("cleaning", flat=True)) == {
        "none",
        "invert",
    }
