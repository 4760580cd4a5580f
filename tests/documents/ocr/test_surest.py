"""Which of several readings of a page is recommended."""

from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.surest import sure_words, surest


def page(*confidences: float) -> PageText:
    """A word for each."""
    words = [Word("word", each, Box(12 * at, 0, 12 * at + 10, 10)) for at, each in enumerate(confidences)]
    return PageText(600, 40, (Block.of([Line.of(words)]),) if words else ())


def test_words_of_which_the_engine_was_unsure_do_not_count() -> None:
    assert (sure_words(page(90, 60, 59, 0)), sure_words(page())) == (2, 0)


def test_the_surest_is_not_the_one_that_read_hardly_anything() -> None:
    assert surest({"few": page(99, 99), "most": page(*[70] * 10), "nearly": page(*[80] * 9)}) == "nearly"


def test_the_surest_is_not_kept_out_by_one_that_took_dirt_for_words() -> None:
    clean, dirty = page(*[95] * 10), page(*[90] * 10, *[20] * 10)
    assert surest({"dirty": dirty, "clean": clean}) == "clean"


def test_where_nobody_is_sure_of_a_word_the_least_unsure_is_the_surest() -> None:
    assert surest({"one": page(10, 20), "other": page(30), "none": page()}) == "other"


def test_where_nothing_was_read_nothing_is_recommended() -> None:
    assert surest({}) is None
    assert surest({"none": page()}) is None
