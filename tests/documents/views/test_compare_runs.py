"""Two readings of a document page by page, and choosing one for each."""

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, OcrRun, State
from documents.services import trash
from documents.views import compare_runs
from tests.documents.views.conftest import Browse, html_of
from tests.documents.views.texts import texts, type_word
from tests.factories import make_document, make_reading


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=["one two", "three four", "five six"])


@pytest.fixture
def other(book: Document) -> OcrRun:
    """It read two pages, and the second of them alike."""
    return make_reading(document=book, texts={1: "1 two", 2: "three four"})


@pytest.fixture
def person(browse: Browse, editor: User) -> Client:
    return browse(editor)


def address(document: Document) -> str:
    return f"/documents/{document.pk}/compare/"


def use(client: Client, document: Document, run: OcrRun, number: int = 1, **sent):
    page = document.pages.get(number=number)
    text = run.transcriptions.get(page=page)
    sent = {"page": number, "use": text.pk, "current": page.current_id, **sent}
    return client.post(address(document), sent, follow=True)


def rows(answer) -> list[tuple[int, int | None, bool]]:
    """Number of a page, how many differences, and whether it shows B."""
    return [
        (
            line.pair.page.number,
            len(line.pair.comparison.changes) if line.pair.comparison else None,
            bool(line.pair.other and line.shown_id == line.pair.other.pk),
        )
        for line in answer.context["lines"]
    ]


def test_pages_are_listed_with_their_differences(person: Client, book: Document, other: OcrRun) -> None:
    answer = person.get(address(book))
    assert (answer.context["one"], answer.context["other"]) == (book.runs.last(), other)
    assert rows(answer) == [(1, 1, False), (2, 0, False), (3, None, False)]
    html = html_of(answer)
    assert "1 difference <span" in html
    assert "both say the same" in html
    assert "read in A only" in html
    assert "· A 90% · B 80%" in html
    assert html.count("A is shown") == 3


def test_either_side_is_chosen(person: Client, book: Document, other: OcrRun) -> None:
    third = make_reading(document=book, texts={1: "x"})
    answer = person.get(address(book), {"a": other.pk, "b": third.pk})
    assert (answer.context["one"], answer.context["other"]) == (other, third)
    assert [line.pair.page.number for line in answer.context["lines"]] == [1, 2]
    same = html_of(person.get(address(book), {"a": other.pk, "b": other.pk}))
    assert "These are the same reading." in same


def test_a_page_shows_the_one_that_is_used(person: Client, book: Document, other: OcrRun) -> None:
    first = book.runs.last()
    answer = use(person, book, other, a=first.pk, b=other.pk)
    assert answer.redirect_chain == [(f"{address(book)}?a={first.pk}&b={other.pk}&from=1#page-1", 302)]
    assert texts(book) == ["1 two", "three four", "five six"]
    assert "Page 1 now shows this reading." in html_of(answer)
    assert rows(answer)[0] == (1, 1, True)
    use(person, book, first)
    assert texts(book)[0] == "one two"


def test_a_page_that_was_corrected_says_so(
    person: Client, book: Document, other: OcrRun, editor: User
) -> None:
    type_word(editor, book, "uno")
    html = html_of(person.get(address(book)))
    assert html.count("shows a corrected text") == 1
    assert html.count("A is shown") == 2


def test_who_is_too_late_is_told_who_was_quicker(
    person: Client, book: Document, other: OcrRun, owner: User
) -> None:
    seen = book.pages.get(number=1).current_id
    type_word(owner, book, "uno")
    answer = use(person, book, other, current=seen)
    assert "owner changed this page on" in html_of(answer)
    assert texts(book)[0] == "uno two"


def test_a_long_document_comes_in_screens(
    person: Client, book: Document, other: OcrRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_runs, "_AT_ONCE", 2)
    first = person.get(address(book))
    assert ([row[0] for row in rows(first)], first.context["after"]) == ([1, 2], 3)
    second = person.get(address(book), {"from": 3})
    assert ([row[0] for row in rows(second)], second.context["after"]) == ([3], None)
    assert "Neither of them read a page from here on." in html_of(person.get(address(book), {"from": 4}))


def test_one_reading_alone_offers_to_read_again(
    browse: Browse, book: Document, editor: User, viewer: User
) -> None:
    html = html_of(browse(editor).get(address(book)))
    assert "There are no two readings to compare yet." in html
    assert "runs/new/" in html
    assert "runs/new/" not in html_of(browse(viewer).get(address(book)))


def test_who_comes_before_the_second_reading_is_over_is_told_to_wait(person: Client, book: Document) -> None:
    Document.objects.filter(pk=book.pk).update(state=State.RUNNING)
    html = html_of(person.get(address(book)))
    assert "Readings can be compared once two of them are over." in html
    assert "Read again" not in html.partition("<main")[2]


def test_the_list_of_readings_leads_here(
    person: Client, book: Document, document: Document, other: OcrRun
) -> None:
    assert f'href="{address(book)}"' in html_of(person.get(f"/documents/{book.pk}/runs/"))
    assert "/compare/" not in html_of(person.get(f"/documents/{document.pk}/runs/"))


# Doors


def test_members_look_and_strangers_find_nothing(
    browse: Browse, book: Document, other: OcrRun, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    answers = [browse(user).get(address(book)).status_code for user in (owner, editor, viewer, stranger)]
    assert answers == [200, 200, 200, 404]
    html = html_of(browse(viewer).get(address(book)))
    assert "1 difference" in html
    assert 'name="use"' not in html


def test_only_who_may_change_a_page_chooses(
    browse: Browse, book: Document, other: OcrRun, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    answers = [use(browse(user), book, other).status_code for user in (viewer, stranger)]
    assert (answers, texts(book)[0]) == ([403, 404], "one two")
    assert use(browse(editor), book, other).status_code == 200
    assert use(browse(owner), book, book.runs.last(), 2).status_code == 200
    assert texts(book)[:2] == ["1 two", "three four"]


def test_what_is_of_another_document_or_page_is_not_found(
    person: Client, book: Document, document: Document, other: OcrRun
) -> None:
    for query in ({"a": document.runs.get().pk}, {"b": "x"}, {"a": "9" * 30}):
        assert person.get(address(book), query).status_code == 404
    second = other.transcriptions.get(page__number=2)
    assert use(person, book, other, use=second.pk).status_code == 404
    for sent in ({}, {"page": 9}, {"page": 1, "use": ""}):
        assert person.post(address(book), sent).status_code == 404
    assert texts(book)[0] == "one two"


def test_the_wrong_method_is_refused(person: Client, book: Document) -> None:
    assert person.delete(address(book)).status_code == 405
    assert person.head(address(book)).status_code == 200


def test_nothing_is_shown_of_a_document_in_the_trash(
    person: Client, book: Document, other: OcrRun, editor: User
) -> None:
    trash.trash(user=editor, document=book)
    assert person.get(address(book)).status_code == 404
    assert use(person, book, other).status_code == 404
