"""Reading: runs over documents, and the work of one page."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from documents import packs, queue, storage
from documents.errors import OcrsiteError, RunBusy
from documents.models import Document, OcrRun, Page, PageJob, State, Transcription
from documents.ocr.elements import PageText
from documents.ocr.load import open_page
from documents.ocr.options import Limits, Options
from documents.ocr.packing import pack
from documents.ocr.reading import read_page
from documents.services import leases, pictures, progress

logger = logging.getLogger(__name__)


def start_run(
    *, document: Document, user: User, languages: Sequence[str] | str = (), pages: Sequence[int] = ()
) -> OcrRun:
    """Read ``document`` again, or only its ``pages`` (numbers). Earlier readings stay.

    Raises RunBusy while another run is going on, LanguageMissing, LanguageUnknown.
    """
    codes = packs.checked(languages)
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        if document.runs.filter(state__in=[State.QUEUED, State.RUNNING]).exists():
            raise RunBusy
        wanted = document.pages.filter(number__in=pages) if pages else document.pages.all()
        run = OcrRun.objects.create(
            document=document, requested_by=user, languages=list(codes), engine=settings.OCRSITE_ENGINE
        )
        add_jobs(run=run, pages=wanted)
        progress.refresh(run_id=run.pk)
    return run


def add_jobs(*, run: OcrRun, pages: Iterable[Page]) -> None:
    """One job for each page, enqueued on commit."""
    now = timezone.now()
    jobs = PageJob.objects.bulk_create(PageJob(run=run, page=page, enqueued_at=now) for page in pages)
    OcrRun.objects.filter(pk=run.pk).update(pages_total=len(jobs), state=State.QUEUED)
    queue.recognise_pages([job.pk for job in jobs])


def cancel_run(*, document: Document) -> None:
    """Stop reading ``document``. Pages that were read stay; the result of a page in work is dropped."""
    with transaction.atomic():
        for run in document.runs.filter(state__in=[State.QUEUED, State.RUNNING]):
            run.jobs.filter(state__in=[PageJob.State.QUEUED, PageJob.State.RUNNING]).update(
                state=PageJob.State.CANCELLED, token=None, lease_until=None
            )
            progress.refresh(run_id=run.pk)


def retry_failed(*, document: Document) -> int:
    """Read again only what the latest run did not read (failed or cancelled). Returns the number of pages."""
    with transaction.atomic():
        run = document.runs.select_for_update().latest("created_at", "pk")
        unread = run.jobs.filter(state__in=[PageJob.State.FAILED, PageJob.State.CANCELLED])
        job_ids = list(unread.order_by("page__number").values_list("pk", flat=True))
        unread.filter(pk__in=job_ids).update(
            state=PageJob.State.QUEUED, attempts=0, enqueued_at=timezone.now(), error_code="", error_params={}
        )
        progress.refresh(run_id=run.pk)
        queue.recognise_pages(job_ids)
    return len(job_ids)


def make_current(*, run: OcrRun) -> None:
    """Let the pages of ``run`` show its readings again."""
    with transaction.atomic():
        for reading in run.transcriptions.select_related("page").defer("text", "packed"):
            _show(reading.page, pictures.pictures_on(reading), current=reading)
        latest = run.document.runs.latest("created_at", "pk")
        progress.refresh_document(document_id=run.document_id, run_state=State(latest.state))


def recognise_page(*, job_id: int) -> None:
    """The work of one page, from the claim to the written result; nothing when somebody else has it."""
    lease = leases.claim(job_id=job_id)
    if lease is None:
        return
    job = PageJob.objects.select_related("run", "page__original").get(pk=job_id)
    try:
        with leases.kept_alive(lease):
            _read(lease, job)
    except OcrsiteError as error:
        logger.warning("Page %s of %s: %s", job.page.number, job.page.document_id, error)
        leases.fail(lease, error)
    except BaseException as error:
        # A worker that is being stopped is no fault of the page.
        leases.release(lease, count_attempt=isinstance(error, Exception))
        raise


def _read(lease: leases.Lease, job: PageJob) -> None:
    page, original = job.page, job.page.original
    with storage.local_path(original.readable or original.file) as path:
        image = open_page(path, page.index, limits=limits()).image
    try:
        page_text = read_page(image, _options(job.run))
    except OcrsiteError:
        # The picture helps the reader to see what went wrong.
        _show(page, pictures.pictures_of(page=page, image=image, rotation=page.rotation))
        raise
    shown = pictures.pictures_of(page=page, image=image, rotation=page_text.rotation)
    if not _write(lease, job, page_text, shown):
        logger.warning("Page %s of %s was taken away while it was read", page.number, page.document_id)


def _write(lease: leases.Lease, job: PageJob, page_text: PageText, shown: pictures.Pictures) -> bool:
    """Everything that a read page changes, in one transaction. False when the lease was lost meanwhile."""
    with transaction.atomic():
        if not leases.finish(lease):
            return False
        reading = Transcription.objects.create(
            page=job.page,
            run=job.run,
            languages=list(page_text.languages),
            mean_confidence=page_text.confidence,
            seconds=page_text.seconds,
            text=page_text.text,
            packed=pack(page_text),
            **asdict(shown),
        )
        _show(job.page, shown, current=reading)
        OcrRun.objects.filter(pk=job.run_id, engine_version="").update(
            engine_version=page_text.engine_version
        )
        progress.refresh(run_id=job.run_id)
    return True


def _show(page: Page, shown: pictures.Pictures, **changes: Transcription) -> None:
    Page.objects.filter(pk=page.pk).update(**asdict(shown), **changes)


def limits() -> Limits:
    return Limits(max_pixels=settings.OCRSITE_MAX_PIXELS, max_pages=settings.OCRSITE_MAX_PAGES)


def _options(run: OcrRun) -> Options:
    return Options(
        languages=tuple(run.languages), engine=run.engine, timeout=float(settings.OCRSITE_PAGE_TIMEOUT)
    )
