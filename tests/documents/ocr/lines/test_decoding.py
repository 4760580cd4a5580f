import numpy as np

from documents.ocr.lines.decoding import Letter, decode

CHARACTERS = ["", "a", "b", " "]
EVEN = np.ones(4, np.float32)


def chances(*columns: tuple[float, float, float, float]) -> np.ndarray:
    return np.array(columns, np.float32)


def seen(text: str) -> np.ndarray:
    """A letter (``-`` for none) in each column, of which the recogniser is sure by 0.75."""
    places = ["-ab ".index(letter) for letter in text]
    return np.array([[0.75 if place == n else 0.05 for n in range(4)] for place in places], np.float32)


def said(text: str) -> str:
    return "".join(letter.text for letter in decode(seen(text), CHARACTERS, EVEN))


def test_a_letter_seen_in_neighbouring_columns_is_one() -> None:
    assert said("-aab-") == "ab"


def test_the_same_letter_after_a_blank_is_another() -> None:
    assert said("a-a bb") == "aa b"


def test_nothing_but_blanks_is_no_letter() -> None:
    assert decode(seen("---"), CHARACTERS, EVEN) == []


def test_a_letter_has_its_first_column_and_its_highest_confidence() -> None:
    found = decode(chances((1, 0, 0, 0), (0.5, 0.5, 0, 0.1), (0, 0.75, 0, 0)), CHARACTERS, EVEN)
    assert found == [Letter("a", 0.75, 2)]
    found = decode(chances((1, 0, 0, 0), (0.25, 0.5, 0, 0), (0, 0.75, 0, 0)), CHARACTERS, EVEN)
    assert found == [Letter("a", 0.75, 1)]


def test_weights_decide_but_do_not_change_the_confidence() -> None:
    column = chances((0.5, 0.125, 0.25, 0.125))
    assert decode(column, CHARACTERS, np.array([1, 1, 1, 8], np.float32)) == [Letter(" ", 0.125, 0)]
    assert decode(column, CHARACTERS, np.array([0, 1, 0, 0], np.float32)) == [Letter("a", 0.125, 0)]
