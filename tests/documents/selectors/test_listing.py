"""The archive list: every document once, in order, and only the user's own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from documents.models import Collection, Document, Membership
from documents.selectors import listing
from documents.selectors.listing import PER_SCREEN, ArchivePage, archive_page


@pytest.fixture
def shelf(collection: Collection, owner: User) -> list[str]:
    """Titles of 60 documents, oldest first; three were uploaded in the same instant."""
    start = timezone.now() - timedelta(days=100)
    titles = [f"Letter {number:02d}" for number in range(60)]
    for number, title in enumerate(titles):
        document = Document.objects.create(
            collection=collection, uploaded_by=owner, title=title, sha256="", byte_size=1
        )
        moment = start + timedelta(days=number if number not in (24, 25) else 23)
        Document.objects.filter(pk=document.pk).update(created_at=moment)
    return titles


def walk(user: User, sort: str) -> list[ArchivePage]:
    screens = [archive_page(user, sort=sort)]
    while screens[-1].next_cursor:
        screens.append(archive_page(user, sort=sort, cursor=screens[-1].next_cursor))
    return screens


def titles_of(screens: list[ArchivePage]) -> list[str]:
    return [document.title for screen in screens for document in screen.documents]


@pytest.mark.parametrize("sort", ["newest", "oldest", "title"])
def test_every_document_comes_once(owner: User, shelf: list[str], sort: str) -> None:
    screens = walk(owner, sort)
    assert [len(screen.documents) for screen in screens] == [PER_SCREEN, PER_SCREEN, 12]
    assert sorted(titles_of(screens)) == shelf


def test_titles_come_in_their_order(owner: User, shelf: list[str]) -> None:
    assert titles_of(walk(owner, "title")) == shelf


@pytest.mark.parametrize("sort", ["newest", "oldest", "title"])
def test_going_back_shows_what_was_there(owner: User, shelf: list[str], sort: str) -> None:
    screens = walk(owner, sort)
    back = archive_page(owner, sort=sort, cursor=screens[2].previous_cursor)
    assert back.documents == screens[1].documents
    first = archive_page(owner, sort=sort, cursor=back.previous_cursor)
    assert first.documents == screens[0].documents
    assert not first.previous_cursor
    assert first.next_cursor


@pytest.mark.parametrize("counted", [20, 1000])
def test_every_document_comes_once_however_many_are_counted(
    owner: User, shelf: list[str], monkeypatch: pytest.MonkeyPatch, counted: int
) -> None:
    monkeypatch.setattr(listing, "COUNTED", counted)
    screens = walk(owner, "title")
    assert titles_of(screens) == shelf
    assert screens[0].total == min(counted, 60)
    assert screens[0].total_is_exact == (counted > 60)


@pytest.mark.parametrize("cursor", ["nonsense", "a:b:c", "\0"])
def test_a_bad_cursor_shows_the_start(owner: User, shelf: list[str], cursor: str) -> None:
    assert archive_page(owner, cursor=cursor).documents == archive_page(owner).documents


def test_a_cursor_of_another_sort_shows_the_start(owner: User, shelf: list[str]) -> None:
    cursor = archive_page(owner, sort="title").next_cursor
    assert archive_page(owner, sort="newest", cursor=cursor).documents == archive_page(owner).documents


def test_a_stranger_sees_nothing(stranger: User, shelf: list[str]) -> None:
    assert archive_page(stranger).documents == []


def test_covers_come_without_further_queries(
    owner: User, document: Document, django_assert_num_queries
) -> None:
    screen = archive_page(owner)
    with django_assert_num_queries(0):
        assert screen.documents[0].cover.number == 1


def test_the_number_of_queries_does_not_grow(
    owner: User,
    shelf: list[str],
    django_assert_max_num_queries,
) -> None:
    with django_assert_max_num_queries(4):
        archive_page(owner)


@pytest.mark.parametrize("sort", ["newest", "oldest", "title"])
def test_several_collections_are_one_list(
    collection: Collection, owner: User, shelf: list[str], sort: str
) -> None:
    others = [Collection.objects.create(name=f"Box {number}") for number in range(2)]
    Membership.objects.bulk_create(Membership(user=owner, collection=other) for other in others)
    expected = titles_of(walk(owner, sort))
    for number, document in enumerate(Document.objects.filter(collection=collection)):
        Document.objects.filter(pk=document.pk).update(collection=[collection, *others][number % 3])
    screens = walk(owner, sort)
    assert titles_of(screens) == expected
    back = archive_page(owner, sort=sort, cursor=screens[2].previous_cursor)
    assert back.documents == screens[1].documents
