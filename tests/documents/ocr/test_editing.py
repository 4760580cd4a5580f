"""What a person changes in the text of a page, and how the boxes follow."""

from dataclasses import replace

import pytest

from documents.errors import LineTooLong, PageTooFull, PlaceMissing, WordTooLong
from documents.ocr import editing
from documents.ocr.editing import as_line, edited
from documents.ocr.elements import Box, PageText, Word
from documents.ocr.operations import (
    DeleteLine,
    DeleteWords,
    InsertLine,
    InsertWord,
    JoinLines,
    JoinWords,
    MoveLine,
    Operation,
    PlaceWord,
    ReplaceWord,
    RetypeLine,
    SplitLine,
    SplitWord,
)
from tests.pages import layout, page

PAGE = page("Dear Sir\nwe thank you", "Yours Ben")


def words_of(read: PageText, line: int) -> list[Word]:
    return list([*read.lines][line].words)


def box_of(read: PageText, line: int, word: int) -> Box:
    return words_of(read, line)[word].box


def one_line(*words: Word) -> PageText:
    line = as_line(words)
    return PageText(1000, 1000, (editing.as_block([line]),))


def test_a_word_that_was_typed_is_certain_and_keeps_its_box() -> None:
    after = edited(PAGE, [ReplaceWord(0, 1, "Sirs")])
    assert words_of(after, 0)[1] == Word("Sirs", 100, box_of(PAGE, 0, 1))
    assert words_of(after, 0)[0] == words_of(PAGE, 0)[0]


def test_the_page_before_stays_as_it_was() -> None:
    edited(PAGE, [ReplaceWord(0, 1, "Sirs"), DeleteLine(1)])
    assert layout(PAGE) == [["Dear Sir", "we thank you"], ["Yours Ben"]]


def test_a_space_makes_two_words_that_share_the_box_by_their_letters() -> None:
    after = edited(PAGE, [ReplaceWord(1, 1, "tha nks")])
    assert [word.text for word in words_of(after, 1)] == ["we", "tha", "nks", "you"]
    assert box_of(after, 1, 1) == Box(30, 30, 55, 50)
    assert box_of(after, 1, 2) == Box(55, 30, 80, 50)


def test_a_word_without_letters_is_gone() -> None:
    assert layout(edited(PAGE, [ReplaceWord(1, 1, " \u200b")])) == [["Dear Sir", "we you"], ["Yours Ben"]]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("Cafe\u0301", "Caf\u00e9"), ("a\x00b\ud800c", "a b c"), ("a\tb\nc", "a b c"), ("\u202eabc", "abc")],
)
def test_text_is_composed_and_without_what_cannot_be_stored(typed: str, stored: str) -> None:
    assert [*edited(PAGE, [RetypeLine(2, typed)]).lines][2].text == stored


def test_joiners_inside_a_word_stay() -> None:
    assert words_of(edited(PAGE, [ReplaceWord(0, 0, "می\u200cخواهم")]), 0)[0].text == "می\u200cخواهم"


def test_a_word_is_split_where_it_is_cut() -> None:
    after = edited(PAGE, [SplitWord(1, 1, 1)])
    assert words_of(after, 1)[1:3] == [
        Word("t", 100, Box(30, 30, 40, 50)),
        Word("hank", 100, Box(40, 30, 80, 50)),
    ]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a\u200d", 1),
        ("\u200da", 1),
        ("a ", 1),
        ("नमस्ते", 3),
        ("नमस्ते", 5),
        ("x\u0301y", 1),
        ("ที่", 1),
        ("☺\ufe0f", 1),
    ],
)
def test_a_word_is_not_split_within_a_letter(text: str, at: int) -> None:
    with pytest.raises(PlaceMissing):
        edited(one_line(Word(text, 80, Box(0, 0, 60, 20))), [SplitWord(0, 0, at)])


@pytest.mark.parametrize(
    ("text", "at", "parts"),
    [
        ("नमस्ते", 2, ["नम", "स्ते"]),
        ("x\u0301y", 2, ["x\u0301", "y"]),
        ("एक\u200dदो", 3, ["एक\u200d", "दो"]),
    ],
)
def test_a_word_is_split_between_letters_with_marks(text: str, at: int, parts: list[str]) -> None:
    after = edited(one_line(Word(text, 80, Box(0, 0, 60, 20))), [SplitWord(0, 0, at)])
    assert [word.text for word in after.words] == parts


def test_a_word_that_runs_from_right_to_left_is_split_from_the_right() -> None:
    arabic = one_line(Word("سلام", 80, Box(100, 0, 140, 20)))
    assert [word.box for word in edited(arabic, [SplitWord(0, 0, 1)]).words] == [
        Box(130, 0, 140, 20),
        Box(100, 0, 130, 20),
    ]


def test_a_column_of_letters_is_split_downwards() -> None:
    upright = one_line(Word("日本", 80, Box(0, 0, 20, 40)))
    after = edited(upright, [SplitWord(0, 0, 1)])
    assert [word.box for word in after.words] == [Box(0, 0, 20, 20), Box(0, 20, 20, 40)]
    assert after.text == "日本"  # no space, as the script has none


def test_two_words_are_joined_with_their_boxes() -> None:
    after = edited(PAGE, [JoinWords(1, 0)])
    assert words_of(after, 1)[0] == Word("wethank", 100, Box(0, 30, 80, 50))


def test_a_split_is_taken_back_by_a_join() -> None:
    after = edited(PAGE, [SplitWord(1, 1, 2), JoinWords(1, 1)])
    assert (after.text, box_of(after, 1, 1)) == (PAGE.text, box_of(PAGE, 1, 1))


def test_a_word_is_inserted_in_the_gap() -> None:
    wide = page("one          three")
    after = edited(wide, [InsertWord(0, 1, "two")])
    assert words_of(after, 0)[1] == Word("two", 100, Box(30, 0, 130, 20))


@pytest.mark.parametrize(("place", "box"), [(0, Box(60, 0, 100, 20)), (1, Box(130, 0, 170, 20))])
def test_at_the_ends_of_a_line_a_word_gets_as_much_room_as_its_letters_need(place: int, box: Box) -> None:
    line = one_line(Word("abc", 80, Box(100, 0, 130, 20)))
    assert box_of(edited(line, [InsertWord(0, place, "more")]), 0, place) == box


def test_a_word_is_inserted_where_its_box_was_drawn_and_never_off_the_page() -> None:
    after = edited(PAGE, [InsertWord(0, 2, "and", Box(990, -5, 1200, 20))])
    assert words_of(after, 0)[2] == Word("and", 100, Box(990, 0, 1000, 20))


def test_words_are_deleted_and_the_line_is_as_large_as_the_others() -> None:
    after = edited(PAGE, [DeleteWords(1, 0, 2)])
    assert layout(after) == [["Dear Sir", "you"], ["Yours Ben"]]
    assert [*after.lines][1].box == box_of(PAGE, 1, 2)


def test_the_last_word_of_a_block_takes_line_and_block_with_it() -> None:
    assert layout(edited(PAGE, [DeleteWords(2, 0, 2)])) == [["Dear Sir", "we thank you"]]
    assert edited(PAGE, [DeleteLine(0)] * 3).blocks == ()


def test_a_box_is_moved_and_line_and_block_follow() -> None:
    after = edited(PAGE, [PlaceWord(2, 1, Box(300, 200, 340, 220))])
    assert words_of(after, 2)[1] == Word("Ben", 80, Box(300, 200, 340, 220))
    assert after.blocks[1].box == after.blocks[1].lines[0].box == Box(0, 60, 340, 220)


def test_lines_are_split_and_joined() -> None:
    split = edited(PAGE, [SplitLine(1, 1)])
    assert layout(split) == [["Dear Sir", "we", "thank you"], ["Yours Ben"]]
    assert edited(split, [JoinLines(1)]) == PAGE


def test_a_line_is_joined_with_the_first_of_the_next_block() -> None:
    assert layout(edited(PAGE, [JoinLines(1)])) == [["Dear Sir", "we thank you Yours Ben"]]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (0, [["new line", "Dear Sir", "we thank you"], ["Yours Ben"]]),
        (1, [["Dear Sir", "new line", "we thank you"], ["Yours Ben"]]),
        (2, [["Dear Sir", "we thank you", "new line"], ["Yours Ben"]]),
        (3, [["Dear Sir", "we thank you"], ["Yours Ben", "new line"]]),
    ],
)
def test_a_line_is_inserted(line: int, expected: list[list[str]]) -> None:
    after = edited(PAGE, [InsertLine(line, "new line", Box(0, 300, 80, 320))])
    assert layout(after) == expected
    assert [word.box.x0 for word in words_of(after, line)] == [0, 34]


def test_a_blank_page_gets_its_first_line() -> None:
    after = edited(PageText(100, 100, ()), [InsertLine(0, "hello", Box(0, 0, 50, 20))])
    assert layout(after) == [["hello"]]


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        (MoveLine(0, 0, 1), [["we thank you", "Dear Sir"], ["Yours Ben"]]),
        (MoveLine(0, 1, 0), [["we thank you"], ["Dear Sir", "Yours Ben"]]),
        (MoveLine(0, 1, 1), [["we thank you"], ["Yours Ben", "Dear Sir"]]),
        (MoveLine(2, 0, 0), [["Yours Ben", "Dear Sir", "we thank you"]]),
        (MoveLine(0, 2, 0), [["we thank you"], ["Yours Ben"], ["Dear Sir"]]),
    ],
    ids=str,
)
def test_a_line_goes_where_it_belongs(move: MoveLine, expected: list[list[str]]) -> None:
    assert layout(edited(PAGE, [move])) == expected


def test_blocks_that_nobody_touched_stay_as_they_are() -> None:
    roomy = replace(PAGE, blocks=(replace(PAGE.blocks[0], box=Box(0, 0, 999, 999)), PAGE.blocks[1]))
    assert edited(roomy, [ReplaceWord(2, 0, "Ever")]).blocks[0] is roomy.blocks[0]


@pytest.mark.parametrize(
    "operation",
    [
        ReplaceWord(3, 0, "x"),
        ReplaceWord(0, 2, "x"),
        SplitWord(0, 0, 0),
        SplitWord(0, 0, 4),
        SplitWord(0, 0, 9),
        JoinWords(0, 1),
        InsertWord(0, 3, "x"),
        DeleteWords(0, 1, 2),
        DeleteWords(0, 0, 0),
        PlaceWord(0, 2, Box(0, 0, 1, 1)),
        RetypeLine(3, "x"),
        SplitLine(0, 0),
        SplitLine(0, 2),
        JoinLines(2),
        InsertLine(4, "x", Box(0, 0, 1, 1)),
        DeleteLine(3),
        MoveLine(3, 0, 0),
        MoveLine(0, 3, 0),
        MoveLine(0, 0, 2),
    ],
    ids=str,
)
def test_a_place_that_the_page_does_not_have_is_a_mistake(operation: Operation) -> None:
    with pytest.raises(PlaceMissing):
        edited(PAGE, [operation])


def test_words_and_lines_have_a_longest() -> None:
    with pytest.raises(WordTooLong):
        edited(PAGE, [ReplaceWord(0, 0, "x" * 201)])
    with pytest.raises(WordTooLong):
        edited(one_line(*[Word("x" * 150, 80, Box(0, 0, 9, 9))] * 2), [JoinWords(0, 0)])
    with pytest.raises(LineTooLong):
        edited(PAGE, [RetypeLine(0, "x " * 2501)])


def test_a_page_holds_so_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "MOST_WORDS", 8)
    edited(PAGE, [InsertWord(0, 0, "x")])
    with pytest.raises(PageTooFull):
        edited(PAGE, [InsertWord(0, 0, "x y")])


def test_a_page_that_was_read_with_too_many_words_is_corrected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "MOST_WORDS", 2)
    after = edited(PAGE, [ReplaceWord(0, 0, "My"), JoinLines(0), DeleteWords(0, 0), InsertWord(0, 0, "Good")])
    assert after.text == "Good Sir we thank you\n\nYours Ben"
    with pytest.raises(PageTooFull):
        edited(PAGE, [ReplaceWord(0, 0, "My dear")])


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (InsertWord(0, 0, "x y"), DeleteWords(0, 0, 2)),
        (ReplaceWord(0, 0, "x y z"), DeleteWords(0, 0, 2)),
        (RetypeLine(0, "a b c d"), RetypeLine(0, "a b")),
        (InsertLine(0, "x y", Box(0, 0, 9, 9)), DeleteLine(0)),
        (InsertLine(3, "x y", Box(0, 0, 9, 9)), DeleteLine(3)),
    ],
    ids=str,
)
def test_a_page_is_never_too_full_on_the_way(
    more: Operation, less: Operation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "MOST_WORDS", 8)
    with pytest.raises(PageTooFull):
        edited(PAGE, [more, less])
    monkeypatch.setattr(editing, "MOST_WORDS", 9)
    assert len(edited(PAGE, [more, less]).words) == 7
