"""Answers that several views give."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.models import User
from documents.errors import StorageDown
from documents.models import Document
from documents.views.answers import from_storage
from tests.documents.views.conftest import Browse, html_of


@from_storage
def _of_a_storage_that_is_down(_request: HttpRequest) -> HttpResponse:
    raise StorageDown


def test_a_storage_that_is_down_is_a_sentence(rf: RequestFactory) -> None:
    answer = _of_a_storage_that_is_down(rf.get("/"))
    assert isinstance(answer, HttpResponse)
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert "does not answer" in answer.getvalue().decode()


@pytest.mark.parametrize(
    ("part", "heading"),
    [
        ("found", "Found in the text"),
        ("history", "History"),
        ("runs", "Readings"),
        ("runs/new", "Read again"),
        ("edit", "Title, date, collection"),
        ("like", "More like this"),
        ("notes", "Notes"),
    ],
)
def test_what_opens_in_a_dialog_has_a_page_of_its_own(
    browse: Browse, owner: User, document: Document, part: str, heading: str
) -> None:
    client = browse(owner)
    answer = client.get(f"/documents/{document.pk}/{part}/")
    html = html_of(answer)
    assert f"<h1>{heading}</h1>" in html
    assert f'<a href="/documents/{document.pk}/" dir="auto">A letter</a>' in html
    assert "HX-Request" in answer["Vary"]
    fragment = client.get(f"/documents/{document.pk}/{part}/", headers={"hx-request": "true"})
    assert "<h1>" not in html_of(fragment)
    assert "HX-Request" in fragment["Vary"]
