"""Words, numbers and addresses as the pages show them."""

import pytest

from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.templatetags import reading
from documents.words import ranges

BOX = Box(0, 0, 1, 1)


def page_of(*blocks: list[list[tuple[str, float]]]) -> PageText:
    """Blocks of lines of words with their confidences."""
    rows = tuple(
        Block(tuple(Line(tuple(Word(*word, BOX) for word in line), BOX) for line in block), BOX)
        for block in blocks
    )
    return PageText(1, 1, rows)


def test_blocks_are_paragraphs_and_lines_are_lines() -> None:
    html = reading.page_words(page_of([[("One", 90), ("two", 90)], [("Three", 90)]], [[("four", 90)]]))
    assert html == "<p><span>One two</span>\n<span>Three</span></p>\n<p><span>four</span></p>\n"


@pytest.mark.parametrize(("letters", "is_long"), [(69, False), (70, True)])
def test_prose_whose_lines_are_too_long_for_a_desk_is_marked(letters: int, is_long: bool) -> None:
    line = [("x" * (letters - 1) + ".", 90.0)]
    html = reading.page_words(page_of([line, line, line]))
    assert html.startswith('<p class="flows long">') is is_long


def test_what_was_read_is_escaped() -> None:
    html = reading.page_words(page_of([[("<script>", 90), ("&", 10)]]))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert ">&amp;</mark>" in html


@pytest.mark.parametrize(("confidence", "is_marked"), [(0, True), (59.9, True), (60, False), (100, False)])
def test_unsure_words_are_marked(confidence: float, is_marked: bool) -> None:
    html = reading.page_words(page_of([[("word", confidence)]]))
    assert (
        '<mark class="unsure" title="The engine is unsure of this word.">word</mark>' in html
    ) is is_marked


def test_chinese_words_stand_without_spaces_marked_or_not() -> None:
    html = reading.page_words(page_of([[("你好", 90), ("世界", 10), ("OK", 90)]]))
    assert ">你好<mark" in html
    assert "世界</mark> OK<" in html


@pytest.mark.parametrize(
    ("codes", "tag"),
    [
        (["eng", "rus"], "en"),
        (["deu"], "de"),
        (["chi_tra"], "zh-Hant"),
        (["Latin"], ""),
        (["own"], ""),
        ([], ""),
    ],
)
def test_browsers_are_told_the_language(codes: list[str], tag: str) -> None:
    assert reading.language_tag(codes) == tag


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (3, "less than a minute left"),
        (59.9, "less than a minute left"),
        (80, "about 1 minute left"),
        (170, "about 3 minutes left"),
        (3600, "about 60 minutes left"),
        (7300, "about 2 hours left"),
    ],
)
def test_the_time_left_is_told_roughly(seconds: float | None, words: str) -> None:
    assert reading.time_left(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (0.4, "0 s"), (48, "48 s"), (200.2, "3 min 20 s"), (119.7, "2 min 0 s")],
)
def test_a_duration_is_told_in_minutes(seconds: float | None, words: str) -> None:
    assert reading.duration(seconds) == words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([], ""), ([4], "4"), ([2, 3, 5], "2–3, 5"), ([1, 2, 3, 7, 8, 1000, 1001], "1–3, 7–8, 1,000–1,001")],
)
def test_page_numbers_are_written_as_ranges(numbers: list[int], words: str) -> None:
    assert ranges(numbers) == words


def test_a_sentence_without_a_command_is_escaped() -> None:
    assert reading.with_command("<b> & so on", "") == "&lt;b&gt; &amp; so on"


def test_a_command_in_a_sentence_is_code_with_a_button() -> None:
    html = " ".join(reading.with_command("To install it: a & b, then go on.", "a & b").split())
    assert html.startswith('To install it: <span class="command"><code>a &amp; b</code><button type="button"')
    assert html.endswith("</button></span> , then go on.")


def test_a_command_that_is_not_in_the_sentence_is_left_out() -> None:
    assert reading.with_command("Try again.", "rm -rf") == "Try again."
