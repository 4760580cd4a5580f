"""What a person changes in the text of a page, and how the boxes follow."""

from dataclasses import replace

import pytest

from documents.errors import LineTooLong, OperationUnclear, PageTooFull, PlaceMissing, WordTooLong
from documents.ocr.correcting import editing
from documents.ocr.correcting import operations as do
from documents.ocr.correcting.editing import edited
from documents.ocr.elements import Block, Box, Line, PageText, Word
from tests.pages import layout, page

PAGE = page("Dear Sir\nwe thank you", "Yours Ben")


def words_of(read: PageText, line: int) -> list[Word]:
    return list([*read.lines][line].words)


def box_of(read: PageText, line: int, word: int) -> Box:
    return words_of(read, line)[word].box


def one_line(*words: Word) -> PageText:
    return PageText(1000, 1000, (Block.of([Line.of(words)]),))


def test_a_word_that_was_typed_is_certain_and_keeps_its_box() -> None:
    after = edited(PAGE, [do.ReplaceWord(0, 1, "Sirs")])
    assert words_of(after, 0)[1] == Word("Sirs", 100, box_of(PAGE, 0, 1))
    assert words_of(after, 0)[0] == words_of(PAGE, 0)[0]


def test_the_page_before_stays_as_it_was() -> None:
    edited(PAGE, [do.ReplaceWord(0, 1, "Sirs"), do.DeleteLine(1)])
    assert layout(PAGE) == [["Dear Sir", "we thank you"], ["Yours Ben"]]


def test_a_space_makes_two_words_that_share_the_box_by_their_letters() -> None:
    after = edited(PAGE, [do.ReplaceWord(1, 1, "tha nks")])
    assert [word.text for word in words_of(after, 1)] == ["we", "tha", "nks", "you"]
    assert box_of(after, 1, 1) == Box(30, 30, 53, 50)
    assert box_of(after, 1, 2) == Box(57, 30, 80, 50)


def test_a_word_without_letters_is_gone() -> None:
    assert layout(edited(PAGE, [do.ReplaceWord(1, 1, " \u200b")])) == [["Dear Sir", "we you"], ["Yours Ben"]]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Cafe\u0301", "Caf\u00e9"),
        ("a\x00b\ud800c", "a b c"),
        ("a\tb\nc", "a b c"),
        ("\u202eabc", "abc"),
        ("a\ufffeb \uffff c", "ab c"),
    ],
)
def test_text_is_composed_and_without_what_cannot_be_stored(typed: str, stored: str) -> None:
    assert [*edited(PAGE, [do.RetypeLine(2, typed)]).lines][2].text == stored


def test_joiners_inside_a_word_stay() -> None:
    assert words_of(edited(PAGE, [do.ReplaceWord(0, 0, "می\u200cخواهم")]), 0)[0].text == "می\u200cخواهم"


def test_a_word_is_split_where_it_is_cut() -> None:
    after = edited(PAGE, [do.SplitWord(1, 1, 1)])
    assert words_of(after, 1)[1:3] == [
        Word("t", 100, Box(30, 30, 39, 50)),
        Word("hank", 100, Box(44, 30, 80, 50)),
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
        edited(one_line(Word(text, 80, Box(0, 0, 60, 20))), [do.SplitWord(0, 0, at)])


@pytest.mark.parametrize(
    ("text", "at", "parts"),
    [
        ("नमस्ते", 2, ["नम", "स्ते"]),
        ("x\u0301y", 2, ["x\u0301", "y"]),
        ("एक\u200dदो", 3, ["एक\u200d", "दो"]),
    ],
)
def test_a_word_is_split_between_letters_with_marks(text: str, at: int, parts: list[str]) -> None:
    after = edited(one_line(Word(text, 80, Box(0, 0, 60, 20))), [do.SplitWord(0, 0, at)])
    assert [word.text for word in after.words] == parts


def test_a_word_that_runs_from_right_to_left_is_split_from_the_right() -> None:
    arabic = one_line(Word("سلام", 80, Box(100, 0, 140, 20)))
    assert [word.box for word in edited(arabic, [do.SplitWord(0, 0, 1)]).words] == [
        Box(131, 0, 140, 20),
        Box(100, 0, 127, 20),
    ]


def test_a_column_of_letters_is_split_downwards() -> None:
    upright = one_line(Word("日本", 80, Box(0, 0, 20, 40)))
    after = edited(upright, [do.SplitWord(0, 0, 1)])
    assert [word.box for word in after.words] == [Box(0, 0, 20, 20), Box(0, 20, 20, 40)]
    assert after.text == "日本"  # no space, as the script has none


def test_two_words_are_joined_with_their_boxes() -> None:
    after = edited(PAGE, [do.JoinWords(1, 0)])
    assert words_of(after, 1)[0] == Word("wethank", 100, Box(0, 30, 80, 50))


def test_a_split_is_taken_back_by_a_join() -> None:
    after = edited(PAGE, [do.SplitWord(1, 1, 2), do.JoinWords(1, 1)])
    assert (after.text, box_of(after, 1, 1)) == (PAGE.text, box_of(PAGE, 1, 1))


def test_a_word_is_inserted_in_the_gap() -> None:
    wide = page("one   three")
    after = edited(wide, [do.InsertWord(0, 1, "two")])
    assert words_of(after, 0)[1] == Word("two", 100, Box(34, 0, 56, 20))


@pytest.mark.parametrize(
    ("texts", "left", "box"),
    [
        (("one", "four"), (0, 130), Box(35, 0, 65, 20)),
        (("אחת", "ארבע"), (140, 0), Box(105, 0, 135, 20)),
    ],
)
def test_in_a_gap_between_columns_a_word_stays_with_the_one_before(
    texts: tuple[str, str], left: tuple[int, int], box: Box
) -> None:
    first, second = texts
    wide = one_line(
        *(Word(text, 80, Box(x, 0, x + 10 * len(text), 20)) for text, x in zip(texts, left, strict=True))
    )
    for change in (do.InsertWord(0, 1, "123"), do.RetypeLine(0, f"{first} 123 {second}")):
        assert box_of(edited(wide, [change]), 0, 1) == box


@pytest.mark.parametrize(
    ("place", "text", "box"),
    [
        (0, "今日", Box(50, 0, 70, 40)),
        (1, "府", Box(50, 80, 70, 100)),
        (2, "民", Box(50, 120, 70, 140)),
    ],
)
def test_a_word_of_a_line_that_runs_down_is_inserted_above_and_below(place: int, text: str, box: Box) -> None:
    line = Word("東京", 80, Box(50, 40, 70, 80)), Word("都", 80, Box(50, 100, 70, 120))
    after = edited(one_line(*line), [do.InsertWord(0, place, text)])
    assert box_of(after, 0, place) == box
    typed = [word.text for word in line]
    typed.insert(place, text)
    assert edited(one_line(*line), [do.RetypeLine(0, "".join(typed))]).words == after.words


@pytest.mark.parametrize(
    ("long", "place", "box"),
    [
        (0, 1, Box(50, 80, 70, 81)),
        (1, 1, Box(50, 79, 70, 80)),
        (1, 2, Box(50, 100, 70, 101)),
    ],
)
def test_beside_a_word_that_was_read_as_long_as_its_line_the_other_one_says_where(
    long: int, place: int, box: Box
) -> None:
    line = [
        Word("東京", 80, Box(50, 40, 70, 79)),
        Word("都", 80, Box(50, 80, 70, 100)),
        Word("民", 80, Box(50, 100, 70, 120)),
    ]
    line[long] = replace(line[long], box=Box(50, 40, 70, 120))
    after = edited(one_line(*line), [do.InsertWord(0, place, "の")])
    assert box_of(after, 0, place) == box


def test_at_the_end_of_a_line_that_runs_down_a_word_stays_out_of_the_line_below() -> None:
    line = Word("東京", 80, Box(50, 40, 70, 80)), Word("都", 80, Box(50, 80, 70, 100))
    below = Block.of([Line.of([Word("日本の", 80, Box(50, 110, 70, 170))])])
    two = replace(one_line(*line), blocks=(*one_line(*line).blocks, below))
    assert box_of(edited(two, [do.InsertWord(0, 2, "民")]), 0, 2) == Box(50, 100, 70, 110)


def test_a_word_too_long_for_the_gap_between_columns_leaves_a_part_of_it_free() -> None:
    after = edited(page("one      four"), [do.InsertWord(0, 1, "hundred")])
    assert box_of(after, 0, 1) == Box(32, 0, 68, 20)


@pytest.mark.parametrize(("place", "box"), [(0, Box(55, 0, 95, 20)), (1, Box(135, 0, 175, 20))])
def test_at_the_ends_of_a_line_a_word_gets_as_much_room_as_its_letters_need(place: int, box: Box) -> None:
    line = one_line(Word("abc", 80, Box(100, 0, 130, 20)))
    assert box_of(edited(line, [do.InsertWord(0, place, "more")]), 0, place) == box


def test_at_the_end_of_a_line_a_word_stays_out_of_the_next_column() -> None:
    columns = replace(
        PAGE, blocks=(*PAGE.blocks, Block.of([Line.of([Word("beside", 80, Box(100, 5, 200, 25))])]))
    )
    for change in (do.InsertWord(0, 2, "and Madam"), do.RetypeLine(0, "Dear Sir and Madam")):
        after = edited(columns, [change])
        assert [(word.box.x0, word.box.x1) for word in words_of(after, 0)[2:]] == [(85, 90), (91, 100)]


def test_a_word_is_inserted_where_its_box_was_drawn_and_never_off_the_page() -> None:
    after = edited(PAGE, [do.InsertWord(0, 2, "and", Box(990, -5, 1200, 20))])
    assert words_of(after, 0)[2] == Word("and", 100, Box(990, 0, 1000, 20))


def test_words_are_deleted_and_the_line_is_as_large_as_the_others() -> None:
    after = edited(PAGE, [do.DeleteWords(1, 0, 2)])
    assert layout(after) == [["Dear Sir", "you"], ["Yours Ben"]]
    assert [*after.lines][1].box == box_of(PAGE, 1, 2)


def test_the_last_word_of_a_block_takes_line_and_block_with_it() -> None:
    assert layout(edited(PAGE, [do.DeleteWords(2, 0, 2)])) == [["Dear Sir", "we thank you"]]
    assert edited(PAGE, [do.DeleteLine(0)] * 3).blocks == ()


def test_a_box_is_moved_and_line_and_block_follow() -> None:
    after = edited(PAGE, [do.PlaceWord(2, 1, Box(300, 200, 340, 220))])
    assert words_of(after, 2)[1] == Word("Ben", 80, Box(300, 200, 340, 220))
    assert after.blocks[1].box == after.blocks[1].lines[0].box == Box(0, 60, 340, 220)


@pytest.mark.parametrize(
    "box", [Box(1000, 0, 1040, 20), Box(-40, 0, 0, 20), Box(0, -20, 40, 0), Box(0, 1000, 40, 1020)]
)
def test_a_box_beside_the_page_is_none(box: Box) -> None:
    with pytest.raises(OperationUnclear) as refused:
        edited(PAGE, [do.DeleteWords(0, 0), do.PlaceWord(2, 1, box)])
    assert refused.value.params == {"number": 2, "part": "box"}


def test_a_box_that_is_partly_on_the_page_is_cut_at_its_edge() -> None:
    after = edited(PAGE, [do.PlaceWord(2, 1, Box(960, 980, 1040, 1020))])
    assert box_of(after, 2, 1) == Box(960, 980, 1000, 1000)


def test_lines_are_split_and_joined() -> None:
    split = edited(PAGE, [do.SplitLine(1, 1)])
    assert layout(split) == [["Dear Sir", "we", "thank you"], ["Yours Ben"]]
    assert edited(split, [do.JoinLines(1)]) == PAGE


def test_a_line_is_joined_with_the_first_of_the_next_block() -> None:
    assert layout(edited(PAGE, [do.JoinLines(1)])) == [["Dear Sir", "we thank you Yours Ben"]]


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
    after = edited(PAGE, [do.InsertLine(line, "new line", Box(0, 300, 80, 320))])
    assert layout(after) == expected
    assert [word.box.x0 for word in words_of(after, line)] == [0, 37]


def test_a_blank_page_gets_its_first_line() -> None:
    after = edited(PageText(100, 100, ()), [do.InsertLine(0, "hello", Box(0, 0, 50, 20))])
    assert layout(after) == [["hello"]]


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        (do.MoveLine(0, 0, 1), [["we thank you", "Dear Sir"], ["Yours Ben"]]),
        (do.MoveLine(0, 1, 0), [["we thank you"], ["Dear Sir", "Yours Ben"]]),
        (do.MoveLine(0, 1, 1), [["we thank you"], ["Yours Ben", "Dear Sir"]]),
        (do.MoveLine(2, 0, 0), [["Yours Ben", "Dear Sir", "we thank you"]]),
        (do.MoveLine(0, 2, 0), [["we thank you"], ["Yours Ben"], ["Dear Sir"]]),
    ],
    ids=str,
)
def test_a_line_goes_where_it_belongs(move: do.MoveLine, expected: list[list[str]]) -> None:
    assert layout(edited(PAGE, [move])) == expected


def test_blocks_that_nobody_touched_stay_as_they_are() -> None:
    roomy = replace(PAGE, blocks=(replace(PAGE.blocks[0], box=Box(0, 0, 999, 999)), PAGE.blocks[1]))
    assert edited(roomy, [do.ReplaceWord(2, 0, "Ever")]).blocks[0] is roomy.blocks[0]


@pytest.mark.parametrize(
    "operation",
    [
        do.ReplaceWord(3, 0, "x"),
        do.ReplaceWord(0, 2, "x"),
        do.SplitWord(0, 0, 0),
        do.SplitWord(0, 0, 4),
        do.SplitWord(0, 0, 9),
        do.JoinWords(0, 1),
        do.InsertWord(0, 3, "x"),
        do.DeleteWords(0, 1, 2),
        do.DeleteWords(0, 0, 0),
        do.PlaceWord(0, 2, Box(0, 0, 1, 1)),
        do.RetypeLine(3, "x"),
        do.SplitLine(0, 0),
        do.SplitLine(0, 2),
        do.JoinLines(2),
        do.InsertLine(4, "x", Box(0, 0, 1, 1)),
        do.DeleteLine(3),
        do.MoveLine(3, 0, 0),
        do.MoveLine(0, 3, 0),
        do.MoveLine(0, 0, 2),
    ],
    ids=str,
)
def test_a_place_that_the_page_does_not_have_is_a_mistake(operation: do.Operation) -> None:
    with pytest.raises(PlaceMissing):
        edited(PAGE, [operation])


def test_words_and_lines_have_a_longest() -> None:
    with pytest.raises(WordTooLong):
        edited(PAGE, [do.ReplaceWord(0, 0, "x" * 201)])
    with pytest.raises(WordTooLong):
        edited(one_line(*[Word("x" * 150, 80, Box(0, 0, 9, 9))] * 2), [do.JoinWords(0, 0)])
    with pytest.raises(LineTooLong):
        edited(PAGE, [do.RetypeLine(0, "x " * 2501)])


def test_a_page_holds_so_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "MOST_WORDS", 8)
    edited(PAGE, [do.InsertWord(0, 0, "x")])
    with pytest.raises(PageTooFull):
        edited(PAGE, [do.InsertWord(0, 0, "x y")])


def test_a_page_that_was_read_with_too_many_words_is_corrected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "MOST_WORDS", 2)
    after = edited(
        PAGE, [do.ReplaceWord(0, 0, "My"), do.JoinLines(0), do.DeleteWords(0, 0), do.InsertWord(0, 0, "Good")]
    )
    assert after.text == "Good Sir we thank you\n\nYours Ben"
    with pytest.raises(PageTooFull):
        edited(PAGE, [do.ReplaceWord(0, 0, "My dear")])


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (do.InsertWord(0, 0, "x y"), do.DeleteWords(0, 0, 2)),
        (do.ReplaceWord(0, 0, "x y z"), do.DeleteWords(0, 0, 2)),
        (do.RetypeLine(0, "a b c d"), do.RetypeLine(0, "a b")),
        (do.InsertLine(0, "x y", Box(0, 0, 9, 9)), do.DeleteLine(0)),
        (do.InsertLine(3, "x y", Box(0, 0, 9, 9)), do.DeleteLine(3)),
    ],
    ids=str,
)
def test_a_page_is_never_too_full_on_the_way(
    more: do.Operation, less: do.Operation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "MOST_WORDS", 8)
    with pytest.raises(PageTooFull):
        edited(PAGE, [more, less])
    monkeypatch.setattr(editing, "MOST_WORDS", 9)
    assert len(edited(PAGE, [more, less]).words) == 7
