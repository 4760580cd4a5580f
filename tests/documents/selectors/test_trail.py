"""The audit trail is shown newest first, screen by screen, and tells nobody of what they may not see."""

import pytest

from accounts.models import User
from documents.models import Collection, Document, Event, Membership
from documents.selectors import trail
from documents.services.events import note, note_parts, note_whole
from documents.services.organise import move_document, rename_document
from documents.services.tags import add_tags
from tests.factories import make_document


def test_the_newest_comes_first_and_every_line_once(
    document: Document, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "PER_SCREEN", 2)
    for number in range(5):
        rename_document(user=owner, document=document, title=f"Title {number}")
    Event.objects.update(at=Event.objects.first().at)  # the same moment: the order of writing decides
    titles, before = [], None
    while True:
        screen = trail.events_of(owner, document, before=before)
        titles += [line.event.title for line in screen.lines]
        before = screen.older
        if before is None:
            break
    assert titles == [f"Title {number}" for number in (4, 3, 2, 1, 0)]


def test_a_screen_is_as_long_as_is_asked_for(document: Document, owner: User) -> None:
    for number in range(3):
        rename_document(user=owner, document=document, title=f"Title {number}")
    screens = [
        trail.events_of(owner, document, size=2),
        trail.events_for_admin(owner, size=2),
        trail.events_of(owner, document, size=3),
    ]
    assert [(len(screen.lines), screen.older is None) for screen in screens] == [
        (2, False),
        (2, False),
        (3, True),
    ]


def test_a_bad_place_to_begin_is_the_start(document: Document, owner: User) -> None:
    line = note(user=owner, action=Event.Action.UPLOADED, document=document)
    assert [shown.event for shown in trail.events_of(owner, document, before=999_999).lines] == [line]


def test_a_collection_that_one_may_not_see_is_not_named(
    document: Document, owner: User, editor: User, viewer: User
) -> None:
    tax = Collection.objects.create(name="Tax")
    for user in (editor, viewer):
        Membership.objects.create(collection=tax, user=user, role="editor")
    Membership.objects.filter(collection=document.collection, user=viewer).delete()
    move_document(user=editor, document=document, collection=tax)
    told = {
        user.username: trail.events_of(user, document).lines[0].event.details for user in (editor, viewer)
    }
    assert (told["editor"]["before"], told["editor"]["after"]) == ("Letters", "Tax")
    assert (told["viewer"]["before"], told["viewer"]["after"]) == ("", "Tax")


def test_administrators_choose_a_person_and_an_action(document: Document, owner: User, editor: User) -> None:
    rename_document(user=owner, document=document, title="One")
    rename_document(user=editor, document=document, title="Two")
    add_tags(user=editor, document=document, wanted=["x"])

    def titles(**chosen: str) -> list[tuple[str, str]]:
        lines = trail.events_for_admin(owner, **chosen).lines
        return [(line.event.user_name, line.event.action) for line in lines]

    assert titles() == [("editor", "tagged"), ("editor", "renamed"), ("owner", "renamed")]
    assert titles(person="editor", action="renamed") == [("editor", "renamed")]
    assert titles(person="nobody") == []
    editor.delete()
    assert titles(person="editor", action="tagged") == [("editor", "tagged")]


def test_a_document_opens_only_to_those_who_may_see_it(
    document: Document, owner: User, stranger: User
) -> None:
    note(user=owner, action=Event.Action.UPLOADED, document=document)
    assert [line.is_open for line in trail.events_for_admin(owner).lines] == [True]
    assert [line.is_open for line in trail.events_for_admin(stranger).lines] == [False]


def test_what_was_done_to_many_is_one_line_that_opens_to_all(
    document: Document, owner: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "PER_SCREEN", 2)
    others = [make_document(collection=document.collection, user=owner, texts=[]) for _ in range(2)]
    whole = note_whole(user=owner, action=Event.Action.TRASHED, details={})
    note_parts(whole=whole, documents=[(one, {}) for one in (document, *others)])
    rename_document(user=owner, document=document, title="Bill")
    told = trail.events_for_admin(owner)
    assert [(line.event.action, line.event.documents) for line in told.lines] == [
        ("renamed", 0),
        ("trashed", 3),
    ]
    assert told.older is None
    opened = trail.whole_for_admin(whole.pk)
    first = trail.parts_for_admin(owner, opened)
    rest = trail.parts_for_admin(owner, opened, before=first.older)
    documents = [line.event.document_id for line in (*first.lines, *rest.lines)]
    assert set(documents) == {one.pk for one in (document, *others)}
    assert len(documents) == 3
    assert [line.event.action for line in trail.events_of(owner, others[0]).lines] == ["trashed"]


def test_only_a_line_with_parts_opens(document: Document, owner: User) -> None:
    line = note(user=owner, action=Event.Action.UPLOADED, document=document)
    for key in (line.pk, 999):
        with pytest.raises(Event.DoesNotExist):
            trail.whole_for_admin(key)
