"""What stands at the head of a document: its tags and notes, what was found in it, its copies."""

from typing import Any

from accounts.models import User
from documents import selectors
from documents.forms.organising import NoteForm
from documents.models import Document
from documents.selectors import duplicates, facts
from documents.selectors.tagging import offered_tags


def about(user: User, document: Document) -> dict[str, Any]:
    """For the templates ``_tags.html`` and ``_notes.html``; ``may_edit`` is in the context already."""
    return {
        "offered": offered_tags(document),
        "notes": selectors.notes_of(document),
        "note_form": NoteForm(),
        "is_owner": selectors.is_owner(user, document),
    }


def findings(user: User, document: Document) -> dict[str, Any]:
    """For the templates ``_entities.html`` and ``_duplicates.html``."""
    return {"found": facts.found_in(document), "copies": duplicates.copies_of(user, document)}
