import unicodedata

import pytest

from training.alphabet import UNICHARS, in_alphabet


def test_every_letter_is_there_once_and_composed() -> None:
    assert len(set(UNICHARS)) == len(UNICHARS)
    assert [letter for letter in UNICHARS if unicodedata.normalize("NFC", letter) != letter] == []


@pytest.mark.parametrize("text", ["Ŀ is Latin", "Ҕ и Ǣ", "ɛ̀kɔ́ ọ̀rọ̀", "ꙗзыкъ", "Tiếng Việt", ""])
def test_what_the_model_knows(text: str) -> None:
    assert in_alphabet(text)


@pytest.mark.parametrize("text", ["漢字", "b\u0301", "\u0301", "рꙋ́сскїй"])
def test_what_it_does_not_know(text: str) -> None:
    assert not in_alphabet(text)
