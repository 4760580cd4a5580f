"""The page of a document: rows, strip, progress, states, and the lock."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from documents.models import Collection, Document, OcrRun, Page, PageJob, State
from documents.services.receive import receive_upload
from tests.documents.views.conftest import Browse, html_of
from tests.factories import incoming, make_document


def numbers_of(html: str, marker: str) -> list[int]:
    return [int(part.partition('"')[0]) for part in html.split(f'{marker}="')[1:]]


def rows(html: str) -> list[int]:
    return numbers_of(html, "data-row")


def set_state(document: Document, run_state: State, **of_page: object) -> None:
    """Put the document, its run and its first page into a state."""
    Document.objects.filter(pk=document.pk).update(state=run_state)
    OcrRun.objects.filter(document=document).update(state=run_state, finished_at=None)
    PageJob.objects.filter(page__document=document, page__number=1).update(**of_page)


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=["Hello"] * 60, title="A book")


@pytest.fixture
def person(browse: Browse, owner: User) -> Client:
    return browse(owner)


def get(client: Client, document: Document, query: str = "") -> str:
    return html_of(client.get(f"/documents/{document.pk}/{query}"))


def test_a_page_stands_beside_its_text(person: Client, document: Document) -> None:
    html = get(person, document)
    assert f"/documents/{document.pk}/pages/1/image?v=" in html
    assert "Hello world" in html
    assert 'lang="en"' in html.partition("<main")[2]
    assert "confidence 90%" in html


def test_the_menu_leads_to_tables_where_there_are_some(person: Client, book: Document) -> None:
    book.pages.update(has_tables=False)
    assert "Tables on page" not in get(person, book)
    book.pages.filter(number=4).update(has_tables=True)
    assert f'<a href="/documents/{book.pk}/pages/4/tables/">Tables on page 4</a>' in get(person, book)


def test_the_words_of_the_first_page_are_asked_for_with_the_scripts(person: Client, book: Document) -> None:
    html = get(person, book, "?page=7")
    assert f'<link rel="preload" as="fetch" crossorigin href="/documents/{book.pk}/pages/7/words">' in html


def test_a_page_without_words_has_none_asked_for(person: Client, book: Document) -> None:
    book.pages.filter(number=7).update(current=None)
    assert 'rel="preload"' not in get(person, book, "?page=7")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("?page=30", [30, 31, 32, 33, 34]),
        ("?page=59", [59, 60]),
        ("?page=4000", [60]),
        ("?page=0", [1, 2, 3, 4, 5]),
        ("?page=-2", [1, 2, 3, 4, 5]),
        ("?page=x", [1, 2, 3, 4, 5]),
        ("?page=9999999999999999999999", [1, 2, 3, 4, 5]),
    ],
)
def test_a_window_of_rows_begins_at_the_asked_page(
    person: Client, book: Document, query: str, shown: Sequence[int]
) -> None:
    assert rows(get(person, book, query)) == shown


def test_of_long_pages_there_are_fewer(person: Client, collection: Collection, owner: User) -> None:
    texts = ["word " * count for count in (900, 900, 9, 9)]
    newspaper = make_document(collection=collection, user=owner, texts=texts)
    html = get(person, newspaper)
    assert rows(html) == [1, 2]
    assert 'rel="next" href="?page=3"' in html
    assert rows(get(person, newspaper, "?page=2")) == [2, 3, 4]


def test_windows_lead_to_each_other_without_scripts(person: Client, book: Document) -> None:
    html = get(person, book, "?page=30")
    assert 'rel="prev" href="?page=25"' in html
    assert 'rel="next" href="?page=35"' in html
    assert 'rel="prev"' not in get(person, book)
    assert 'rel="next"' not in get(person, book, "?page=58")


def test_the_strip_shows_the_pages_around(person: Client, book: Document) -> None:
    html = get(person, book, "?page=30")
    assert numbers_of(html, "data-thumbnail") == list(range(18, 42))
    assert '<a href="?page=30" aria-label="Page 30" aria-current="page">' in html


def test_the_strip_marks_what_could_not_be_read(person: Client, book: Document) -> None:
    set_state(book, State.PARTLY_FAILED, state=PageJob.State.FAILED, error_code="page-damaged")
    strip = get(person, book).partition('class="strip"')[2].partition("</nav>")[0]
    assert strip.count(': could not be read"') == 1
    assert 'aria-label="Page 1: could not be read"' in strip
    assert strip.count("<svg") == 1


def test_a_failed_page_without_a_picture_says_so(person: Client, document: Document) -> None:
    Page.objects.update(image="", current=None)
    set_state(document, State.FAILED, state=PageJob.State.FAILED, error_code="page-damaged")
    assert "No picture of this page" in get(person, document)


def test_a_page_that_waits_has_an_empty_place_for_its_picture(person: Client, document: Document) -> None:
    Page.objects.update(image="", current=None)
    set_state(document, State.QUEUED, state=PageJob.State.QUEUED)
    assert "No picture" not in get(person, document)


def test_a_command_in_an_error_can_be_copied(person: Client, document: Document) -> None:
    params = {"name": "German", "language": "deu", "command": "sudo apt-get install <x>"}
    failed = {"state": PageJob.State.FAILED, "error_code": "language-missing", "error_params": params}
    set_state(document, State.FAILED, **failed)
    html = get(person, document)
    assert "To install it: <span" in html
    assert "<code>sudo apt-get install &lt;x&gt;</code><button" in html


def test_a_book_costs_what_a_leaf_does(person: Client, book: Document, document: Document) -> None:
    def queries(wanted: Document) -> int:
        with CaptureQueriesContext(connection) as context:
            get(person, wanted)
        return len(context)

    assert queries(book) == queries(document)


def test_a_blank_page_is_no_mistake(person: Client, collection: Collection, owner: User) -> None:
    blank = make_document(collection=collection, user=owner, texts=[""])
    assert "No text was found on this page." in get(person, blank)


def test_a_failed_page_says_why_and_offers_another_try(person: Client, document: Document) -> None:
    set_state(
        document,
        State.FAILED,
        state=PageJob.State.FAILED,
        error_code="engine-timeout",
        error_params={"seconds": 120},
    )
    Page.objects.update(current=None)
    OcrRun.objects.update(pages_failed=1, pages_done=0)
    html = get(person, document)
    assert "Reading this page took longer than 120 seconds" in html
    assert f'action="/documents/{document.pk}/runs/retry/?page=1"' in html
    assert "<p>1 page could not be read.</p>" in html
    assert html.count('<button type="submit">Try again</button>') == 1


@pytest.mark.parametrize(
    ("failed", "words"),
    [(2, "2 pages could not be read. The others are kept."), (60, "60 pages could not be read.")],
)
def test_the_others_are_kept_where_there_are_others(
    person: Client, book: Document, failed: int, words: str
) -> None:
    OcrRun.objects.update(state=State.PARTLY_FAILED, pages_failed=failed)
    assert f"<p>{words}</p>" in get(person, book)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PageJob.State.QUEUED, "This page waits to be read."),
        (PageJob.State.RUNNING, "This page is being read…"),
        (PageJob.State.CANCELLED, "This page was not read: the reading was cancelled."),
    ],
)
def test_a_page_without_text_says_what_it_waits_for(
    person: Client, document: Document, state: PageJob.State, words: str
) -> None:
    set_state(document, State.RUNNING, state=state)
    Page.objects.update(current=None)
    assert words in get(person, document)


def test_text_stays_in_sight_while_the_page_is_read_again(person: Client, document: Document) -> None:
    set_state(document, State.RUNNING, state=PageJob.State.RUNNING)
    html = get(person, document)
    assert "Hello world" in html
    assert "This page is being read" not in html


def test_the_bar_tells_where_the_reading_is(person: Client, book: Document) -> None:
    set_state(book, State.RUNNING)
    now = timezone.now()
    OcrRun.objects.update(pages_done=13, started_at=now - timedelta(seconds=52))
    PageJob.objects.filter(page__number__gt=13).update(state=PageJob.State.QUEUED, finished_at=None)
    answer = person.get(f"/documents/{book.pk}/progress/")
    html = html_of(answer)
    assert answer.status_code == 200
    assert "Page 14 of 60, " in html
    assert 'max="60" value="13"' in html
    assert 'hx-trigger="every 500ms"' in html


def test_the_bar_counts_the_pages_that_are_read_and_not_the_others(person: Client, book: Document) -> None:
    set_state(book, State.RUNNING)
    OcrRun.objects.update(pages_total=3, pages_done=1)
    assert "Page 2 of 3" in get(person, book, "progress/")


def test_the_bar_is_asked_for_less_often_as_time_goes_by(person: Client, document: Document) -> None:
    set_state(document, State.RUNNING)
    answers = [
        html_of(person.get(f"/documents/{document.pk}/progress/", {"poll": poll})) for poll in (0, 20, 500)
    ]
    assert [html.partition("every ")[2].partition('"')[0] for html in answers] == ["500ms", "1s", "2s"]


def test_the_news_name_the_pages_that_changed(person: Client, book: Document) -> None:
    since = timezone.now()
    PageJob.objects.update(finished_at=since - timedelta(minutes=1))
    PageJob.objects.filter(page__number=4).update(finished_at=since + timedelta(seconds=1))
    # Finished before, but its transaction may have ended after that answer.
    PageJob.objects.filter(page__number=7).update(finished_at=since - timedelta(seconds=1))
    answer = person.get(f"/documents/{book.pk}/progress/", {"since": since.isoformat()})
    assert '"pages": [4, 7]' in answer["HX-Trigger-After-Settle"]


def test_the_news_of_many_pages_stay_small(person: Client, collection: Collection, owner: User) -> None:
    thick = make_document(collection=collection, user=owner, texts=["x"] * 101)
    answer = person.get(f"/documents/{thick.pk}/progress/", {"since": timezone.now().isoformat()})
    assert '"pages": null' in answer["HX-Trigger-After-Settle"]


@pytest.mark.parametrize("since", ["", "yesterday", "2026-11-20T10:00:00", "2026-99-99T10:00:00Z"])
def test_a_bad_moment_shows_no_change(person: Client, book: Document, since: str) -> None:
    PageJob.objects.update(finished_at=timezone.now() - timedelta(minutes=1))
    answer = person.get(f"/documents/{book.pk}/progress/", {"since": since})
    assert '"pages": []' in answer["HX-Trigger-After-Settle"]


def test_the_last_answer_ends_the_questions_and_brings_the_rest_up_to_date(
    person: Client, document: Document
) -> None:
    answer = person.get(f"/documents/{document.pk}/progress/")
    html = html_of(answer)
    assert answer.status_code == 286
    assert "hx-get" not in html
    assert 'id="actions" hx-swap-oob="true"' in html
    assert "All pages have been read." in answer["HX-Trigger-After-Settle"]


@pytest.fixture
def locked(owner: User, echo: object, tmp_path: Path) -> Document:
    path = tmp_path / "locked.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(user="sesame", owner="owner"))
    return receive_upload(user=owner, files=[incoming(path)], languages=())


def test_a_locked_pdf_asks_for_its_password(person: Client, locked: Document) -> None:
    html = get(person, locked)
    assert "This PDF is locked" in html
    assert 'type="password"' in html
    assert 'autocomplete="off"' in html


def test_the_wrong_password_is_a_sentence(person: Client, locked: Document) -> None:
    answer = person.post(f"/documents/{locked.pk}/unlock/", {"password": "open"})
    html = html_of(answer)
    assert answer.status_code == 422
    assert "That password does not open this PDF." in html
    assert "open" not in html.partition('type="password"')[2].partition(">")[0]


def test_a_change_of_language_leads_to_a_page_that_can_be_read(person: Client, locked: Document) -> None:
    page = f"/documents/{locked.pk}/"
    refused = html_of(person.post(f"{page}unlock/", {"password": "open"}))
    here = refused.partition('name="next" value="')[2].partition('"')[0]
    answer = person.post("/language/", {"language": "fr", "next": here}, follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, page)
    assert f'name="next" value="{page}?page=2"' in get(person, locked, "?page=2")


def test_the_right_password_opens_it(person: Client, locked: Document) -> None:
    answer = person.post(f"/documents/{locked.pk}/unlock/", {"password": "sesame"})
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{locked.pk}/")
    locked.refresh_from_db()
    assert (locked.is_locked, locked.page_count) == (False, 1)
