"""Collections: made, renamed, deleted once they are empty."""

from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import User
from documents.errors import CollectionGone, CollectionNotEmpty, NameEmpty, PersonalCollection
from documents.models import Collection, Document, Event, Membership, Tag
from documents.services.collections import delete_collection, make_collection, rename_collection
from documents.services.receive import receive_upload
from tests.factories import incoming, make_document


@pytest.fixture
def tax(owner: User) -> Collection:
    return make_collection(user=owner, name=" Tax ")


def test_who_makes_a_collection_owns_it(tax: Collection, owner: User) -> None:
    assert (tax.name, tax.personal_of) == ("Tax", None)
    assert Membership.objects.get(collection=tax).user == owner
    assert Event.objects.get().details == {"change": "made"}


def test_a_collection_is_renamed(tax: Collection, owner: User) -> None:
    rename_collection(user=owner, collection=tax, name="Taxes")
    tax.refresh_from_db()
    assert tax.name == "Taxes"
    with pytest.raises(NameEmpty):
        rename_collection(user=owner, collection=tax, name="\u202e")


def test_an_empty_collection_is_deleted_with_its_tags(tax: Collection, owner: User) -> None:
    Tag.objects.create(collection=tax, name="x")
    delete_collection(user=owner, collection=tax)
    assert not Collection.objects.filter(name="Tax").exists()
    assert Event.objects.get(action="deleted").title == "Tax"


@pytest.mark.parametrize("trashed_at", [None, timezone.now()])
def test_a_collection_with_documents_stays(tax: Collection, owner: User, trashed_at: object) -> None:
    make_document(collection=tax, user=owner, texts=[])
    Document.objects.update(trashed_at=trashed_at)
    with pytest.raises(CollectionNotEmpty):
        delete_collection(user=owner, collection=tax)
    assert Collection.objects.filter(pk=tax.pk).exists()


def test_a_personal_collection_stays(collection: Collection, owner: User) -> None:
    with pytest.raises(PersonalCollection):
        delete_collection(user=owner, collection=collection)


def test_nothing_is_received_into_a_collection_that_was_deleted_meanwhile(
    tax: Collection, owner: User, png: Path
) -> None:
    Collection.objects.filter(pk=tax.pk).delete()
    with pytest.raises(CollectionGone):
        receive_upload(user=owner, files=[incoming(png)], languages=(), collection=tax)
    assert not Document.objects.exists()


def test_a_document_is_received_into_a_collection(tax: Collection, owner: User, png: Path) -> None:
    document = receive_upload(user=owner, files=[incoming(png)], languages=(), collection=tax)
    assert document.collection == tax
