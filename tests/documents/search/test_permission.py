"""What a person may not see is in no answer: no page, count, facet, suggestion or better question."""

from unittest.mock import Mock

import pytest
from django.db import connection

from accounts.models import User
from documents.models import Collection, Document, Membership
from documents.search.find import find, more_like, pages_with_hits, suggest
from documents.search.index.candidates import backend
from documents.services import index
from tests.factories import make_document


@pytest.fixture
def letters(collection: Collection, owner: User) -> Document:
    return make_document(
        collection=collection, user=owner, texts=["A confidential invoice", "more"], title="Secret plan"
    )


@pytest.fixture
def own(stranger: User) -> Document:
    """What the stranger has."""
    collection = Collection.objects.create(name="Own", personal_of=stranger)
    Membership.objects.create(collection=collection, user=stranger, role="owner")
    return make_document(collection=collection, user=stranger, texts=["An invoice of mine"], title="Mine")


@pytest.mark.parametrize("name", ["owner", "editor", "viewer"])
def test_members_find_what_is_theirs(letters: Document, name: str, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(name)
    assert [one.document for one in find(user, "confidential").found] == [letters]
    assert suggest(user, "confid").words == ("confidential",)
    assert [title.id for title in suggest(user, "secret pl").titles] == [letters.pk]
    assert find(user, "confidentail").did_you_mean == "confidential"


@pytest.mark.parametrize(
    "text",
    ["confidential", "confid*", "secret", "title:secret", "-mine", "lang:eng", "invoice OR confidential",
     "in:Letters", "in:Letters invoice", "title:plan OR lang:eng", "-(mine lang:deu)", "NOT mine"],
)  # fmt: skip
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title"])
def test_a_stranger_finds_only_their_own(
    letters: Document, own: Document, stranger: User, text: str, sort: str
) -> None:
    results = find(stranger, text, sort=sort)
    assert {one.document for one in results.found} <= {own}
    assert results.documents == len(results.found)
    assert results.pages <= 1
    assert results.facets
    assert {facet.label for facet in results.facets.collections} <= {"Own"}


@pytest.mark.parametrize(("rare", "most"), [(0, 1.0), (500, 1.0), (0, 0.5)])
def test_a_word_is_found_in_ones_own_collections_however_rare_it_is_and_however_much_they_hold(
    letters: Document, own: Document, stranger: User, monkeypatch: pytest.MonkeyPatch, rare: int, most: float
) -> None:
    monkeypatch.setattr("documents.search.index.candidates._RARE", rare)
    monkeypatch.setattr("documents.search.index.candidates._MOST", most)
    matched = Mock(wraps=backend().match)
    monkeypatch.setattr(backend(), "match", matched)
    for name in ("Bills", "Taxes"):
        place = Collection.objects.create(name=name)
        Membership.objects.create(collection=place, user=stranger, role="viewer")
        make_document(collection=place, user=stranger, texts=["invoice"], title=name)
    for text in ("invoice", "lnvoice", "invoice -confidential", "-confidential", "invoice OR confidential"):
        results = find(stranger, text)
        assert {one.document.title for one in results.found} == {"Mine", "Bills", "Taxes"}, text
    by_rows = (rare > 0 or most < 1) and connection.vendor == "sqlite"
    assert matched.called != by_rows  # the way that the test is about


def test_nothing_is_suggested_from_what_others_have(letters: Document, own: Document, stranger: User) -> None:
    assert suggest(stranger, "confid").words == ()
    assert suggest(stranger, "secret").titles == ()
    assert find(stranger, "confidentail").did_you_mean == ""
    assert suggest(stranger, "invo").words == ("invoice",)


def test_like_documents_are_ones_own(letters: Document, own: Document, owner: User, stranger: User) -> None:
    make_document(collection=letters.collection, user=owner, texts=["Another confidential invoice"])
    assert more_like(owner, letters)
    assert more_like(stranger, own) == ()


def test_what_is_in_the_trash_is_found_by_nobody(letters: Document, owner: User) -> None:
    Document.objects.filter(pk=letters.pk).update(trashed_at="2026-01-01T00:00Z")
    index.remove_document(letters)
    assert find(owner, "confidential").documents == 0
    assert find(owner, "lang:eng").documents == 0
    assert suggest(owner, "confid").words == ()
    assert pages_with_hits(owner, letters, "confidential") == ()


def test_who_is_no_member_of_anything_gets_an_empty_answer(stranger: User) -> None:
    results = find(stranger, "anything -at all")
    assert (results.found, results.documents, results.did_you_mean) == ((), 0, "")
    assert suggest(stranger, "anything").words == ()


def test_moving_takes_the_permission_along(
    letters: Document, own: Document, owner: User, stranger: User
) -> None:
    letters.collection = own.collection
    letters.save()
    index.write_document(letters)
    assert find(owner, "confidential").documents == 0
    assert suggest(owner, "confid").words == ()
    assert [one.document for one in find(stranger, "confidential").found] == [letters]
