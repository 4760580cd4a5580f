"""How long a question may take, and what is told where that is too short."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document
from documents.search.find import find
from documents.search.index import candidates, sqlite
from documents.search.index.candidates import Budget, Fetched
from tests.factories import make_document

_ON_SQLITE = pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="has nothing in hand when the time is up, and a millisecond, its least, may be enough",
)

Answers = Callable[..., list[Budget | None]]


@pytest.fixture
def letters(collection: Collection, owner: User) -> list[Document]:
    return [make_document(collection=collection, user=owner, texts=[f"hello {at}"]) for at in range(12)]


@pytest.fixture(autouse=True)
def _budgets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("BUDGET", 20.0), ("BUDGET_BESIDES", 5.0), ("BUDGET_WITH_FILTERS", 60.0)):
        monkeypatch.setattr(candidates, name, seconds)
    monkeypatch.setattr(candidates, "PATIENCE", 300.0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Lets the index take ``took`` seconds each time, and end early, with so many pages, where it is ``cut``.

    Gives the list that is filled with the budgets that each time was given.
    """
    now = 0.0
    monkeypatch.setattr(candidates.backend(), "clock", lambda: now)
    read = candidates._read

    def prepare(*, took: float = 0.0, cut: Sequence[int | None] = ()) -> list[Budget | None]:
        given: list[Budget | None] = []
        ends = iter(cut)

        def timed(sql: str, params: Sequence[Any], *, budget: Budget | None) -> Fetched:
            nonlocal now
            now += took
            given.append(budget)
            found, end = read(sql, params, budget=None), next(ends, None)
            return found if end is None else Fetched(found.pages[:end], is_whole=False)

        monkeypatch.setattr(candidates, "_read", timed)
        return given

    return prepare


def _no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "BUDGET", 0.0)
    monkeypatch.setattr(candidates, "BUDGET_BESIDES", 0.0)
    monkeypatch.setattr(sqlite, "_STEPS", 1)


@pytest.mark.parametrize(("took", "left"), [(0.0, 20.0), (12.0, 8.0), (18.0, 5.0)])
def test_what_a_question_may_mean_besides_has_the_time_that_is_left(
    letters: list[Document], owner: User, asked: Answers, took: float, left: float
) -> None:
    given = asked(took=took)
    assert find(owner, "hello").documents == 12
    assert [budget.seconds for budget in given if budget] == [20.0, left]


def test_filters_have_more_time(letters: list[Document], owner: User, asked: Answers) -> None:
    given = asked()
    assert find(owner, "hello lang:eng").documents == 12
    assert [budget.seconds for budget in given if budget] == [60.0, 60.0]


@_ON_SQLITE
def test_patience_is_for_who_has_next_to_nothing_and_is_given_once(
    letters: list[Document], owner: User, asked: Answers
) -> None:
    given = asked(took=30.0)
    assert find(owner, "hello").documents == 12
    assert given == [Budget(20.0, 300.0), Budget(5.0, 0.0)]
    for document in letters[:3]:
        document.delete()
    given = asked(took=30.0)
    assert find(owner, "hello").documents == 9
    assert given == [Budget(20.0, 300.0), Budget(5.0, 270.0)]


@_ON_SQLITE
def test_who_has_a_screenful_when_the_time_is_up_waits_no_longer(
    letters: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _no_time(monkeypatch)
    results = find(owner, "hello")
    assert (results.documents, results.is_over_time, results.pages_are_exact) == (10, True, False)


@_ON_SQLITE
def test_who_has_next_to_nothing_in_hand_waits_longer(
    letters: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _no_time(monkeypatch)
    for document in letters[:3]:
        document.delete()
    results = find(owner, "hello")
    assert (results.documents, results.is_over_time) == (9, False)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="has found some when the time is up")
def test_where_nothing_is_in_hand_when_the_time_is_up_the_newest_are_asked_first(
    letters: list[Document], owner: User, asked: Answers
) -> None:
    given = asked(cut=[0, 11])
    assert find(owner, "hello").documents == 11
    assert given == [Budget(20.0), Budget(20.0)]
    given = asked(cut=[0, 9])
    assert find(owner, "hello").documents == 12
    assert given[:3] == [Budget(20.0), Budget(20.0), Budget(300.0)]


@_ON_SQLITE
@pytest.mark.parametrize("question", ["heloo", "hello", "hel"])
def test_an_answer_that_was_cut_short_does_not_say_that_nothing_is_there(
    letters: list[Document], client: Client, owner: User, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    _no_time(monkeypatch)
    monkeypatch.setattr(candidates, "PATIENCE", 0.0)
    client.force_login(owner)
    page = client.get("/", {"q": question}).content.decode()
    assert "There was not time to look at all pages" in page
    for untrue in ("Nothing found", "No page has all of this", "Did you mean", "begin so"):
        assert untrue not in page


@_ON_SQLITE
def test_all_screens_are_parts_of_what_the_first_had_time_to_find(
    letters: list[Document], owner: User, asked: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.search.screens.SIZE", 4)
    asked(cut=[9])
    screens = [find(owner, "hello")]
    while cursor := screens[-1].next_cursor:
        screens.append(find(owner, "hello", cursor=cursor))
    shown = [[found.document.pk for found in screen.found] for screen in screens]
    assert [len(screen) for screen in shown] == [4, 4, 1]
    assert {key for screen in shown for key in screen} == {document.pk for document in letters[-9:]}
    assert all(screen.is_over_time and screen.pages == 9 for screen in screens)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="has nothing in hand when the time is up")
def test_where_the_newest_pages_are_all_there_is_time_for_the_screens_go_on_in_them(
    letters: list[Document], owner: User, asked: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.search.screens.SIZE", 4)
    asked(cut=[0, None] * 3)
    screens = [find(owner, "hello")]
    while cursor := screens[-1].next_cursor:
        screens.append(find(owner, "hello", cursor=cursor))
    shown = [found.document.pk for screen in screens for found in screen.found]
    assert len(shown) == 12
    assert set(shown) == {document.pk for document in letters}


@_ON_SQLITE
@pytest.mark.parametrize(
    ("seconds", "own", "waited", "is_over"),
    [
        (0.01, 0.009, 0.009, False),
        (0.01, 0.011, 0.011, True),
        (0.01, 0.001, 0.39, False),
        (0.01, 0.001, 0.41, True),
        (1.0, 0.1, 1.9, False),
        (1.0, 0.1, 2.1, True),
    ],
)
def test_ones_own_time_counts_and_little_of_the_waiting(
    db: None, monkeypatch: pytest.MonkeyPatch, seconds: float, own: float, waited: float, is_over: bool
) -> None:
    own_times, times = iter([0.0]), iter([0.0])
    monkeypatch.setattr(sqlite, "clock", lambda: next(own_times, own))
    monkeypatch.setattr(time, "monotonic", lambda: next(times, waited))
    monkeypatch.setattr(sqlite, "_STEPS", 1)
    rows = Document.objects.values_list("pk", flat=True)
    assert (candidates.in_time(rows, seconds) is None) is is_over
