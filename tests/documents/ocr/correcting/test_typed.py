"""A line that was typed anew: what is as it was keeps its place, and the rest finds one."""

import pytest

from documents.ocr.correcting.editing import edited
from documents.ocr.correcting.operations import RetypeLine
from documents.ocr.correcting.typed import pieces, retyped
from documents.ocr.elements import Box, Line, PageText, Word
from tests.pages import page

PAGE = Box(0, 0, 1000, 1000)
LINE = [*page("the quick brown fox").words]


def kept(before: list[Word], text: str) -> list[tuple[str, bool]]:
    """Each word of the line as ``text``, and whether it is still the one from ``before``."""
    return [(word.text, word in before) for word in retyped(before, text, PAGE)]


def test_a_line_typed_as_it_was_stays_as_it_was() -> None:
    assert retyped(LINE, "the quick brown fox", PAGE) == LINE


def test_only_the_words_that_changed_are_new() -> None:
    assert kept(LINE, "the quiet brown fox") == [
        ("the", True), ("quiet", False), ("brown", True), ("fox", True)
    ]  # fmt: skip
    assert retyped(LINE, "the quiet brown fox", PAGE)[1] == Word("quiet", 100, LINE[1].box)


@pytest.mark.parametrize(
    ("text", "boxes"),
    [
        ("the quickbrown fox", [(0, 30), (40, 150), (160, 190)]),
        ("the qu ick brown fox", [(0, 30), (40, 58), (63, 90), (100, 150), (160, 190)]),
        ("the brown fox", [(0, 30), (100, 150), (160, 190)]),
        ("the quick brown old fox", [(0, 30), (40, 90), (100, 150), (151, 159), (160, 190)]),
        ("The Quick brown fox", [(0, 30), (40, 90), (100, 150), (160, 190)]),
        ("fox", [(160, 190)]),
        ("so the quick brown fox", [(0, 1), (0, 30), (40, 90), (100, 150), (160, 190)]),
    ],
)
def test_new_words_stand_where_the_old_ones_stood(text: str, boxes: list[tuple[int, int]]) -> None:
    words = retyped(LINE, text, PAGE)
    assert " ".join(word.text for word in words) == text
    assert [(word.box.x0, word.box.x1) for word in words] == boxes


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u2060"])
def test_spaces_of_no_width_are_not_typed(unseen: str) -> None:
    assert pieces(f"{unseen}the{unseen} qu{unseen}ick {unseen}") == ["the", "quick"]


def test_letters_that_are_younger_than_the_list_of_python_are_words() -> None:
    assert pieces("the \u0378 fox") == ["the", "\u0378", "fox"]


def test_joiners_within_a_word_stay() -> None:
    assert pieces("می\u200cخواهم क्\u200dष") == ["می\u200cخواهم", "क्\u200dष"]


def test_a_part_of_a_word_is_not_the_word() -> None:
    assert kept(LINE, "thereby quick") == [("thereby", False), ("quick", True)]


def test_a_line_without_text_has_no_words() -> None:
    assert retyped(LINE, "  ", PAGE) == []


def words(*texts: str) -> list[Word]:
    return [Word(text, 80, Box(20 * at, 0, 20 * at + 20, 20)) for at, text in enumerate(texts)]


def test_scripts_without_spaces_are_typed_without() -> None:
    line = words("東京", "都", "庁")
    after = retyped(line, "東京府庁", PAGE)
    assert [(word.text, word in line) for word in after] == [("東京", True), ("府", False), ("庁", True)]
    assert Line(tuple(after), PAGE).text == "東京府庁"


def test_a_space_that_was_typed_stays_even_where_the_script_has_none() -> None:
    after = retyped(words("東京", "都"), "東京 都", PAGE)
    assert Line(tuple(after), PAGE).text == "東京 都"


def test_a_space_that_was_deleted_is_gone() -> None:
    line = [Word("Total", 80, Box(0, 0, 50, 20)), Word("8.70", 80, Box(50, 0, 90, 20), space=False)]
    assert Line(tuple(retyped(line, "Total8.71", PAGE)), PAGE).text == "Total8.71"
    assert Line(tuple(retyped(line, "Total 8.70", PAGE)), PAGE).text == "Total 8.70"


@pytest.mark.parametrize("text", ["", "x", "a b", "the  fox", "xfox the", "brown 東京 fox", "سلام fox"])
def test_the_line_says_what_was_typed(text: str) -> None:
    after = edited(PageText(1000, 1000, page("the quick brown fox").blocks), [RetypeLine(0, text)])
    assert after.text == " ".join(text.split())
