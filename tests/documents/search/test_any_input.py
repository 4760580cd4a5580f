"""Whatever is typed, and whatever stands on a page, is read; and the index and the marks agree."""

import random

from documents.search.query.parse import Filter, Tree, Words, parse, with_filter, without_filter
from documents.search.text.analysis import EntryText, entry
from documents.search.text.lookup import Lookup
from documents.search.text.loose import column
from documents.search.text.marks import marks
from documents.search.text.snippets import snippet
from documents.search.text.ways import Way, stands_in, ways

_PIECES = (
    *'()"„“«»*-|<>=:：（\\0\n\t €$!\'’.…',
    "OR", "AND", "NOT", "tag:", "before:", "2024-02-31", "confidence<", "is:", "year:",
    "\ud800", "\u0301", "\u00ad\n", "-\n", "\u200d",
    "invoice", "lnvo|ce", "Straße", "1986", "I9B6", "a", "clear", "rn", "ﬃ", "👩",
    "東京都", "京", "대한", "ภาษา", "हिन्दी", "كِتَابٌ", "счёт",
)  # fmt: skip
_WORDS = (
    "invoice", "lnvoice", "lnvo|ce", "invoices", "in-\nvoice", "clear", "dear", "c1ear", "of", "the", "ofthe",
    "well-\nknown", "known", "don't", "dont", "1986", "I9B6", "dis", "appoint", "disappoint", "e-mail",
    "email", "paid", "pald", "東京都", "京都", "京",
)  # fmt: skip
_LANGUAGES = ("eng", "deu", "rus")


def test_any_input_is_read() -> None:
    chance = random.Random(3)  # noqa: S311
    for _ in range(600):
        question, text, value = (
            "".join(chance.choices(_PIECES, k=chance.randrange(40))) for _part in range(3)
        )
        _read(question, text)
        asked = with_filter(question, "tag", value)
        if value.strip() and len(asked) < 1000:
            assert Filter("tag", "=", parse(f'tag:"{_escaped(value)}"').tree.value) in _all(parse(asked).tree)
        without_filter(asked, "tag", value)


def _read(question: str, text: str) -> None:
    query = parse(question)
    answers = marks(Lookup.of(query.tree, _LANGUAGES, is_forgiving=True), text, _LANGUAGES)
    ends = [0, *(place for mark in answers for place in (mark.start, mark.end)), len(text)]
    assert ends == sorted(ends)
    assert all(mark.start < mark.end for mark in answers)
    shown = snippet(text, answers, length=30)
    assert [part.mark for part in shown.parts if part.mark] or not answers
    repr(query).encode()  # nothing that a database cannot take


def _all(tree: Tree | None) -> list[Tree | None]:
    return [tree, *(each for part in getattr(tree, "parts", ()) for each in _all(part))]


def _escaped(value: str) -> str:
    return "".join("\\" + letter if letter in '"„“”‟«»＂\\' else letter for letter in value)


def test_the_index_finds_what_has_marks() -> None:
    chance = random.Random(4)  # noqa: S311
    answered = 0
    for _ in range(600):
        text = " ".join(chance.choices(_WORDS, k=chance.randrange(1, 12)))
        words = Words(
            " ".join(chance.choices(_WORDS, k=chance.randrange(1, 3))),
            is_prefix=chance.random() < 0.2,
            is_quoted=chance.random() < 0.5,
        )
        page = entry("", text, ["eng"])
        found = any(_is_found(way, page) for way in ways(words, ["eng"], is_forgiving=True))
        lookup = Lookup.of(words, ("eng",), is_forgiving=True)
        assert found == bool(marks(lookup, text, ["eng"])), (words, text)
        answered += found
    assert 100 < answered < 500


def _is_found(way: Way, page: EntryText) -> bool:
    """As a database does it: by words of the body in order, or by terms of any column."""
    if len(way.places) > 1 and way.is_sure:
        end = "" if way.is_prefix else " "
        return f" {' '.join(choice[0] for choice in way.places)}{end}" in f" {page.body} "
    last = len(way.places) - 1
    found = all(
        _has(page, choice, is_prefix=way.is_prefix and at == last) for at, choice in enumerate(way.places)
    )
    return found and (way.is_sure or stands_in(way, page.body))


def _has(page: EntryText, choice: tuple[str, ...], *, is_prefix: bool) -> bool:
    end = "" if is_prefix else " "
    columns = {"body": f" {page.body} ", "loose": f" {page.loose} "}
    return any(f" {term}{end}" in columns[column(term)] for term in choice)
