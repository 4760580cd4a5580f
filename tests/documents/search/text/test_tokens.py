"""Words as they are folded and parted, and their places in the text."""

import random

import pytest

from documents.search.text.tokens import (
    Token,
    _any_tokens,
    _spaced_tokens,
    asked,
    fold,
    is_paired,
    letters,
    tokens,
)

# Of the letters and signs that the short way covers, those where it could go another way than the long one.
_COMMON = "abcXYZ019 -‐'’.,\n\tßÀéøŁıİĳŉſǆªº²¼ͺΆΣσς΄ЀЙйёяҐґ“”–…€№™ⅢⅣ①★ﬁﬃ\x00\x1c\x85\xa0ʼˈ"
_COMMON += "नमिीक्ষাسلاמָ\u200d\xad\u0301"


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Straße", "strasse"),
        ("CRÈME", "creme"),
        ("İI", "ii"),
        ("ΟΔΟΣ", "οδοσ"),
        ("ёлка Йод", "елка йод"),
        ("ﬃ ²", "ffi 2"),
        ("ｶﾞ", "ガ"),
        ("क़", "क़"),
        ("مُحَمَّد", "محمد"),
        ("ป่า", "ป่า"),
        ("བོད", "བོད"),
    ],
)
def test_what_people_type_folds_to_what_stands_there(typed: str, folded: str) -> None:
    assert fold(typed) == fold(folded)
    assert fold(fold(typed)) == fold(typed)


@pytest.mark.parametrize(
    ("one", "other"), [("чай", "чаи"), ("か", "が"), ("काम", "कम"), ("ज़", "ज"), ("ป่า", "ปา")]
)
def test_what_tells_words_apart_stays(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_token_knows_its_place_in_the_text() -> None:
    assert list(tokens("Der Straße, ﬁn")) == [
        Token("der", 0, 3),
        Token("strasse", 4, 10),
        Token("fin", 12, 14),
    ]


def test_pairs_overlap_and_the_last_letter_stands_alone() -> None:
    assert list(tokens("x東京都y")) == [
        Token("x", 0, 1),
        Token("東京", 1, 3),
        Token("京都", 2, 4),
        Token("都", 3, 4),
        Token("y", 4, 5),
    ]


def test_a_line_may_end_within_a_word_of_chinese() -> None:
    assert "京都" in words("東京\n都")


def test_spaces_part_words_of_korean() -> None:
    assert "국사" not in words("한국 사람")


def test_marks_stay_with_their_letter_of_thai() -> None:
    assert words("ที่นี่") == ["ที่นี่", "นี่"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in-\nvoice", ["invoice"]),
        ("in\u2010\n  voice", ["invoice"]),
        ("in\u00ad\nvoice", ["invoice"]),
        ("Peugeot-\nRenault", ["peugeot", "renault"]),
        ("2023-\n2024", ["2023", "2024"]),
        ("well-known", ["well", "known"]),
        ("trans-\nна-\nция", ["transна", "ция"]),
    ],
)
def test_words_divided_at_the_end_of_a_line_are_joined(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_joined_word_stands_where_both_parts_stand() -> None:
    assert list(tokens("an in-\nvoice")) == [Token("an", 0, 2), Token("invoice", 3, 12)]


def test_parts_that_are_not_joined_have_places_of_their_own() -> None:
    assert list(tokens("A-\n B")) == [Token("a", 0, 1), Token("b", 4, 5)]


def test_the_short_way_gives_what_the_long_way_gives() -> None:
    chance = random.Random(7)  # noqa: S311
    for _ in range(2000):
        text = "".join(chance.choices(_COMMON, k=chance.randrange(1, 25)))
        assert list(_spaced_tokens(text)) == list(_any_tokens(text)), repr(text)


@pytest.mark.parametrize("text", ["in-\n_voice", "in_\nvoice", "é_e", "é-\n __ f"])
def test_an_underscore_is_no_letter(text: str) -> None:
    assert list(tokens(f"é {text}")) == list(_any_tokens(f"é {text}"))


@pytest.mark.parametrize("text", ["東", "한", "ก", "က", "ខ", "𠀀"])
def test_scripts_without_spaces_go_the_long_way(text: str) -> None:
    assert words(f"{text}{text} in")[0] == text * 2


def test_a_word_without_end_is_indexed_as_far_as_a_word_goes() -> None:
    [token] = tokens("x" * 5000)
    assert (len(token.text), token.end) == (100, 5000)
    assert len(letters("ﷺ" * 500)) == 100


@pytest.mark.parametrize(
    ("text", "expected", "is_prefix"),
    [
        ("Paid in full", ("paid", "in", "full"), False),
        ("東京都", ("東京", "京都"), False),
        ("東", ("東",), True),
        ("tower 東", ("tower", "東"), True),
        ("東京tower", ("東京", "京", "tower"), False),
        ("!?", (), False),
        ("", (), False),
    ],
)
def test_a_question_covers_the_last_letter_by_its_pair(
    text: str, expected: tuple[str, ...], is_prefix: bool
) -> None:
    assert asked(text) == (expected, is_prefix)


def test_pairs_are_known_by_their_script() -> None:
    assert [is_paired(word) for word in ("東京", "한국", "ไทย", "word", "नम")] == [
        True,
        True,
        True,
        False,
        False,
    ]
