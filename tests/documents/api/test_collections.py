import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Membership
from documents.services.collections import make_collection
from tests.documents.api.conftest import Program

LIST = "/api/v1/collections"
JSON = "application/json"


def test_a_collection_says_what_one_may_do(
    program: Program, viewer: User, collection: Collection, document: Document
) -> None:
    told = program(viewer, "read").get(f"{LIST}/{collection.pk}").json()
    assert told | {"created_at": ""} == {
        "id": collection.pk,
        "name": "Letters",
        "role": "viewer",
        "personal_of": "owner",
        "documents": 1,
        "trashed": 0,
        "created_at": "",
    }
    assert program(viewer, "read").get(LIST).json() == {"items": [told], "next": None}


def test_a_collection_is_made_renamed_and_deleted(client_of_owner: Client) -> None:
    answer = client_of_owner.post(LIST, {"name": " The  bills "}, content_type=JSON)
    told, address = answer.json(), answer["Location"]
    assert (answer.status_code, address) == (201, f"{LIST}/{told['id']}")
    assert (told["name"], told["role"], told["personal_of"]) == ("The bills", "owner", None)
    renamed = client_of_owner.patch(address, {"name": "Bills"}, content_type=JSON)
    assert renamed.json() == told | {"name": "Bills"}
    gone = client_of_owner.delete(address, headers={"If-Match": renamed["ETag"]})
    assert gone.status_code == 204
    assert client_of_owner.get(address).status_code == 404


def test_the_list_goes_on(client_of_owner: Client, owner: User) -> None:
    for name in "abc":
        make_collection(user=owner, name=name)
    first = client_of_owner.get(f"{LIST}?limit=2").json()
    second = client_of_owner.get(f"{LIST}?limit=2&cursor={first['next']}").json()
    assert [one["name"] for told in (first, second) for one in told["items"]] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("\u200b", "name-empty"), ("x" * 201, "fields-invalid"), ("LETTERS", "collection-name-taken")],
)
def test_a_name_that_does_not_do_is_refused(
    client_of_owner: Client, collection: Collection, name: str, code: str
) -> None:
    answer = client_of_owner.post(LIST, {"name": name}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_what_is_in_use_stays(client_of_owner: Client, collection: Collection, document: Document) -> None:
    address = f"{LIST}/{collection.pk}"
    assert client_of_owner.delete(address).json()["code"] == "personal-collection"
    Collection.objects.update(personal_of=None)
    assert client_of_owner.delete(address).json()["code"] == "collection-not-empty"


def test_a_change_of_what_one_did_not_see_is_refused(client_of_owner: Client, collection: Collection) -> None:
    address = f"{LIST}/{collection.pk}"
    headers = {"If-Match": '"other"'}
    renamed = client_of_owner.patch(address, {"name": "Bills"}, content_type=JSON, headers=headers)
    assert (renamed.status_code, client_of_owner.delete(address, headers=headers).status_code) == (412, 412)


@pytest.mark.parametrize(
    ("name", "reads", "changes"),
    [("owner", 200, 200), ("editor", 200, 403), ("viewer", 200, 403), ("stranger", 404, 404)],
)
def test_who_may_what(
    program: Program,
    request: pytest.FixtureRequest,
    collection: Collection,
    viewer: User,
    name: str,
    reads: int,
    changes: int,
) -> None:
    asking = program(request.getfixturevalue(name))
    address = f"{LIST}/{collection.pk}"
    assert asking.get(address).status_code == reads
    assert asking.get(f"{address}/members").status_code == reads
    assert asking.get(f"{address}/invitations").status_code == changes
    assert asking.patch(address, {"name": "Bills"}, content_type=JSON).status_code == changes
    row = Membership.objects.get(user=viewer)
    member = f"{address}/members/{row.pk}"
    assert asking.patch(member, {"role": "editor"}, content_type=JSON).status_code == changes
    leaves = name == "viewer"
    assert asking.delete(member).status_code == (204 if leaves or changes == 200 else changes)
    invited = asking.post(f"{address}/invitations", {"user": "stranger"}, content_type=JSON)
    assert invited.status_code != 500
    assert asking.delete(address).status_code in ((422,) if changes == 200 else (403, 404))


def test_members_are_listed_and_changed(
    client_of_owner: Client, collection: Collection, owner: User, viewer: User
) -> None:
    address = f"{LIST}/{collection.pk}/members"
    members = client_of_owner.get(address).json()["items"]
    assert [(one["user"], one["role"]) for one in members] == [
        ("owner", "owner"), ("editor", "editor"), ("viewer", "viewer"),
    ]  # fmt: skip
    mine, _editor, theirs = (f"{address}/{one['id']}" for one in members)
    assert client_of_owner.patch(theirs, {"role": "editor"}, content_type=JSON).json()["role"] == "editor"
    refused = client_of_owner.patch(mine, {"role": "viewer"}, content_type=JSON)
    assert refused.json()["code"] == "personal-collection"
    assert client_of_owner.delete(theirs).status_code == 204
    assert not Membership.objects.filter(user=viewer).exists()


def test_who_is_invited_accepts_or_declines(
    client_of_owner: Client, program: Program, collection: Collection, stranger: User
) -> None:
    address = f"{LIST}/{collection.pk}/invitations"
    theirs = program(stranger)
    for answer in ("decline", "accept"):
        sent = client_of_owner.post(address, {"user": "stranger", "role": "editor"}, content_type=JSON)
        assert sent.status_code == 201
        (asked,) = theirs.get("/api/v1/invitations").json()["items"]
        assert asked == sent.json()
        assert (asked["collection_name"], asked["invited_by"], asked["role"]) == (
            "Letters",
            "owner",
            "editor",
        )
        assert client_of_owner.get(address).json()["items"] == [asked]
        answered = theirs.post(f"/api/v1/invitations/{asked['id']}/{answer}")
        assert answered.status_code == (200 if answer == "accept" else 204)
        assert theirs.post(f"/api/v1/invitations/{asked['id']}/{answer}").status_code == 404
    assert answered.json()["role"] == "editor"
    again = client_of_owner.post(address, {"user": "stranger"}, content_type=JSON)
    assert again.json()["code"] == "already-member"


def test_an_invitation_is_withdrawn(client_of_owner: Client, collection: Collection, stranger: User) -> None:
    address = f"{LIST}/{collection.pk}/invitations"
    made = client_of_owner.post(address, {"user": "stranger"}, content_type=JSON).json()
    assert client_of_owner.delete(f"{address}/{made['id']}").status_code == 204
    assert client_of_owner.get(address).json()["items"] == []
    unknown = client_of_owner.post(address, {"user": "nobody"}, content_type=JSON)
    assert (unknown.status_code, unknown.json()["code"]) == (422, "person-unknown")
