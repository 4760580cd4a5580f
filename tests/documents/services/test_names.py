"""Names with odd characters work, or are refused with a sentence."""

import pytest

from documents.errors import NameEmpty, NameTooLong
from documents.services.names import folded_levels, name, note_text, one_line, tag_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Tax   2024 ", "Tax 2024"),
        ("Tax\n2024", "Tax 2024"),
        ("Tax\0", "Tax"),
        ("Tax\ud800", "Tax"),
        ("\u202egnp.exe", "gnp.exe"),
        ("🎉", "🎉"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("e\u0301te\u0301", "été"),
        ("فاتورة", "فاتورة"),
        ("!?", "!?"),
        ("a" * 300, "a" * 300),
    ],
)
def test_a_name_is_one_line_that_shows_and_can_be_stored(typed: str, kept: str) -> None:
    assert name(typed, longest=300) == kept


@pytest.mark.parametrize(
    "typed", ["", "   ", "\0", "\u200b\u200e", "\u2066\u2069", "\u0301", "\u3164", "\ud800"]
)
def test_what_does_not_show_is_no_name(typed: str) -> None:
    with pytest.raises(NameEmpty):
        name(typed, longest=300)


def test_a_name_has_an_end() -> None:
    with pytest.raises(NameTooLong) as caught:
        name("ä" * 301, longest=300)
    assert caught.value.params == {"limit": 300}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("tax/2024", "tax/2024"), (" tax / 2024/", "tax/2024"), ("//tax//", "tax"), ("税／2024", "税/2024")],
)
def test_the_levels_of_a_tag_have_names(typed: str, kept: str) -> None:
    assert tag_name(typed, longest=100) == kept


def test_slashes_alone_are_no_tag() -> None:
    with pytest.raises(NameEmpty):
        tag_name(" / ", longest=100)


def test_levels_are_compared_folded() -> None:
    assert folded_levels("Été/Straße") == ("ete", "strasse")


def test_a_note_keeps_its_lines_and_loses_what_cannot_be_stored() -> None:
    assert note_text(" one\r\n\r\ntwo\rthree\0\ud800 ") == "one\n\ntwo\nthree ?"
    assert one_line("one\r\ntwo") == "one two"
