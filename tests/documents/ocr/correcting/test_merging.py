"""Some words of one text of a page in another."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from documents.errors import PageTooFull, PlaceMissing
from documents.ocr.correcting import editing
from documents.ocr.correcting.comparing import compare
from documents.ocr.correcting.merging import merged, turned, with_words
from documents.ocr.correcting.operations import PlaceWord
from documents.ocr.elements import Box, PageText, Word
from tests.pages import layout, page

MINE = page("one too\nthree", "five six")
OTHER = page("one two\ntree", "five 6", confidence=90)


def everything(mine: PageText, other: PageText) -> PageText:
    return merged(mine, other, range(len(compare(mine, other).changes)))


def test_nothing_is_taken_over() -> None:
    assert merged(MINE, OTHER, []) == MINE


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ([0], [["one two", "three"], ["five six"]]),
        ([1], [["one too", "tree"], ["five six"]]),
        ([0, 2], [["one two", "three"], ["five 6"]]),
        ([0, 1, 2], [["one two", "tree"], ["five 6"]]),
    ],
)
def test_what_was_chosen_is_taken_over(choices: list[int], expected: list[list[str]]) -> None:
    assert layout(merged(MINE, OTHER, choices)) == expected


def test_a_word_comes_with_its_box_and_confidence_and_the_others_keep_theirs() -> None:
    after = merged(MINE, OTHER, [0])
    assert after.words == [MINE.words[0], OTHER.words[1], *MINE.words[2:]]
    assert after.blocks[1] is MINE.blocks[1]


@pytest.mark.parametrize("choices", [[3], [-1]])
def test_a_choice_that_is_none_is_a_mistake(choices: list[int]) -> None:
    with pytest.raises(PlaceMissing):
        merged(MINE, OTHER, choices)


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        (("a b\nc d",), ("a b\nx y\nc d",)),
        (("a b c d",), ("a b\nx\nc d",)),
        (("a b\nc d",), ("a b\nc d", "x y")),
        (("a b\nc d",), ("x y", "a b\nc d")),
        (("a b\nx y\nc d",), ("a b\nc d",)),
        (("a b", "x c"), ("a b", "c")),
        (("a hel lo\nb",), ("a hello\nb",)),
        (("a hello\nb",), ("a hel lo\nb",)),
        (("a\nb c",), ("a\nx b c",)),
        (("a", "b c"), ("a", "x b c")),
        (("a b",), ("x a b",)),
        (("a\nb",), ("a x\nb",)),
        (("a", "b"), ("a", "x\nb")),
    ],
)
def test_lines_come_and_go_with_their_words(mine: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert layout(everything(page(*mine), page(*other))) == layout(page(*other))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (("a x b",), [["a x"], ["b"]]),
        (("a\nx b",), [["a"], ["x b"]]),
        (("a x\nb",), [["a x"], ["b"]]),
        (("a\nx\nb",), [["a", "x"], ["b"]]),
    ],
)
def test_a_word_never_joins_what_stood_apart(other: tuple[str, ...], expected: list[list[str]]) -> None:
    assert layout(everything(page("a", "b"), page(*other))) == expected


def test_all_of_a_text_is_taken_by_a_page_without_any() -> None:
    assert layout(everything(PageText(1000, 1000, ()), OTHER)) == layout(OTHER)
    assert everything(OTHER, PageText(1000, 1000, ())).blocks == ()


def test_a_reading_of_the_turned_page_is_turned_back() -> None:
    sideways = turned(OTHER, 90)
    assert sideways.rotation == 90
    assert merged(MINE, sideways, [0]).words[1] == OTHER.words[1]


def test_a_quarter_turn_goes_clockwise() -> None:
    one = PageText(100, 50, page("a").blocks)  # its box is 0 0 10 20
    assert turned(one, 90).words[0].box == Box(30, 0, 50, 10)
    assert (turned(one, 90).width, turned(one, 90).height) == (50, 100)
    assert turned(one, 180).words[0].box == Box(90, 30, 100, 50)
    assert turned(turned(one, 270), 0) == one


def test_a_program_sends_all_words_anew() -> None:
    sent = [
        Word("one", 0, Box(1, 1, 30, 20)),
        Word("two", 0, Box(40, 0, 70, 20)),
        Word("three", 0, Box(0, 30, 50, 50)),
        Word("six", 0, Box(50, 60, 80, 80)),
    ]
    after = with_words(MINE, sent)
    assert layout(after) == [["one two", "three"], ["six"]]
    assert [word.box for word in after.words] == [word.box for word in sent]
    assert [word.confidence for word in after.words] == [80, 100, 80, 80]


@pytest.mark.parametrize(
    ("tops", "expected"),
    [
        ([0, 0], [["one x y"], ["two"]]),
        ([12, 28], [["one x"], ["y two"]]),
        ([32, 30], [["one"], ["x y two"]]),
        ([99, 99], [["one x y"], ["two"]]),
    ],
)
def test_a_new_word_goes_to_the_line_beside_which_it_stands(
    tops: list[int], expected: list[list[str]]
) -> None:
    mine = page("one", "two")
    one, two = mine.words
    x, y = (Word(text, 0, Box(50, top, 60, top + 20)) for text, top in zip("xy", tops, strict=True))
    assert layout(with_words(mine, [one, x, y, two])) == expected


def test_a_new_first_word_of_the_page_goes_to_its_first_line_or_above() -> None:
    mine = editing.edited(page("low"), [PlaceWord(0, 0, Box(0, 60, 30, 80))])
    [low] = mine.words
    above, beside = (Word(text, 0, Box(0, top, 10, top + 20)) for text, top in (("above", 0), ("beside", 65)))
    assert layout(with_words(mine, [above, beside, low])) == [["above"], ["beside low"]]
    assert layout(with_words(mine, [beside, low])) == [["beside low"]]
    assert layout(with_words(mine, [above, low])) == [["above"], ["low"]]


def test_what_a_program_sends_is_cleaned_like_what_a_person_types() -> None:
    sent = [
        Word("one\x00too", 0, Box(0, 0, 70, 20)),
        Word(" ", 0, Box(0, 0, 1, 1)),
        Word("e\u0301", 0, Box(990, 0, 2000, -5)),
    ]
    after = with_words(MINE, sent)
    assert [(word.text, word.box) for word in after.words] == [
        ("one", Box(0, 0, 32, 20)),
        ("too", Box(38, 0, 70, 20)),
        ("\u00e9", Box(990, 0, 1000, 1)),
    ]


def test_a_program_may_send_none() -> None:
    assert with_words(MINE, []) == replace(MINE, blocks=())


def test_a_program_may_not_send_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "MOST_WORDS", 1)
    with pytest.raises(PageTooFull):
        with_words(MINE, [*MINE.words, Word("more", 0, Box(0, 90, 40, 110))])


def test_a_page_that_was_read_with_too_many_takes_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "MOST_WORDS", 1)
    assert layout(everything(MINE, OTHER)) == layout(OTHER)
    assert layout(with_words(MINE, OTHER.words)) == layout(OTHER)


def test_a_page_does_not_become_too_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "MOST_WORDS", 5)
    mine, other = page("one two three"), page("a b one c two d three")
    assert len(merged(mine, other, [0]).words) == 5
    with pytest.raises(PageTooFull):
        everything(mine, other)


class Choices(list[int]):
    """How often they are gone through."""

    times = 0

    def __iter__(self) -> Iterator[int]:
        self.times += 1
        return super().__iter__()


def test_many_choices_are_gone_through_once() -> None:
    choices = Choices(range(3))
    assert layout(merged(MINE, OTHER, choices)) == layout(OTHER)
    assert choices.times == 1
