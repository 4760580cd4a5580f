"""A part of a page that was read again takes the place of what stood there."""

import sys
from types import FrameType
from typing import Any

import pytest

from documents.errors import PageTooFull
from documents.ocr.correcting import editing
from documents.ocr.correcting.editing import edited
from documents.ocr.correcting.operations import ReplaceWord, SplitWord
from documents.ocr.correcting.regions import corrected_in, with_region
from documents.ocr.elements import Box, PageText
from tests.pages import layout, page

PAGE = page("one two\nthree four", "five six")  # lines are 30 pixels apart, letters 10 wide
NEW = page("new text").blocks


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        (Box(0, 0, 100, 20), [["new text"], ["three four"], ["five six"]]),
        (Box(0, 30, 100, 50), [["one two"], ["new text"], ["five six"]]),
        (Box(50, 30, 110, 50), [["one two", "three"], ["new text"], ["five six"]]),
        (Box(0, 30, 50, 50), [["one two"], ["new text"], ["four"], ["five six"]]),
        (Box(40, 0, 110, 50), [["one", "three"], ["new text"], ["five six"]]),
        (Box(0, 30, 100, 100), [["one two"], ["new text"]]),
        (Box(0, 0, 1000, 1000), [["new text"]]),
        (Box(500, 500, 600, 600), [["one two", "three four"], ["five six"], ["new text"]]),
        (Box(500, 55, 600, 58), [["one two", "three four"], ["new text"], ["five six"]]),
        (Box(500, 0, 600, 10), [["new text"], ["one two", "three four"], ["five six"]]),
    ],
)
def test_the_words_in_the_region_are_replaced(region: Box, expected: list[list[str]]) -> None:
    assert layout(with_region(PAGE, region, NEW)) == expected


def test_blocks_outside_stay_as_they_are() -> None:
    after = with_region(PAGE, Box(0, 60, 1000, 80), NEW)
    assert after.blocks == (PAGE.blocks[0], *NEW)


def test_a_region_of_a_blank_page_is_its_first_text() -> None:
    assert layout(with_region(PageText(100, 100, ()), Box(0, 0, 9, 9), NEW)) == [["new text"]]


def test_a_region_without_text_takes_words_away() -> None:
    assert layout(with_region(PAGE, Box(0, 0, 30, 20), [])) == [["two", "three four"], ["five six"]]


def test_words_that_were_typed_are_corrected_and_those_that_were_said_to_be_right_are_not() -> None:
    page = edited(PAGE, [ReplaceWord(0, 0, "won"), ReplaceWord(1, 0, "three"), SplitWord(2, 1, 1)])
    whole = Box(0, 0, 1000, 1000)
    assert [word.text for word in corrected_in(whole, page, PAGE)] == ["won", "s", "ix"]
    assert [word.text for word in corrected_in(Box(0, 30, 1000, 1000), page, PAGE)] == ["s", "ix"]
    assert corrected_in(Box(500, 500, 600, 600), page, PAGE) == []


def test_where_the_reading_is_gone_certain_words_count_as_corrected() -> None:
    page = edited(PAGE, [ReplaceWord(0, 0, "won")])
    assert [word.text for word in corrected_in(Box(0, 0, 1000, 1000), page, None)] == ["won"]


def test_what_an_engine_is_certain_of_nobody_corrected() -> None:
    sure = page("one two", confidence=100.0)
    assert corrected_in(Box(0, 0, 1000, 1000), sure, sure) == []


def steps_for(lines: int) -> int:
    """How many lines of code run to replace half of a page with a block for each line."""
    read = page(*["word"] * lines)
    steps = 0

    def count(_frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal steps
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        with_region(read, Box(0, 0, 100, 15 * lines), NEW)
    finally:
        sys.settrace(before)
    return steps


def test_twice_the_blocks_are_twice_the_work() -> None:
    assert steps_for(200) < 2.5 * steps_for(100)


def test_a_page_holds_so_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "MOST_WORDS", 7)
    with pytest.raises(PageTooFull):
        with_region(PAGE, Box(500, 500, 501, 501), NEW)


def test_a_page_that_was_read_with_too_many_words_takes_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "MOST_WORDS", 1)
    assert layout(with_region(PAGE, Box(0, 0, 100, 20), NEW))[0] == ["new text"]
