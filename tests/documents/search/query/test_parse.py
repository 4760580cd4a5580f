"""What people type, read into a tree, and filters put into what they typed."""

from datetime import date
from decimal import Decimal

import pytest

from documents.search.query.parse import (
    LONGEST,
    MOST_WORDS,
    Either,
    Every,
    Filter,
    Not,
    Tree,
    Words,
    is_bare_field,
    parse,
    title_values,
    unknown_fields,
    with_filter,
    without_exclusions,
    without_filter,
)
from documents.search.query.tree import Comparison

A, B, C = Words("a1"), Words("b2"), Words("c3")
TAX = Filter("tag", "=", "tax")


def tree(text: str) -> Tree | None:
    """Without what words are together with their neighbours."""
    return _bare(parse(text).tree)


def _bare(part: Tree | None) -> Tree | None:
    match part:
        case Words(text, is_prefix, is_quoted):
            return Words(text, is_prefix, is_quoted)
        case Every(parts):
            return Every(tuple(map(_bare, parts)))
        case Either(parts):
            return Either(tuple(map(_bare, parts)))
        case Not(inner):
            return Not(_bare(inner))
    return part


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a1", A),
        ("a1 b2", Every((A, B))),
        ("a1 AND b2", Every((A, B))),
        ("a1 OR b2 c3", Either((A, Every((B, C))))),
        ("a1 | b2", Either((A, B))),
        ("(a1 OR b2) c3", Every((Either((A, B)), C))),
        ("（a1 OR b2） c3", Every((Either((A, B)), C))),
        ("a1 -b2", Every((A, Not(B)))),
        ("a1 −b2", Every((A, Not(B)))),
        ("a1 NOT b2", Every((A, Not(B)))),
        ("-(a1 b2)", Not(Every((A, B)))),
        ("-tag:tax", Not(TAX)),
        ('-"a1 b2"', Not(Words("a1 b2", is_quoted=True))),
        ("inv*", Words("inv", is_prefix=True)),
        ('"paid in fu*"', Words("paid in fu", is_prefix=True, is_quoted=True)),
        ("e-mail", Words("e-mail")),
        ("a|b", Words("a|b")),
        ("http://tag:80", Words("http://tag:80")),
        ("order", Words("order")),
    ],
)
def test_operators(text: str, expected: Tree) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize("text", ['"a b"', "„a b“", "“a b”", "«a b»", "»a b«", "＂a b＂", '"a b', "„a b"])
def test_quotes_of_all_countries(text: str) -> None:
    assert tree(text) == Words("a b", is_quoted=True)


@pytest.mark.parametrize(
    "text",
    ["tag:tax", "TAG:tax", 'tag:"tax"', "tag:„tax“", "tag：tax", "tag=tax", 'tag:" tax"'],
)
def test_a_filter_in_any_spelling(text: str) -> None:
    assert tree(text) == TAX


def test_a_value_may_have_spaces_and_quotes() -> None:
    assert tree(r'tag:"two \"big\" words"') == Filter("tag", "=", 'two "big" words')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OR", Words("OR")),
        ("NOT", Words("NOT")),
        ("AND", Words("AND")),
        ("a1 OR", A),
        ("OR a1", A),
        ("((a1", A),
        ("a1))", A),
        ("a1) OR b2", Either((A, B))),
        ("()", None),
        ("-", None),
        ("- a1", A),
        ("--a1", Words("--a1")),
        ("(-) a1", A),
        ('"" a1', A),
        ("* ** a1", A),
        ("", None),
        ("!?", None),
        ("(" * 50 + "a1" + ")" * 50 + " b2", Every((A, B))),
        ("a1\0", A),
        ("a\ud8001", A),
    ],
)
def test_what_makes_no_sense_as_an_operator_is_taken_for_words_or_nothing(
    text: str, expected: Tree | None
) -> None:
    assert tree(text) == expected
    assert parse(text).left_out == ()


@pytest.mark.parametrize(
    "part", ["before:2024-13", "after:soon", "confidence<high", "is:lost", "tag:", "tag<b", 'in:""', "year:0"]
)
def test_a_value_without_sense_is_left_out_and_told(part: str) -> None:
    query = parse(f"a1 {part}")
    assert (query.tree, query.left_out) == (A, (part,))


def test_a_pasted_page_is_read_as_far_as_a_query_goes() -> None:
    query = parse("a1 " + "-" * LONGEST + "what is too long for a query is told in short")
    assert query.tree == A
    assert query.left_out == ("---what is too long for a quer…",)


def test_so_many_words_are_looked_up_and_the_others_told() -> None:
    query = parse(" ".join(f"w{number}" for number in range(MOST_WORDS + 1)))
    assert len(query.tree.parts) == MOST_WORDS
    assert (query.left_out, query.has_too_many) == ((), True)
    assert parse(f'"{"w " * (MOST_WORDS + 1)}"').tree is None


def test_a_word_knows_what_it_is_without_the_space_beside_it() -> None:
    assert parse("one of the").tree == Every(
        (
            Words("one", neighbours=("oneof",)),
            Words("of", neighbours=("oneof", "ofthe")),
            Words("the", neighbours=("ofthe",)),
        )
    )


@pytest.mark.parametrize("text", ["of -the", 'of "the"', "of* the", "of OR the", "of tag:x the", "of th.e"])
def test_only_plain_words_are_neighbours(text: str) -> None:
    assert "neighbours=()" in repr(parse(text))
    assert "'of" not in repr(parse(text)).replace("text='of'", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "tag:tax"),
        ("a1", "a1 tag:tax"),
        ("a1 b2", "a1 b2 tag:tax"),
        ("a1 tag:tax", "a1 tag:tax"),
        ('a1 tag:"tax"', 'a1 tag:"tax"'),
        ("-tag:tax", "-tag:tax tag:tax"),
        ("a1 OR b2", "(a1 OR b2) tag:tax"),
        ('"a1 b2', '"a1 b2" tag:tax'),
        ("before:never", "tag:tax"),
    ],
)
def test_a_filter_is_added_to_all_that_is_asked(text: str, expected: str) -> None:
    assert with_filter(text, "tag", "tax") == expected


@pytest.mark.parametrize("text", ["(a1 OR b2", "a1) OR b2", "((a1) OR (b2", "a1 (b2 OR c3", 'a1 OR "b2'])
def test_a_filter_is_added_whatever_is_open(text: str) -> None:
    found = tree(with_filter(text, "tag", "tax"))
    assert isinstance(found, Every)
    assert TAX in found.parts


@pytest.mark.parametrize(
    "value", ["two words", 'say "hi"', "„a“ «b»", "back\\slash", "(x)", "a:b", "税務", "-", "*"]
)
def test_a_filter_reads_back_as_its_value(value: str) -> None:
    text = with_filter("a1 OR b2", "tag", value)
    assert tree(text) == Every((Either((A, B)), Filter("tag", "=", value)))
    assert without_filter(text, "tag", value) == "(a1 OR b2)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a1 tag:tax b2", "a1 b2"),
        ("TAG:Tax", ""),
        ('tag:"tax" tag:tax', ""),
        ("-tag:tax a1", "-tag:tax a1"),
        ("NOT tag:tax a1", "NOT tag:tax a1"),
        ("tag:taxes in:tax", "tag:taxes in:tax"),
        ('"tag:tax"', '"tag:tax"'),
    ],
)
def test_a_filter_is_taken_out(text: str, expected: str) -> None:
    assert without_filter(text, "tag", "tax") == expected


def test_a_year_is_added_and_taken_out_like_any_filter() -> None:
    text = with_filter("a1", "year", "2024")
    assert text == "a1 year:2024"
    year = Every((Filter("date", ">=", date(2024, 1, 1)), Filter("date", "<=", date(2024, 12, 31))))
    assert tree(text) == Every((A, year))
    assert with_filter(text, "year", "2024") == text
    assert without_filter(text, "year", "2024") == "a1"


@pytest.mark.parametrize("comparison", ["<=", ">="])
def test_bounds_may_be_included(comparison: Comparison) -> None:
    assert parse(f"confidence{comparison}60").tree == Filter("confidence", comparison, 60.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a1 " * MOST_WORDS * 2, A),
        ("a1 A1 a1", A),
        ("a1 OR a1", A),
        ("a1 b2 a1", Every((A, B))),
        ("tag:tax " * 20, TAX),
        ('tag:tax tag:"tax"', TAX),
        ("a1* a1", Every((Words("a1", is_prefix=True), A))),
        ("a1 -a1 -a1", Every((A, Not(A)))),
        ("(a1 b2) (a1 b2)", Every((A, B))),
        ("(a1 OR b2) (a1 OR c3)", Every((Either((A, B)), Either((A, C))))),
    ],
)
def test_what_is_said_twice_is_asked_once(text: str, expected: Tree) -> None:
    assert tree(text) == expected
    assert not parse(text).has_too_many


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in* inv* invo*", "invo*"),
        ("invo* IN* b2", "invo* b2"),
        ("in* Inv* iron*", "inv* iron*"),
        ("IN* OR in*", "IN* OR in*"),
        ("in* OR inv* OR iron*", "in* OR iron*"),
        ("in inv*", "in inv*"),
        ("-in* inv*", "-in* inv*"),
    ],
)
def test_of_several_beginnings_of_a_word_one_is_asked(text: str, expected: str) -> None:
    assert str(tree(text)).casefold() == str(tree(expected)).casefold()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("author:smith langue:fra", ["author:", "langue:"]),
        ("title:one tag:two", []),
        ('10:30 http://example.org a:b "author:x"', []),
        ("author: smith", ["author:"]),
    ],
)
def test_a_field_that_there_is_not(text: str, expected: list[str]) -> None:
    assert [*unknown_fields(text)] == expected


@pytest.mark.parametrize(
    ("text", "is_bare"),
    [("title:", True), ("before：", True), ("title:x", False), ("title", False), ("x:", False)],
)
def test_a_field_without_a_value(text: str, is_bare: bool) -> None:
    assert is_bare_field(text) is is_bare


@pytest.mark.parametrize(
    ("text", "sum_", "currencies"),
    [
        ("amount > 100", "100", ()),
        ("amount> 100", "100", ()),
        ("amount >100", "100", ()),
        ("amount>100 $", "100", ("USD",)),
        ("amount > $ 100", "100", ("USD",)),
        ("amount > 1 000 €", "1000", ("EUR",)),
        ("amount>10 000,50 eur", "10000.50", ("EUR",)),
        ("AMOUNT ＞ - 5", "-5", ()),
        ('amount > "1 000 €"', "1000", ("EUR",)),
    ],
)
def test_sums_may_have_spaces(text: str, sum_: str, currencies: tuple[str, ...]) -> None:
    expected = Filter("amount", ">", Decimal(sum_), currencies)
    assert tree(text) == expected
    assert tree(f"a1 {text} b2") == Every((A, expected, B))
    assert tree(f"({text}) -b2") == Every((expected, Not(B)))


@pytest.mark.parametrize("text", ["confidence < 60 %", "confidence< 60%", "confidence <60"])
def test_a_confidence_may_have_spaces(text: str) -> None:
    assert tree(text) == Filter("confidence", "<", 60.0)


@pytest.mark.parametrize("rest", ["krone", "try", "2024", "2000 b2", "1,5"])
def test_what_is_no_part_of_a_sum_is_a_word(rest: str) -> None:
    query = parse(f"amount>100 {rest}")
    assert not query.left_out
    assert tree(f"amount>100 {rest}") == Every(
        (Filter("amount", ">", Decimal(100)), *map(Words, rest.split()))
    )


def test_a_comparison_without_a_number_is_told() -> None:
    assert parse("amount > much").left_out == ("amount >",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("harbour -dear", "harbour"),
        ("-dear harbour NOT old port", "harbour port"),
        ("harbour -(old (and cold)) port", "harbour port"),
        ('harbour -"my dear" -tag:old', "harbour"),
        ("harbour -(old", "harbour"),
        ("- harbour e-mail", "- harbour e-mail"),
        ("-dear", ""),
    ],
)
def test_what_is_not_wanted_is_taken_out(text: str, expected: str) -> None:
    assert without_exclusions(text) == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("title:minutes tag:x", ["minutes"]),
        ('-TITLE="two words" one title:a', ['"two words"', "a"]),
        ("one title:", [""]),
    ],
)
def test_where_titles_are_asked_for(text: str, values: list[str]) -> None:
    assert [text[start:end] for start, end in title_values(text)] == values
