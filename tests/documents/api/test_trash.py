from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from documents.models import BulkAction, Collection, Document
from documents.services import trash
from tests.documents.api.conftest import Program
from tests.documents.services.bulk.steps import finished
from tests.factories import make_document

LIST = "/api/v1/trash"


@pytest.fixture
def thrown(document: Document, owner: User) -> Document:
    trash.trash(user=owner, document=document)
    document.refresh_from_db()
    return document


def test_what_lies_there_says_until_when(client_of_owner: Client, thrown: Document, settings) -> None:
    (told,) = client_of_owner.get(LIST).json()["items"]
    assert (told["document"]["title"], told["trashed_by"]) == ("A letter", "owner")
    kept = datetime.fromisoformat(told["deleted_after"]) - datetime.fromisoformat(told["trashed_at"])
    assert kept == timedelta(days=settings.OCRSITE_TRASH_DAYS)
    assert client_of_owner.get(f"{LIST}/{thrown.pk}").json() == told


def test_the_list_goes_on_with_what_was_put_there_before(
    client_of_owner: Client, collection: Collection, owner: User
) -> None:
    for number in range(3):
        document = make_document(collection=collection, user=owner, texts=["x"], title=str(number))
        trash.trash(user=owner, document=document)
    first = client_of_owner.get(f"{LIST}?limit=2").json()
    second = client_of_owner.get(f"{LIST}?limit=2&cursor={first['next']}").json()
    shown = [one["document"]["title"] for told in (first, second) for one in told["items"]]
    assert (shown, second["next"]) == (["2", "1", "0"], None)


def test_a_document_is_taken_out(client_of_owner: Client, thrown: Document) -> None:
    answer = client_of_owner.post(f"{LIST}/{thrown.pk}/restore")
    assert answer.json() == client_of_owner.get(f"/api/v1/documents/{thrown.pk}").json()
    assert client_of_owner.post(f"{LIST}/{thrown.pk}/restore").status_code == 404
    assert client_of_owner.get("/api/v1/search", {"q": "hello"}).json()["total"] == 1


def test_a_document_is_deleted_for_good(client_of_owner: Client, thrown: Document) -> None:
    address = f"{LIST}/{thrown.pk}"
    other = client_of_owner.delete(address, headers={"If-Match": '"other"'})
    assert other.status_code == 412
    seen = client_of_owner.get(address)["ETag"]
    assert client_of_owner.delete(address, headers={"If-Match": seen}).status_code == 204
    assert not Document.objects.exists()
    assert client_of_owner.delete(address).status_code == 404


def test_only_what_lies_in_the_trash_is_deleted(client_of_owner: Client, document: Document) -> None:
    for answer in (
        client_of_owner.get(f"{LIST}/{document.pk}"),
        client_of_owner.delete(f"{LIST}/{document.pk}"),
        client_of_owner.post(f"{LIST}/{document.pk}/restore"),
    ):
        assert answer.status_code == 404
    assert Document.objects.filter(pk=document.pk, trashed_at=None).exists()


def test_the_trash_is_emptied_in_the_background(
    client_of_owner: Client, thrown: Document, collection: Collection, owner: User
) -> None:
    kept = make_document(collection=collection, user=owner, texts=["x"])
    answer = client_of_owner.post(f"{LIST}/empty")
    assert (answer.status_code, answer.json()["kind"], answer.json()["state"]) == (201, "delete", "waiting")
    finished(BulkAction.objects.get())
    told = client_of_owner.get(answer["Location"]).json()
    assert (told["state"], told["total"], told["done"], told["undoable"]) == ("done", 1, 1, False)
    assert list(Document.objects.all()) == [kept]


@pytest.mark.parametrize(
    ("name", "may"), [("owner", True), ("editor", True), ("viewer", False), ("stranger", False)]
)
def test_who_may_what(
    program: Program, request: pytest.FixtureRequest, thrown: Document, name: str, may: bool
) -> None:
    asking = program(request.getfixturevalue(name))
    assert len(asking.get(LIST).json()["items"]) == may
    assert asking.get(f"{LIST}/{thrown.pk}").status_code == (200 if may else 404)
    if not may:
        assert asking.post(f"{LIST}/{thrown.pk}/restore").status_code == 404
    assert asking.delete(f"{LIST}/{thrown.pk}").status_code == (204 if may else 404)
