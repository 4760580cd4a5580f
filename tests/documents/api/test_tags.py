import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Tag
from documents.selectors.trail import events_of
from documents.services import tags, trash
from tests.documents.api.conftest import Program
from tests.factories import make_document

LIST = "/api/v1/tags"
JSON = "application/json"


@pytest.fixture
def tax(owner: User, document: Document) -> Tag:
    """``tax``, in which ``tax/2024`` lies, which the document has."""
    tags.add_tags(user=owner, document=document, wanted=["tax/2024"])
    return Tag.objects.get(name="tax")


def test_a_tag_has_the_number_of_its_documents(
    client_of_owner: Client, collection: Collection, owner: User, tax: Tag
) -> None:
    tags.add_tags(
        user=owner,
        document=make_document(collection=collection, user=owner, texts=["x"]),
        wanted=["tax", "tax/2024"],
    )
    trashed = make_document(collection=collection, user=owner, texts=["x"])
    tags.add_tags(user=owner, document=trashed, wanted=["tax"])
    trash.trash(user=owner, document=trashed)
    expected = {"id": tax.pk, "name": "tax", "colour": "grey", "collection": collection.pk, "documents": 2}
    assert client_of_owner.get(f"{LIST}/{tax.pk}").json() == expected
    assert client_of_owner.get(LIST).json()["items"][0] == expected


def test_the_list_is_that_of_a_tree(
    client_of_owner: Client, owner: User, document: Document, tax: Tag
) -> None:
    tags.add_tags(user=owner, document=document, wanted=["tax-free", "bills"])
    names, cursor = [], ""
    while cursor is not None:
        told = client_of_owner.get(LIST, {"limit": 2, "cursor": cursor}).json()
        names += [one["name"] for one in told["items"]]
        cursor = told["next"]
    assert names == ["bills", "tax", "tax/2024", "tax-free"]
    assert client_of_owner.get(LIST, {"collection": 999_999}).json()["items"] == []
    assert len(client_of_owner.get(LIST, {"collection": document.collection_id}).json()["items"]) == 4


def test_a_tag_is_made(client_of_owner: Client, collection: Collection, owner: User) -> None:
    sent = {"name": " tax / 2024", "collection": collection.pk, "colour": "teal"}
    answer = client_of_owner.post(LIST, sent, content_type=JSON)
    told = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, f"{LIST}/{told['id']}")
    assert (told["name"], told["colour"], told["documents"]) == ("tax/2024", "teal", 0)
    assert {tag.name: tag.colour for tag in Tag.objects.all()} == {"tax": "grey", "tax/2024": "teal"}
    again = client_of_owner.post(LIST, sent | {"name": "TAX/2024"}, content_type=JSON)
    assert (again.status_code, again.json()["code"]) == (422, "tag-taken")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"name": "/"}, "name-empty"),
        ({"name": "x" * 101}, "fields-invalid"),
        ({"name": "tax", "colour": "infrared"}, "fields-invalid"),
        ({"name": "tax", "collection": 999_999}, "collection-gone"),
        ({"name": "tax", "collection": "7"}, "fields-invalid"),
    ],
)
def test_a_tag_that_does_not_do_is_refused(
    client_of_owner: Client, collection: Collection, sent: dict[str, object], code: str
) -> None:
    answer = client_of_owner.post(LIST, {"collection": collection.pk} | sent, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not Tag.objects.exists()


def test_a_tag_gets_another_name_and_colour(client_of_owner: Client, tax: Tag) -> None:
    change = {"name": "Taxes", "colour": "red"}
    told = client_of_owner.patch(f"{LIST}/{tax.pk}", change, content_type=JSON).json()
    assert (told["id"], told["name"], told["colour"], told["documents"]) == (tax.pk, "Taxes", "red", 1)
    assert set(Tag.objects.values_list("name", flat=True)) == {"Taxes", "Taxes/2024"}


def test_two_tags_are_joined_by_who_says_so(
    client_of_owner: Client, owner: User, document: Document, tax: Tag
) -> None:
    tags.add_tags(user=owner, document=document, wanted=["fees"])
    address, change = f"{LIST}/{tax.pk}", {"name": "fees", "colour": "red"}
    refused = client_of_owner.patch(address, change, content_type=JSON)
    assert (refused.status_code, refused.json()["code"]) == (422, "tag-taken")
    tax.refresh_from_db()
    assert tax.colour == "grey"  # all or nothing
    told = client_of_owner.patch(address, change | {"merge": True}, content_type=JSON).json()
    assert (told["name"], told["documents"]) == ("fees", 1)
    assert client_of_owner.get(address).status_code == 404
    assert set(document.tags.values_list("name", flat=True)) == {"fees", "fees/2024"}


def test_a_tag_is_deleted_with_those_in_it(client_of_owner: Client, document: Document, tax: Tag) -> None:
    assert client_of_owner.delete(f"{LIST}/{tax.pk}").status_code == 204
    assert not Tag.objects.exists()
    assert Document.objects.filter(pk=document.pk).exists()


def test_unused_tags_are_deleted_at_once(
    client_of_owner: Client, collection: Collection, owner: User, tax: Tag
) -> None:
    tags.make_tag(user=owner, collection=collection, name="old/older")
    answer = client_of_owner.post(f"/api/v1/collections/{collection.pk}/delete-unused-tags")
    assert answer.json() == {"count": 2}
    assert set(Tag.objects.values_list("name", flat=True)) == {"tax", "tax/2024"}


def test_a_change_of_what_one_did_not_see_is_refused(client_of_owner: Client, tax: Tag) -> None:
    address = f"{LIST}/{tax.pk}"
    headers = {"If-Match": client_of_owner.get(address)["ETag"]}
    assert client_of_owner.patch(
        address, {"colour": "red"}, content_type=JSON, headers=headers
    ).status_code == 200  # fmt: skip
    assert client_of_owner.delete(address, headers=headers).status_code == 412
    assert Tag.objects.filter(pk=tax.pk).exists()


@pytest.mark.parametrize(
    ("name", "reads", "changes"),
    [("owner", 200, 200), ("editor", 200, 200), ("viewer", 200, 403), ("stranger", 404, 404)],
)
def test_who_may_what(
    program: Program, request: pytest.FixtureRequest, tax: Tag, name: str, reads: int, changes: int
) -> None:
    asking = program(request.getfixturevalue(name))
    address = f"{LIST}/{tax.pk}"
    assert asking.get(address).status_code == reads
    assert asking.patch(address, {"colour": "red"}, content_type=JSON).status_code == changes
    unused = f"/api/v1/collections/{tax.collection_id}/delete-unused-tags"
    assert asking.post(unused).status_code == changes
    made = asking.post(LIST, {"name": "new", "collection": tax.collection_id}, content_type=JSON)
    assert made.status_code == (201 if changes == 200 else 422)
    giving = f"/api/v1/documents/{Document.objects.get().pk}/tags"
    given = asking.post(giving, {"tags": ["x"]}, content_type=JSON)
    assert given.status_code == changes
    assert asking.delete(address).status_code == (204 if changes == 200 else changes)


def test_a_document_gets_tags_and_loses_them(
    client_of_owner: Client, document: Document, tax: Tag, owner: User
) -> None:
    address = f"/api/v1/documents/{document.pk}"
    told = client_of_owner.post(f"{address}/tags", {"tags": ["paid", "Tax/2024"]}, content_type=JSON).json()
    assert told["tags"] == ["paid", "tax/2024"]
    paid = Tag.objects.get(name="paid")
    assert client_of_owner.delete(f"{address}/tags/{paid.pk}").status_code == 204
    assert client_of_owner.delete(f"{address}/tags/{paid.pk}").status_code == 404
    assert client_of_owner.get(address).json()["tags"] == ["tax/2024"]
    lines = [line.event.details for line in events_of(owner, document).lines]
    assert {"added": ["paid"], "removed": []} in lines
    assert {"added": [], "removed": ["paid"]} in lines
