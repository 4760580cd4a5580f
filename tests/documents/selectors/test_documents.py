"""What a user may see, and how far a reading is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from documents import selectors
from documents.models import Collection, Document, OcrRun, Page, PageJob, State, Transcription
from documents.ocr.correcting.operations import ReplaceWord
from documents.services import correct
from documents.services.recognise import make_current, start_run
from tests.factories import make_document, make_reading


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=["one", "two", "three", "four"])


@pytest.mark.parametrize(
    ("name", "sees", "edits"),
    [("owner", True, True), ("editor", True, True), ("viewer", True, False), ("stranger", False, False)],
)
def test_members_see_and_only_some_edit(
    document: Document, stranger: User, name: str, sees: bool, edits: bool
) -> None:
    user = User.objects.get(username=name)
    assert selectors.documents_for(user).filter(pk=document.pk).exists() is sees
    assert selectors.may_edit(user, document) is edits


def test_a_stranger_gets_no_row(document: Document, stranger: User) -> None:
    with pytest.raises(Document.DoesNotExist):
        selectors.document_for(stranger, document.pk)
    with pytest.raises(Page.DoesNotExist):
        selectors.page_for(stranger, document.pk, 1)
    with pytest.raises(OcrRun.DoesNotExist):
        selectors.run_for(stranger, document.pk, document.runs.get().pk)


def test_pages_come_with_their_text_and_latest_work(book: Document, owner: User) -> None:
    start_run(document=book, user=owner, pages=[2])
    pages = selectors.pages_of(book, first=1, last=2)
    assert [page.current.text for page in pages] == ["one", "two"]
    assert [page.job.state for page in pages] == [PageJob.State.DONE, PageJob.State.QUEUED]


def test_a_window_of_pages_costs_two_queries(book: Document, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        for page in selectors.pages_of(book, first=1, last=4):
            assert page.current.text
            assert page.job.state


def test_programs_are_those_of_the_texts_that_are_shown(book: Document, owner: User) -> None:
    assert selectors.programs_of(book) == [("tesseract",)]
    run = make_reading(document=book, texts={2: "deux"})
    OcrRun.objects.filter(pk=run.pk).update(engine="rapidocr")
    assert selectors.programs_of(book) == [("tesseract",)]
    make_current(run=run, user=owner)
    assert selectors.programs_of(book) == [("rapidocr",), ("tesseract",)]
    for number in (1, 3, 4):
        run = make_reading(document=book, texts={number: "encore"})
        OcrRun.objects.filter(pk=run.pk).update(engine="rapidocr")
        make_current(run=run, user=owner)
    assert selectors.programs_of(book) == [("rapidocr",)]


def test_programs_that_read_together_are_told_together(book: Document) -> None:
    book.runs.update(engine="best", engine_version="tesseract 5.3.0 + rapidocr 3.9.2")
    assert selectors.programs_of(book) == [("tesseract", "rapidocr")]


def test_a_text_that_came_along_was_read_by_no_program(book: Document) -> None:
    book.runs.update(engine=OcrRun.IMPORT, engine_version="Transcriber 3")
    assert selectors.programs_of(book) == [()]


def test_a_corrected_text_was_read_by_the_engine_that_it_goes_back_to(
    document: Document, owner: User
) -> None:
    page = document.pages.get()
    words = [ReplaceWord(0, 0, "Hallo")]
    correct.correct(user=owner, page=page, current_id=page.current_id, operations=words)
    run = make_reading(document=document, texts={1: "Bonjour"})
    OcrRun.objects.filter(pk=run.pk).update(engine="rapidocr")
    assert selectors.programs_of(document) == [("tesseract",)]


def test_progress_tells_the_pace_of_the_last_pages(book: Document, owner: User) -> None:
    run = start_run(document=book, user=owner)
    now = timezone.now()
    OcrRun.objects.filter(pk=run.pk).update(
        state=State.RUNNING, started_at=now - timedelta(seconds=20), pages_done=2
    )
    for number, ago in ((1, 10), (2, 0)):
        run.jobs.filter(page__number=number).update(
            state=PageJob.State.DONE, finished_at=now - timedelta(seconds=ago)
        )
    progress = selectors.progress_of(book)
    assert (progress.total, progress.done, progress.current_page) == (4, 2, 3)
    assert progress.seconds_left == pytest.approx(20, abs=2)


@pytest.mark.parametrize(
    ("state", "done", "failed", "current"),
    [
        (State.QUEUED, 0, 0, None),
        (State.RUNNING, 0, 0, 1),
        (State.RUNNING, 2, 1, 4),
        (State.RUNNING, 4, 0, 4),
        (State.DONE, 4, 0, None),
    ],
)
def test_the_current_page_follows_those_that_ended_and_not_the_leases(
    book: Document, owner: User, state: State, done: int, failed: int, current: int | None
) -> None:
    run = start_run(document=book, user=owner)
    run.jobs.filter(page__number=2).update(state=PageJob.State.RUNNING)  # by a worker that may be dead
    OcrRun.objects.filter(pk=run.pk).update(state=state, pages_done=done, pages_failed=failed)
    assert selectors.progress_of(book).current_page == current


def test_time_left_is_unknown_before_the_first_page(book: Document, owner: User) -> None:
    start_run(document=book, user=owner)
    assert selectors.progress_of(book).seconds_left is None


def test_pages_that_changed_since_a_moment(book: Document, owner: User) -> None:
    run = start_run(document=book, user=owner)
    moment = timezone.now()
    run.jobs.filter(page__number=3).update(state=PageJob.State.FAILED, finished_at=timezone.now())
    assert selectors.pages_changed(book, moment) == [3]


def test_the_shown_run_is_marked(book: Document, owner: User) -> None:
    first = book.runs.get()
    start_run(document=book, user=owner)
    assert {run.pk: run.is_current for run in selectors.runs_of(book)}[first.pk] is True
    assert sum(run.is_current for run in selectors.runs_of(book)) == 1


def test_the_reading_time_leaves_out_the_queue_and_counts_what_overlaps_once(book: Document) -> None:
    noon = timezone.now().replace(hour=12)
    ends = {1: 10, 2: 12, 3: 3600, 4: 3606}  # seconds after noon
    for number, end in ends.items():
        readings = Transcription.objects.filter(page__document=book, page__number=number)
        readings.update(created_at=noon + timedelta(seconds=end), seconds=5)
    (run,) = selectors.runs_of(book)
    assert run.seconds == pytest.approx(17)


def test_a_run_that_read_nothing_has_no_reading_time(book: Document, owner: User) -> None:
    start_run(document=book, user=owner)
    assert selectors.runs_of(book)[0].seconds is None


def test_the_list_of_runs_costs_four_queries_however_many_there_are(
    book: Document, owner: User, django_assert_num_queries
) -> None:
    for pages in ([1], [2], [3]):
        start_run(document=book, user=owner, pages=pages)
        book.runs.update(state=State.DONE)
    with django_assert_num_queries(4):
        assert [run.chosen_pages for run in selectors.runs_of(book)] == [[3], [2], [1], []]


def test_a_run_over_some_pages_names_them(book: Document, owner: User) -> None:
    start_run(document=book, user=owner, pages=[2, 3])
    latest, first = selectors.runs_of(book)
    assert (latest.chosen_pages, first.chosen_pages) == ([2, 3], [])


@pytest.mark.parametrize("languages", [[], ["eng", "rus"]])
def test_what_was_asked_for_the_last_time_is_known(
    book: Document, owner: User, echo: object, languages: list[str]
) -> None:
    start_run(document=book, user=owner, languages=languages)
    assert selectors.asked_languages(book) == languages


def test_thumbnails_come_with_their_latest_work(book: Document, django_assert_num_queries) -> None:
    PageJob.objects.filter(page__document=book, page__number=3).update(state=PageJob.State.FAILED)
    with django_assert_num_queries(2):
        thumbnails = selectors.thumbnails_of(book, 2, 3)
        assert [page.job.state for page in thumbnails] == [PageJob.State.DONE, PageJob.State.FAILED]


def test_texts_that_came_along_are_not_fetched_with_the_work_on_pages(book: Document) -> None:
    for page in (*selectors.pages_of(book, first=1, last=2), *selectors.thumbnails_of(book, 1, 2)):
        assert page.job
        assert page.job.get_deferred_fields() == {"given"}
