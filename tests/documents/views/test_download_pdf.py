"""``/documents/<id>/download/pdf``."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from documents import storage
from documents.errors import PdfBusy, PdfFailed
from documents.models import BulkAction, Document
from documents.services import pdf
from tests.documents.views.conftest import Browse, html_of
from tests.documents.views.test_download import file_name
from tests.factories import picture


@pytest.fixture
def address(document: Document, tmp_path: Path) -> str:
    white = picture(tmp_path / "white.png").read_bytes()
    name = storage.save_bytes(white, storage.original_name(document.pk, 0, ".png"))
    document.originals.update(file=name)
    return f"/documents/{document.pk}/download/pdf"


@pytest.fixture
def person(browse: Browse, viewer: User) -> Client:
    return browse(viewer)


def test_a_member_gets_a_pdf_that_is_called_as_the_document(person: Client, address: str) -> None:
    answer = person.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert file_name(answer["Content-Disposition"]) == "A letter.pdf"
    assert answer.getvalue().startswith(b"%PDF-1.7")


def test_who_takes_a_pdf_of_a_pdf_is_told_which_corrections_are_not_in_it(
    person: Client, document: Document
) -> None:
    told = "pages made on a computer keep their own words"
    page = f"/documents/{document.pk}/"
    assert told not in html_of(person.get(page))
    document.originals.update(media_type="application/pdf")
    assert told in html_of(person.get(page))


def test_one_page_says_which_it_is(person: Client, address: str) -> None:
    answer = person.get(address, {"page": "1"})
    assert file_name(answer["Content-Disposition"]) == "A letter p1.pdf"


@pytest.mark.parametrize("page", ["2", "0", "x"])
def test_a_page_that_is_not_there_is_not_found(person: Client, address: str, page: str) -> None:
    assert person.get(address, {"page": page}).status_code == 404


def test_strangers_find_nothing(browse: Browse, stranger: User, address: str) -> None:
    assert browse(stranger).get(address).status_code == 404


def test_it_is_only_read(person: Client, address: str) -> None:
    assert person.post(address).status_code == 405


def test_a_locked_pdf_says_so(person: Client, address: str) -> None:
    Document.objects.update(is_locked=True)
    answer = person.get(address)
    assert answer.status_code == 409
    assert "Enter the password to read it." in html_of(answer)


def test_an_original_that_was_lost_is_a_sentence(person: Client, document: Document, address: str) -> None:
    storage.delete([document.originals.get().file])
    answer = person.get(address)
    assert answer.status_code == 410
    assert "The stored file of this document cannot be found." in html_of(answer)


def test_a_long_document_is_packed_in_the_background(person: Client, document: Document) -> None:
    address = f"/documents/{document.pk}/"
    assert f'href="{address}download/pdf"' in html_of(person.get(address))
    Document.objects.update(page_count=pdf.MOST_PAGES_AT_ONCE + 1)
    html = html_of(person.get(address))
    assert f'href="{address}download/pdf"' not in html
    assert "packed in the background" in html
    assert_packs(person, html, document)


def test_so_it_is_by_its_address(person: Client, document: Document, address: str) -> None:
    Document.objects.update(page_count=pdf.MOST_PAGES_AT_ONCE + 1)
    answer = person.get(address)
    assert answer.status_code == 409
    assert "packed in the background" in html_of(answer)
    assert_packs(person, html_of(answer), document)
    assert person.get(address, {"page": "1"})["Content-Type"] == "application/pdf"


def assert_packs(person: Client, html: str, document: Document) -> None:
    """The form in ``html`` has its PDF packed."""
    [form] = re.findall(r'<form action="/bulk/".*?</form>', html)
    answer = person.post("/bulk/", dict(re.findall(r'type="hidden" name="(.+?)" value="(.+?)"', form)))
    action = BulkAction.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/bulk/{action.pk}/")
    assert (action.kind, action.params["formats"]) == (BulkAction.Kind.ZIP, ["pdf"])
    assert [item.document_id for item in action.items.all()] == [document.pk]


def raising(error: Exception) -> Callable[..., None]:
    def fail(**_arguments: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (PdfFailed(), 422, "A PDF with text cannot be made of this document"),
        (PdfBusy(), 503, "Try again in a minute."),
    ],
)
def test_what_cannot_be_made_is_a_sentence(
    person: Client,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
    sentence: str,
) -> None:
    monkeypatch.setattr(pdf, "write_pdf", raising(error))
    answer = person.get(address)
    assert answer.status_code == status
    assert sentence in html_of(answer)
