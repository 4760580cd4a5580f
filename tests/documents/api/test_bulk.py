import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from documents.models import BulkAction, Collection, Document, Membership
from documents.services import trash
from tests.documents.api.conftest import Program
from tests.documents.services.bulk.steps import finished, make_some

LIST = "/api/v1/bulk"
JSON = "application/json"


@pytest.fixture
def letters(collection: Collection, owner: User) -> list[Document]:
    return make_some(collection, owner, 3)


def ids(documents: list[Document]) -> list[str]:
    return [str(document.pk) for document in documents]


def done(client: Client, **sent: object) -> dict[str, Any]:
    """The action once it is over."""
    answer = client.post(LIST, sent, content_type=JSON)
    assert answer.status_code == 201, answer.content
    finished(BulkAction.objects.get(pk=answer.json()["id"]))
    told: dict[str, Any] = client.get(answer["Location"]).json()
    return told


def test_documents_get_a_tag_and_lose_it_again(client_of_owner: Client, letters: list[Document]) -> None:
    told = done(client_of_owner, kind="tag", documents=ids(letters), tags=["tax/2024"])
    assert (told["state"], told["total"], told["done"], told["failed"]) == ("done", 3, 3, 0)
    assert (told["undoable"], told["undone_by"], told["left"], told["missing"]) == (True, None, [], 0)
    assert letters[0].tags.get().name == "tax/2024"
    undone = client_of_owner.post(f"{LIST}/{told['id']}/undo")
    assert (undone.status_code, undone.json()["undoes"]) == (201, told["id"])
    finished(BulkAction.objects.get(pk=undone.json()["id"]))
    assert not letters[0].tags.exists()
    again = client_of_owner.post(f"{LIST}/{told['id']}/undo")
    assert (again.status_code, again.json()["code"]) == (409, "not-undoable")
    assert client_of_owner.get(f"{LIST}/{told['id']}").json()["undone_by"] == undone.json()["id"]


def test_all_that_a_question_finds_is_renamed(client_of_owner: Client, letters: list[Document]) -> None:
    renaming = {"pattern": "{number} {title}", "find": "Letter", "replacement": "Bill", "first": "01"}
    told = done(client_of_owner, kind="rename", query="hello", renaming=renaming)
    assert told["done"] == 3
    titles = sorted(Document.objects.values_list("title", flat=True))
    assert titles == ["01 Bill 3", "02 Bill 2", "03 Bill 1"]


def test_documents_are_moved_where_one_may_add(
    client_of_owner: Client, letters: list[Document], owner: User
) -> None:
    place = Collection.objects.create(name="Bills")
    sent = {"kind": "move", "documents": ids(letters), "collection": place.pk}
    refused = client_of_owner.post(LIST, sent, content_type=JSON)
    assert (refused.status_code, refused.json()["code"]) == (422, "collection-gone")
    Membership.objects.create(collection=place, user=owner, role="editor")
    assert done(client_of_owner, **sent)["done"] == 3
    assert place.documents.count() == 3


def test_documents_are_packed(client_of_owner: Client, letters: list[Document]) -> None:
    told = done(client_of_owner, kind="zip", documents=ids(letters), formats=["txt", "original"])
    assert told["download"] is True
    address = f"{LIST}/{told['id']}/download"
    answer = client_of_owner.get(address)
    content = b"".join(answer)
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert sorted(packed.namelist())[:2] == ["Letter 1.png", "Letter 1.txt"]
    part = client_of_owner.get(address, headers={"Range": "bytes=0-1"})
    assert (part.status_code, b"".join(part)) == (206, b"PK")
    same = client_of_owner.get(address, headers={"If-None-Match": answer["ETag"]})
    assert same.status_code == 304
    trashed = done(client_of_owner, kind="trash", documents=ids(letters))
    assert client_of_owner.get(f"{LIST}/{trashed['id']}/download").status_code == 404


def test_what_lies_in_the_trash_is_taken_out_and_deleted(
    client_of_owner: Client, letters: list[Document], owner: User
) -> None:
    for letter in letters:
        trash.trash(user=owner, document=letter)
    assert done(client_of_owner, kind="restore", documents=ids(letters[:1]))["done"] == 1
    assert done(client_of_owner, kind="delete", query="")["done"] == 2
    assert list(Document.objects.all()) == letters[:1]
    refused = client_of_owner.post(LIST, {"kind": "delete", "query": "letter"}, content_type=JSON)
    assert refused.json()["errors"][0]["field"] == "query"


def test_what_one_may_not_change_is_left_and_told(
    program: Program, viewer: User, letters: list[Document]
) -> None:
    nothing = "6f1d8c1e-6a53-4a1e-9f0a-3c6b1d2e4f50"
    told = done(program(viewer), kind="trash", documents=[*ids(letters), nothing])
    assert (told["done"], told["failed"], told["missing"], told["undoable"]) == (0, 3, 1, False)
    (left,) = told["left"]
    assert (left["code"], left["count"], set(left["documents"])) == ("no-right", 3, set(ids(letters)))
    assert left["message"]


def test_an_action_is_stopped(client_of_owner: Client, letters: list[Document]) -> None:
    started = client_of_owner.post(LIST, {"kind": "trash", "query": ""}, content_type=JSON)
    told = client_of_owner.post(f"{started['Location']}/cancel").json()
    assert (told["state"], told["done"]) == ("cancelled", 0)
    assert client_of_owner.post(f"{started['Location']}/cancel").json() == told


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"kind": "trash"}, "nothing-chosen", None),
        ({"kind": "trash", "query": " \0 "}, "nothing-chosen", None),
        ({"kind": "trash", "documents": ["6f1d8c1e-6a53-4a1e-9f0a-3c6b1d2e4f50"]}, "nothing-chosen", None),
        ({"kind": "trash", "query": "before:2024-02-30"}, "question-unclear", None),
        ({"kind": "trash", "query": "tag:nothing"}, "question-unclear", None),
        ({"kind": "tag", "query": ""}, "fields-invalid", "tags"),
        ({"kind": "tag", "query": "", "tags": ["/"]}, "name-empty", None),
        ({"kind": "move", "query": ""}, "fields-invalid", "collection"),
        ({"kind": "rename", "query": ""}, "fields-invalid", "renaming"),
        ({"kind": "rename", "query": "", "renaming": {}}, "titles-unchanged", None),
        ({"kind": "rename", "query": "", "renaming": {"pattern": "{colour}"}}, "placeholder-unknown", None),
        ({"kind": "rename", "query": "", "renaming": {"first": "one"}}, "fields-invalid", "renaming.first"),
        ({"kind": "zip", "query": "", "formats": ["papyrus"]}, "fields-invalid", "formats"),
        ({"kind": "tag", "query": "", "tags": ["a"], "collection": 1}, "fields-invalid", "collection"),
        ({"kind": "move", "query": "", "collection": 1, "tags": ["a"]}, "fields-invalid", "tags"),
        ({"kind": "trash", "query": "", "formats": ["txt"]}, "fields-invalid", "formats"),
        ({"kind": "zip", "query": "", "formats": ["txt"], "languages": "eng"}, "fields-invalid", "languages"),
        ({"kind": "untag", "query": "", "tags": ["a"], "engine": "best"}, "fields-invalid", "engine"),
        ({"kind": "read", "query": "", "renaming": {}}, "fields-invalid", "renaming"),
        ({"kind": "read", "query": "", "languages": "xxx"}, "language-unknown", None),
        ({"kind": "burn", "query": ""}, "fields-invalid", "kind"),
    ],
)
def test_what_makes_no_sense_is_refused(
    client_of_owner: Client, letters: list[Document], sent: dict[str, object], code: str, field: str | None
) -> None:
    answer = client_of_owner.post(LIST, sent, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert [one["field"] for one in answer.json().get("errors", [])] == ([field] if field else [])
    assert not BulkAction.objects.exists()


def test_documents_or_a_question_but_not_both(client_of_owner: Client, letters: list[Document]) -> None:
    sent = {"kind": "trash", "documents": ids(letters), "query": ""}
    answer = client_of_owner.post(LIST, sent, content_type=JSON)
    assert [one["field"] for one in answer.json()["errors"]] == ["query"]


def test_the_list_goes_on_and_is_nobody_else_s(
    client_of_owner: Client, program: Program, editor: User, letters: list[Document]
) -> None:
    made = [done(client_of_owner, kind="tag", query="", tags=[name])["id"] for name in "abc"]
    first = client_of_owner.get(f"{LIST}?limit=2").json()
    second = client_of_owner.get(f"{LIST}?limit=2&cursor={first['next']}").json()
    assert [one["id"] for told in (first, second) for one in told["items"]] == made[::-1]
    theirs = program(editor)
    assert theirs.get(LIST).json()["items"] == []
    for address in (made[0], f"{made[0]}/download"):
        assert theirs.get(f"{LIST}/{address}").status_code == 404
    for address in ("cancel", "undo"):
        assert theirs.post(f"{LIST}/{made[0]}/{address}").status_code == 404
    assert program(editor, "read").post(f"{LIST}/{made[0]}/undo").status_code == 403
