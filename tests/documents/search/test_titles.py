"""Documents by title, where more pages are found than are looked at together."""

from collections.abc import Callable

import pytest

from accounts.models import User
from documents.models import Collection, Document, Membership
from documents.search import titles
from documents.search.find import find
from documents.search.index import candidates
from tests.factories import make_document

Walk = Callable[[str], list[list[str]]]


@pytest.fixture
def second(owner: User) -> Collection:
    place = Collection.objects.create(name="Second")
    Membership.objects.create(collection=place, user=owner, role="viewer")
    return place


@pytest.fixture(autouse=True)
def _few_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.search.find.RANKED", 3)
    monkeypatch.setattr("documents.search.screens.SIZE", 3)
    for name, value in (("RANKED", 4), ("_FEWEST", 2), ("_MOST", 4)):
        monkeypatch.setattr(titles, name, value)


@pytest.fixture
def archive(collection: Collection, second: Collection, owner: User, stranger: User) -> list[str]:
    """Eleven documents about an ocean among others, the newest first by their names, and their titles."""
    names = [f"{letter} sea" for letter in "kjihgfedcba"]
    for at, name in enumerate(names):
        place = (collection, second)[at % 2]
        texts = ["ocean", *["ocean again"] * (at % 3)]
        make_document(collection=place, user=owner, texts=texts, title=name)
        make_document(collection=place, user=owner, texts=["dry land"] * 3, title=f"{name} 2")
    hidden = Collection.objects.create(name="Hidden")
    make_document(collection=hidden, user=stranger, texts=["ocean"], title="a hidden one")
    return names[::-1]


@pytest.fixture
def walk(owner: User) -> Walk:
    def walk(text: str) -> list[list[str]]:
        """The titles of each screen, forwards; those backwards are the same."""
        screens, results = [], find(owner, text, sort="title")
        while True:
            screens.append([one.document.title for one in results.found])
            if not results.next_cursor:
                break
            results = find(owner, text, sort="title", cursor=results.next_cursor)
        backwards = [screens[-1]]
        while results.previous_cursor:
            results = find(owner, text, sort="title", cursor=results.previous_cursor)
            backwards.append([one.document.title for one in results.found])
        assert [title for screen in backwards[::-1] for title in screen] == [
            title for screen in screens for title in screen
        ]
        return screens

    return walk


@pytest.mark.parametrize("text", ["ocean", "ocean lang:eng", "oceans"])
def test_all_documents_are_shown_by_title(archive: list[str], walk: Walk, text: str) -> None:
    assert walk(text) == [archive[:3], archive[3:6], archive[6:9], archive[9:]]


def test_filters_that_many_fit_narrow_it_down(
    archive: list[str], walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.search.question.FEW", 2)
    Document.objects.filter(title__in=archive[:6]).update(languages=["deu"])
    assert walk("ocean lang:deu") == [archive[:3], archive[3:6]]


def test_nothing_is_said_of_very_many_hits(archive: list[str], owner: User) -> None:
    results = find(owner, "ocean", sort="title")
    assert (results.pages_are_exact, results.has_more_than_ranked, results.is_over_time) == (
        False,
        False,
        False,
    )


def test_a_long_book_is_one_result(collection: Collection, owner: User, walk: Walk) -> None:
    for title, pages in (("a", 1), ("b", 9), ("c", 9), ("d", 1)):
        make_document(collection=collection, user=owner, texts=["ocean"] * pages, title=title)
    assert walk("ocean") == [["a", "b", "c"], ["d"]]


def test_where_there_is_no_time_it_is_told(
    archive: list[str], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(titles, "in_time", lambda rows, seconds: list(rows) if seconds else None)
    monkeypatch.setattr(candidates, "PATIENCE", 0.0)
    results = find(owner, "ocean", sort="title")
    assert (results.found, results.is_over_time) == ((), True)
