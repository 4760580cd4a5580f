import numpy as np
import pytest

from documents.ocr.elements import Box
from documents.ocr.lines.decoding import Letter
from documents.ocr.lines.quads import Quad
from documents.ocr.lines.words import Spotted, line_of, spotted

QUAD = Quad(np.array([(100, 50), (200, 50), (200, 70), (100, 70)], np.float32))


def letters(text: str, confidence: float = 0.9) -> list[Spotted]:
    """Side by side over the whole line."""
    share = 1 / len(text)
    return [Spotted(letter, confidence, n * share, (n + 1) * share) for n, letter in enumerate(text)]


def test_letters_reach_half_way_to_their_neighbours() -> None:
    found = spotted([Letter("a", 0.9, 1), Letter("b", 0.8, 3), Letter("c", 0.7, 7)], 10)
    places = [(letter.start, letter.end) for letter in found]
    assert places == [pytest.approx(pair) for pair in ((0.05, 0.25), (0.25, 0.55), (0.55, 0.95))]
    assert [letter.confidence for letter in found] == [0.9, 0.8, 0.7]


def test_a_lone_letter_fills_its_line_and_none_is_none() -> None:
    assert spotted([Letter("a", 0.9, 2)], 5) == [Spotted("a", 0.9, 0.0, 1.0)]
    assert spotted([], 5) == []


def test_columns_of_padding_lie_at_the_end() -> None:
    [_, last] = spotted([Letter("a", 0.9, 1), Letter("b", 0.9, 40)], 10)
    assert last.end == 1.0


def test_words_are_parted_by_spaces_and_lie_on_the_page() -> None:
    line = line_of(letters("ab cd"), QUAD)
    assert line is not None
    assert [(word.text, word.box) for word in line.words] == [
        ("ab", Box(100, 50, 140, 70)),
        ("cd", Box(160, 50, 200, 70)),
    ]


def test_words_are_as_high_as_the_ink() -> None:
    line = line_of(letters("ab"), QUAD, (0.25, 0.75))
    assert line is not None
    assert line.box == Box(100, 55, 200, 65)


def test_a_word_is_as_sure_as_its_least_sure_letter() -> None:
    line = line_of([Spotted("a", 0.9, 0, 0.5), Spotted("b", 0.4, 0.5, 1)], QUAD)
    assert line is not None
    assert line.words[0].confidence == 40


def test_each_ideograph_is_a_word_without_spaces() -> None:
    line = line_of(letters("东西ab 西"), QUAD)
    assert line is not None
    assert [word.text for word in line.words] == ["东", "西", "ab", "西"]


def test_nothing_but_spaces_is_no_line() -> None:
    assert line_of(letters("  "), QUAD) is None
    assert line_of([], QUAD) is None
