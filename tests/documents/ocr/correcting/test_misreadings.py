"""The same misreading elsewhere on a page."""

import pytest

from documents.ocr.correcting.editing import edited
from documents.ocr.correcting.misreadings import core, corrections, places
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


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("Smith", "Smith,", "Smith, Smith, (Smith) Smith,"),
        ("Smith,", "Smith", "Smith Smith (Smith) Smith"),
        ("(Smith)", "“Smith”", "Smith, Smith “Smith” Smith"),
    ],
)
def test_what_is_corrected_around_a_word_is_so_in_words_that_read_the_same(
    wrong: str, right: str, expected: str
) -> None:
    read = page("Smith, Smith (Smith) Smith")
    assert edited(read, corrections([*places(read, wrong, right)])).text == expected


def test_a_right_reading_of_two_words_leaves_the_words_behind_it_alone() -> None:
    read = page("ofthe cat ofthe dog\nofthe")
    assert (
        edited(read, corrections([*places(read, "ofthe", "of the")])).text == "of the cat of the dog\nof the"
    )
