"""What the history of everything says of a bulk action: one line; those of its documents are parts of it."""

from documents.models import BulkAction, Event
from documents.services import events

Kind = BulkAction.Kind


def line_of(action: BulkAction, done: Event.Action) -> int:
    """The key of the line, which is written with that of the first document. The caller holds ``action``."""
    if action.event_id is None:
        action.event = events.note_whole(user=action.user, action=done, details=_details(action))
        action.save(update_fields=["event"])
        return action.event.pk
    return action.event_id


def _details(action: BulkAction) -> events.Details:
    """What is the same for all documents; what is taken back goes to where each of them was."""
    match action.kind:
        case Kind.MOVE if not action.undoes_id:
            return {"after": action.params.get("name", "")}
        case Kind.TAG:
            return {"added": action.params["tags"]}
        case Kind.UNTAG:
            return {"removed": action.params["tags"]}
        case _:
            return {}
