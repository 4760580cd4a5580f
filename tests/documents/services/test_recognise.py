"""Runs over documents, and the work of one page."""

import errno
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image

from accounts.models import User
from documents import queues, storage
from documents.errors import EngineCrashed, EngineTimeout, Gone, LanguageMissing, PasswordNeeded, RunBusy
from documents.models import Document, PageJob, State
from documents.ocr.elements import Block, Box, Line, Word
from documents.ocr.options import Options
from documents.services import leases, recognise
from documents.services.receive import receive_upload
from documents.services.recognise import cancel_run, make_current, recognise_page, retry_failed, start_run
from tests.doubles import EchoEngine
from tests.factories import blocks, incoming, picture
from tests.files import save_slow


@pytest.fixture
def book(owner: User, tmp_path: Path, echo: EchoEngine) -> Document:
    """Three pages that wait to be read."""
    files = [incoming(picture(tmp_path / f"{number}.png")) for number in (1, 2, 3)]
    return receive_upload(user=owner, files=files, languages=["eng"])


def read_all(document: Document) -> None:
    """Do all the work that waits, as workers would."""
    waiting = PageJob.objects.filter(run__document=document, state=PageJob.State.QUEUED)
    while job := waiting.order_by("page__number").first():
        recognise_page(job_id=job.pk)
    document.refresh_from_db()


def texts(document: Document) -> list[str]:
    return list(document.pages.values_list("current__text", flat=True))


def test_all_pages_are_read(book: Document, echo: EchoEngine) -> None:
    read_all(book)
    assert texts(book) == ["Hello world"] * 3
    assert (book.state, book.pages_done, book.mean_confidence, book.languages) == (
        State.DONE,
        3,
        95.0,
        ["eng"],
    )
    assert echo.calls == [("eng",)] * 3  # one call of the engine for each page


def test_a_run_names_all_that_had_a_part_in_any_page(book: Document, echo: EchoEngine) -> None:
    readers = iter(["", "rapidocr 3.9.2", ""])
    echo.version = lambda: "tesseract 5.3.0"  # type: ignore[method-assign]
    echo.reads = lambda _image: (
        Block.of([Line.of([Word("Hello", 95, Box(0, 0, 10, 10), reader=next(readers))])]),
    )
    read_all(book)
    assert book.runs.get().engine_version == "tesseract 5.3.0 + rapidocr 3.9.2"
    versions = [page.current.page_text.engine_version for page in book.pages.order_by("number")]
    assert versions == ["tesseract 5.3.0", "tesseract 5.3.0 + rapidocr 3.9.2", "tesseract 5.3.0"]


def test_text_and_progress_of_a_page_are_there_before_the_next(book: Document) -> None:
    job = PageJob.objects.get(page__document=book, page__number=2)
    recognise_page(job_id=job.pk)
    book.refresh_from_db()
    assert texts(book) == [None, "Hello world", None]
    assert (book.state, book.pages_done) == (State.RUNNING, 1)


def test_a_page_has_pictures_for_the_browser(owner: User, tmp_path: Path, echo: EchoEngine) -> None:
    Image.new("CMYK", (3000, 1500)).save(tmp_path / "large.jpg")
    document = receive_upload(user=owner, files=[incoming(tmp_path / "large.jpg")], languages=["eng"])
    read_all(document)
    page = document.pages.get()
    assert (page.width, page.height) == (3000, 1500)
    with storage.open_file(page.image) as file, Image.open(file) as image:
        assert (image.format, image.size) == ("JPEG", (2000, 1000))
    with storage.open_file(page.thumbnail) as file, Image.open(file) as thumbnail:
        assert max(thumbnail.size) == 400


def test_a_blank_page_is_a_success(book: Document, echo: EchoEngine) -> None:
    echo.reads = lambda _image: ()
    read_all(book)
    assert texts(book) == ["", "", ""]
    assert (book.state, book.mean_confidence) == (State.DONE, None)


def test_a_page_that_fails_says_why_and_leaves_the_others(book: Document, echo: EchoEngine) -> None:
    def read(_image: Image.Image):
        if len(echo.calls) == 2:
            raise EngineTimeout(seconds=120)
        return blocks("Hello world")

    echo.reads = read
    read_all(book)
    assert texts(book) == ["Hello world", None, "Hello world"]
    assert (book.state, book.pages_done) == (State.PARTLY_FAILED, 2)
    job = PageJob.objects.get(page__document=book, page__number=2)
    assert (job.error_code, job.error_params) == ("engine-timeout", {"seconds": 120})
    assert job.page.image  # the reader sees the page all the same


def test_a_page_of_a_pdf_that_cannot_be_drawn_in_time_says_so(
    owner: User, tmp_path: Path, echo: EchoEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "OCRSITE_PAGE_TIMEOUT", 1)
    document = receive_upload(
        user=owner, files=[incoming(save_slow(tmp_path / "slow.pdf"))], languages=["eng"]
    )
    read_all(document)
    assert document.state == State.FAILED
    assert PageJob.objects.get(page__document=document).error_code == "page-too-complex"


def test_try_again_reads_only_what_failed(book: Document, echo: EchoEngine, owner: User) -> None:
    echo.reads = _failing(EngineTimeout(seconds=1), on_call=2, then="Hello world", engine=echo)
    read_all(book)
    assert retry_failed(document=book, user=owner) == 1
    read_all(book)
    assert book.state == State.DONE
    assert len(echo.calls) == 4


def test_nothing_changes_when_nothing_failed(book: Document, owner: User) -> None:
    read_all(book)
    ended = book.runs.get().finished_at
    assert retry_failed(document=book, user=owner) == 0
    assert book.runs.get().finished_at == ended


def test_try_again_starts_the_clock_anew(book: Document, echo: EchoEngine, owner: User) -> None:
    echo.reads = _failing(EngineTimeout(seconds=1), on_call=3, then="Hello world", engine=echo)
    read_all(book)
    yesterday = timezone.now() - timedelta(days=1)
    book.runs.update(started_at=yesterday)
    PageJob.objects.filter(run__document=book).update(finished_at=yesterday)
    retry_failed(document=book, user=owner)
    recognise_page(job_id=PageJob.objects.get(page__document=book, page__number=3).pk)
    assert book.runs.get().started_at > yesterday + timedelta(hours=23)


def test_only_the_run_that_is_meant_is_stopped(book: Document, owner: User) -> None:
    read_all(book)
    over = book.runs.get()
    again = start_run(document=book, languages=["eng"], user=owner)
    cancel_run(document=book, user=owner, run=over)
    again.refresh_from_db()
    assert again.state == State.QUEUED
    cancel_run(document=book, user=owner, run=again)
    again.refresh_from_db()
    assert again.state == State.CANCELLED


def test_what_somebody_tries_again_is_not_put_off_any_more(book: Document, owner: User) -> None:
    book.runs.update(priority=queues.LAST)
    cancel_run(document=book, user=owner)
    retry_failed(document=book, user=owner)
    assert book.runs.get().priority == queues.FIRST


def test_a_disk_that_fills_up_while_reading_is_told(book: Document, echo: EchoEngine) -> None:
    def full(_image: Image.Image):
        raise OSError(errno.ENOSPC, "No space left on device")

    echo.reads = full
    read_all(book)
    assert {job.error_code for job in PageJob.objects.filter(page__document=book)} == {"no-room"}


def test_a_dropped_result_leaves_no_pictures(book: Document, echo: EchoEngine, owner: User) -> None:
    def cancel_meanwhile(_image: Image.Image):
        cancel_run(document=book, user=owner)
        return blocks("too late")

    pictures = Path(settings.STORAGES["default"]["OPTIONS"]["location"]) / "pages"
    before = list(pictures.rglob("*.jpg"))
    echo.reads = cancel_meanwhile
    recognise_page(job_id=PageJob.objects.get(page__document=book, page__number=1).pk)
    assert list(pictures.rglob("*.jpg")) == before


def test_a_locked_document_is_not_read(book: Document, owner: User) -> None:
    Document.objects.filter(pk=book.pk).update(is_locked=True)
    for change in (
        lambda: start_run(document=book, user=owner),
        lambda: retry_failed(document=book, user=owner),
        lambda: cancel_run(document=book, user=owner),
    ):
        with pytest.raises(PasswordNeeded):
            change()


@pytest.mark.parametrize("name", ["viewer", "stranger"])
def test_who_may_not_change_it_any_more_changes_no_run(
    name: str, book: Document, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(name)
    book.collection.memberships.create(user=request.getfixturevalue("viewer"), role="viewer")
    for change in (
        lambda: start_run(document=book, user=user),
        lambda: retry_failed(document=book, user=user),
        lambda: cancel_run(document=book, user=user),
        lambda: make_current(run=book.runs.get(), user=user),
    ):
        with pytest.raises(Gone):
            change()
    assert book.runs.get().state == State.QUEUED


def test_what_is_gone_meanwhile_is_told(book: Document, owner: User) -> None:
    stale = Document.objects.get(pk=book.pk)
    Document.objects.filter(pk=book.pk).delete()
    with pytest.raises(Gone):
        cancel_run(document=stale, user=owner)


def test_where_nothing_was_asked_for_nothing_is_tried_again(book: Document, owner: User) -> None:
    book.runs.all().delete()
    assert retry_failed(document=book, user=owner) == 0


def test_a_page_of_a_large_image_keeps_the_size_of_its_file(
    owner: User, tmp_path: Path, echo: EchoEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognise, "_options", lambda _run: Options(languages=("eng",), max_pixels=600))
    document = receive_upload(
        user=owner, files=[incoming(picture(tmp_path / "large.png"))], languages=["eng"]
    )
    read_all(document)
    page = document.pages.get()
    assert (page.width, page.height) == (60, 40)
    assert page.current.page_text.words[1].box.x0 == 24  # twice what the engine saw


def test_a_crash_of_the_engine_is_tried_again_by_itself(book: Document, echo: EchoEngine) -> None:
    echo.reads = _failing(EngineCrashed(), on_call=1, then="Hello world", engine=echo)
    read_all(book)
    assert book.state == State.DONE
    assert len(echo.calls) == 4


def _failing(error: Exception, *, on_call: int, then: str, engine: EchoEngine):
    def read(_image: Image.Image):
        if len(engine.calls) == on_call:
            raise error
        return blocks(then)

    return read


def test_a_damaged_picture_is_told_and_the_worker_lives(book: Document) -> None:
    original = book.originals.get(position=1)
    path = Path(settings.STORAGES["default"]["OPTIONS"]["location"]) / original.file
    path.write_bytes(path.read_bytes()[:60])
    read_all(book)
    assert book.state == State.PARTLY_FAILED
    assert PageJob.objects.get(page__document=book, page__number=2).error_code in (
        "page-damaged",
        "file-damaged",
    )


def test_a_lost_original_is_told(book: Document) -> None:
    storage.delete([book.originals.get(position=0).file])
    read_all(book)
    assert PageJob.objects.get(page__document=book, page__number=1).error_code == "original-missing"


def test_a_stopped_worker_gives_its_page_back(book: Document, echo: EchoEngine) -> None:
    def stop(_image: Image.Image):
        raise KeyboardInterrupt

    echo.reads = stop
    job = PageJob.objects.get(page__document=book, page__number=1)
    with pytest.raises(KeyboardInterrupt):
        recognise_page(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (PageJob.State.QUEUED, 0)


def test_a_mistake_of_ours_is_counted_and_given_up_in_the_end(book: Document, echo: EchoEngine) -> None:
    def divide(_image: Image.Image):
        return 1 / 0

    echo.reads = divide
    job = PageJob.objects.get(page__document=book, page__number=1)
    for _attempt in range(leases.MAX_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            recognise_page(job_id=job.pk)
    leases.sweep()
    job.refresh_from_db()
    assert job.error_code == "gave-up"


def test_a_result_that_comes_after_the_lease_was_lost_is_dropped(
    book: Document, echo: EchoEngine, owner: User
) -> None:
    def cancel_meanwhile(_image: Image.Image):
        cancel_run(document=book, user=owner)
        return blocks("too late")

    echo.reads = cancel_meanwhile
    recognise_page(job_id=PageJob.objects.get(page__document=book, page__number=1).pk)
    assert texts(book) == [None, None, None]


def test_cancelling_keeps_what_was_read(book: Document, owner: User) -> None:
    recognise_page(job_id=PageJob.objects.get(page__document=book, page__number=1).pk)
    cancel_run(document=book, user=owner)
    read_all(book)
    assert texts(book) == ["Hello world", None, None]
    assert book.state == State.CANCELLED


def test_a_cancelled_run_can_be_taken_up_again(book: Document, owner: User) -> None:
    cancel_run(document=book, user=owner)
    assert retry_failed(document=book, user=owner) == 3
    read_all(book)
    assert book.state == State.DONE


def test_reading_again_keeps_the_earlier_reading(book: Document, owner: User, echo: EchoEngine) -> None:
    read_all(book)
    echo.reads = lambda _image: blocks("Привет мир")
    first = book.runs.get()
    again = start_run(document=book, user=owner, languages="rus", pages=[2])
    read_all(book)
    assert texts(book) == ["Hello world", "Привет мир", "Hello world"]
    assert set(book.languages) == {"eng", "rus"}
    make_current(run=first, user=owner)
    assert texts(book) == ["Hello world"] * 3
    make_current(run=again, user=owner)
    assert texts(book) == ["Hello world", "Привет мир", "Hello world"]


def test_pictures_are_not_made_anew_when_the_page_lies_as_before(book: Document, owner: User) -> None:
    read_all(book)
    before = list(book.pages.values_list("image", flat=True))
    start_run(document=book, user=owner)
    read_all(book)
    assert list(book.pages.values_list("image", flat=True)) == before


def test_a_document_is_read_by_one_run_at_a_time(book: Document, owner: User) -> None:
    with pytest.raises(RunBusy):
        start_run(document=book, user=owner)


def test_a_missing_pack_is_told_before_a_run_starts(book: Document, owner: User) -> None:
    read_all(book)
    with pytest.raises(LanguageMissing):
        start_run(document=book, user=owner, languages="swe")
    assert book.runs.count() == 1
