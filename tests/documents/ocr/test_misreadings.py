"""The same misreading elsewhere on a page."""

import pytest

from documents.ocr.misreadings import core, places
from tests.pages import page


@pytest.mark.parametrize(
    ("text", "expected"),
    [("word", "word"), ("(word).", "word"), ("l'été!", "l'été"), ("…", "…"), ("", ""), ("हिन्दी।", "हिन्दी")],
)
def test_what_stands_around_a_word_does_not_count(text: str, expected: str) -> None:
    assert core(text) == expected


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("rnay", "may", [(0, 0, "may"), (1, 1, "“may”")]),
        ("rnay.", "may.", [(0, 0, "may"), (1, 1, "“may”")]),
        ("Rnay", "May", []),
        ("day,", "day.", [(1, 0, "day.")]),
        ("day,", "day,", []),
    ],
)
def test_places_are_told_with_what_they_will_say(
    wrong: str, right: str, expected: list[tuple[int, int, str]]
) -> None:
    read = page("rnay rnayor\nday, “rnay”")
    assert [(place.line, place.word, place.right) for place in places(read, wrong, right)] == expected
