"""Reading again never throws corrections away: what was read waits for a person to decide."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from documents.errors import Gone, PageChanged
from documents.models import Document, Entity, Event, Page, PageJob, State
from documents.ocr.correcting.comparing import compare
from documents.ocr.correcting.operations import ReplaceWord
from documents.selectors.correcting import pages_with_proposals
from documents.services import correct
from documents.services.receive import receive_upload
from documents.services.recognise import make_current, recognise_page, start_run
from tests.doubles import EchoEngine
from tests.factories import blocks, incoming, picture


@pytest.fixture
def book(owner: User, tmp_path: Path, echo: EchoEngine) -> Document:
    """Two pages that say “Hello world”."""
    files = [incoming(picture(tmp_path / f"{number}.png")) for number in (1, 2)]
    document = receive_upload(user=owner, files=files, languages=["eng"])
    read(document)
    return document


def read(document: Document) -> None:
    for job in PageJob.objects.filter(run__document=document, state=PageJob.State.QUEUED):
        recognise_page(job_id=job.pk)


def read_again(document: Document, user: User, echo: EchoEngine, text: str) -> None:
    echo.reads = lambda _image: blocks(text)
    start_run(document=document, user=user, languages=["eng"])
    read(document)


def first_page(document: Document) -> Page:
    return Page.objects.select_related("document", "current", "proposal").get(document=document, number=1)


def correct_first(document: Document, user: User) -> None:
    page = first_page(document)
    correct.correct(user=user, page=page, current_id=page.current_id, operations=[ReplaceWord(0, 0, "Hallo")])


def texts(document: Document) -> list[str]:
    return list(document.pages.values_list("current__text", flat=True))


def take(user: User, document: Document, choices: list[int] | None) -> None:
    page = first_page(document)
    correct.take_over(user=user, page=page, current_id=page.current_id, other=page.proposal, choices=choices)


@pytest.fixture
def waiting(book: Document, owner: User, echo: EchoEngine) -> Document:
    """Its first page says “Hallo world”, and was read again as “Hello old world”."""
    correct_first(book, owner)
    read_again(book, owner, echo, "Hello wor1d 5 EUR")
    return book


def test_a_corrected_page_keeps_its_text_and_the_reading_waits(waiting: Document) -> None:
    assert texts(waiting) == ["Hallo world", "Hello wor1d 5 EUR"]
    assert pages_with_proposals(waiting) == [1]
    page = first_page(waiting)
    assert page.proposal.text == "Hello wor1d 5 EUR"
    told = [
        ([word.text for word in change.before], [word.text for word in change.after])
        for change in compare(page.current.page_text, page.proposal.page_text).changes
    ]
    assert told == [(["Hallo", "world"], ["Hello", "wor1d", "5", "EUR"])]


def test_search_and_facts_stay_those_of_the_correction(waiting: Document) -> None:
    page = first_page(waiting)
    assert page.search_entry.body == "hallo world"
    assert set(Entity.objects.values_list("page__number", flat=True)) == {2}


def test_the_run_is_done_all_the_same(waiting: Document) -> None:
    run = waiting.runs.first()
    assert (run.state, run.pages_done) == (State.DONE, 2)


def test_a_reading_that_says_the_same_is_not_asked_about(
    book: Document, owner: User, echo: EchoEngine
) -> None:
    correct_first(book, owner)
    read_again(book, owner, echo, "Hello there")
    read_again(book, owner, echo, "Hallo world")
    assert pages_with_proposals(book) == []


def test_a_proofread_page_keeps_its_text(book: Document, owner: User, echo: EchoEngine) -> None:
    page = first_page(book)
    correct.mark_proofread(user=owner, page=page, current_id=page.current_id)
    read_again(book, owner, echo, "Hello there")
    assert texts(book) == ["Hello world", "Hello there"]
    assert pages_with_proposals(book) == [1]


def test_all_of_a_reading_is_taken(waiting: Document, owner: User) -> None:
    reading = first_page(waiting).proposal
    take(owner, waiting, None)
    page = first_page(waiting)
    assert (page.current.text, page.proposal) == (reading.text, None)
    assert (page.current.taken_from, page.current.reading) == (reading, reading)
    assert page.current.mean_confidence == reading.mean_confidence
    correct.undo(user=owner, page=page, current_id=page.current_id)
    assert texts(waiting)[0] == "Hallo world"


def test_nothing_of_a_reading_is_taken(waiting: Document, owner: User) -> None:
    before = first_page(waiting).current
    take(owner, waiting, [])
    page = first_page(waiting)
    assert (page.current, page.proposal) == (before, None)


def test_some_of_a_reading_is_taken(book: Document, owner: User, echo: EchoEngine) -> None:
    correct_first(book, owner)
    read_again(book, owner, echo, "Hello World")
    take(owner, book, [1])
    page = first_page(book)
    assert (page.current.text, page.proposal) == ("Hallo World", None)
    assert Event.objects.filter(details__how="merged").count() == 1


def test_a_decision_about_a_text_that_was_changed_is_refused(
    waiting: Document, owner: User, editor: User
) -> None:
    page = first_page(waiting)
    seen = page.current_id
    page.document.collection.memberships.create(user=editor, role="editor")
    correct.correct(user=editor, page=page, current_id=seen, operations=[ReplaceWord(0, 0, "Servus")])
    with pytest.raises(PageChanged):
        correct.take_over(user=owner, page=page, current_id=seen, other=page.proposal)
    assert (texts(waiting)[0], pages_with_proposals(waiting)) == ("Servus world", [1])


def test_a_stranger_decides_nothing(waiting: Document, stranger: User) -> None:
    with pytest.raises(Gone):
        take(stranger, waiting, [])
    assert pages_with_proposals(waiting) == [1]


def test_an_earlier_run_does_not_throw_corrections_away_either(waiting: Document, owner: User) -> None:
    first, second = waiting.runs.order_by("pk")
    assert make_current(run=first, user=owner) == 1
    assert texts(waiting) == ["Hallo world", "Hello world"]
    assert first_page(waiting).proposal.run == first
    make_current(run=second, user=owner)
    assert first_page(waiting).proposal.run == second


def test_an_earlier_run_that_says_the_same_leaves_what_waits(waiting: Document, owner: User) -> None:
    first, second = waiting.runs.order_by("pk")
    page = first_page(waiting)
    correct.undo(user=owner, page=page, current_id=page.current_id)
    page = first_page(waiting)
    correct.mark_proofread(user=owner, page=page, current_id=page.current_id)
    assert make_current(run=first, user=owner) == 0
    assert texts(waiting) == ["Hello world", "Hello world"]
    assert first_page(waiting).proposal.run == second


def test_what_waits_is_noted_without_fetching_texts(waiting: Document, owner: User) -> None:
    """However many pages people corrected."""
    first, second = waiting.runs.order_by("pk")
    with CaptureQueriesContext(connection) as one:
        make_current(run=first, user=owner)
    page = waiting.pages.select_related("document", "current").get(number=2)
    correct.correct(user=owner, page=page, current_id=page.current_id, operations=[ReplaceWord(0, 0, "Bye")])
    with CaptureQueriesContext(connection) as two:
        assert make_current(run=second, user=owner) == 2
    for queries in (one, two):
        proposing = [query["sql"] for query in queries if 'SET "proposal_id" = (SELECT' in query["sql"]]
        assert len(proposing) == 1
        assert not [query for query in queries if '"documents_transcription"."packed"' in query["sql"]]


def test_once_corrections_are_undone_a_reading_is_shown_as_before(
    book: Document, owner: User, echo: EchoEngine
) -> None:
    correct_first(book, owner)
    page = first_page(book)
    correct.undo(user=owner, page=page, current_id=page.current_id)
    read_again(book, owner, echo, "Hello there")
    page = first_page(book)
    assert (page.current.text, page.proposal, page.changed_by, page.changed_at) == (
        "Hello there",
        None,
        None,
        None,
    )


def test_a_page_that_was_read_again_meanwhile_says_so(book: Document, owner: User, echo: EchoEngine) -> None:
    page = first_page(book)
    read_again(book, owner, echo, "Hello there")
    with pytest.raises(PageChanged) as caught:
        correct.correct(
            user=owner, page=page, current_id=page.current_id, operations=[ReplaceWord(0, 0, "Hallo")]
        )
    assert (caught.value.params["name"], caught.value.params["at"]) == ("", "")
