"""How a page may hold words that were asked for."""

import pytest

from documents.search.query.parse import Words
from documents.search.text.ways import Way, stands_in, ways


def test_a_word_as_typed_in_another_form_and_misread() -> None:
    assert ways(Words("Bills"), ["eng"], is_forgiving=True) == (
        Way("exact", (("bills",),)),
        Way("form", (("÷bill", "bill"),)),
        Way("misread", (("±biiis", "biiis"),)),
    )


def test_not_forgiving_has_nothing_misread() -> None:
    found = ways(Words("invoices"), ["eng"], is_forgiving=False)
    assert [way.how for way in found] == ["exact", "form"]


def test_in_quotes_a_word_has_no_other_form() -> None:
    found = ways(Words("invoices", is_quoted=True), ["eng"], is_forgiving=True)
    assert {way.how for way in found} == {"exact", "misread"}


def test_a_space_too_many_leaves_three_letters_on_each_side() -> None:
    found = ways(Words("disappt"), [], is_forgiving=True)
    assert [way.places for way in found if len(way.places) == 2] == [
        (("dis",), ("appt",)),
        (("disa",), ("ppt",)),
    ]


def test_a_space_too_few_joins_a_word_with_its_neighbours() -> None:
    found = ways(Words("the", neighbours=("ofthe", "thea", "th")), [], is_forgiving=True)
    assert found[1] == Way("misread", (("±the", "ofthe", "thea"),))


def test_a_phrase_may_have_each_word_misread_or_two_run_together() -> None:
    assert ways(Words("all in one", is_quoted=True), [], is_forgiving=True) == (
        Way("exact", (("all",), ("in",), ("one",))),
        Way("misread", (("allin",), ("one",))),
        Way("misread", (("all",), ("inone",))),
        Way("misread", (("all", "±aii", "aii"), ("in", "±in"), ("one", "±one"))),
    )


def test_two_parts_typed_without_a_space_may_be_one_word() -> None:
    assert Way("form", (("email",),)) in ways(Words("e-mail"), [], is_forgiving=False)


def test_a_beginning_stays_one() -> None:
    assert ways(Words("invo", is_prefix=True), ["eng"], is_forgiving=True) == (
        Way("exact", (("invo",),), is_prefix=True),
        Way("misread", (("±invo",),), is_prefix=True),
    )


def test_a_short_beginning_is_not_misread() -> None:
    [way] = ways(Words("inv", is_prefix=True), ["eng"], is_forgiving=True)
    assert way.how == "exact"


def test_one_letter_of_chinese_is_a_beginning_and_more_are_a_phrase() -> None:
    assert ways(Words("京"), ["jpn"], is_forgiving=True) == (Way("exact", (("京",),), is_prefix=True),)
    assert ways(Words("東京都"), ["jpn"], is_forgiving=True) == (Way("exact", (("東京",), ("京都",))),)


@pytest.mark.parametrize("text", ["", "  ", "-", "\u0301"])
def test_without_a_letter_there_is_no_way(text: str) -> None:
    assert ways(Words(text), ["eng"], is_forgiving=True) == ()


def test_only_so_many_words_are_looked_up() -> None:
    [way, *_] = ways(Words("word " * 1000 + "京", is_quoted=True), [], is_forgiving=True)
    assert len(way.places) == 32
    assert not way.is_prefix


@pytest.mark.parametrize(
    ("way", "is_sure"),
    [
        (Way("exact", (("paid",), ("in",))), True),
        (Way("misread", (("±paid", "paid"),)), True),
        (Way("misread", (("paid", "±paid"), ("in",))), False),
        (Way("misread", (("±paid",), ("in",))), False),
    ],
)
def test_an_index_can_tell_phrases_of_words_but_not_of_keys(way: Way, *, is_sure: bool) -> None:
    assert way.is_sure is is_sure


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("it was paid in full now", True),
        ("pald in fu11", True),
        ("paid full in", False),
        ("paid in", False),
        ("", False),
    ],
)
def test_words_stand_side_by_side(body: str, *, expected: bool) -> None:
    way = ways(Words("paid in full", is_quoted=True), [], is_forgiving=True)[-1]
    assert stands_in(way, body) is expected
