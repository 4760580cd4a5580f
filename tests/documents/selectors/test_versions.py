"""A list says of an older version what replaces it."""

import pytest

from accounts.models import User
from documents.models import Collection, Document
from documents.selectors import versions
from documents.selectors.versions import attach_newer, newer_and_in_trash, older_of
from documents.services.trash import trash
from tests.factories import make_document


def newer(user: User, document: Document) -> Document | None:
    attach_newer(user, [document])
    return document.newer


def test_the_newest_that_replaces_it_is_named(
    document: Document, collection: Collection, owner: User, stranger: User
) -> None:
    assert newer(owner, document) is None
    for title in ("Second", "Third"):
        made = make_document(collection=collection, user=owner, texts=[], title=title)
        Document.objects.filter(pk=made.pk).update(replaces=document)
    assert newer(owner, document) == made
    assert newer(stranger, document) is None
    trash(user=owner, document=made)
    assert newer(owner, document).title == "Second"


def test_versions_in_the_trash_are_passed_over(
    document: Document, collection: Collection, owner: User, viewer: User
) -> None:
    chain = [document]
    for title in ("Second", "Third", "Fourth"):
        made = make_document(collection=collection, user=owner, texts=[], title=title)
        Document.objects.filter(pk=made.pk).update(replaces=chain[-1])
        made.refresh_from_db()
        chain.append(made)
    for middle in chain[1:3]:
        trash(user=owner, document=middle)
    assert newer(viewer, document) == chain[3]
    assert older_of(viewer, chain[3]) == document
    assert older_of(viewer, document) is None


def test_a_newer_version_in_the_trash_is_told_to_who_may_restore_it_where_none_is_left(
    document: Document, collection: Collection, owner: User, viewer: User, stranger: User
) -> None:
    made = []
    for title in ("Second", "Third"):
        made.append(make_document(collection=collection, user=owner, texts=[], title=title))
        Document.objects.filter(pk=made[-1].pk).update(replaces=document)
    trash(user=owner, document=made[1])
    assert newer_and_in_trash(owner, document) == ([made[0]], None)
    trash(user=owner, document=made[0])
    assert newer_and_in_trash(owner, document) == ([], made[1])
    assert newer_and_in_trash(viewer, document) == ([], None)
    assert newer_and_in_trash(stranger, document) == ([], None)


def test_of_very_many_versions_in_the_trash_some_are_passed_over(
    document: Document,
    collection: Collection,
    owner: User,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries,
) -> None:
    chain = [document]
    for _version in range(4):
        made = make_document(collection=collection, user=owner, texts=[])
        Document.objects.filter(pk=made.pk).update(replaces=chain[-1])
        chain.append(Document.objects.get(pk=made.pk))
    for middle in chain[1:4]:
        trash(user=owner, document=middle)
    with django_assert_num_queries(1 + 4):  # the collections are asked for once
        assert older_of(owner, chain[4]) == document
    with django_assert_num_queries(1 + 4):
        assert newer(owner, document) == chain[4]
    monkeypatch.setattr(versions, "_MOST_STEPS", 3)
    assert older_of(owner, chain[4]) is None
    assert newer(owner, document) is None


def test_an_older_version_that_is_deleted_meanwhile_is_none(
    document: Document, collection: Collection, owner: User
) -> None:
    made = make_document(collection=collection, user=owner, texts=[])
    made.replaces_id = document.pk
    document.delete()
    assert older_of(owner, made) is None


def test_versions_out_of_reach_are_passed_over(
    document: Document, collection: Collection, owner: User, viewer: User
) -> None:
    elsewhere = Collection.objects.create(name="Elsewhere")
    second = make_document(collection=elsewhere, user=owner, texts=[])
    third = make_document(collection=collection, user=owner, texts=[])
    Document.objects.filter(pk=second.pk).update(replaces=document)
    Document.objects.filter(pk=third.pk).update(replaces=second)
    third.refresh_from_db()
    assert newer(viewer, document) == third
    assert older_of(viewer, third) == document
    Document.objects.filter(pk=document.pk).update(replaces=third, trashed_at=third.created_at)
    assert older_of(viewer, third) is None


def test_a_ring_comes_to_an_end(document: Document, collection: Collection, owner: User) -> None:
    other = make_document(collection=collection, user=owner, texts=[])
    Document.objects.filter(pk=other.pk).update(replaces=document)
    Document.objects.filter(pk=document.pk).update(replaces=other)
    for paper in (document, other):
        trash(user=owner, document=paper)
        paper.refresh_from_db()
    assert newer(owner, document) is None
    assert older_of(owner, other) is None
    assert newer_and_in_trash(owner, document) == ([], other)
