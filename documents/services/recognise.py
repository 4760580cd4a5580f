"""Reading: runs over documents, and the work of one page."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, fields, replace
from types import MappingProxyType

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.models import User
from documents import packs, queues, storage
from documents.errors import (
    NoRoom,
    OcrsiteError,
    PasswordNeeded,
    RunBusy,
    RunUnread,
    StorageFull,
    TextMisfit,
)
from documents.likeness import picture_hash
from documents.models import Document, Event, OcrRun, Page, PageJob, State, Transcription
from documents.ocr.detection.of_text import languages_of_text
from documents.ocr.elements import PageText
from documents.ocr.files.load import PageImage, open_page
from documents.ocr.fitting import fitted
from documents.ocr.insets import insets
from documents.ocr.layout.tables import find_tables
from documents.ocr.options import Cleaning, Limits, Options
from documents.ocr.packing import pack, unpack
from documents.ocr.readers import together
from documents.ocr.tiled import read_opened
from documents.services import duplicates, events, facts, index, leases, locks, pictures, progress, texts

logger = logging.getLogger(__name__)

_UNDER_WAY = (State.QUEUED, State.RUNNING)
_NOTHING: Mapping[int, bytes] = MappingProxyType({})
_OPEN = (PageJob.State.QUEUED, PageJob.State.RUNNING)
_LONGEST_VERSION = 60  # characters, as `OcrRun.engine_version` has them


def start_run(
    *,
    document: Document,
    user: User,
    languages: Sequence[str] | str = (),
    pages: Sequence[int] = (),
    priority: int = queues.FIRST,
    cleaning: Cleaning | None = None,
    engine: str = "",
) -> OcrRun:
    """Read ``document`` again, or only its ``pages`` (numbers). Earlier readings stay.

    ``priority`` as in ``queues.recognise_pages``; the run keeps it for pages that are sent again. Without a
    ``cleaning``, pages are cleaned as the document says; without an ``engine``, the site's reads them.
    Raises RunBusy while another run is going on, Gone, PasswordNeeded, LanguageMissing, LanguageBeyond,
    LanguageUnknown, EngineUnknown, EngineMissing.
    """
    codes = packs.checked(languages, engine)
    with transaction.atomic():
        _lock(document, user)
        if document.runs.filter(state__in=_UNDER_WAY).exists():
            raise RunBusy
        wanted = document.pages.filter(number__in=pages) if pages else document.pages.all()
        run = OcrRun.objects.create(
            document=document,
            requested_by=user,
            languages=list(codes),
            engine=packs.chosen(engine),
            asked_engine=engine,
            cleaning=cleaning or document.cleaning,
            priority=priority,
        )
        add_jobs(run=run, pages=wanted)
        progress.refresh(run_id=run.pk)
        _note_asked(user, run, run.jobs.count())
    return run


def add_jobs(*, run: OcrRun, pages: Iterable[Page], given: Mapping[int, bytes] = _NOTHING) -> None:
    """One job for each page, enqueued on commit with the priority of the run.

    ``given`` are packed texts that came with pages, by their keys: these are not read.
    """
    now = timezone.now()
    jobs = PageJob.objects.bulk_create(
        PageJob(run=run, page=page, enqueued_at=now, given=given.get(page.pk)) for page in pages
    )
    OcrRun.objects.filter(pk=run.pk).update(pages_total=len(jobs), state=State.QUEUED)
    queues.recognise_pages([job.pk for job in jobs], priority=run.priority)


def cancel_run(*, document: Document, user: User, run: OcrRun | None = None) -> None:
    """Stop reading ``document``; with ``run`` only that one, if it goes on. Pages that were read stay; the
    result of a page in work is dropped.

    Raises Gone, PasswordNeeded.
    """
    with transaction.atomic():
        _lock(document, user)
        if stop_runs(document=document, only=run):
            events.note(user=user, action=Event.Action.CANCELLED, document=document)


def stop_runs(*, document: Document, only: OcrRun | None = None) -> int:
    """Cancel what is being read of a document that the caller has locked. Returns the number of runs."""
    runs = [run for run in document.runs.filter(state__in=_UNDER_WAY) if only in (None, run)]
    for run in runs:
        run.jobs.filter(state__in=_OPEN).update(state=PageJob.State.CANCELLED, token=None, lease_until=None)
        progress.refresh(run_id=run.pk)
    return len(runs)


def retry_failed(*, document: Document, user: User) -> int:
    """Read again only what the latest run did not read (failed or cancelled). Returns the number of pages.

    A page whose text came along and does not fit is read by the engine now.
    The clock of the run starts anew, and somebody waits for it now. Raises Gone, PasswordNeeded.
    """
    with transaction.atomic():
        _lock(document, user)
        run = document.runs.order_by("created_at", "pk").last()
        if run is None:
            return 0
        unread = run.jobs.filter(state__in=[PageJob.State.FAILED, PageJob.State.CANCELLED])
        job_ids = list(unread.order_by("page__number").values_list("pk", flat=True))
        if not job_ids:
            return 0
        _let_go_of_misfits(run)
        unread.filter(pk__in=job_ids).update(
            state=PageJob.State.QUEUED,
            attempts=0,
            enqueued_at=timezone.now(),
            finished_at=None,
            error_code="",
            error_params={},
        )
        OcrRun.objects.filter(pk=run.pk).update(started_at=None, priority=queues.FIRST)
        progress.refresh(run_id=run.pk)
        queues.recognise_pages(job_ids)
        _note_asked(user, run, len(job_ids))
    return len(job_ids)


def _let_go_of_misfits(run: OcrRun) -> None:
    """Forget the texts that are of other pages; a run that reads a page is no longer one of texts alone."""
    misfits = run.jobs.filter(error_code=TextMisfit.code, given__isnull=False)
    if misfits.update(given=None):
        imports = OcrRun.objects.filter(pk=run.pk, engine=OcrRun.IMPORT)
        imports.update(engine=settings.OCRSITE_ENGINE, engine_version="")


def _note_asked(user: User, run: OcrRun, pages: int) -> None:
    action = Event.Action.READ_AGAIN
    events.note(user=user, action=action, document=run.document, languages=list(run.languages), pages=pages)


def make_current(*, run: OcrRun, user: User) -> int:
    """Let the pages of ``run`` show its readings again.

    Where a person corrected or proofread the text it stays, and the reading waits beside it unless it says
    the same. Returns on how many pages it waits. Raises Gone, PasswordNeeded; RunUnread where it read none.
    """
    # Before anything is held: it takes a millisecond and more for each page.
    seen, analysed = facts.look_through(run.transcriptions.all()), index.analyse(run.transcriptions.all())
    with transaction.atomic():
        _lock(run.document, user)
        if not run.transcriptions.exists():
            raise RunUnread
        readings = run.transcriptions.filter(page=OuterRef("pk"))
        # One statement for all pages; each subquery is a look into the index of pages and runs.
        names = [*(field.name for field in fields(pictures.Pictures)), "has_tables"]
        shown = {name: Subquery(readings.values(name)) for name in names}
        read = run.document.pages.filter(transcriptions__run=run)
        kept = list(texts.kept(read).values_list("pk", flat=True))
        waiting = texts.propose(run=run, page_ids=kept)
        page_ids = list(read.exclude(pk__in=kept).values_list("pk", flat=True))
        chosen = {"changed_by": user, "changed_at": timezone.now()}
        Page.objects.filter(pk__in=page_ids).update(
            **shown, **chosen, proposal=None, current=Subquery(readings.values("pk"))
        )
        index.write_pages(page_ids, analysed=analysed)
        facts.keep_all(page_ids=page_ids, seen=seen)
        latest = run.document.runs.latest("created_at", "pk")
        progress.refresh_document(document_id=run.document_id, run_state=State(latest.state))
        asked_at = run.created_at.isoformat()
        events.note(user=user, action=Event.Action.SHOWN, document=run.document, asked_at=asked_at)
    duplicates.compare_when_read(document_id=run.document_id)
    return waiting


def _lock(document: Document, user: User) -> None:
    """What changes the runs of a document happens one after the other. Raises Gone, PasswordNeeded."""
    locks.lock_editable(document, user=user)
    if document.is_locked:
        raise PasswordNeeded


def recognise_page(*, job_id: int) -> None:
    """The work of one page, from the claim to the written result; nothing when somebody else has it."""
    lease = leases.claim(job_id=job_id)
    if lease is None:
        return
    try:
        _work(lease)
    except BaseException as error:
        # A worker that is being stopped is no fault of the page.
        leases.release(lease, count_attempt=isinstance(error, Exception))
        raise


def _work(lease: leases.Lease) -> None:
    """Read the page, or write down why it cannot be read."""
    job = PageJob.objects.select_related("run", "page__original").get(pk=lease.job_id)
    try:
        with leases.kept_alive(lease):
            _read(lease, job)
    except (OcrsiteError, OSError) as error:
        reason = named(error)
        logger.warning("Page %s of %s: %s", job.page.number, job.page.document_id, reason)
        leases.fail(lease, reason)


def named(error: OcrsiteError | OSError) -> OcrsiteError:
    """A disk that is full as what it means for a page, whose document is stored already."""
    if isinstance(error, StorageFull) or (isinstance(error, OSError) and storage.is_full(error)):
        return NoRoom()
    if isinstance(error, OSError):
        raise error
    return error


def _read(lease: leases.Lease, job: PageJob) -> None:
    page, original = job.page, job.page.original
    options = _options(job.run)
    with ExitStack() as source, ExitStack() as undo:
        with queues.interruptible():
            path = source.enter_context(storage.local_path(original.readable or original.file))
            opened = open_page(path, page.index, limits=limits(), max_pixels=options.max_pixels)
        try:
            with queues.interruptible():
                page_text = _text(job, opened, options)
        except OcrsiteError:
            # The picture helps the reader to see what went wrong.
            shown = pictures.pictures_of(page=page, opened=opened, rotation=page.rotation, undo=undo)
            if Page.objects.filter(pk=page.pk, image="").update(**asdict(shown)):
                undo.pop_all()
            raise
        shown = pictures.pictures_of(page=page, opened=opened, rotation=page_text.rotation, undo=undo)
        seen = facts.look(page=page, text=page_text.text, languages=page_text.languages)
        # The page as it came, before it was turned upright.
        bits = picture_hash(opened.image, page_text.rotation) if page.number == 1 else None
        if not _write(lease, job, page_text, shown, seen, bits):
            logger.warning("Page %s of %s was taken away while it was read", page.number, page.document_id)
            return
        undo.pop_all()
    duplicates.compare_when_read(document_id=page.document_id)


def _text(job: PageJob, opened: PageImage, options: Options) -> PageText:
    """What the engine reads, or the text that came with the page."""
    if job.given is None:
        return read_opened(opened, options)
    given = fitted(unpack(job.given), opened.size)
    languages = given.languages or options.languages or _languages_of(given)
    return replace(given, languages=languages)


def _languages_of(given: PageText) -> tuple[str, ...]:
    return languages_of_text(given.text, packs.installed_packs())


def _write(
    lease: leases.Lease,
    job: PageJob,
    page_text: PageText,
    shown: pictures.Pictures,
    seen: facts.Seen,
    bits: int | None,
) -> bool:
    """Everything that a read page changes, in one transaction. False when the lease was lost meanwhile.

    The text that a person corrected or proofread stays: what was read waits beside it.

    ``bits`` are the hash of a first page's picture.
    """
    tables = find_tables(page_text)
    packed = pack(page_text, insets(page_text, tables))
    with transaction.atomic():
        locks.lock_documents([job.page.document_id])
        if not leases.finish(lease):
            return False
        reading = Transcription.objects.create(
            page=job.page,
            run=job.run,
            languages=list(page_text.languages),
            mean_confidence=page_text.confidence,
            seconds=page_text.seconds,
            text=page_text.text,
            packed=packed,
            has_tables=bool(tables),
            suggested=list(page_text.suggested) or None,
            **asdict(shown),
        )
        is_kept = texts.kept(Page.objects.filter(pk=job.page_id)).exists()
        if is_kept:
            _propose(job)
        else:
            _show(job.page, shown, current=reading)
        _note_version(job, page_text)
        progress.refresh(run_id=job.run_id)
        if not is_kept:
            index.write_pages([job.page_id])
            facts.keep(page=job.page, seen=seen)
        if job.page.number == 1:
            duplicates.keep_picture(document_id=job.page.document_id, bits=bits)
    return True


def _note_version(job: PageJob, page_text: PageText) -> None:
    """What read the pages of the run; of texts that came along, which program made them."""
    version = page_text.engine_version
    if job.given is not None:
        PageJob.objects.filter(pk=job.pk).update(given=b"")
        made_by = f"{page_text.engine} {version}".strip()
        version = made_by[:_LONGEST_VERSION] if job.run.engine == OcrRun.IMPORT else ""
    runs = OcrRun.objects.filter(pk=job.run_id)
    # The lock: two workers may each have a reader to add.
    before = runs.select_for_update().values_list("engine_version", flat=True).get()
    after = together(before, version)
    if after != before and len(after) <= _LONGEST_VERSION:
        runs.update(engine_version=after)


def _propose(job: PageJob) -> None:
    """The newest reading waits; where it says the same as the text, nothing waits any more."""
    if not texts.propose(run=job.run, page_ids=[job.page_id]):
        Page.objects.filter(pk=job.page_id).update(proposal=None)


def _show(page: Page, shown: pictures.Pictures, *, current: Transcription) -> None:
    as_read = {"changed_by": None, "changed_at": None, "proposal": None}
    text = {"current": current, "has_tables": current.has_tables}
    Page.objects.filter(pk=page.pk).update(**asdict(shown), **as_read, **text)


def limits() -> Limits:
    return Limits(
        max_pixels=settings.OCRSITE_MAX_PIXELS,
        max_pages=settings.OCRSITE_MAX_PAGES,
        timeout=float(settings.OCRSITE_PAGE_TIMEOUT),
    )


def _options(run: OcrRun) -> Options:
    return Options(
        languages=tuple(run.languages),
        engine=run.engine,
        cleaning=Cleaning(run.cleaning),
        timeout=float(settings.OCRSITE_PAGE_TIMEOUT),
    )
