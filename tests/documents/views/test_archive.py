"""The archive: cards, sort, paging, and how it looks while it is empty."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from documents.models import Collection, DateSource, Document, Page, State
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document


@pytest.fixture
def three(collection: Collection, owner: User) -> list[Document]:
    return [
        make_document(collection=collection, user=owner, texts=["Hello"], title=title)
        for title in ("Café letters", "Receipts", "Minutes")
    ]


def titles(html: str) -> list[str]:
    parts = html.split('<span class="card-title" dir="auto">')[1:]
    return [part.partition("<")[0] for part in parts]


def test_an_empty_archive_shows_the_way_in(browse: Browse, owner: User) -> None:
    html = html_of(browse(owner).get("/"))
    assert "Turn paper into text" in html
    assert 'action="/samples/"' in html


def test_a_card_tells_what_a_document_is(browse: Browse, document: Document, owner: User) -> None:
    html = html_of(browse(owner).get("/"))
    assert titles(html) == ["A letter"]
    assert f'href="/documents/{document.pk}/"' in html
    assert f"/documents/{document.pk}/pages/1/thumbnail?v=" in html
    assert "1 page" in html
    assert "English" in html


def test_a_card_and_a_result_tell_the_day_of_the_document(
    browse: Browse, document: Document, owner: User
) -> None:
    for address in ("/", "/?q=hello"):
        assert ">uploaded " in html_of(browse(owner).get(address))
    Document.objects.update(dated_on=date(2020, 5, 4), date_source=DateSource.TEXT)
    for address in ("/", "/?q=hello"):
        assert '<time datetime="2020-05-04">May 4, 2020</time>' in html_of(browse(owner).get(address))


@pytest.mark.parametrize(
    ("sort", "order"),
    [("newest", [2, 1, 0]), ("oldest", [0, 1, 2]), ("title", [0, 2, 1]), ("nonsense", [2, 1, 0])],
)
def test_the_cards_are_sorted(
    browse: Browse, three: list[Document], owner: User, sort: str, order: list[int]
) -> None:
    html = html_of(browse(owner).get("/", {"sort": sort}))
    assert titles(html) == [three[at].title for at in order]


def test_htmx_gets_the_cards_only(browse: Browse, three: list[Document], owner: User) -> None:
    answer = browse(owner).get("/", headers={"HX-Request": "true", "HX-Target": "archive"})
    html = html_of(answer)
    assert "<html" not in html
    assert len(titles(html)) == 3
    assert "HX-Target" in answer["Vary"]


def test_the_pages_of_the_archive_lead_to_each_other(
    browse: Browse, collection: Collection, owner: User
) -> None:
    for at in range(25):
        make_document(collection=collection, user=owner, texts=["x"], title=f"T{at:02}")
    client = browse(owner)
    first = client.get("/", {"sort": "title"})
    second = client.get("/", {"sort": "title", "cursor": first.context["page"].next_cursor})
    assert titles(html_of(second)) == ["T24"]
    back = client.get("/", {"sort": "title", "cursor": second.context["page"].previous_cursor})
    assert titles(html_of(back)) == [f"T{at:02}" for at in range(24)]


def test_the_archive_asks_the_database_few_questions(
    browse: Browse, collection: Collection, owner: User
) -> None:
    for _at in range(12):
        make_document(collection=collection, user=owner, texts=["x"])
    client = browse(owner)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) <= 14


def test_cards_that_are_being_read_ask_for_news_together(
    browse: Browse, three: list[Document], owner: User
) -> None:
    Document.objects.filter(pk__in=[three[0].pk, three[1].pk]).update(state=State.RUNNING, pages_done=0)
    client = browse(owner)
    assert html_of(client.get("/")).count('hx-trigger="every') == 1
    answer = client.get("/cards/", {"id": [three[0].pk, three[1].pk]})
    assert answer.status_code == 200
    assert html_of(answer).count('hx-swap-oob="true"') == 2


def test_cards_that_are_read_ask_no_more(browse: Browse, document: Document, owner: User) -> None:
    answer = browse(owner).get("/cards/", {"id": document.pk})
    assert answer.status_code == 286
    assert titles(html_of(answer)) == ["A letter"]
    assert "hx-get" not in html_of(answer)


def test_news_of_cards_is_for_members(browse: Browse, document: Document, stranger: User) -> None:
    answer = browse(stranger).get("/cards/", {"id": [document.pk, uuid4(), "nonsense"]})
    assert (answer.status_code, titles(html_of(answer))) == (286, [])


@pytest.mark.parametrize(("state", "says"), [(State.FAILED, True), (State.QUEUED, False)])
def test_a_card_without_a_picture_says_why(
    browse: Browse, document: Document, owner: User, state: State, says: bool
) -> None:
    Document.objects.update(state=state)
    Page.objects.update(thumbnail="")
    assert ("No picture of the first page" in html_of(browse(owner).get("/"))) is says


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": State.QUEUED}, "Waiting to be read"),
        ({"state": State.RUNNING, "pages_done": 0}, "0 of 1 page read"),
        ({"state": State.FAILED}, "Could not be read"),
        ({"state": State.RUNNING, "page_count": 1200}, "1 of 1,200 pages read"),
        ({"state": State.PARTLY_FAILED, "page_count": 2}, "1 of 2 pages could be read"),
        ({"state": State.CANCELLED, "page_count": 2}, "Cancelled at 1 of 2 pages"),
        ({"state": State.FAILED, "is_locked": True}, "Locked with a password"),
        ({"mean_confidence": 41.0}, "The engine is unsure (41%)"),
    ],
)
def test_a_card_says_its_state(
    browse: Browse, document: Document, owner: User, changes: dict[str, object], words: str
) -> None:
    Document.objects.update(**changes)
    assert words in html_of(browse(owner).get("/"))
