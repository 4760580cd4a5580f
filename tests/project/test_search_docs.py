"""``docs/search.md`` says what is the same to search and what is not: each row is held to it."""

import re

import pytest

from documents.search.query.fields import FIELDS, STATES, THINGS
from documents.search.query.parse import parse
from documents.search.text.marks import marks
from tests.project import ROOT

_PAGE = (ROOT / "docs" / "search.md").read_text()
_ROW = re.compile(r"^\| [^|]+ \| `(.+?)` \| `(.+?)` \| `(\w+)` \| (.+) \|$", re.MULTILINE)
_ROWS = [
    (asked.replace(r"\|", "|"), text.replace(r"\|", "|").replace("⏎", "\n"), language, answer)
    for asked, text, language, answer in _ROW.findall(_PAGE)
]
_ANSWERS = {"exact": "found", "form": "another form", "misread": "misread"}


@pytest.mark.parametrize(("asked", "text", "language", "answer"), _ROWS)
def test_what_is_the_same(asked: str, text: str, language: str, answer: str) -> None:
    found = marks(parse(asked).tree, text, [language], is_forgiving=True)
    assert {_ANSWERS[mark.how] for mark in found} == ({answer} if answer != "not found" else set())
    if found:
        typed = " ".join(word.strip('"*') for word in asked.split())
        assert " ".join(dict.fromkeys(mark.asked for mark in found)) == typed


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
