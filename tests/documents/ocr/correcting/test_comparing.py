"""Two texts of one page, word by word."""

import random

import pytest
from rapidfuzz.distance import LCSseq

from documents.ocr.correcting.comparing import compare
from documents.ocr.elements import PageText
from tests.pages import page


def changes(before: PageText, after: PageText) -> list[tuple[int, str, int, str]]:
    return [
        (
            change.at,
            " ".join(word.text for word in change.before),
            change.other_at,
            " ".join(word.text for word in change.after),
        )
        for change in compare(before, after).changes
    ]


def test_the_same_text_has_no_changes_however_its_lines_break() -> None:
    compared = compare(page("one two\nthree"), page("one", "two three", confidence=60))
    assert (compared.changes, compared.same) == ((), 3)
    assert (compared.confidence, compared.other_confidence) == (80, 60)


def test_each_word_that_was_replaced_is_a_change() -> None:
    assert changes(page("one two three four"), page("one too tree four")) == [
        (1, "two", 1, "too"),
        (2, "three", 2, "tree"),
    ]


def test_a_word_that_was_cut_in_two_is_one_change() -> None:
    assert changes(page("say hello now"), page("say hel lo now")) == [(1, "hello", 1, "hel lo")]
    assert changes(page("say hel lo now"), page("say hello now")) == [(1, "hel lo", 1, "hello")]


def test_words_come_and_go() -> None:
    assert changes(page("a b d e"), page("b c d")) == [(0, "a", 0, ""), (2, "", 1, "c"), (3, "e", 3, "")]


def _swapped(found: list[tuple[int, str, int, str]]) -> list[tuple[int, str, int, str]]:
    return [(other_at, after, at, before) for at, before, other_at, after in found]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "She moped. She sighed.",
            "S“ mopep. She sighed.",
            [(0, "She", 0, "S“"), (1, "moped.", 1, "mopep.")],
        ),
        (
            "He sighed. She moped. She",
            "He sighed. She mopep. S“",
            [(3, "moped.", 3, "mopep."), (4, "She", 4, "S“")],
        ),
        ("x one the y two the z", "x' one tbe y' two the z", [
            (0, "x", 0, "x'"), (2, "the", 2, "tbe"), (3, "y", 3, "y'"),
        ]),
    ],
)  # fmt: skip
def test_words_stand_beside_what_they_are_like_though_one_is_repeated(
    before: str, after: str, expected: list[tuple[int, str, int, str]]
) -> None:
    assert changes(page(before), page(after)) == expected
    assert changes(page(after), page(before)) == _swapped(expected)


@pytest.mark.parametrize("seed", range(20))
def test_as_many_words_stay_as_can(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    before, after = ([chance.choice("abcd") for _word in range(60)] for _page in range(2))
    compared = compare(page(" ".join(before)), page(" ".join(after)))
    assert compared.same == LCSseq.similarity(before, after)
    told = list(before)
    for change in reversed(compared.changes):
        told[change.at : change.at + len(change.before)] = [word.text for word in change.after]
    assert told == after


def test_what_changed_is_counted() -> None:
    compared = compare(page("a b d e"), page("b c d"))
    assert (compared.same, compared.removed, compared.added) == (2, 2, 1)


def test_a_page_without_text_has_nothing_in_common() -> None:
    assert changes(PageText(1, 1, ()), page("a b")) == [(0, "", 0, "a b")]
    assert changes(page("a b"), PageText(1, 1, ())) == [(0, "a b", 0, "")]
    assert compare(PageText(1, 1, ()), page("a")).confidence is None


def test_a_change_has_the_words_with_their_confidences() -> None:
    [change] = compare(page("a b", confidence=60), page("a c", confidence=90)).changes
    assert [word.confidence for word in (*change.before, *change.after)] == [60, 90]
