"""Filters on what was found in the texts."""

from decimal import Decimal

import pytest
from django.db import connection

from accounts.models import User
from documents.models import Collection, Document, Entity
from documents.search.find import find
from documents.search.query.parse import parse
from documents.search.query.tree import Filter
from documents.selectors.facts import condition
from documents.services import facts
from tests.factories import make_document

_FOUND = (
    ("email", "jo@example.org"),
    ("email", "jo@mail.example.com"),
    ("iban", "DE02120300000000202051"),
    ("phone", "+4930123456"),
    ("date", "2024-03-05"),
    ("vat", "ATU12345678"),
)


@pytest.fixture
def letter(collection: Collection, owner: User) -> Document:
    document = make_document(collection=collection, user=owner, texts=["Hello"])
    page = document.pages.get()
    for kind, value in _FOUND:
        found = Entity(document=document, page=page, kind=kind, value=value, text=value)
        found.start, found.end = 0, 1
        found.save()
    return document


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("email:jo@example.org", True),
        ("email:example.org", True),
        ("email:@Example.ORG", True),
        ("email:ample.org", False),
        ("email:example.com", False),
        ('iban:"de02 1203"', True),
        ("iban:DE03", False),
        ("phone:+4930", True),
        ("phone:+493012345678", False),
        ("date:2024", True),
        ("date:2024-03", True),
        ("date:2023", False),
        ("vat:atu", True),
    ],
)
def test_what_was_found_is_found_by_its_beginning_and_addresses_by_their_domain(
    letter: Document, owner: User, text: str, *, is_found: bool
) -> None:
    assert find(owner, text).documents == is_found


def test_a_result_shows_what_it_was_found_by(collection: Collection, owner: User) -> None:
    bill = make_document(collection=collection, user=owner, texts=["Nothing", "900.00 EUR and 1,300.00 EUR"])
    other = make_document(collection=collection, user=owner, texts=["2,000.00 EUR"])
    for document in (bill, other):
        for page in document.pages.all():
            facts.keep(page=page, seen=facts.look(page=page, text=page.current.text, languages=["eng"]))
    found = {one.document: one.chips for one in find(owner, "amount>1200").found}
    assert {document: [(chip.page, chip.text) for chip in chips] for document, chips in found.items()} == {
        bill: [(2, "1,300.00 EUR")],
        other: [(1, "2,000.00 EUR")],
    }
    [one] = find(owner, "has:amount -amount>1500").found
    assert [chip.text for chip in one.chips] == ["900.00 EUR"]


@pytest.mark.parametrize("sum_", ["89.90", "0.10", "1234567.89"])
def test_a_sum_is_found_to_the_cent(collection: Collection, owner: User, sum_: str) -> None:
    document = make_document(collection=collection, user=owner, texts=["Hello"])
    found = Entity(
        document=document, page=document.pages.get(), kind="amount", value=f"{sum_} EUR", text=sum_
    )
    found.number, found.start, found.end = Decimal(sum_), 0, 1
    found.save()
    assert find(owner, f"amount:{sum_.replace('.', ',')}").documents == 1
    assert find(owner, f"amount >= {sum_} EUR").documents == 1
    assert find(owner, f"amount < {sum_}").documents == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a small table without an index")
@pytest.mark.parametrize(
    ("text", "index"),
    [("email:example.org", "entity_domain"), ("iban:DE02", "entity_value"), ("date:2024", "entity_value")],
)
def test_an_index_knows_values_and_domains(db: None, text: str, index: str) -> None:
    asked = parse(text).tree
    assert isinstance(asked, Filter)
    plan = Document.objects.filter(condition(asked)).explain()
    [line] = [line for line in plan.splitlines() if "documents_entity" in line or " U0" in line]
    assert f"INDEX {index}" in line
    assert line.count("=?") + line.count(">?") > (index == "entity_value")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a small table without an index")
def test_an_index_knows_locked_documents(db: None) -> None:
    assert "document_locked" in Document.objects.filter(collection__in=[1, 2], is_locked=True).explain()
