"""Notes: what people write about a document, for all who may see it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from documents.errors import Gone, NoteEmpty, NoteTooLong
from documents.models import Document, Event, Note
from documents.services import events
from documents.services.locks import lock_document
from documents.services.names import note_text

LONGEST_NOTE = 10_000


def add_note(*, user: User, document: Document, text: str) -> Note:
    """Raises NoteEmpty, NoteTooLong, Gone."""
    clean = _checked(text)
    with transaction.atomic():
        lock_document(document)
        note = Note.objects.create(document=document, author=user, text=clean)
        events.note(user=user, action=Event.Action.NOTED, document=document, change="added")
    return note


def edit_note(*, user: User, note: Note, text: str) -> None:
    """Raises NoteEmpty, NoteTooLong, Gone."""
    clean = _checked(text)
    if clean == note.text:
        return
    with transaction.atomic():
        if not Note.objects.filter(pk=note.pk).update(text=clean, edited_at=timezone.now()):
            raise Gone
        events.note(user=user, action=Event.Action.NOTED, document=note.document, change="edited")


def delete_note(*, user: User, note: Note) -> None:
    """Raises Gone where somebody else deleted it before."""
    with transaction.atomic():
        deleted, _rows = Note.objects.filter(pk=note.pk).delete()
        if not deleted:
            raise Gone
        events.note(user=user, action=Event.Action.NOTED, document=note.document, change="deleted")


def _checked(text: str) -> str:
    clean = note_text(text)
    if not clean:
        raise NoteEmpty
    if len(clean) > LONGEST_NOTE:
        raise NoteTooLong(limit=LONGEST_NOTE)
    return clean
