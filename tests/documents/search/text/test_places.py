"""Where a part of a text stands on the image."""

from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.search.text.marks import Mark
from documents.search.text.places import boxes_of, hits_on, word_spans


def line(*words: tuple[str, int, int], y: int = 0) -> Line:
    """Words with their left and right edge, 10 pixels high."""
    made = tuple(Word(text, 90, Box(x0, y, x1, y + 10)) for text, x0, x1 in words)
    return Line(made, Box.around([word.box for word in made]))


def page(*blocks: tuple[Line, ...]) -> PageText:
    return PageText(200, 100, tuple(Block(lines, Box.around([one.box for one in lines])) for lines in blocks))


LETTER = page(
    (line(("Dear", 0, 40), ("friends,", 50, 120)), line(("the", 0, 30), ("robots", 40, 100), y=20)),
    (line(("机器人", 0, 30), ("OK", 40, 60), y=50),),
)


def test_every_word_lies_at_its_place_in_the_text() -> None:
    assert LETTER.text == "Dear friends,\nthe robots\n\n机器人 OK"
    spans = list(word_spans(LETTER))
    assert [LETTER.text[span.start : span.end] for span in spans] == [word.text for word in LETTER.words]


def boxes(part: str) -> tuple[Box, ...]:
    start = LETTER.text.index(part)
    return boxes_of(list(word_spans(LETTER)), start, start + len(part))


def test_a_word_has_its_own_box() -> None:
    assert boxes("robots") == (Box(40, 20, 100, 30),)


def test_a_part_of_a_word_has_the_box_of_the_word() -> None:
    assert boxes("friends") == (Box(50, 0, 120, 10),)


def test_words_beside_each_other_have_one_box() -> None:
    assert boxes("the robots") == (Box(0, 20, 100, 30),)


def test_words_on_two_lines_have_two() -> None:
    assert boxes("friends,\nthe") == (Box(50, 0, 120, 10), Box(0, 20, 30, 30))


def test_letters_that_are_words_have_their_part_of_the_box() -> None:
    assert boxes("机器") == (Box(0, 50, 20, 60),)
    assert boxes("器人") == (Box(10, 50, 30, 60),)


def test_letters_that_stand_below_each_other_have_their_part_too() -> None:
    column = Word("机器人", 90, Box(0, 0, 10, 30))
    spans = list(word_spans(page((Line((column,), column.box),))))
    assert boxes_of(spans, 1, 3) == (Box(0, 10, 10, 30),)


def test_letters_of_another_script_among_them_have_their_part_too() -> None:
    spans = list(word_spans(page((line(("发票2024", 0, 60)),))))
    assert boxes_of(spans, 2, 6) == (Box(20, 0, 60, 10),)


def test_words_of_one_box_share_it_by_their_letters() -> None:
    spans = list(word_spans(page((line(("机器", 0, 60), ("人", 0, 60), ("手册好", 0, 60)),))))
    assert boxes_of(spans, 2, 3) == (Box(20, 0, 30, 10),)
    assert boxes_of(spans, 4, 6) == (Box(40, 0, 60, 10),)


def test_words_with_spaces_keep_the_box_that_they_have_in_common() -> None:
    spans = list(word_spans(page((line(("good", 0, 60), ("day", 0, 60)),))))
    assert boxes_of(spans, 5, 8) == (Box(0, 0, 60, 10),)


def test_what_is_no_word_has_no_box() -> None:
    spans = list(word_spans(LETTER))
    assert boxes_of(spans, 4, 5) == ()
    assert boxes_of(spans, 500, 600) == ()
    assert boxes_of([], 0, 5) == ()


def test_hits_are_numbered_from_one() -> None:
    marks = (Mark(0, 4, "exact"), Mark(14, 24, "form"))
    first, second = hits_on(LETTER, marks)
    assert (first.number, first.mark, first.boxes) == (1, marks[0], (Box(0, 0, 40, 10),))
    assert (second.number, second.boxes) == (2, (Box(0, 20, 100, 30),))


def test_without_spaces_a_box_ends_where_the_next_word_begins() -> None:
    spans = list(word_spans(page((line(("京都", 102, 337), ("大", 230, 280), ("学", 285, 330)),))))
    assert boxes_of(spans, 0, 2) == (Box(102, 0, 230, 10),)
    assert boxes_of(spans, 2, 4) == (Box(230, 0, 330, 10),)


def test_in_a_column_it_ends_above_the_next_word() -> None:
    words = (Word("京都", 90, Box(0, 0, 10, 60)), Word("大", 90, Box(0, 30, 10, 45)))
    spans = list(word_spans(page((Line(words, Box(0, 0, 10, 60)),))))
    assert boxes_of(spans, 0, 2) == (Box(0, 0, 10, 30),)


def test_with_spaces_a_box_stays_as_it_is() -> None:
    spans = list(word_spans(page((line(("good", 0, 60), ("day", 50, 90)),))))
    assert boxes_of(spans, 0, 4) == (Box(0, 0, 60, 10),)
