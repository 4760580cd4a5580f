"""Notes on a document: who reads, writes, changes and deletes them."""

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Document, Event, Note
from documents.services.notes import add_note
from documents.services.trash import trash
from tests.documents.api.conftest import Program

JSON = "application/json"


@pytest.fixture
def notes(document: Document) -> str:
    return f"/api/v1/documents/{document.pk}/notes"


@pytest.fixture
def note(document: Document, editor: User) -> Note:
    """The editor's."""
    return add_note(user=editor, document=document, text="Paid <in> May")


def test_a_note_is_written_and_read(client_of_owner: Client, notes: str) -> None:
    answer = client_of_owner.post(notes, {"text": " Call back\r\n\r\non Monday "}, content_type=JSON)
    told = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, f"{notes}/{told['id']}")
    assert told == {
        "id": Note.objects.get().pk,
        "text": "Call back\n\non Monday",
        "author": "owner",
        "created_at": told["created_at"],
        "edited_at": None,
        "may_change": True,
        "may_delete": True,
    }
    assert client_of_owner.get(answer["Location"]).json() == told
    assert client_of_owner.get(notes).json() == {"items": [told], "next": None}


def test_the_list_goes_on_where_it_ended(
    client_of_owner: Client, notes: str, document: Document, owner: User
) -> None:
    for text in "abc":
        add_note(user=owner, document=document, text=text)
    Note.objects.update(created_at=Note.objects.first().created_at)  # at once: the order of writing decides
    pieces, cursor = [], ""
    while cursor is not None:
        told = client_of_owner.get(notes, {"limit": 2, "cursor": cursor}).json()
        pieces.append([one["text"] for one in told["items"]])
        cursor = told["next"]
    assert pieces == [["a", "b"], ["c"]]


def test_a_cursor_is_of_one_document(
    client_of_owner: Client, notes: str, document: Document, owner: User
) -> None:
    for text in "ab":
        add_note(user=owner, document=document, text=text)
    cursor = client_of_owner.get(notes, {"limit": 1}).json()["next"]
    other = Document.objects.create(
        collection=document.collection, title="Other", byte_size=1, sha256="1" * 64, page_count=0
    )
    answer = client_of_owner.get(f"/api/v1/documents/{other.pk}/notes", {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor-invalid")


def test_authors_change_what_they_wrote(program: Program, notes: str, note: Note, editor: User) -> None:
    asking = program(editor)
    told = asking.patch(f"{notes}/{note.pk}", {"text": "Paid in June"}, content_type=JSON).json()
    assert (told["text"], told["edited_at"] is None) == ("Paid in June", False)
    assert asking.get(f"{notes}/{note.pk}").json() == told


def test_what_stays_the_same_was_not_changed(program: Program, notes: str, note: Note, editor: User) -> None:
    told = program(editor).patch(f"{notes}/{note.pk}", {"text": note.text}, content_type=JSON).json()
    assert told["edited_at"] is None
    assert Event.objects.filter(action=Event.Action.NOTED).count() == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "fields-invalid"),
        ("\u200b \n", "note-empty"),
        ("x" * 10_001, "fields-invalid"),
        ("Paid\0", "fields-invalid"),
        (None, "fields-invalid"),
        (7, "fields-invalid"),
    ],
)
def test_a_note_that_does_not_do_is_refused(
    program: Program, notes: str, note: Note, editor: User, text: object, code: str
) -> None:
    asking = program(editor)
    for send, address in ((asking.post, notes), (asking.patch, f"{notes}/{note.pk}")):
        answer = send(address, {"text": text}, content_type=JSON)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert [one.text for one in Note.objects.all()] == ["Paid <in> May"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("owner", (200, 201, 403, 204)),
        ("editor", (200, 201, 200, 204)),
        ("viewer", (200, 403, 403, 403)),
        ("stranger", (404, 404, 404, 404)),
    ],
)
def test_who_may_what(
    program: Program, request: pytest.FixtureRequest, notes: str, note: Note,
    name: str, expected: tuple[int, int, int, int],
) -> None:  # fmt: skip
    """``expected`` for reading, writing another one, changing and deleting the editor's."""
    asking, address = program(request.getfixturevalue(name)), f"{notes}/{note.pk}"
    reads, writes, changes, deletes = expected
    assert [asking.get(one).status_code for one in (notes, address)] == [reads, reads]
    if reads == 200:
        told = asking.get(address).json()
        assert (told["may_change"], told["may_delete"]) == (changes == 200, deletes == 204)
        assert asking.get(notes).json()["items"] == [told]
    assert asking.post(notes, {"text": "x"}, content_type=JSON).status_code == writes
    assert asking.patch(address, {"text": "x"}, content_type=JSON).status_code == changes
    assert asking.delete(address).status_code == deletes
    assert Note.objects.filter(pk=note.pk).exists() == (deletes != 204)


def test_editors_leave_the_notes_of_others_alone(
    program: Program, notes: str, document: Document, owner: User, editor: User
) -> None:
    theirs = add_note(user=owner, document=document, text="Mine")
    address, asking = f"{notes}/{theirs.pk}", program(editor)
    told = asking.get(address).json()
    assert (told["may_change"], told["may_delete"]) == (False, False)
    assert asking.patch(address, {"text": "x"}, content_type=JSON).status_code == 403
    assert asking.delete(address).status_code == 403


def test_an_author_who_only_looks_now_changes_nothing(
    program: Program, notes: str, document: Document, viewer: User
) -> None:
    own = Note.objects.create(document=document, author=viewer, text="From when I was an editor")
    address, asking = f"{notes}/{own.pk}", program(viewer)
    told = asking.get(address).json()
    assert (told["may_change"], told["may_delete"]) == (False, False)
    assert asking.patch(address, {"text": "x"}, content_type=JSON).status_code == 403
    assert asking.delete(address).status_code == 403


def test_a_note_of_somebody_who_left_stays(
    client_of_owner: Client, notes: str, note: Note, editor: User
) -> None:
    editor.delete()
    told = client_of_owner.get(f"{notes}/{note.pk}").json()
    assert (told["author"], told["may_change"], told["may_delete"]) == (None, False, True)


def test_a_change_of_what_one_did_not_see_is_refused(
    program: Program, notes: str, note: Note, editor: User
) -> None:
    asking, address = program(editor), f"{notes}/{note.pk}"
    seen = {"If-Match": asking.get(address)["ETag"]}
    changed = asking.patch(address, {"text": "Paid in June"}, content_type=JSON, headers=seen)
    assert changed.status_code == 200
    assert asking.patch(address, {"text": "x"}, content_type=JSON, headers=seen).status_code == 412
    assert asking.delete(address, headers=seen).status_code == 412
    now = {"If-Match": changed["ETag"]}
    assert asking.delete(address, headers=now).status_code == 204


def test_what_is_sent_again_is_written_once(client_of_owner: Client, notes: str) -> None:
    headers = {"Idempotency-Key": "note-1"}
    told = [
        client_of_owner.post(notes, {"text": "Once"}, content_type=JSON, headers=headers).json()
        for _time in range(2)
    ]
    assert told[0] == told[1]
    assert Note.objects.count() == 1


def test_a_token_that_may_only_read_writes_nothing(
    program: Program, notes: str, note: Note, editor: User
) -> None:
    asking = program(editor, "read")
    assert asking.get(notes).status_code == 200
    assert asking.post(notes, {"text": "x"}, content_type=JSON).json()["code"] == "scope-missing"
    assert asking.delete(f"{notes}/{note.pk}").json()["code"] == "scope-missing"


def test_what_is_not_there_is_not_found(
    client_of_owner: Client, notes: str, note: Note, document: Document, owner: User
) -> None:
    assert client_of_owner.get(f"{notes}/999999").status_code == 404
    assert client_of_owner.delete(f"{notes}/999999").status_code == 404
    assert client_of_owner.get(f"{notes}/99999999999999999999").status_code == 404
    trash(user=owner, document=document)
    assert client_of_owner.get(notes).status_code == 404
    assert client_of_owner.delete(f"{notes}/{note.pk}").status_code == 404
