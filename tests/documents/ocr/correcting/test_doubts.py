"""Which words of a page deserve a look."""

import pytest

from documents.ocr.correcting import doubts
from documents.ocr.correcting.doubts import UNSURE, KnownTerms, doubtful
from documents.ocr.elements import Word
from tests.pages import page


def line(text: str, confidence: float = UNSURE - 1) -> tuple[Word, ...]:
    [row] = page(text, confidence=confidence).lines
    return row.words


def test_a_word_is_doubtful_below_a_confidence() -> None:
    assert doubtful(line("lnvoice", UNSURE - 0.1), KnownTerms()) == [True]
    assert doubtful(line("lnvoice", UNSURE), KnownTerms()) == [False]


def test_a_known_word_is_not_whatever_stands_around_it() -> None:
    known = KnownTerms(["Trajan"])
    assert doubtful(line("(Trajan, trajan Trajans"), known) == [False, True, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Ulpia Traiana there", [True, False, False, True]),
        ("Ulpia, Ulpia Traiana.", [True, False, False]),
        ("Traiana Ulpia", [True, True]),
    ],
)
def test_a_known_term_of_several_words_is_known_as_a_whole(text: str, expected: list[bool]) -> None:
    assert doubtful(line(text), KnownTerms(["Ulpia Traiana"])) == expected


def test_terms_may_lie_inside_each_other_and_overlap() -> None:
    known = KnownTerms(["New York", "New York City", "York City Hall"])
    assert known.among(line("New York City Hall now")) == [True, True, True, True, False]


def test_a_line_without_words_has_none_that_are_known() -> None:
    assert KnownTerms(["Trajan"]).among(()) == []


def test_terms_that_begin_alike_are_not_tried_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counted(str):
        __slots__ = ()
        compared = 0
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            Counted.compared += 1
            return str.__eq__(self, other)

    monkeypatch.setattr(doubts, "core", Counted)
    known = KnownTerms(f"a {number}" for number in range(100))
    assert known.among(line("a " * 50 + "99")) == [False] * 49 + [True, True]
    assert Counted.compared < 1000  # of 50 words with 100 terms
