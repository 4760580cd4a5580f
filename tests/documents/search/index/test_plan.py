"""From a question to what each database is asked."""

from types import ModuleType

import pytest

from documents.search.index import postgres, sqlite
from documents.search.index.plan import EXACT, FORGIVING, NOTHING, All, Any, But, Plan, Planner, Terms
from documents.search.query.parse import parse

MINE = Any((Terms(("c1",), "scope"), Terms(("c2",), "scope")))


def planned(text: str, hows: frozenset[str] = EXACT) -> Plan:
    tree = parse(text).tree
    assert tree
    return Planner(["eng"], hows, lambda _filter: NOTHING).plan(tree)


def test_a_page_without_any_of_the_words_counts_if_it_is_the_first() -> None:
    written = '(({title body} : "water")) AND ((body : "water") OR scope : "f")'
    assert without_brackets(sqlite.match(planned("water"), MINE)).startswith(without_brackets(written))


def without_brackets(written: str) -> str:
    return written.translate({ord("("): None, ord(")"): None})


@pytest.mark.parametrize("text", ["-water", "water OR -fire", "water OR lang:eng", "(water OR -fire) air"])
def test_where_pages_without_the_words_are_asked_for_every_page_counts(text: str) -> None:
    assert '"f"' not in sqlite.match(planned(text), MINE)


def test_a_title_alone_is_looked_for_on_first_pages() -> None:
    title = All((Terms(("roman",), "title"), Terms(("roads",), "title")))
    assert planned('title:"Roman roads"') == All((title, Any((Terms(("f",), "scope"),))))


def test_a_word_of_a_title_may_go_on() -> None:
    assert '(title : "gard" *)' in sqlite.match(planned("title:gard*"), MINE)


def test_a_misread_phrase_has_a_word_that_was_not_typed() -> None:
    written = sqlite.match(planned('"modern corner"', FORGIVING), MINE)
    assert 'loose : "±' in written
    assert 'body : "modern corner"' in written


def test_fts5_is_asked_with_quoted_terms_alone() -> None:
    plan = All((Terms(("a", "b"), "text", is_prefix=True), But(Terms(("c",), "body"))))
    assert sqlite.match(plan, MINE) == (
        '((({title body} : "a b" *) NOT (body : "c"))) AND ((scope : "c1" OR scope : "c2"))'
    )


def test_postgresql_is_asked_for_each_column_of_a_phrase() -> None:
    plan = All((Terms(("a", "b"), "text", is_prefix=True), But(Terms(("c'\\",), "body"))))
    assert postgres.match(plan, MINE) == (
        "((('c1':D) | ('c2':D))) & ((('a':A <-> 'b':*A | 'a':B <-> 'b':*B) & !(('c''\\\\':B))))"
    )


@pytest.mark.parametrize("database", [sqlite, postgres])
def test_nothing_is_found_by_no_words(database: ModuleType) -> None:
    assert "none" in database.match(Any(()), MINE)
