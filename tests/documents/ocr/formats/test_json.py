"""The JSON against its schema, by a validator that is not ours."""

import json
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator

from documents.entities.entity import Entity
from documents.ocr.formats import PageEntry, PageError
from tests.documents.ocr.formats.pages import INVOICE, SCRIPTS, of_entries, sheet, vertical
from tests.project import ROOT

SCHEMA = json.loads((ROOT / "docs" / "ocrsite.schema.json").read_text())
FAILED = PageError("page-damaged", "The picture of this page is damaged.")
AMOUNT = Entity("amount", "€ 5", "5.00 EUR", 0, 3, Decimal(5), "EUR")


def validate(content: bytes, **about: object) -> None:
    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        json.loads(content) | about
    )


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("script", SCRIPTS)
def test_pages_in_any_script_keep_it(script: str) -> None:
    validate(of_entries("json", [PageEntry(1, sheet(*SCRIPTS[script]))]), file="scan.png")


@pytest.mark.parametrize(
    "entry",
    [
        PageEntry(1, None, "queued"),
        PageEntry(1, None, "failed", FAILED),
        PageEntry(1, sheet(""), "done"),
        PageEntry(1, vertical("吾輩"), "failed", FAILED),
        PageEntry(1, sheet("€ 5"), entities=[AMOUNT]),
        PageEntry(1, sheet(INVOICE)),
    ],
)
def test_pages_in_any_state_keep_it(entry: PageEntry) -> None:
    validate(of_entries("json", [entry]), file="scan.png")


def test_a_mark_at_the_start_of_a_line_or_word_breaks_nothing() -> None:
    page = json.loads(of_entries("json", [PageEntry(1, sheet('a\n\u0301b "\u0301'))]))["pages"][0]
    assert page["text"] == 'a\n\u0301b "\u0301'


def test_every_key_is_described() -> None:
    [page] = json.loads(of_entries("json", [PageEntry(1, sheet(INVOICE), entities=[AMOUNT])]))["pages"]
    described = {name: set(kind.get("properties", ())) for name, kind in SCHEMA["$defs"].items()}
    assert set(page) == described["page"]
    assert set(page["read_by"][0]) == described["reader"]
    assert set(page["words"][0]) == described["word"]
    assert set(page["tables"][0]) == described["table"]
    assert set(page["tables"][0]["rows"][0][0]) == described["cell"]
    assert set(page["entities"][0]) == described["entity"]


def test_cells_of_tables_name_their_words() -> None:
    [page] = json.loads(of_entries("json", [PageEntry(1, sheet(f"Thank you\n\n{INVOICE}"))]))["pages"]
    [table] = page["tables"]
    row = [[page["words"][word]["text"] for word in cell["words"]] for cell in table["rows"][1]]
    assert row == [["Table", "lamp,", "brass"], ["12"], ["48.50"], ["582.00"]]
    assert (table["direction"], table["columns"], table["head"]) == ("ltr", 4, 1)
