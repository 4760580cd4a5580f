"""The button and what came of it tell the same number of copies."""

import pytest

from documents.words.copies import keep, kept


@pytest.mark.parametrize(
    ("count", "asked", "told"),
    [
        (2, "Keep both", "Both are kept."),
        (3, "Keep all 3", "All 3 copies are kept."),
        (1200, "Keep all 1,200", "All 1,200 copies are kept."),
    ],
)
def test_as_many_are_kept_as_the_button_said(count: int, asked: str, told: str) -> None:
    assert (keep(count), kept(count)) == (asked, told)
