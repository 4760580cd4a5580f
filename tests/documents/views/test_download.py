"""Taking a document away."""

import json
import zipfile
from email.message import Message
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from jsonschema import Draft202012Validator

from accounts.models import User
from documents.models import Collection, Document, State, Transcription
from documents.ocr.packing import pack
from tests.documents.ocr.formats.pages import sheet
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document
from tests.project import ROOT


@pytest.fixture
def person(browse: Browse, viewer: User) -> Client:
    return browse(viewer)


def file_name(disposition: str) -> str:
    """The name that a browser gives the file."""
    message = Message()
    message["Content-Disposition"] = disposition
    assert message.get_content_disposition() == "attachment"
    return unquote(message.get_filename() or "")


def test_the_text_of_all_pages_is_one_file(person: Client, collection: Collection, owner: User) -> None:
    document = make_document(collection=collection, user=owner, texts=["Hello world", "Привет мир!"])
    answer = person.get(f"/documents/{document.pk}/download/txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.getvalue().decode()
    assert text.split("\f")[0].strip() == "Hello world"
    assert text.split("\f")[1].strip() == "Привет мир!"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A letter", "A letter.txt"),
        ("Письмо 手紙 “x”", "Письмо 手紙 “x”.txt"),
        ('a/b\\c:"d"?', "a b c d.txt"),
        ("…", "….txt"),
        ("x" * 300, "x" * 200 + ".txt"),
        ("v1.2", "v1.2.txt"),
        ("Kapitel 1. Anfang", "Kapitel 1. Anfang.txt"),
        ("..", "document.txt"),
    ],
)
def test_the_file_is_called_as_the_document_is(
    person: Client, document: Document, title: str, name: str
) -> None:
    Document.objects.update(title=title)
    answer = person.get(f"/documents/{document.pk}/download/txt")
    assert file_name(answer["Content-Disposition"]) == name


def test_the_json_answers_while_pages_are_being_read(person: Client, document: Document) -> None:
    Document.objects.update(state=State.RUNNING)
    answer = person.get(f"/documents/{document.pk}/download/json")
    content = json.loads(answer.getvalue())
    assert (content["state"], content["page_count"], content["pages_done"]) == ("running", 1, 1)
    assert content["pages"][0]["text"] == "Hello world"


def test_the_original_comes_as_it_was_sent(person: Client, document: Document) -> None:
    answer = person.get(f"/documents/{document.pk}/download/original")
    assert answer.getvalue() == b"the original"
    assert answer["Content-Type"] == "image/png"
    assert file_name(answer["Content-Disposition"]) == "letter.png"


def test_an_original_that_was_lost_is_a_sentence(person: Client, document: Document) -> None:
    default_storage.delete(document.originals.get().file)
    answer = person.get(f"/documents/{document.pk}/download/original")
    assert answer.status_code == 410
    assert "The stored file of this document cannot be found." in html_of(answer)


def test_a_locked_pdf_has_no_text_and_says_so(person: Client, document: Document) -> None:
    Document.objects.update(is_locked=True)
    answer = person.get(f"/documents/{document.pk}/download/txt")
    assert answer.status_code == 409
    html = html_of(answer)
    assert "This PDF is locked with a password. Enter the password to read it." in html
    assert f'href="/documents/{document.pk}/">Open the document</a>' in html


def test_the_json_of_a_locked_pdf_says_that_it_is(person: Client, document: Document) -> None:
    Document.objects.update(is_locked=True)
    answer = person.get(f"/documents/{document.pk}/download/json")
    assert (answer.status_code, json.loads(answer.getvalue())["locked"]) == (200, True)


def test_an_unknown_format_is_not_found(person: Client, document: Document) -> None:
    assert person.get(f"/documents/{document.pk}/download/exe").status_code == 404


MEDIA_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "hocr": "text/vnd.hocr+html",
    "alto": "application/xml",
    "page": "application/xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}
NAMES = {"alto": "A letter.alto.xml", "page": "A letter.page.xml"}


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_every_format_is_a_file_of_its_kind(person: Client, document: Document, name: str) -> None:
    answer = person.get(f"/documents/{document.pk}/download/{name}")
    assert answer["Content-Type"] == MEDIA_TYPES[name]
    assert file_name(answer["Content-Disposition"]) == NAMES.get(name, f"A letter.{name}")
    assert answer.getvalue()


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_a_stranger_finds_nothing(browse: Browse, stranger: User, document: Document, name: str) -> None:
    assert browse(stranger).get(f"/documents/{document.pk}/download/{name}").status_code == 404


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=["one", "two"], title="Book")


def test_one_page_comes_alone(person: Client, book: Document) -> None:
    answer = person.get(f"/documents/{book.pk}/download/txt", {"page": 2})
    assert answer.getvalue() == b"two\n"
    assert file_name(answer["Content-Disposition"]) == "Book p2.txt"


def test_the_page_files_of_a_book_come_as_a_zip(person: Client, book: Document) -> None:
    answer = person.get(f"/documents/{book.pk}/download/page")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.getvalue())) as archive:
        assert archive.namelist() == ["page-0001.xml", "page-0002.xml"]
    assert file_name(answer["Content-Disposition"]) == "Book.page.zip"


def test_a_page_that_is_left_open_means_all(person: Client, book: Document) -> None:
    answer = person.get(f"/documents/{book.pk}/download/txt", {"page": ""})
    assert answer.getvalue() == b"one\n\ftwo\n"


@pytest.mark.parametrize("page", ["0", "3", "-1", "x", "1.5", "9" * 30])
def test_a_page_that_is_not_there_is_not_found(person: Client, book: Document, page: str) -> None:
    assert person.get(f"/documents/{book.pk}/download/txt", {"page": page}).status_code == 404


def test_text_keeps_its_place_where_that_is_asked(person: Client, document: Document) -> None:
    table = sheet("Bread       7.80\nCake       14.50")
    Transcription.objects.update(packed=pack(table), text=table.text)
    address = f"/documents/{document.pk}/download/txt"
    assert person.get(address, {"layout": 1}).getvalue() == b"Bread       7.80\nCake       14.50\n"
    assert person.get(address).getvalue() == b"Bread 7.80\nCake 14.50\n"


def test_divided_words_are_joined_where_that_is_asked(person: Client, document: Document) -> None:
    divided = sheet("Recog-\nnition of text")
    Transcription.objects.update(packed=pack(divided), text=divided.text)
    address = f"/documents/{document.pk}/download/txt"
    assert person.get(address, {"join": 1}).getvalue() == b"Recognition\nof text\n"
    assert person.get(address).getvalue() == b"Recog-\nnition of text\n"


def test_the_json_keeps_its_schema(person: Client, book: Document) -> None:
    schema = json.loads((ROOT / "docs" / "ocrsite.schema.json").read_text())
    content = json.loads(person.get(f"/documents/{book.pk}/download/json").getvalue())
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(content)
    assert set(content) - {"pages"} <= set(schema["properties"])


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_download_changes_nothing(person: Client, document: Document, method: str) -> None:
    assert getattr(person, method)(f"/documents/{document.pk}/download/txt").status_code == 405


def test_a_form_leads_to_the_page_in_the_chosen_format(person: Client, book: Document) -> None:
    answer = person.get(f"/documents/{book.pk}/download/", {"format": "alto", "page": "2"})
    assert answer["Location"] == f"/documents/{book.pk}/download/alto?page=2"


@pytest.mark.parametrize("chosen", [{}, {"format": "exe"}, {"format": "../txt", "page": "1"}])
def test_a_form_leads_nowhere_else(person: Client, book: Document, chosen: dict[str, str]) -> None:
    assert person.get(f"/documents/{book.pk}/download/", chosen).status_code == 404


def test_a_form_leads_a_stranger_nowhere(browse: Browse, stranger: User, book: Document) -> None:
    answer = browse(stranger).get(f"/documents/{book.pk}/download/", {"format": "txt", "page": "1"})
    assert answer.status_code == 404


def test_the_document_page_offers_every_format(person: Client, book: Document) -> None:
    html = html_of(person.get(f"/documents/{book.pk}/"))
    for name in (*MEDIA_TYPES, "pdf", "original"):
        assert f'href="/documents/{book.pk}/download/{name}' in html
    assert f'action="/documents/{book.pk}/download/"' in html


def test_of_a_locked_pdf_only_the_original_is_offered(person: Client, book: Document) -> None:
    Document.objects.update(is_locked=True)
    html = html_of(person.get(f"/documents/{book.pk}/"))
    assert html.count(f'"/documents/{book.pk}/download/') == 1


def test_a_single_page_is_not_chosen(person: Client, document: Document) -> None:
    assert "Only page" not in html_of(person.get(f"/documents/{document.pk}/"))


@pytest.fixture
def receipt(collection: Collection, owner: User) -> Document:
    """The first of its two pages has a table."""
    receipt = make_document(collection=collection, user=owner, texts=["", "Thank you"], title="Receipt")
    table = sheet("Bread         1.50\nMilk          2.00\nHoney         7.80")
    Transcription.objects.filter(page__number=1).update(packed=pack(table), text=table.text)
    return receipt


def test_tables_come_as_csv_and_for_excel(person: Client, receipt: Document) -> None:
    answer = person.get(f"/documents/{receipt.pk}/download/tables")
    assert answer.getvalue().decode("utf-8-sig").split() == ["Bread,1.50", "Milk,2.00", "Honey,7.80"]
    assert file_name(answer["Content-Disposition"]) == "Receipt.tables.csv"
    assert person.get(f"/documents/{receipt.pk}/download/xlsx", {"page": 1}).getvalue().startswith(b"PK")


@pytest.mark.parametrize("name", ["tables", "xlsx"])
def test_without_a_table_a_page_says_so(person: Client, receipt: Document, name: str) -> None:
    answer = person.get(f"/documents/{receipt.pk}/download/{name}", {"page": 2})
    assert answer.status_code == 404
    assert "No table was found here." in answer.content.decode()


@pytest.mark.parametrize("name", ["tables", "xlsx"])
def test_a_stranger_finds_no_tables(browse: Browse, stranger: User, receipt: Document, name: str) -> None:
    answer = browse(stranger).get(f"/documents/{receipt.pk}/download/{name}")
    assert (answer.status_code, b"No table" in answer.content) == (404, False)
