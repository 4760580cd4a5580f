import random
import unicodedata

from training.alphabet import in_alphabet
from training.texts import Texts, Words, base_of
from training.words import Kind, is_held_out

WORDS = {
    Kind.ENGLISH: ["river", "Oslo"],
    Kind.LATIN: ["časopis", "Ägare"],
    Kind.NAMES_LATIN: ["Gĩkũyũ", "Tiếng"],
    Kind.RUSSIAN: ["море", "Язык"],
    Kind.CYRILLIC: ["қала", "ўзбек"],
    Kind.NAMES_CYRILLIC: ["аԥсуа", "чӑваш"],
}


def lines(seed: int, count: int) -> list[str]:
    texts = Texts(Words.of(WORDS), random.Random(seed))  # noqa: S311
    return [texts.line() for _ in range(count)]


def test_lines_have_letters_that_the_model_knows_and_no_others() -> None:
    for line in lines(1, 300):
        assert in_alphabet(line)
        assert line == unicodedata.normalize("NFC", line).strip()
        assert 0 < len(line) <= 52


def test_the_same_chance_gives_the_same_lines() -> None:
    assert lines(3, 20) == lines(3, 20)
    assert lines(3, 20) != lines(4, 20)


def test_letters_that_no_word_has_are_drawn() -> None:
    drawn = set("".join(lines(2, 2000)))
    assert drawn >= set("ĿҔǢ")


def test_what_a_letter_is_made_of() -> None:
    assert [base_of(letter) for letter in "ḍđɗҕĿд"] == ["d", "d", "d", "г", "L", None]


def test_a_word_is_held_out_in_any_case_of_its_letters() -> None:
    words = [f"word{number}" for number in range(400)]
    held = [word for word in words if is_held_out(word)]
    assert 5 < len(held) < 60
    assert all(is_held_out(word.upper()) for word in held)
