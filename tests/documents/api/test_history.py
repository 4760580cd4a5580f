"""The history: of a document for its members, of everything for administrators."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from documents.models import Collection, Document, Event, Membership
from documents.ocr.correcting.operations import parse
from documents.services.correct import correct
from documents.services.events import note, note_parts, note_whole
from documents.services.organise import move_document, rename_document
from documents.services.tags import add_tags
from documents.services.trash import trash
from tests.documents.api.conftest import Program
from tests.factories import make_document

ALL = "/api/v1/history"


@pytest.fixture
def history(document: Document) -> str:
    return f"/api/v1/documents/{document.pk}/history"


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("admin")


@pytest.fixture
def moved(document: Document, owner: User) -> Event:
    """What was done to many documents, of which one is known, at once."""
    whole = note_whole(user=owner, action=Event.Action.MOVED, details={"after": "Tax"})
    note_parts(whole=whole, documents=[(document, {"before": "Letters", "after": "Tax"})])
    return whole


def walk(asking: Client, address: str, **query: object) -> list[list[int]]:
    """The ids of each piece."""
    pieces, cursor = [], ""
    while cursor is not None:
        told = asking.get(address, query | {"cursor": cursor}).json()
        pieces.append([one["id"] for one in told["items"]])
        cursor = told["next"]
    return pieces


def test_a_line_tells_what_was_before_and_after(
    program: Program, document: Document, history: str, editor: User, viewer: User
) -> None:
    rename_document(user=editor, document=document, title="Bill")
    answer = program(viewer).get(history)
    [told] = answer.json()["items"]
    line = Event.objects.get()
    assert told == {
        "id": line.pk,
        "at": told["at"],
        "user": "editor",
        "action": "renamed",
        "description": "editor renamed it from “A letter” to “Bill”",
        "document": str(document.pk),
        "title": "Bill",
        "page": None,
        "before": "A letter",
        "after": "Bill",
        "added": [],
        "removed": [],
        "paper": None,
        "documents": 0,
    }
    assert answer["ETag"]


def test_the_sentence_is_in_the_language_of_the_reader(
    client_of_owner: Client, document: Document, history: str, owner: User
) -> None:
    note(user=None, action=Event.Action.CANCELLED, document=document)
    [told] = client_of_owner.get(history, headers={"Accept-Language": "fr"}).json()["items"]
    assert (told["user"], told["action"]) == (None, "cancelled")
    assert told["description"] == "ocrsite a annulé la lecture"


def test_tags_and_pages_are_told(
    client_of_owner: Client, document: Document, history: str, owner: User
) -> None:
    add_tags(user=owner, document=document, wanted=["tax/2024"])
    page = document.pages.get()
    operations = parse([{"do": "replace", "line": 0, "word": 1, "text": "there"}])
    correct(user=owner, page=page, current_id=page.current_id, operations=operations)
    corrected, tagged = client_of_owner.get(history).json()["items"]
    assert (corrected["action"], corrected["page"]) == ("corrected", 1)
    assert (tagged["added"], tagged["removed"], tagged["page"]) == (["tax/2024"], [], None)


def test_a_collection_that_one_may_not_see_is_not_named(
    program: Program, document: Document, history: str, editor: User, viewer: User
) -> None:
    tax = Collection.objects.create(name="Tax")
    for user in (editor, viewer):
        Membership.objects.create(collection=tax, user=user, role="editor")
    Membership.objects.filter(collection=document.collection, user=viewer).delete()
    move_document(user=editor, document=document, collection=tax)

    def sides(user: User) -> tuple[str | None, str | None]:
        told = program(user).get(history).json()["items"][0]
        assert ("Letters" in told["description"]) is (user == editor)
        return told["before"], told["after"]

    assert (sides(editor), sides(viewer)) == (("Letters", "Tax"), (None, "Tax"))


def test_another_paper_is_named_to_who_may_read_it(
    program: Program, document: Document, history: str, owner: User, viewer: User
) -> None:
    place = Collection.objects.create(name="Private", personal_of=None)
    Membership.objects.create(collection=place, user=owner, role="owner")
    other = make_document(collection=place, user=owner, texts=["x"], title="Secret")
    about = {"paper": other.title, "paper_id": str(other.pk), "change": "newer"}
    note(user=owner, action=Event.Action.VERSION, document=document, **about)
    theirs, mine = (program(user).get(history).json()["items"][0] for user in (viewer, owner))
    assert (mine["paper"], "Secret" in mine["description"]) == (str(other.pk), True)
    assert (theirs["paper"], "Secret" in theirs["description"]) == (None, False)


def test_the_history_goes_further_back(
    client_of_owner: Client, document: Document, history: str, owner: User
) -> None:
    for number in range(5):
        rename_document(user=owner, document=document, title=f"Title {number}")
    Event.objects.update(at=timezone.now())  # at once: the order of writing decides
    newest = list(Event.objects.order_by("-pk").values_list("pk", flat=True))
    assert walk(client_of_owner, history, limit=2) == [newest[:2], newest[2:4], newest[4:]]


@pytest.mark.parametrize(
    ("name", "status"), [("owner", 200), ("editor", 200), ("viewer", 200), ("stranger", 404)]
)
def test_members_read_it(
    program: Program, request: pytest.FixtureRequest, history: str, name: str, status: int
) -> None:
    asking = program(request.getfixturevalue(name), "read")
    assert asking.get(history).status_code == status
    assert asking.post(history).status_code == 405


def test_what_lies_in_the_trash_tells_nothing(
    client_of_owner: Client, document: Document, history: str, owner: User
) -> None:
    trash(user=owner, document=document)
    assert client_of_owner.get(history).status_code == 404


def test_administrators_read_of_documents_that_they_may_not_open(
    program: Program, administrator: User, document: Document, owner: User
) -> None:
    rename_document(user=owner, document=document, title="Bill")
    [told] = program(administrator, "read").get(ALL).json()["items"]
    assert (told["user"], told["title"], told["document"]) == ("owner", "Bill", None)


def test_what_was_done_to_many_is_one_line_that_opens(
    program: Program, administrator: User, moved: Event
) -> None:
    asking = program(administrator)
    [told] = asking.get(ALL).json()["items"]
    assert (told["id"], told["documents"], told["title"]) == (moved.pk, 1, "")
    assert told["description"] == "owner moved 1 document to Tax"
    [part] = asking.get(f"{ALL}/{moved.pk}/documents").json()["items"]
    assert (part["title"], part["before"], part["documents"]) == ("A letter", "Letters", 0)
    assert asking.get(f"{ALL}/{part['id']}/documents").status_code == 404
    assert asking.get(f"{ALL}/999999/documents").status_code == 404


@pytest.mark.parametrize("name", ["owner", "viewer", "stranger"])
def test_nobody_else_finds_it(
    program: Program, request: pytest.FixtureRequest, moved: Event, collection: Collection, name: str
) -> None:
    asking = program(request.getfixturevalue(name))
    for address in (ALL, f"{ALL}/{moved.pk}/documents"):
        answer = asking.get(address)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_administrators_choose(
    program: Program, administrator: User, document: Document, owner: User, editor: User
) -> None:
    rename_document(user=owner, document=document, title="One")
    rename_document(user=editor, document=document, title="Two")
    add_tags(user=editor, document=document, wanted=["x"])
    asking = program(administrator)

    def told(**query: object) -> list[tuple[Any, Any]]:
        items = asking.get(ALL, query).json()["items"]
        return [(one["user"], one["action"]) for one in items]

    assert told() == [("editor", "tagged"), ("editor", "renamed"), ("owner", "renamed")]
    assert told(user="EDITOR") == [("editor", "tagged"), ("editor", "renamed")]
    assert told(user="editor", action="renamed") == [("editor", "renamed")]
    assert told(user="nobody") == []


def test_the_history_of_all_goes_on_within_what_was_chosen(
    program: Program, administrator: User, document: Document, owner: User
) -> None:
    for number in range(3):
        rename_document(user=owner, document=document, title=f"Title {number}")
    asking = program(administrator)
    assert list(map(len, walk(asking, ALL, limit=2, action="renamed"))) == [2, 1]
    cursor = asking.get(ALL, {"limit": 2, "action": "renamed"}).json()["next"]
    assert asking.get(ALL, {"cursor": cursor}).json()["code"] == "cursor-invalid"


@pytest.mark.parametrize("query", [{"action": "nonsense"}, {"user": "a\0"}, {"user": "x" * 151}])
def test_what_nothing_can_be_is_refused(program: Program, administrator: User, query: dict[str, str]) -> None:
    answer = program(administrator).get(ALL, query)
    [wrong] = answer.json()["errors"]
    assert (answer.status_code, wrong["in"], wrong["field"]) == (422, "query", next(iter(query)))
