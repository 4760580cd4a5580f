import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Likeness
from documents.services import tags, trash
from tests.documents.api.conftest import Program
from tests.factories import make_document, make_likeness

LIST = "/api/v1/duplicates"
JSON = "application/json"


@pytest.fixture
def later(collection: Collection, owner: User, document: Document) -> Document:
    return make_document(collection=collection, user=owner, texts=["Hello world"], title="Again")


@pytest.fixture
def pair(document: Document, later: Document) -> Likeness:
    return make_likeness(later, document, "bytes")


def beside(client: Client, document: Document) -> dict[str, object]:
    answer = client.get(f"/api/v1/documents/{document.pk}/duplicates")
    assert answer.status_code == 200
    told: dict[str, object] = answer.json()
    return told


def decide(client: Client, pair: Likeness, choice: str) -> object:
    return client.post(f"{LIST}/{pair.pk}/decide", {"choice": choice}, content_type=JSON).json()


def test_a_document_knows_what_is_like_it(
    client_of_owner: Client, pair: Likeness, document: Document, later: Document
) -> None:
    of_later, of_first = (
        client_of_owner.get(f"/api/v1/documents/{one.pk}/duplicates").json() for one in (later, document)
    )
    (one,) = of_later["duplicates"]
    assert (one["id"], one["document"]["title"], one["how"], one["is_later"]) == (
        pair.pk, "A letter", "bytes", False,
    )  # fmt: skip
    (one,) = of_first["duplicates"]
    assert (one["id"], one["document"]["title"], one["is_later"]) == (pair.pk, "Again", True)
    assert (of_first["older_version"], of_first["newer_versions"], of_first["in_trash"]) == (None, [], None)


def test_groups_are_listed(
    client_of_owner: Client, pair: Likeness, collection: Collection, owner: User
) -> None:
    first, second = (
        make_document(collection=collection, user=owner, texts=["x"], title=title) for title in ("x1", "x2")
    )
    newest = make_likeness(second, first)
    told = client_of_owner.get(f"{LIST}?limit=1").json()
    (group,) = told["items"]
    assert (group["id"], group["count"], group["decide_by"]) == (newest.pk, 2, newest.pk)
    assert [(one["document"]["title"], one["how"], one["may_edit"]) for one in group["copies"]] == [
        ("x2", "text", True), ("x1", None, True),
    ]  # fmt: skip
    rest = client_of_owner.get(f"{LIST}?limit=1&cursor={told['next']}").json()
    assert ([one["id"] for one in rest["items"]], rest["next"]) == ([pair.pk], None)


def test_copies_are_kept(client_of_owner: Client, pair: Likeness, later: Document) -> None:
    assert decide(client_of_owner, pair, "keep") == {"papers": 2}
    assert beside(client_of_owner, later)["duplicates"] == []
    assert decide(client_of_owner, pair, "keep") == {"papers": 0}


@pytest.mark.parametrize("choice", ["version", "versions"])
def test_the_later_one_becomes_a_version_and_none_again(
    client_of_owner: Client, pair: Likeness, document: Document, later: Document, owner: User, choice: str
) -> None:
    tags.add_tags(user=owner, document=document, wanted=["tax"])
    assert decide(client_of_owner, pair, choice) == {"papers": 2}
    older = client_of_owner.get(f"/api/v1/documents/{later.pk}/duplicates").json()["older_version"]
    assert older["id"] == str(document.pk)
    newer = client_of_owner.get(f"/api/v1/documents/{document.pk}/duplicates").json()["newer_versions"]
    assert [one["title"] for one in newer] == ["Again"]
    undo = f"/api/v1/documents/{later.pk}/undo-version"
    assert client_of_owner.post(undo).json()["title"] == "Again"
    assert client_of_owner.post(undo).json()["code"] == "gone"
    later.refresh_from_db()
    assert later.replaces_id is None


def test_the_later_one_is_discarded(
    client_of_owner: Client, pair: Likeness, document: Document, later: Document
) -> None:
    assert decide(client_of_owner, pair, "discard") == {"papers": 1}
    later.refresh_from_db()
    assert later.trashed_at is not None
    answer = client_of_owner.post(f"{LIST}/{pair.pk}/decide", {"choice": "discard"}, content_type=JSON)
    assert answer.status_code == 404


def test_the_same_file_in_the_trash_is_told(
    client_of_owner: Client, document: Document, later: Document, owner: User
) -> None:
    trash.trash(user=owner, document=document)
    told = client_of_owner.get(f"/api/v1/documents/{later.pk}/duplicates").json()
    assert told["in_trash"]["id"] == str(document.pk)


@pytest.mark.parametrize(
    ("name", "reads", "changes"),
    [("owner", 200, 200), ("editor", 200, 200), ("viewer", 200, 403), ("stranger", 404, 404)],
)
def test_who_may_what(
    program: Program,
    request: pytest.FixtureRequest,
    pair: Likeness,
    later: Document,
    name: str,
    reads: int,
    changes: int,
) -> None:
    asking = program(request.getfixturevalue(name))
    assert asking.get(f"/api/v1/documents/{later.pk}/duplicates").status_code == reads
    assert len(asking.get(LIST).json()["items"]) == (reads == 200)
    assert asking.post(f"/api/v1/documents/{later.pk}/undo-version").status_code == (
        409 if changes == 200 else changes
    )
    sent = {"choice": "keep"}
    assert asking.post(f"{LIST}/{pair.pk}/decide", sent, content_type=JSON).status_code == changes
    sent = {"choice": "burn"}
    assert asking.post(f"{LIST}/{pair.pk}/decide", sent, content_type=JSON).status_code == 422
