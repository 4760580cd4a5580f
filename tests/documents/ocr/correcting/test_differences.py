"""What changed between two texts, in its lines."""

import pytest

from documents.ocr.correcting.comparing import compare
from documents.ocr.correcting.differences import Kind, Row, changed_lines, in_context
from documents.ocr.elements import PageText
from tests.pages import page

_MARKS = {Kind.SAME: "{}", Kind.GONE: "[{}]", Kind.NEW: "<{}>"}


def told(row: Row) -> str:
    return "".join(piece.space + _MARKS[piece.kind].format(piece.text) for piece in row)


def groups(before: PageText, after: PageText) -> list[list[str]]:
    return [[told(row) for row in group] for group in changed_lines(before, after, compare(before, after))]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("one two three", "one too three", ["one [two] <too> three"]),
        ("one two three", "one three", ["one [two] three"]),
        ("one three", "one two three", ["one <two> three"]),
        ("two three", "three", ["[two] three"]),
        ("one\ntwo three", "one\nthree", ["one", "[two] three"]),
        ("one\nthree", "one\ntwo three", ["one", "<two> three"]),
        ("one\ntwo\nthree", "one\nthree", ["one", "[two]", "three"]),
        ("one\nthree", "one\ntwo\nthree", ["one", "<two>", "three"]),
        ("one\ntwo", "one\ntoo", ["one", "[two] <too>"]),
        ("1 2\n3 4", "a b c", ["[1 2]", "[3 4]", "<a b c>"]),
        ("one", "", ["[one]"]),
        ("", "one\ntwo", ["<one>", "<two>"]),
    ],
)
def test_words_are_marked_where_they_stand(before: str, after: str, lines: list[str]) -> None:
    pages = [page(text) if text else PageText(9, 9, ()) for text in (before, after)]
    assert groups(*pages) == [lines]


def test_a_changed_line_comes_with_its_neighbours() -> None:
    before, after = page("1\n2\nx\n4\n5\n6\n7\n8\ny"), page("1\n2\n3\n4\n5\n6\n7\n8\n9")
    assert groups(before, after) == [["2", "[x] <3>", "4"], ["8", "[y] <9>"]]


def test_groups_that_meet_are_one() -> None:
    before, after = page("x\n2\n3\ny\nz"), page("1\n2\n3\n4\n5")
    assert groups(before, after) == [["[x] <1>", "2", "3", "[y] <4>", "[z] <5>"]]


def test_what_is_the_same_has_no_changed_lines() -> None:
    assert groups(page("one two\nthree"), page("one\ntwo three")) == []


def test_what_is_written_without_spaces_stays_so() -> None:
    assert groups(page("你 好 吗"), page("你 号 吗")) == [["你[好]<号>吗"]]


def test_a_change_stands_between_its_neighbours() -> None:
    before, after = page("1 2 3 4\n5 x 7 8 9 10"), page("1 2 3 4 5 six 7 8 9 10")
    [change] = compare(before, after).changes
    assert told(in_context(before.words, change)) == "3 4 5 [x] <six> 7 8 9"
