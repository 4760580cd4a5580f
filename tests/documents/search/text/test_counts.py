"""How many marks a page has, without its text."""

import random

from documents.search.query.parse import parse
from documents.search.text.analysis import entry
from documents.search.text.counts import count, needs_text
from documents.search.text.lookup import Lookup
from documents.search.text.marks import marks

_LANGUAGES = ("eng", "jpn")
_WORDS = (
    "invoice", "lnvoice", "invoices", "in-\nvoice", "of", "the", "ofthe", "dis", "paid", "in", "full",
    "東京都", "京都", "京", "東\n京", "대한국민", "한국", "ภาษาไทย", "ไทย", "ｶﾞｷﾞ", "clear", "dear",
)  # fmt: skip
_DOUBTFUL = ("lnvo|ce", "in'voice", "well-\nknown", "known", "$ale")


def lookup_of(question: str) -> Lookup:
    return Lookup.of(parse(question).tree, _LANGUAGES, is_forgiving=True)


def question_of(chance: random.Random) -> str:
    words = " ".join(chance.choices(_WORDS, k=chance.randrange(1, 4))).replace("\n", "")
    return chance.choice([words, f'"{words}"', f"{words}*", words[: chance.randrange(1, 5)] + "*"])


def test_there_are_as_many_as_in_the_text() -> None:
    chance = random.Random(11)  # noqa: S311
    several = 0
    for _ in range(1500):
        text = chance.choice(" \n").join(chance.choices(_WORDS, k=chance.randrange(1, 15)))
        question = question_of(chance)
        counted = count(lookup_of(question), entry("", text, _LANGUAGES).body, _LANGUAGES)
        expected = marks(lookup_of(question), text, _LANGUAGES)
        assert counted == len(expected), (question, text)
        several += counted > 1
    assert several > 300


def test_pages_with_doubtful_words_that_answer_are_known() -> None:
    chance = random.Random(12)  # noqa: S311
    found = 0
    for _ in range(500):
        text = " ".join(chance.choices(_WORDS + _DOUBTFUL, k=8))
        lookup = lookup_of(chance.choice(["invoice", "known", "sale", "invo*", "clear"]))
        if any(lookup.among_doubtful(text)):
            assert needs_text(lookup, entry("", text, _LANGUAGES).loose), text
            found += 1
    assert found > 100


def test_a_page_with_nothing_alike_needs_no_text() -> None:
    assert not needs_text(lookup_of("invoice"), entry("", "total $ale, don't", _LANGUAGES).loose)


def test_nothing_is_counted_where_nothing_is_asked() -> None:
    assert count(lookup_of("tag:a"), "some words", _LANGUAGES) == 0
    assert count(lookup_of("some"), "", _LANGUAGES) == 0
