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
from documents.search.index.candidates import Fetched
from tests.factories import make_document

_ON_SQLITE = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a millisecond, PostgreSQL's least, may be enough"
)

Answers = Callable[..., list[float | None]]


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

    Gives the list that is filled with the seconds that each time was given.
    """
    now = 0.0
    monkeypatch.setattr(candidates.backend(), "clock", lambda: now)
    read = candidates._read

    def prepare(*, took: float = 0.0, cut: Sequence[int | None] = ()) -> list[float | None]:
        given: list[float | None] = []
        ends = iter(cut)

        def timed(sql: str, params: Sequence[Any], *, seconds: float | None) -> Fetched:
            nonlocal now
            now += took
            given.append(seconds)
            found, end = read(sql, params, seconds=None), next(ends, None)
            return found if end is None else Fetched(found.pages[:end], is_whole=False)

        monkeypatch.setattr(candidates, "_read", timed)
        return given

    return prepare


@pytest.mark.parametrize(("took", "left"), [(0.0, 20.0), (12.0, 8.0), (18.0, 5.0)])
def test_what_a_question_may_mean_besides_has_the_time_that_is_left(
    letters: list[Document], owner: User, asked: Answers, took: float, left: float
) -> None:
    given = asked(took=took)
    assert find(owner, "hello").documents == 12
    assert given == [20.0, left]


def test_filters_have_more_time(letters: list[Document], owner: User, asked: Answers) -> None:
    given = asked()
    assert find(owner, "hello lang:eng").documents == 12
    assert given == [60.0, 60.0]


def test_who_has_a_screenful_when_the_time_is_up_waits_no_longer(
    letters: list[Document], owner: User, asked: Answers
) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("has nothing in hand then")
    given = asked(cut=[11])
    results = find(owner, "hello")
    assert (results.documents, results.is_over_time, results.pages_are_exact) == (11, True, False)
    assert given == [20.0]


def test_who_has_next_to_nothing_in_hand_waits_longer(
    letters: list[Document], owner: User, asked: Answers
) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("looks at the newest pages before")
    given = asked(cut=[9])
    results = find(owner, "hello")
    assert (results.documents, results.is_over_time) == (12, False)
    assert given == [20.0, 300.0, 300.0]


@_ON_SQLITE
@pytest.mark.parametrize("question", ["heloo", "hello", "hel"])
def test_an_answer_that_was_cut_short_does_not_say_that_nothing_is_there(
    letters: list[Document], client: Client, owner: User, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    for name in ("BUDGET", "BUDGET_BESIDES", "PATIENCE"):
        monkeypatch.setattr(candidates, name, 0.0)
    monkeypatch.setattr(sqlite, "_STEPS", 1)
    client.force_login(owner)
    page = client.get("/", {"q": question}).content.decode()
    assert "There was not time to look at all pages" in page
    for untrue in ("Nothing found", "No page has all of this", "Did you mean", "begin so"):
        assert untrue not in page


@_ON_SQLITE
@pytest.mark.parametrize(
    ("own", "waited", "is_over"),
    [(0.9, 0.9, False), (1.1, 1.1, True), (0.1, 9.0, False), (0.1, 11.0, True)],
)
def test_ones_own_time_counts_and_a_tenth_of_the_waiting(
    db: None, monkeypatch: pytest.MonkeyPatch, own: float, waited: float, is_over: bool
) -> None:
    own_times, times = iter([0.0]), iter([0.0])
    monkeypatch.setattr(sqlite, "clock", lambda: next(own_times, own))
    monkeypatch.setattr(time, "monotonic", lambda: next(times, waited))
    monkeypatch.setattr(sqlite, "_STEPS", 1)
    rows = Document.objects.values_list("pk", flat=True)
    assert (candidates.in_time(rows, 1.0) is None) is is_over
