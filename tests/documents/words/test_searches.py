"""What tells saved searches apart that look for the same."""

import pytest

from documents.models import SavedSearch
from documents.views.search import SORTS
from documents.words.searches import how_asked


@pytest.mark.parametrize(
    ("sort", "is_forgiving", "told"),
    [
        ("", True, ""),
        ("relevance", True, ""),
        ("title", True, "Title"),
        ("", False, "misreadings not forgiven"),
        ("newest", False, "Last added · misreadings not forgiven"),
    ],
)
def test_what_is_unusual_is_told(sort: str, is_forgiving: bool, told: str) -> None:
    assert how_asked(SavedSearch(sort=sort, is_forgiving=is_forgiving)) == told


def test_every_order_and_way_looks_different() -> None:
    told = [how_asked(SavedSearch(sort=sort, is_forgiving=way)) for sort in SORTS for way in (True, False)]
    assert len(set(told)) == len(told) == 8
