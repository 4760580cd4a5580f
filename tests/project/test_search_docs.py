"""``docs/search.md`` says what is the same to search and what is not: each row is held to it."""

import re

import pytest

from accounts.models import User
from documents.models import Collection, Document, Transcription
from documents.ocr.elements import Box, Word, join_words
from documents.search.hits import marks_in
from documents.search.index.candidates import EVERYWHERE
from documents.search.query.fields import FIELDS, STATES, THINGS
from documents.search.query.parse import parse
from documents.search.question import Question
from documents.search.text.lookup import Lookup
from documents.search.text.marks import marks
from documents.services import index
from tests.factories import make_document
from tests.project import ROOT

pytestmark = pytest.mark.slow

_PAGE = (ROOT / "docs" / "search.md").read_text()
_ROW = re.compile(r"^\| [^|]+ \| `(.+?)` \| `(.+?)` \| `(\w+)` \| (.+) \|$", re.MULTILINE)
_ROWS = [
    (asked.replace(r"\|", "|"), text.replace(r"\|", "|").replace("⏎", "\n"), language, answer)
    for asked, text, language, answer in _ROW.findall(_PAGE)
]
# How the words are marked, with misreadings forgiven and without.
_ANSWERS: dict[str, tuple[set[str], set[str]]] = {
    "found": ({"exact"}, {"exact"}),
    "another form": ({"form"}, {"form"}),
    "another form, forgiven": ({"form"}, set()),
    "misread": ({"misread"}, set()),
    "not found": (set(), set()),
}


@pytest.mark.parametrize(("asked", "text", "language", "answer"), _ROWS)
def test_what_is_the_same(asked: str, text: str, language: str, answer: str) -> None:
    lookup = Lookup.of(parse(asked).tree, (language,), is_forgiving=True)
    found = marks(lookup, text, [language])
    assert {mark.how for mark in found} == _ANSWERS[answer][0]
    if found:
        typed = " ".join(word.strip('"*') for word in asked.split())
        assert " ".join(dict.fromkeys(mark.asked for mark in found)) == typed


def test_the_index_says_the_same_of_all_in_one_archive(collection: Collection, owner: User) -> None:
    documents = [_kept(collection, owner, text, language) for _asked, text, language, _answer in _ROWS]
    for at, is_forgiving in enumerate((True, False)):
        told = {row[:3]: (bool(_ANSWERS[row[3]][at]), _ANSWERS[row[3]][at]) for row in _ROWS}
        answers = {
            row[:3]: _answer(Question.of(owner, row[0], is_forgiving=is_forgiving), document)
            for row, document in zip(_ROWS, documents, strict=True)
        }
        assert answers == told


def _kept(collection: Collection, user: User, text: str, language: str) -> Document:
    document = make_document(collection=collection, user=user, texts=[""], title="")
    Transcription.objects.filter(page__document=document).update(text=text, languages=[language])
    Document.objects.filter(pk=document.pk).update(languages=[language])
    index.write_pages(document.pages.values_list("pk", flat=True), is_anew=True)
    return document


def _answer(question: Question, document: Document) -> tuple[bool, set[str]]:
    """Whether the index finds the page, and how its words are marked."""
    reading = Transcription.objects.get(page__document=document)
    return question.has_hits(document.pk, EVERYWHERE), {mark.how for mark in marks_in(question, reading)}


@pytest.mark.parametrize("text", [text for _asked, text, _language, _answer in _ROWS])
def test_the_pages_are_written_as_readings_are(text: str) -> None:
    for line in text.split("\n"):
        assert join_words([Word(word, 90.0, Box(0, 0, 1, 1)) for word in line.split()]) == line


def test_every_row_of_the_table_is_tried() -> None:
    table = _PAGE.split("## What is the same")[1]
    lines = [line for line in table.splitlines() if line.startswith("|")]
    assert len(_ROWS) == len(lines) - 2 > 80


def test_every_filter_is_described() -> None:
    assert set(re.findall(r"^\| `(\w+):` \|", _PAGE, re.MULTILINE)) == set(FIELDS)


@pytest.mark.parametrize(("field", "values"), [("is", STATES), ("has", THINGS)])
def test_every_value_of_a_choice_is_described(field: str, values: frozenset[str]) -> None:
    [row] = re.findall(rf"^\| `{field}:` \| (.*) \|$", _PAGE, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == values
