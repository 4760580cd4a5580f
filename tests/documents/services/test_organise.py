"""One document: its title, its date, its place."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from documents.errors import CollectionGone, Gone, NameEmpty, NameTooLong
from documents.models import Collection, DateSource, Document, Event, Membership, SearchEntry, Tag
from documents.selectors.membership import collections_of
from documents.services.notes import add_note
from documents.services.organise import date_document, move_document, personal_collection, rename_document
from documents.services.tags import add_tags


@pytest.fixture
def tax(editor: User) -> Collection:
    collection = Collection.objects.create(name="Tax")
    Membership.objects.create(collection=collection, user=editor, role="editor")
    return collection


def test_a_document_is_renamed(document: Document, editor: User) -> None:
    rename_document(user=editor, document=document, title="  Facture  d’été ")
    document.refresh_from_db()
    assert (document.title, document.title_folded) == ("Facture d’été", "facture d’ete")
    line = Event.objects.get()
    assert (line.action, line.user, line.title) == ("renamed", editor, "Facture d’été")
    assert line.details == {"before": "A letter", "after": "Facture d’été"}


def test_the_same_title_changes_nothing(document: Document, editor: User) -> None:
    rename_document(user=editor, document=document, title="A letter ")
    assert not Event.objects.exists()


@pytest.mark.parametrize(("title", "error"), [("\u200b", NameEmpty), ("x" * 301, NameTooLong)])
def test_a_title_that_is_none_is_refused(
    document: Document, editor: User, title: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        rename_document(user=editor, document=document, title=title)
    document.refresh_from_db()
    assert document.title == "A letter"


def test_a_date_that_was_entered_is_a_persons(document: Document, editor: User) -> None:
    day = document.dated_on
    date_document(user=editor, document=document, day=date(1999, 12, 31))
    document.refresh_from_db()
    assert (document.dated_on, document.date_source) == (date(1999, 12, 31), DateSource.PERSON)
    assert Event.objects.get().details == {"before": day.isoformat(), "after": "1999-12-31"}


def test_the_day_that_it_has_already_becomes_a_persons_and_is_no_change(
    document: Document, editor: User
) -> None:
    date_document(user=editor, document=document, day=document.dated_on)
    document.refresh_from_db()
    assert document.date_source == DateSource.PERSON
    assert not Event.objects.exists()


def test_a_document_moves_with_its_tags_and_notes(document: Document, editor: User, tax: Collection) -> None:
    add_tags(user=editor, document=document, wanted=["paid/2024", "urgent"])
    Tag.objects.filter(name="urgent").update(colour="red")
    there = Tag.objects.create(collection=tax, name="Paid", colour="blue")
    add_note(user=editor, document=document, text="Call back")
    move_document(user=editor, document=document, collection=tax)
    document.refresh_from_db()
    assert document.collection == tax
    assert {(tag.name, tag.colour) for tag in document.tags.all()} == {
        ("Paid/2024", "grey"),
        ("urgent", "red"),
    }
    assert set(document.tags.values_list("collection", flat=True)) == {tax.pk}
    assert Tag.objects.filter(collection=tax, name="Paid").get() == there
    assert document.notes.get().text == "Call back"
    line = Event.objects.filter(action="moved").get()
    assert (line.details["before"], line.details["after"], line.collection_id) == ("Letters", "Tax", tax.pk)


def test_a_collection_that_was_deleted_meanwhile_takes_nothing(
    document: Document, editor: User, tax: Collection
) -> None:
    Collection.objects.filter(pk=tax.pk).delete()
    with pytest.raises(CollectionGone):
        move_document(user=editor, document=document, collection=tax)
    assert not Event.objects.exists()


def test_what_was_trashed_meanwhile_is_not_changed(document: Document, editor: User, tax: Collection) -> None:
    Document.objects.update(trashed_at=timezone.now())
    for change in (
        lambda: rename_document(user=editor, document=document, title="New"),
        lambda: date_document(user=editor, document=document, day=date(2024, 1, 1)),
        lambda: move_document(user=editor, document=document, collection=tax),
        lambda: add_tags(user=editor, document=document, wanted=["x"]),
        lambda: add_note(user=editor, document=document, text="x"),
    ):
        with pytest.raises(Gone):
            change()
    assert not Event.objects.exists()


def test_who_signs_in_has_a_personal_collection(client: Client, stranger: User) -> None:
    client.post("/accounts/login/", {"login": "stranger", "password": "a long pass phrase"})
    assert [held.collection.personal_of for held in collections_of(stranger)] == [stranger]


def test_the_personal_collection_is_made_once(owner: User) -> None:
    first = personal_collection(user=owner)
    assert personal_collection(user=owner) == first
    assert Membership.objects.get(collection=first).role == "owner"


def test_search_learns_of_the_new_title_and_place(document: Document, editor: User, tax: Collection) -> None:
    rename_document(user=editor, document=document, title="Facture")
    move_document(user=editor, document=document, collection=tax)
    entry = SearchEntry.objects.get(document=document)
    assert (entry.title, entry.collection) == ("facture", tax)
