"""Tags as people see them."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from documents.models import Collection, Document, Tag
from documents.selectors.tagging import count_inside, offered_tags, tag_for, tags_by_collection
from documents.services.tags import add_tags
from tests.factories import make_document


def seen(user: User) -> list[tuple[str, str, int, int]]:
    return [
        (placed.above, placed.last, placed.depth, placed.documents)
        for tagged in tags_by_collection(user)
        for placed in tagged.tags
    ]


def test_a_tag_stands_before_those_in_it_and_counts_them_too(
    document: Document, collection: Collection, owner: User, viewer: User, stranger: User
) -> None:
    other = make_document(collection=collection, user=owner, texts=[])
    trashed = make_document(collection=collection, user=owner, texts=[])
    add_tags(user=owner, document=document, wanted=["Tax/2024", "Tax/2023", "tax-free"])
    add_tags(user=owner, document=other, wanted=["Tax/2024", "Tax"])
    add_tags(user=owner, document=trashed, wanted=["Tax/2024"])
    Document.objects.filter(pk=trashed.pk).update(trashed_at=timezone.now())
    expected = [("", "Tax", 0, 2), ("Tax/", "2023", 1, 1), ("Tax/", "2024", 1, 2), ("", "tax-free", 0, 1)]
    assert seen(owner) == seen(viewer) == expected
    assert seen(stranger) == []
    assert count_inside(Tag.objects.get(name="Tax")) == 2


def test_a_page_has_room_for_some_levels_only(document: Document, owner: User) -> None:
    add_tags(user=owner, document=document, wanted=["a/b/c/d/e/f/g/h"])
    assert [depth for _above, _last, depth, _count in seen(owner)] == [0, 1, 2, 3, 4, 5, 5, 5]


def test_tags_that_it_lacks_are_offered(document: Document, owner: User) -> None:
    elsewhere = Collection.objects.create(name="Other")
    Tag.objects.create(collection=elsewhere, name="secret")
    Tag.objects.create(collection=document.collection, name="paid")
    add_tags(user=owner, document=document, wanted=["tax"])
    assert offered_tags(document) == ["paid"]


def test_a_tag_is_found_by_members_only(document: Document, viewer: User, stranger: User) -> None:
    tag = Tag.objects.create(collection=document.collection, name="paid")
    assert tag_for(viewer, tag.pk) == tag
    assert not Tag.objects.filter(pk=tag.pk, collection__members=stranger).exists()


def test_any_number_of_tags_takes_as_many_questions(
    document: Document, owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    add_tags(user=owner, document=document, wanted=["a/b", "a/b/c", "d/e"])
    with CaptureQueriesContext(connection) as few:
        tags_by_collection(owner)
    add_tags(user=owner, document=document, wanted=[f"t{number}/u/v" for number in range(20)])
    with django_assert_num_queries(len(few)):
        tags_by_collection(owner)


def test_documents_in_two_tags_of_a_tag_are_counted_once(document: Document, owner: User) -> None:
    add_tags(user=owner, document=document, wanted=["a/b", "a/b/c", "a/d", "a-b"])
    assert [(above + last, count) for above, last, _depth, count in seen(owner)] == [
        ("a", 1),
        ("a/b", 1),
        ("a/b/c", 1),
        ("a/d", 1),
        ("a-b", 1),
    ]
