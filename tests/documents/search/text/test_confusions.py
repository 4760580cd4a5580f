"""Words that look alike share a key."""

import random
import unicodedata

import pytest

from documents.search.text.confusions import first_letters, keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("modern", "modem"),
        ("clear", "dear"),
        ("clear", "c1ear"),
        ("clear", "ciear"),
        ("wave", "vvave"),
        ("invoice", "lnvo1ce"),
        ("office", "0ff1ce"),
        ("sale", "5a1e"),
        ("bread", "8read"),
        ("bread", "6read"),
        ("egg", "e9q"),
        ("zone", "2one"),
        ("rate", "r47e"),
        ("1986", "i9b6"),
        ("1988", "19b8"),
        ("йод", "иод"),
        ("ज़मीन", "जमीन"),
        ("москва", "mосквa"),
    ],
)
def test_words_that_look_alike_share_a_key(one: str, other: str) -> None:
    assert set(keys(one)) & set(keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("1986", "1988"), ("100", "loo"), ("house", "mouse"), ("s", "5"), ("house", "bouse"), ("a4", "44")],
)
def test_others_do_not(one: str, other: str) -> None:
    assert not set(keys(one)) & set(keys(other))


def test_most_words_are_their_own_key() -> None:
    assert keys("thing") == ("thing",)


def test_a_number_with_many_letters_has_few_keys() -> None:
    assert len(keys("b8b8b8b8b8")) <= 6


def test_a_key_is_its_own_key() -> None:
    chance = random.Random(5)  # noqa: S311
    for _ in range(2000):
        word = "".join(chance.choices("abcdelijnrmvwoqgstz0124568|79", k=chance.randrange(2, 9)))
        for key in keys(word):
            assert key in keys(key), (word, key)


def test_first_letters_are_those_of_all_words_with_a_key() -> None:
    chance = random.Random(6)  # noqa: S311
    for _ in range(5000):
        letters = "abcdehijklmnopqrtvwxyzs0123456789авеикмнорстухйनऩरऱळऴ़"
        word = chance.choice(letters[:-1]) + "".join(chance.choices(letters, k=chance.randrange(6)))
        word = unicodedata.normalize("NFC", word)
        assert all(word[0] in first_letters(key) for key in keys(word)), word


def test_most_first_letters_are_no_others() -> None:
    assert first_letters("fish") == {"f"}
