"""What is dirt, and what are short words."""

import pytest

from documents.ocr.elements import Box, Line, Word
from documents.ocr.specks import are_specks


def lines(*texts: str) -> list[Line]:
    return [Line.of([Word(text, 99.0, Box(0, 0, 9, 9))]) for text in texts]


@pytest.mark.parametrize("texts", [(), ("—",), ("0", "17", "11:"), ("total", "7"), ("é", "ß.", "Ж")])
def test_lone_letters_and_figures_are_specks(texts: tuple[str, ...]) -> None:
    assert are_specks(lines(*texts))


@pytest.mark.parametrize("texts", [("cat",), ("total", "7", "sum"), ("1,20",)])
def test_lines_of_three_letters_are_text(texts: tuple[str, ...]) -> None:
    assert not are_specks(lines(*texts))


@pytest.mark.parametrize("sign", ["押", "の", "ア", "출", "㐀", "ｱ"])
def test_a_chinese_japanese_or_korean_letter_is_a_word(sign: str) -> None:
    assert not are_specks(lines(sign))
