"""A bulk action is one line of the history of everything, and one in the history of each document."""

from accounts.models import User
from documents.models import Collection, Event
from documents.selectors import trail
from documents.services import bulk
from tests.documents.services.bulk.steps import Kind, begun, finished, make_some


def wholes() -> list[tuple[str, dict[str, object], int]]:
    lines = Event.objects.filter(part_of=None).order_by("pk")
    return [(line.action, line.details, line.parts.count()) for line in lines]


def test_documents_that_were_moved_are_parts_of_one_line(collection: Collection, editor: User) -> None:
    letters = make_some(collection, editor, 3)
    tax = Collection.objects.create(name="Tax")
    tax.memberships.create(user=editor, role="editor")
    action = finished(begun(editor, Kind.MOVE, *letters, collection=tax.pk, name="Tax"))
    assert wholes() == [("moved", {"after": "Tax"}, 3)]
    assert [line.event.details["after"] for line in trail.events_of(editor, letters[0]).lines] == ["Tax"]
    finished(bulk.undo(action=action))
    assert wholes() == [("moved", {"after": "Tax"}, 3), ("moved", {}, 3)]


def test_a_tag_is_told_with_its_name(collection: Collection, editor: User) -> None:
    letters = make_some(collection, editor, 2)
    finished(begun(editor, Kind.TAG, *letters, tags=["tax"]))
    finished(begun(editor, Kind.UNTAG, *letters, tags=["tax"]))
    assert wholes() == [("tagged", {"added": ["tax"]}, 2), ("tagged", {"removed": ["tax"]}, 2)]


def test_of_several_tags_each_document_tells_once(collection: Collection, editor: User) -> None:
    letters = make_some(collection, editor, 2)
    names = ["paid", "tax"]
    action = finished(begun(editor, Kind.TAG, *letters, tags=names))
    finished(bulk.undo(action=action))
    finished(begun(editor, Kind.TAG, *letters, tags=names))
    finished(begun(editor, Kind.UNTAG, *letters, tags=names))
    told = [("tagged", {"added": names}, 2), ("tagged", {"removed": names}, 2)]
    of_documents = [(kind, details, parts) for kind, details, parts in wholes() if parts]
    assert of_documents == told * 2


def test_where_nothing_was_changed_nothing_is_told(collection: Collection, editor: User) -> None:
    letters = make_some(collection, editor, 1)
    finished(begun(editor, Kind.UNTAG, *letters, tags=["tax"]))
    assert not Event.objects.exists()


def test_what_is_done_afterwards_is_no_part_of_it(collection: Collection, editor: User) -> None:
    (letter,) = make_some(collection, editor, 1)
    finished(begun(editor, Kind.TRASH, letter))
    finished(begun(editor, Kind.RESTORE, letter))
    assert wholes() == [("trashed", {}, 1), ("restored", {}, 1)]
