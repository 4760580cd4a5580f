import pytest
from django.test import Client

from accounts.models import User
from documents.models import Document
from documents.services import organise
from tests.documents.api.conftest import Program

JSON = "application/json"


@pytest.fixture
def address(document: Document) -> str:
    return f"/api/v1/documents/{document.pk}"


def test_who_has_it_already_is_told_so(client_of_owner: Client, address: str) -> None:
    etag = client_of_owner.get(address)["ETag"]
    answer = client_of_owner.get(address, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)


def test_a_change_changes_the_etag(
    client_of_owner: Client, address: str, document: Document, owner: User
) -> None:
    etag = client_of_owner.get(address)["ETag"]
    organise.rename_document(user=owner, document=document, title="New")
    answer = client_of_owner.get(address, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer["ETag"] != etag


@pytest.mark.parametrize("path", ["", "/pages", "/pages/1", "/runs", "/download/original"])
def test_all_that_can_be_read_has_an_etag(client_of_owner: Client, address: str, path: str) -> None:
    answer = client_of_owner.get(address + path)
    assert client_of_owner.get(address + path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert "private" in answer["Cache-Control"]


def test_a_change_to_what_was_seen_is_made(client_of_owner: Client, address: str) -> None:
    etag = client_of_owner.get(address)["ETag"]
    headers = {"If-Match": etag}
    answer = client_of_owner.patch(address, {"title": "New"}, content_type=JSON, headers=headers)
    assert answer.status_code == 200
    assert answer["ETag"] == client_of_owner.get(address)["ETag"]


@pytest.mark.parametrize(("method", "sent"), [("patch", {"title": "New"}), ("delete", "")])
def test_a_change_to_something_else_is_not(
    client_of_owner: Client, address: str, document: Document, owner: User, method: str, sent: object
) -> None:
    etag = client_of_owner.get(address)["ETag"]
    organise.rename_document(user=owner, document=document, title="Meanwhile")
    change = getattr(client_of_owner, method)
    answer = change(address, sent, content_type=JSON, headers={"If-Match": etag})
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition-failed")
    assert client_of_owner.get(address).json()["title"] == "Meanwhile"


@pytest.mark.parametrize("wanted", ["*", '"other", {etag}', None])
def test_a_change_to_anything_is_made(client_of_owner: Client, address: str, wanted: str | None) -> None:
    etag = client_of_owner.get(address)["ETag"]
    headers = {"If-Match": wanted.format(etag=etag)} if wanted else {}
    answer = client_of_owner.patch(address, {"title": "New"}, content_type=JSON, headers=headers)
    assert answer.status_code == 200


def test_what_two_people_see_is_not_confused(program: Program, owner: User, address: str) -> None:
    answer = program(owner).get(address)
    assert {"Authorization", "Cookie"} <= set(answer["Vary"].split(", "))
