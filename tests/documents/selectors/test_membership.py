"""Who belongs where."""

import pytest
from django.utils import timezone

from accounts.models import User
from documents.models import Collection, Document, Membership
from documents.selectors import membership
from tests.factories import make_document


def test_ones_own_collection_comes_first(collection: Collection, owner: User, editor: User) -> None:
    for name in ("Zoo", "archive", "Émile"):
        Membership.objects.create(collection=Collection.objects.create(name=name), user=owner, role="viewer")
    assert [held.collection.name for held in membership.collections_of(owner)] == [
        "Letters",
        "archive",
        "Émile",
        "Zoo",
    ]
    assert [place.name for place in membership.editable_collections(owner)] == ["Letters"]
    assert [held.role for held in membership.collections_of(editor)] == ["editor"]


def test_documents_are_counted_and_those_in_the_trash_apart(
    collection: Collection, document: Document, owner: User, viewer: User
) -> None:
    make_document(collection=collection, user=owner, texts=[])
    Document.objects.filter(pk=document.pk).update(trashed_at=timezone.now())
    held = membership.collection_for(viewer, collection.pk)
    assert (held.documents, held.trashed, held.may_edit, held.may_manage) == (1, 1, False, False)


def test_a_stranger_finds_no_collection(collection: Collection, stranger: User) -> None:
    assert membership.collections_of(stranger) == []
    with pytest.raises(Collection.DoesNotExist):
        membership.collection_for(stranger, collection.pk)


def test_owners_come_first(collection: Collection) -> None:
    assert [one.user.username for one in membership.members_of(collection)] == ["owner", "editor", "viewer"]
