"""Taking a document away."""

import json
from email.message import Message
from urllib.parse import unquote

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, State
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document


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
        ("x" * 300, "x" * 180 + ".txt"),
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
