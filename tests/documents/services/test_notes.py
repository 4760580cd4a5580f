"""Notes: written, changed, deleted."""

import pytest

from accounts.models import User
from documents.errors import Gone, NoteEmpty, NoteTooLong
from documents.models import Document, Event, Note
from documents.services.notes import add_note, delete_note, edit_note


def changes() -> list[str]:
    return [event.details["change"] for event in Event.objects.order_by("pk")]


def test_a_note_is_written_changed_and_deleted(document: Document, editor: User) -> None:
    note = add_note(user=editor, document=document, text=" Paid\r\nin May ")
    assert (note.text, note.author, note.edited_at) == ("Paid\nin May", editor, None)
    edit_note(user=editor, note=note, text="Paid in June")
    note.refresh_from_db()
    assert note.text == "Paid in June"
    assert note.edited_at is not None
    delete_note(user=editor, note=note)
    assert not Note.objects.exists()
    assert changes() == ["added", "edited", "deleted"]


def test_a_note_turns_nothing_round(document: Document, editor: User) -> None:
    assert (
        add_note(user=editor, document=document, text="Paid\u202e in\u2066 May\nשלום").text
        == "Paid in May\nשלום"
    )


def test_a_note_that_stays_the_same_counts_as_no_change(document: Document, editor: User) -> None:
    note = add_note(user=editor, document=document, text="Paid")
    edit_note(user=editor, note=note, text="Paid ")
    assert changes() == ["added"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (" \n\0", NoteEmpty),
        ("\u202e", NoteEmpty),
        ("\u200b\u00ad", NoteEmpty),
        ("x" * 10_001, NoteTooLong),
    ],
)
def test_no_text_and_too_much_are_refused(
    document: Document, editor: User, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        add_note(user=editor, document=document, text=text)
    assert not Note.objects.exists()


def test_a_note_that_somebody_deleted_meanwhile_is_told(document: Document, editor: User) -> None:
    note = add_note(user=editor, document=document, text="Paid")
    Note.objects.all().delete()
    with pytest.raises(Gone):
        edit_note(user=editor, note=note, text="Unpaid")
    with pytest.raises(Gone):
        delete_note(user=editor, note=note)
