"""A misspelt parameter is told, and does not look like one that found everything."""

from io import BytesIO

import pytest
from django.test import Client

from documents.models import Document

LIST = "/api/v1/documents"


def scan() -> BytesIO:
    file = BytesIO(b"no image")
    file.name = "scan.png"
    return file


def refused(answer) -> list[tuple[str, str]]:
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "fields-invalid")
    return [(one["in"], one["field"]) for one in told["errors"]]


def test_a_parameter_that_is_not_taken_is_refused(client_of_owner: Client, document: Document) -> None:
    assert refused(client_of_owner.get(f"{LIST}?stat=done&state=done&a=1")) == [
        ("query", "a"),
        ("query", "stat"),
    ]
    assert refused(client_of_owner.get(f"{LIST}/{document.pk}?deep=true")) == [("query", "deep")]


def test_nothing_is_changed_then(client_of_owner: Client, document: Document) -> None:
    assert refused(client_of_owner.delete(f"{LIST}/{document.pk}?dry-run=true")) == [("query", "dry-run")]
    document.refresh_from_db()
    assert document.trashed_at is None


@pytest.mark.parametrize(
    "path",
    [
        f"{LIST}?state=done&collection=7&tag=tax&language=eng&sort=title&limit=5",
        "/api/v1/search?q=tax&tag=a&tag=b&has=date&year=2024&facets=true&forgive=false",
        "/api/v1/languages?q=ger",
    ],
)
def test_all_that_is_taken_still_is(client_of_owner: Client, path: str) -> None:
    assert client_of_owner.get(path).status_code == 200


def test_a_body_where_none_is_taken_is_refused(client_of_owner: Client, document: Document) -> None:
    client_of_owner.delete(f"{LIST}/{document.pk}")
    chosen = {"documents": [str(document.pk)]}
    asked = client_of_owner.post("/api/v1/trash/empty", chosen, content_type="application/json")
    assert refused(asked) == [("body", "")]
    assert Document.objects.filter(pk=document.pk).exists()
    assert client_of_owner.post("/api/v1/trash/empty").status_code == 201


def test_a_field_that_the_form_does_not_have_is_refused(client_of_owner: Client) -> None:
    assert refused(client_of_owner.post(LIST, {"file": scan(), "language": "eng"})) == [("form", "language")]
    assert refused(client_of_owner.post(LIST, {"file": scan(), "files": scan()})) == [("form", "files")]
    assert not Document.objects.exists()


def test_the_csrf_field_of_a_browser_may_stand_in_a_form(client_of_owner: Client) -> None:
    answer = client_of_owner.post(LIST, {"file": scan(), "csrfmiddlewaretoken": "x"})
    assert answer.json()["code"] == "unknown-type"


def test_who_may_not_ask_is_told_that_first(client: Client, db: None) -> None:
    assert client.get(f"{LIST}?stat=done").json()["code"] == "token-missing"
