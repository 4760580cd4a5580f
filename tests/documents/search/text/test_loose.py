"""The loose terms of a page: stems, keys, and words that may be meant."""

import pytest

from documents.search.text.loose import column, doubtful, terms
from documents.search.text.tokens import tokens


def loose(text: str, *languages: str) -> set[str]:
    found = terms(list(tokens(text)), text, languages)
    assert len(found) == len(set(found))
    return set(found)


def test_a_word_that_is_its_own_stem_and_key_has_no_term() -> None:
    assert loose("thing Thing", "eng") == set()


def test_stems_and_keys_are_marked() -> None:
    assert loose("things lost", "eng") == {"÷thing", "±iost"}


def test_without_a_language_there_are_only_keys() -> None:
    assert loose("things lost") == {"±iost"}


def test_terms_tell_where_the_index_has_them() -> None:
    assert [column(term) for term in ("thing", "÷thing", "±iost")] == ["body", "loose", "loose"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lnvo|ce", [("lnvolce", 0, 7)]),
        ("the |nvoice", [("lnvoice", 4, 11)]),
        ("tota| due", [("total", 0, 5)]),
        ("vil!age!", [("village", 0, 7)]),
        ("$ale for $5", [("sale", 0, 4)]),
        ("off€r", [("offer", 0, 5)]),
        ("a[so", [("also", 0, 4)]),
        ("I don't", [("dont", 2, 7)]),
        ("l’eau", [("leau", 0, 5)]),
        ("well-\nknown", [("well", 0, 4), ("known", 6, 11)]),
        ("as-\nked", []),
        ("[note] Hello! a | b 5|6", []),
        ("", []),
    ],
)
def test_words_that_may_be_meant(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert [tuple(token) for token in doubtful(text)] == expected


def test_their_keys_are_found_though_no_word_of_the_page_has_them() -> None:
    assert {"±known", "±dont", "±invoiee"} <= loose("well-\nknown don't lnvo|ce")


@pytest.mark.parametrize("sign", ["|", "!", "'", "$", "x", "-\n"])
def test_signs_without_end_are_read_in_time(sign: str) -> None:
    """A pattern that goes back over them would take minutes."""
    assert len(loose(sign * 100_000)) <= 2
    assert len(loose("a" + sign * 100_000)) <= 2
