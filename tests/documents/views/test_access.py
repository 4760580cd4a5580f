"""Who gets what: the cast at each door, bad ids and wrong methods."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Document, State
from tests.documents.views.conftest import Browse, html_of

READING = [
    "",
    "progress/",
    "strip/",
    "pages/1/",
    "pages/1/image",
    "pages/1/thumbnail",
    "pages/1/text",
    "pages/1/history/",
    "runs/",
    "history/",
]
READING += ["download/txt", "download/json", "download/original"]
CHANGING = {
    "unlock/": {"password": "x"},
    "runs/new/": {},
    "runs/cancel/": {},
    "runs/retry/": {},
    "edit/": {"title": "Other"},
    "tags/": {"tags": "paid"},
    "notes/": {"text": "Paid"},
    "misreadings/": {"from": "Hello", "to": "Hallo"},
    "misreadings/undo/": {},
}
WITH_A_PAGE = ("runs/new/", "edit/", "notes/", "misreadings/")

pytestmark = pytest.mark.usefixtures("echo")


def _address(document: Document, part: str) -> str:
    return f"/documents/{document.pk}/{part}"


def _changing(document: Document) -> dict[str, dict[str, str]]:
    return {**CHANGING, f"runs/{document.runs.get().pk}/show/": {}}


@pytest.mark.parametrize("part", READING)
def test_members_may_read_and_strangers_find_nothing(
    browse: Browse, document: Document, owner: User, editor: User, viewer: User, stranger: User, part: str
) -> None:
    answers = [
        browse(user).get(_address(document, part)).status_code for user in (owner, editor, viewer, stranger)
    ]
    assert answers in ([200, 200, 200, 404], [286, 286, 286, 404])


@pytest.mark.parametrize("at", range(len(CHANGING) + 1))
def test_only_owners_and_editors_may_change(
    browse: Browse, document: Document, owner: User, editor: User, viewer: User, stranger: User, at: int
) -> None:
    part, data = list(_changing(document).items())[at]
    answers = [
        browse(user).post(_address(document, part), data).status_code
        for user in (viewer, stranger, editor, owner)
    ]
    assert answers[:2] == [403, 404]
    assert all(answer in (302, 422) for answer in answers[2:])


def test_what_a_viewer_may_not_do_is_not_offered(browse: Browse, document: Document, viewer: User) -> None:
    Document.objects.update(state=State.PARTLY_FAILED)
    document.runs.update(pages_failed=1)
    page = html_of(browse(viewer).get(_address(document, "")))
    assert "Hello" in page
    assert "runs/new/" not in page
    assert "runs/retry/" not in page


@pytest.mark.parametrize("part", READING)
def test_a_document_that_is_not_there_is_not_found(browse: Browse, owner: User, part: str) -> None:
    assert browse(owner).get(f"/documents/{uuid4()}/{part}").status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999"])
@pytest.mark.parametrize("part", ["", "image", "thumbnail", "text"])
def test_a_page_that_is_not_there_is_not_found(
    browse: Browse, document: Document, owner: User, number: str, part: str
) -> None:
    assert browse(owner).get(_address(document, f"pages/{number}/{part}")).status_code == 404


def test_a_run_of_another_document_is_not_found(browse: Browse, document: Document, owner: User) -> None:
    assert browse(owner).post(_address(document, "runs/999999/show/")).status_code == 404


def test_the_wrong_method_is_refused(browse: Browse, document: Document, owner: User) -> None:
    client = browse(owner)
    assert {client.put(_address(document, part)).status_code for part in _changing(document)} == {405}
    assert {client.post(_address(document, part)).status_code for part in READING} == {405}
    assert {client.post("/").status_code, client.get("/samples/").status_code} == {405}


@pytest.mark.parametrize("method", ["get", "head"])
def test_who_opens_an_address_that_changes_a_document_comes_to_the_document(
    browse: Browse, document: Document, viewer: User, stranger: User, method: str
) -> None:
    for part in [part for part in _changing(document) if part not in WITH_A_PAGE]:
        answer = getattr(browse(viewer), method)(_address(document, part))
        assert (answer.status_code, answer.headers["Location"]) == (302, _address(document, ""))
        assert getattr(browse(stranger), method)(_address(document, part)).status_code == 404


@pytest.mark.parametrize("part", [*READING, *WITH_A_PAGE])
def test_head_answers_as_get_does(browse: Browse, document: Document, owner: User, part: str) -> None:
    client = browse(owner)
    head, get = (ask(_address(document, part)) for ask in (client.head, client.get))
    assert (head.status_code, head["Content-Type"]) == (get.status_code, get["Content-Type"])


@pytest.mark.parametrize(
    "address",
    ["/", "/cards/", "/search/suggest", "/searches/", "/upload/", "/languages/", "/accounts/password/"],
)
def test_the_other_pages_answer_head_too(browse: Browse, owner: User, address: str) -> None:
    client = browse(owner)
    assert client.head(address).status_code == client.get(address).status_code < 400


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/search/suggest",
        "/search/help/",
        "/searches/",
        "/upload/",
        "/cards/",
        "/languages/",
        "/accounts/password/",
    ],
)
def test_who_is_not_signed_in_is_asked_to(db: None, client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={address}")


def test_a_document_is_kept_from_who_is_not_signed_in(client: Client, document: Document) -> None:
    answers = [client.get(_address(document, part)) for part in READING]
    assert {answer.status_code for answer in answers} == {302}
