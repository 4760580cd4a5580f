"""Reads. Each takes the user first and returns what that user may see, or raises DoesNotExist.

Those that take a document trust that it came from here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, starmap
from statistics import median
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.db.models.query import QuerySet

from accounts.models import User
from documents.models import (
    Document,
    Entity,
    Membership,
    Note,
    OcrRun,
    Page,
    PageJob,
    Role,
    State,
    Transcription,
)
from documents.ocr.readers import names_of

EDITING = (Role.EDITOR, Role.OWNER)
# The time left is told from the pace of the last pages: it follows a change sooner than the mean of all.
_PACE_PAGES = 10
# Pages of an export that are in memory together: a book need not fit.
_PAGES_AT_ONCE = 50

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the latest run of a document is.

    ``current_page`` counts: one more than those that ended; None until the first is begun. ``seconds_left``
    is None until a page was read.
    """

    state: State
    total: int
    done: int
    failed: int
    current_page: int | None
    seconds_left: float | None


def documents_for(user: User) -> QuerySet[Document]:
    """Those that are not in the trash."""
    return documents_in(collection_ids(user))


def documents_in(collections: Iterable[int]) -> QuerySet[Document]:
    """The same for collections, by their keys, that are known to be somebody's."""
    return Document.objects.filter(collection__in=collections, trashed_at=None)


def document_for(user: User, document_id: UUID) -> Document:
    return documents_for(user).get(pk=document_id)


def document_to_edit(user: User, document_id: UUID) -> Document:
    """Raises Document.DoesNotExist where ``user`` sees none, PermissionDenied where they may only read it."""
    document = document_for(user, document_id)
    if not may_edit(user, document):
        raise PermissionDenied
    return document


def editable_documents_for(user: User) -> QuerySet[Document]:
    """Those that ``user`` may change, outside the trash."""
    return _editable(user).filter(trashed_at=None)


def trashed_for(user: User) -> QuerySet[Document]:
    """Those in the trash that ``user`` may take out of it or delete."""
    return _editable(user).filter(trashed_at__isnull=False)


def _editable(user: User) -> QuerySet[Document]:
    of_user = Membership.objects.filter(user=user.pk, role__in=EDITING)
    return Document.objects.filter(collection__in=list(of_user.values_list("collection", flat=True)))


def may_edit(user: User, document: Document) -> bool:
    return Membership.objects.filter(user=user, collection=document.collection_id, role__in=EDITING).exists()


def is_owner(user: User, document: Document) -> bool:
    """May ``user`` do what only owners of the document's collection may?"""
    return Membership.objects.filter(user=user, collection=document.collection_id, role=Role.OWNER).exists()


def notes_of(document: Document) -> list[Note]:
    """The oldest first, each with its author."""
    return list(document.notes.select_related("author"))


def note_for(user: User, document_id: UUID, note_id: int) -> Note:
    return Note.objects.select_related("document", "author").get(
        document__in=documents_for(user).filter(pk=document_id), pk=note_id
    )


def page_for(user: User, document_id: UUID, number: int) -> Page:
    return Page.objects.select_related("document", "current").get(
        document__in=documents_for(user).filter(pk=document_id), number=number
    )


def page_to_edit(user: User, document_id: UUID, number: int) -> Page:
    """The same for who may change it. Raises PermissionDenied for who may only read the document."""
    page = page_for(user, document_id, number)
    if not may_edit(user, page.document):
        raise PermissionDenied
    return page


def pictured_page_for(user: User, document_id: UUID, number: int) -> Page:
    """The page alone, for those who look at its pictures: a text has thousands of words."""
    return Page.objects.get(document__in=documents_for(user).filter(pk=document_id), number=number)


def shown_text_for(user: User, document_id: UUID, number: int) -> Transcription | None:
    """The text that a page shows, its long columns fetched when they are looked at; None without any."""
    pages = Page.objects.select_related("current").defer("current__text", "current__packed")
    return pages.get(document__in=documents_for(user).filter(pk=document_id), number=number).current


def reading_for(user: User, document_id: UUID, reading_id: int) -> Transcription:
    """With its page; the long columns are fetched when they are looked at."""
    readings = Transcription.objects.select_related("page").defer("text", "packed", "suggested")
    return readings.get(page__document__in=documents_for(user).filter(pk=document_id), pk=reading_id)


def run_for(user: User, document_id: UUID, run_id: int) -> OcrRun:
    return OcrRun.objects.select_related("document").get(
        document__in=documents_for(user).filter(pk=document_id), pk=run_id
    )


def pages_of(document: Document, *, first: int, last: int) -> list[Page]:
    """Pages ``first`` to ``last`` with their current text; ``.job`` is the latest work on each, or None."""
    return _with_jobs(document.pages.filter(number__range=(first, last)).select_related("current"))


def thumbnails_of(document: Document, first: int, last: int) -> list[Page]:
    """Pages ``first`` to ``last`` without their text; ``.job`` as in `pages_of`."""
    return _with_jobs(
        document.pages.filter(number__range=(first, last)).only(
            "number", "width", "height", "thumbnail", "document_id"
        )
    )


def _with_jobs(wanted: Iterable[Page]) -> list[Page]:
    pages = list(wanted)
    jobs = PageJob.objects.filter(page__in=pages).defer("given").order_by("run__created_at", "run_id")
    latest = {job.page_id: job for job in jobs}
    for page in pages:
        page.job = latest.get(page.pk)
    return pages


def asked_languages(document: Document) -> list[str]:
    """What the latest run was asked to read; empty where it was to find the languages itself."""
    run = document.runs.first()
    return list(run.languages) if run else []


def asked_engine(document: Document) -> str:
    """The engine that was chosen for the latest run; empty where that was left to the site."""
    run = document.runs.first()
    return run.asked_engine if run else ""


def current_texts(document: Document) -> list[str]:
    """What the pages say now, in their order; nothing of those without a text."""
    texts = document.pages.filter(current__isnull=False).values_list("current__text", flat=True)
    return list(texts.order_by("number"))


def programs_of(document: Document) -> list[tuple[str, ...]]:
    """Of the readings that the pages show, corrected or not: the names of the programs that made them, those
    that read together in one item; an empty one where texts came along."""
    there = document.runs.order_by().filter(pages_done__gt=0).values_list("engine", "engine_version")
    of_runs = set(starmap(_program_names, there))
    if len(of_runs) < 2:  # so it is nearly always, and the pages need not be asked
        return list(of_runs)
    # What persons corrected goes back to a reading, too.
    read_by = (
        Coalesce(f"current__run__{of}", f"current__reading__run__{of}") for of in ("engine", "engine_version")
    )
    shown = document.pages.order_by().values_list(*read_by).distinct()
    return sorted({_program_names(engine, version) for engine, version in shown if engine})


def _program_names(engine: str, version: str) -> tuple[str, ...]:
    return () if engine == OcrRun.IMPORT else names_of(engine, version)


def may_have_tables(document: Document) -> bool:
    """Whether a current text has one; texts from before that was noted may have some."""
    return _with_tables(document).exists()


def page_with_tables(document: Document, number: int) -> int | None:
    """The number of the first page with tables from page ``number`` on, else of the last one before it; None
    without any. Texts from before that was noted may have some."""
    numbers = _with_tables(document).values_list("number", flat=True)
    return numbers.filter(number__gte=number).order_by("number").first() or numbers.order_by("number").last()


def _with_tables(document: Document) -> QuerySet[Page]:
    return document.pages.filter(current__isnull=False).exclude(has_tables=False)


def progress_of(document: Document) -> Progress:
    run = document.runs.first()
    if run is None:
        return Progress(State(document.state), document.page_count, document.pages_done, 0, None, None)
    return Progress(
        state=State(run.state),
        total=run.pages_total,
        done=run.pages_done,
        failed=run.pages_failed,
        current_page=_current_page(run),
        seconds_left=_seconds_left(run),
    )


def pages_changed(document: Document, since: datetime) -> list[int]:
    """Numbers of the pages that were read, or given up, after ``since``."""
    jobs = PageJob.objects.filter(run=document.runs.values("pk")[:1], finished_at__gt=since)
    return list(jobs.order_by("page__number").values_list("page__number", flat=True))


def runs_of(document: Document) -> list[OcrRun]:
    """Newest first.

    ``.is_current`` says that the document shows what the run read, corrected or not, ``.seconds`` how long it
    took; ``.chosen_pages`` are the numbers of its pages where they were not all; ``.told_languages`` are
    those that were asked for, or of texts that came along their own.
    """
    # What persons corrected goes back to a reading, too.
    read_by = Coalesce("current__run", "current__reading__run")
    shown = dict(document.pages.order_by().values_list(read_by).annotate(Count("pk")))
    spans = _reading_spans(document)
    runs = list(document.runs.select_related("requested_by"))
    chosen = _page_numbers(run for run in runs if run.pages_total < document.page_count)
    came = _languages_of_texts(run for run in runs if run.engine == OcrRun.IMPORT)
    for run in runs:
        run.is_current = 0 < run.pages_done == shown.get(run.pk, 0)
        run.seconds = covered_seconds(spans[run.pk]) if spans[run.pk] else None
        run.chosen_pages = chosen[run.pk]
        run.told_languages = came.get(run.pk, run.languages)
    return runs


def _languages_of_texts(runs: Iterable[OcrRun]) -> dict[int, list[str]]:
    """The languages of what each of ``runs`` brought, none of them twice."""
    found: dict[int, set[str]] = {run.pk: set() for run in runs}
    texts = Transcription.objects.filter(run__in=found) if found else Transcription.objects.none()
    for run_id, languages in texts.values_list("run", "languages"):
        found[run_id].update(languages)
    return {run_id: sorted(languages) for run_id, languages in found.items()}


def _page_numbers(runs: Iterable[OcrRun]) -> dict[int, list[int]]:
    """The pages that each of ``runs`` reads; none for any other run."""
    jobs = PageJob.objects.filter(run__in=list(runs)).order_by("page__number")
    numbers = defaultdict(list)
    for run_id, number in jobs.values_list("run", "page__number"):
        numbers[run_id].append(number)
    return numbers


def _reading_spans(document: Document) -> dict[int, list[Span]]:
    """When the pages of each run were read, from start to end; nothing for a run that read none."""
    readings = Transcription.objects.filter(run__document=document).order_by()
    spans = defaultdict(list)
    for run_id, end, seconds in readings.values_list("run", "created_at", "seconds"):
        spans[run_id].append((end - timedelta(seconds=seconds), end))
    return spans


def covered_seconds(spans: Iterable[Span]) -> float:
    """The time that lies in at least one of ``spans``: neither waiting in between nor twice what overlaps."""
    total = 0.0
    until: datetime | None = None
    for start, end in sorted(spans):
        begin = start if until is None else max(start, until)
        total += max(0.0, (end - begin).total_seconds())
        until = end if until is None else max(end, until)
    return total


def readings_of(document: Document, *, only: int | None = None) -> Iterator[Page]:
    """All pages in order, or ``only`` one, with text, entities and ``.job`` (`pages_of`), a few at a time."""
    for first in range(1, document.page_count + 1, _PAGES_AT_ONCE) if only is None else (only,):
        last = first + _PAGES_AT_ONCE - 1 if only is None else only
        pages = pages_of(document, first=first, last=last)
        prefetch_related_objects(pages, Prefetch("entities", Entity.objects.order_by("start")))
        yield from pages


def collection_ids(user: User) -> list[int]:
    # As a list, not as a subquery: SQLite walks the index of newest documents only for known collections.
    return list(Membership.objects.filter(user=user.pk).values_list("collection", flat=True))


def _current_page(run: OcrRun) -> int | None:
    """Not the number of a page in work: its worker may be dead, and the page wait until its lease ends."""
    if run.state != State.RUNNING:
        return None
    return min(run.pages_done + run.pages_failed + 1, run.pages_total)


def _seconds_left(run: OcrRun) -> float | None:
    """Pages left, each at the median of the times between the last ends, to which a night's pause is one."""
    left = run.pages_total - run.pages_done - run.pages_failed
    if run.state != State.RUNNING or run.started_at is None or not left:
        return None
    ended = run.jobs.filter(finished_at__gt=run.started_at).order_by("-finished_at")
    ends = [end for end in ended.values_list("finished_at", flat=True)[: _PACE_PAGES + 1] if end]
    if not ends:
        return None
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise([*ends, run.started_at])]
    return median(gaps[:_PACE_PAGES]) * left
