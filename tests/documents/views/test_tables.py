"""The tables of a page, as tables."""

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Transcription
from documents.ocr.packing import pack
from tests.documents.ocr.formats.pages import sheet
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document

TABLE = """\
                  Quantity            Money
Item          Ordered     Sent     Price     Total
<b>Lamp            12       12     48.50    582.00
Blind               3        2    112.00    224.00
Chair              40                       758.10"""


@pytest.fixture
def invoice(collection: Collection, owner: User) -> Document:
    """The first of its two pages has a table."""
    invoice = make_document(collection=collection, user=owner, texts=["", "Thank you"], title="Invoice")
    read = sheet(TABLE)
    Transcription.objects.filter(page__number=1).update(packed=pack(read), text=read.text)
    return invoice


@pytest.fixture
def person(browse: Browse, viewer: User) -> Client:
    return browse(viewer)


def address(document: Document, number: int = 1) -> str:
    return f"/documents/{document.pk}/pages/{number}/tables/"


def test_cells_are_cells_and_heads_name_their_columns(person: Client, invoice: Document) -> None:
    html = html_of(person.get(address(invoice)))
    assert '<th scope="colgroup" colspan="2" dir="auto">Quantity</th>' in html
    assert '<th scope="col" dir="auto">Ordered</th>' in html
    assert '<td dir="auto">&lt;b&gt;Lamp</td>' in html
    assert html.count("<tr>") == 5
    assert html.count('<td dir="auto"></td>') == 3  # above “Item”, and two that the chair lacks


@pytest.mark.parametrize(("item", "direction"), [("Lamp", "ltr"), ("מנורה", "rtl")])
def test_columns_run_as_the_page_does(person: Client, invoice: Document, item: str, direction: str) -> None:
    read = sheet("\n".join([f"{item}      3      12.50"] * 3), from_right=direction == "rtl")
    Transcription.objects.filter(page__number=1).update(packed=pack(read), text=read.text)
    assert f'<table class="found-table" dir="{direction}"' in html_of(person.get(address(invoice)))


def test_the_tables_of_the_page_can_be_taken_away(person: Client, invoice: Document) -> None:
    html = html_of(person.get(address(invoice)))
    assert f"/documents/{invoice.pk}/download/xlsx?page=1" in html
    assert f"/documents/{invoice.pk}/download/tables?page=1" in html


def test_a_page_without_tables_says_what_makes_one(person: Client, invoice: Document) -> None:
    html = html_of(person.get(address(invoice, 2)))
    assert "No table was found on this page." in html
    assert "<table" not in html


def test_a_page_without_text_says_so(person: Client, invoice: Document) -> None:
    invoice.pages.update(current=None)
    assert "This page has no text yet." in html_of(person.get(address(invoice)))


def test_the_page_leads_to_its_tables(person: Client, invoice: Document) -> None:
    assert address(invoice) in html_of(person.get(f"/documents/{invoice.pk}/"))
    assert address(invoice, 2) in html_of(person.get(f"/documents/{invoice.pk}/?page=2"))


def test_a_page_that_is_not_there_is_not_found(person: Client, invoice: Document) -> None:
    assert person.get(address(invoice, 3)).status_code == 404


def test_a_stranger_finds_nothing(browse: Browse, stranger: User, invoice: Document) -> None:
    assert browse(stranger).get(address(invoice)).status_code == 404


def test_tables_are_only_shown(person: Client, invoice: Document) -> None:
    assert person.post(address(invoice)).status_code == 405
