"""Which pages come first, and which are none."""

from documents.search.index.plan import FORGIVING, NOTHING, Planner
from documents.search.index.ranking import Candidate, needles_of, rank
from documents.search.query.parse import parse
from documents.search.text.analysis import entry


def pages(*texts: str, title: str = "") -> list[Candidate]:
    """The newest first."""
    analysed = [entry(title, text, ["eng"]) for text in texts]
    return [
        Candidate(100 - at, "d", at, at, words.title, words.loose, words.body)
        for at, words in enumerate(analysed)
    ]


def order(question: str, *texts: str) -> list[str]:
    """The texts that are hits, the best first."""
    ranked = sorted(rank(needles(question), pages(*texts)), key=lambda one: -one.score)
    return [texts[one.page.number] for one in ranked]


def needles(question: str):
    tree = parse(question).tree
    assert tree
    return needles_of(tree, Planner(["eng"], FORGIVING, lambda _filter: NOTHING))


def test_as_typed_before_other_forms_before_misread() -> None:
    assert order("invoice", "lnvoice", "invoices", "invoice") == ["invoice", "invoices", "lnvoice"]


def test_newer_before_older_where_all_else_is_equal() -> None:
    assert order("invoice", "invoice one", "invoice two") == ["invoice one", "invoice two"]


def test_the_rarer_word_weighs_more() -> None:
    texts = ["the cat", "the dog", "zygote dog", "the sun"]
    assert order("the OR zygote", *texts)[0] == "zygote dog"


def test_side_by_side_is_better() -> None:
    assert order("tax return", "return the tax", "tax return now") == ["tax return now", "return the tax"]


def test_a_page_whose_words_only_look_like_the_phrase_apart_is_none() -> None:
    assert order('"modern corner"', "corner of modem", "modem corner") == ["modem corner"]
