import json
import re

import pytest
from django.test import Client

from accounts.models import User
from documents import selectors
from documents.api.problems import status_of
from documents.errors import OcrsiteError, all_errors
from documents.models import Document
from tests.documents.api.conftest import Program
from tests.project import ROOT

LIST = "/api/v1/documents"
JSON = "application/json"


def test_a_problem_says_what_rfc_9457_asks_for(client: Client) -> None:
    answer = client.get(LIST)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "/api/v1/problems/token-missing",
        "title": "Token missing",
        "status": 401,
        "detail": "Nobody is signed in here. Send a token: “Authorization: Bearer TOKEN”.",
        "code": "token-missing",
        "retryable": False,
    }


def test_the_sentence_is_in_the_language_that_was_asked_for(client: Client, owner: User) -> None:
    headers = {"Accept-Language": "fr"}
    answer = client.get("/api/v1/problems/file-empty", headers=headers)
    assert "vide" in answer.json()["detail"]


def test_the_type_leads_to_what_it_means(client: Client) -> None:
    told = client.get(client.get(LIST).json()["type"]).json()
    assert (told["code"], told["status"]) == ("token-missing", 401)


def test_a_code_that_is_none_has_no_meaning(client: Client) -> None:
    assert client.get("/api/v1/problems/nonsense").json()["code"] == "not-found"


def test_all_codes_are_listed(client: Client) -> None:
    told = client.get("/api/v1/problems").json()["items"]
    assert {one["code"] for one in told} == {error.code for error in all_errors()}


@pytest.mark.parametrize("error", all_errors(), ids=lambda error: error.code)
def test_every_error_has_a_status_of_its_own_or_of_its_family(error: type[OcrsiteError]) -> None:
    assert (status_of(error) == 500) == (error is OcrsiteError)


def test_every_code_stands_in_the_docs_with_its_status() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", (ROOT / "docs/api.md").read_text(), re.MULTILINE)
    assert {code: int(status) for code, status in rows} == {e.code: status_of(e) for e in all_errors()}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/api/v1/", 404, "not-found"),
        ("get", "/api/v1/nothing/here", 404, "not-found"),
        ("get", "/api/v1/documents/no-uuid", 404, "not-found"),
        ("get", "/api/v1/documents/00000000-0000-4000-8000-000000000000", 404, "not-found"),
        ("delete", LIST, 405, "method-not-allowed"),
        ("options", LIST, 405, "method-not-allowed"),
        ("post", "/api/v1/openapi.json/", 404, "not-found"),
    ],
)
def test_nothing_is_answered_with_a_page(
    program: Program, owner: User, method: str, path: str, status: int, code: str
) -> None:
    answer = getattr(program(owner), method)(path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["code"] == code


@pytest.mark.parametrize(
    ("method", "part", "body"),
    [
        ("put", "pages/99/words", {"words": []}),
        ("post", "runs/99/show", None),
        ("post", "runs/99/cancel", None),
        ("patch", "notes/99", {"text": "new"}),
        ("delete", "notes/99", None),
        ("delete", "tags/99", None),
    ],
)
def test_what_is_not_there_is_not_there_for_viewers_either(
    program: Program, viewer: User, document: Document, method: str, part: str, body: object
) -> None:
    sent = {"data": body, "content_type": JSON} if body else {}
    answer = getattr(program(viewer), method)(f"{LIST}/{document.pk}/{part}", **sent)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_what_an_address_takes_is_said(program: Program, owner: User) -> None:
    answer = program(owner).delete(LIST)
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}


def test_a_host_that_is_not_ours_gets_a_problem(program: Program, owner: User) -> None:
    answer = program(owner).get(LIST, headers={"Host": "elsewhere.example"})
    assert (answer.status_code, answer.json()["code"]) == (400, "request-malformed")


@pytest.mark.parametrize("body", ["{", "", "[1, 2", '{"title": }', "\xff\xfe"])
def test_a_body_that_is_no_json_is_refused(
    program: Program, owner: User, document: Document, body: str
) -> None:
    answer = program(owner).patch(f"{LIST}/{document.pk}", body, content_type=JSON)
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_each_wrong_field_is_named(program: Program, owner: User, document: Document) -> None:
    change = {"title": "", "dated_on": "soon", "colour": "red"}
    answer = program(owner).patch(f"{LIST}/{document.pk}", change, content_type=JSON)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "fields-invalid")
    assert {(one["in"], one["field"]) for one in told["errors"]} == {
        ("body", "title"),
        ("body", "dated_on"),
        ("body", "colour"),
    }


@pytest.mark.parametrize("body", [[], "soon", 7])
def test_what_should_be_an_object_is_called_so(
    program: Program, owner: User, document: Document, body: object
) -> None:
    answer = program(owner).patch(f"{LIST}/{document.pk}", json.dumps(body), content_type=JSON)
    assert [one["message"] for one in answer.json()["errors"]] == ["Send an object here."]


def test_what_is_wrong_with_a_field_is_said_without_words_of_python(
    program: Program, owner: User, document: Document
) -> None:
    change = {"title": None, "dated_on": 7, "colour": "red"}
    answer = program(owner).patch(f"{LIST}/{document.pk}", change, content_type=JSON)
    assert {one["field"]: one["message"] for one in answer.json()["errors"]} == {
        "title": "Leave out what is to stay; null means nothing here.",
        "dated_on": "Write a day as a text, such as 2024-03-31.",
        "colour": "There is no such field.",
    }


@pytest.mark.parametrize(
    ("change", "field"), [({"title": "a\0b"}, "title"), ({"tags": ["tax", "a\x07"]}, "tags")]
)
def test_a_control_character_in_a_name_is_refused(
    program: Program, owner: User, document: Document, change: dict[str, object], field: str
) -> None:
    answer = program(owner).patch(f"{LIST}/{document.pk}", change, content_type=JSON)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "fields-invalid")
    assert [(one["in"], one["field"]) for one in told["errors"]] == [("body", field)]
    before = document.title
    document.refresh_from_db()
    assert document.title == before


def test_a_line_end_in_a_name_is_a_space(program: Program, owner: User, document: Document) -> None:
    answer = program(owner).patch(f"{LIST}/{document.pk}", {"title": "a\tb\nc"}, content_type=JSON)
    assert (answer.status_code, answer.json()["title"]) == (200, "a b c")


def test_a_body_of_another_type_is_refused(program: Program, owner: User, document: Document) -> None:
    answer = program(owner).patch(f"{LIST}/{document.pk}", "title=New", content_type="text/plain")
    assert (answer.status_code, answer.json()["code"]) == (415, "media-type-unsupported")
    answer = program(owner).post(LIST, {"file": "x"}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (415, "media-type-unsupported")


def test_a_body_of_unknown_length_is_refused(program: Program, owner: User) -> None:
    asking, chunked = program(owner), {"Transfer-Encoding": "chunked"}
    answer = asking.post(LIST, headers=chunked, content_type="multipart/form-data", CONTENT_LENGTH="")
    assert (answer.status_code, answer.json()["code"]) == (411, "length-required")


def test_a_body_that_is_too_large_is_refused(
    program: Program, owner: User, document: Document, settings
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = program(owner).patch(f"{LIST}/{document.pk}", {"title": "x" * 200}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "request-too-large")


def test_who_takes_no_json_is_told_so(program: Program, owner: User) -> None:
    answer = program(owner).get(LIST, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not-acceptable")


def test_a_fault_of_ours_is_told_without_its_insides(
    program: Program, owner: User, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("the secret insides")

    monkeypatch.setattr(selectors, "document_for", broken)
    answer = program(owner).get(f"{LIST}/{document.pk}")
    assert (answer.status_code, answer.json()["code"]) == (500, "error")
    assert b"insides" not in answer.content
