"""Where the words that were asked for stand in a text."""

import pytest

from documents.search.query.parse import parse
from documents.search.text.lookup import Lookup
from documents.search.text.marks import Mark, marks

Found = list[tuple[str, str]]


def found(question: str, text: str, *languages: str, is_forgiving: bool = True) -> Found:
    """What is marked, and how."""
    tree = parse(question).tree
    known = languages or ("eng",)
    answers = marks(Lookup.of(tree, known, is_forgiving=is_forgiving), text, known)
    return [(text[mark.start : mark.end], mark.how) for mark in answers]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("straße", "die STRASSE", [("STRASSE", "exact")]),
        ("a1 OR b2", "b2, a1", [("b2", "exact"), ("a1", "exact")]),
        ("a1 -b2", "b2, a1", [("a1", "exact")]),
        ("-(a1 b2)", "b2, a1", []),
        ("tag:a1", "a1", []),
        ("inv*", "Invent Invoices oninv", [("Invent", "exact"), ("Invoices", "exact")]),
        ('"paid in full"', "in full, paid in\nfull", [("paid in\nfull", "exact")]),
        ('"paid in fu*"', "paid in full", [("paid in full", "exact")]),
        ("e-mail", "e mail", [("e mail", "exact")]),
        ("invoice", "an in-\nvoice", [("in-\nvoice", "exact")]),
        ("invoices", "invoice Invoices", [("invoice", "form"), ("Invoices", "exact")]),
        ("disappoint", "dis appoint", [("dis appoint", "misread")]),
        ("of the", "ofthe of the", [("ofthe", "misread"), ("of", "exact"), ("the", "exact")]),
        ("a1", "", []),
        ("", "a1", []),
    ],
)
def test_hits(question: str, text: str, expected: Found) -> None:
    assert found(question, text) == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("東京都", "の東京都庁", [("東京都", "exact")]),
        ("京", "東京都 京", [("京", "exact"), ("京", "exact")]),
        ("東京 京都", "東京都", [("東京都", "exact")]),
        ("都tower", "東京都 tower", [("都 tower", "exact")]),
        ("国", "대한國 国", [("国", "exact")]),
        ("ที่", "ที่นี่", [("ที่", "exact")]),
    ],
)
def test_pairs_make_one_mark_of_what_was_asked(question: str, text: str, expected: Found) -> None:
    assert found(question, text, "jpn") == expected


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("lnvoice", "misread"),
        ("lnvo|ce", "misread"),
        ("in'voice", "form"),
        ("invo ice", "misread"),
    ],
)
def test_misread_words_are_marked_where_that_is_forgiven(text: str, how: str) -> None:
    assert found("invoice", f"an {text}.") == [(text, how)]
    assert found("invoice", f"an {text}.", is_forgiving=False) == []


def test_other_forms_need_no_forgiving() -> None:
    assert found("invoices", "invoice", is_forgiving=False) == [("invoice", "form")]


def test_a_mark_tells_what_was_asked() -> None:
    lookup = Lookup.of(parse('Total "Paid in"').tree, ("eng",), is_forgiving=True)
    assert marks(lookup, "tota1 paid in", ["eng"]) == (
        Mark(0, 5, "misread", "Total"),
        Mark(6, 13, "exact", "Paid in"),
    )


def test_neighbours_run_together_are_told_together() -> None:
    [mark] = marks(Lookup.of(parse("of the").tree, (), is_forgiving=True), "ofthe", [])
    assert mark == Mark(0, 5, "misread", "of the")


def test_the_surest_of_several_answers_is_told() -> None:
    lookup = Lookup.of(parse("invoices invoice").tree, ("eng",), is_forgiving=True)
    [mark] = marks(lookup, "invoice", ["eng"])
    assert mark == Mark(0, 7, "exact", "invoice")


def test_words_have_the_forms_of_their_page_whatever_else_is_looked_for() -> None:
    lookup = Lookup.of(parse("modern").tree, ("deu", "eng"), is_forgiving=True)
    [of_german] = marks(lookup, "modem", ["deu"])
    [of_english] = marks(lookup, "modem", ["eng"])
    assert (of_german.how, of_english.how) == ("form", "misread")


def test_a_phrase_may_lie_over_another() -> None:
    assert found('"a1 b2" "b2 c3"', "a1 b2 c3") == [("a1 b2 c3", "exact")]
