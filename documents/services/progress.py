"""How far a run and its document are: the only writer of their ``state`` and counts."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, QuerySet, Sum
from django.utils import timezone

from documents.models import Document, Event, OcrRun, Page, PageJob, State, Transcription
from documents.services import events

_OPEN = (PageJob.State.QUEUED, PageJob.State.RUNNING)


def note_start(*, run: OcrRun) -> None:
    """The first page of ``run`` was taken by a worker."""
    if run.started_at is None:
        OcrRun.objects.filter(pk=run.pk, started_at=None).update(started_at=timezone.now())
    if run.state != State.RUNNING:
        OcrRun.objects.filter(pk=run.pk).update(state=State.RUNNING)
        Document.objects.filter(pk=run.document_id).update(state=State.RUNNING)


def refresh(*, run_id: int) -> None:
    """Count the pages of a run anew, in the transaction that changed one of them."""
    # The lock makes two workers that end at once count one after the other.
    run = OcrRun.objects.select_for_update().get(pk=run_id)
    was_over = State(run.state).is_over
    jobs = dict(run.jobs.order_by().values_list("state").annotate(Count("pk")))
    run.pages_done = jobs.get(PageJob.State.DONE, 0)
    run.pages_failed = jobs.get(PageJob.State.FAILED, 0)
    run.state = _state_of(jobs, has_started=run.started_at is not None)
    if run.state.is_over:
        run.finished_at = timezone.now()
        run.mean_confidence = run.transcriptions.aggregate(mean=Avg("mean_confidence"))["mean"]
    else:
        run.finished_at = None
    run.save(update_fields=["pages_done", "pages_failed", "state", "finished_at", "mean_confidence"])
    refresh_document(document_id=run.document_id, run_state=run.state)
    if run.state.is_over and run.state != State.CANCELLED and not was_over:
        _note_end(run)


def _note_end(run: OcrRun) -> None:
    action, done, total = Event.Action.READ, run.pages_done, run.pages_total
    events.note(user=None, action=action, document=run.document, done=done, total=total)


def refresh_document(*, document_id: UUID, run_state: State) -> None:
    """Repeat on the document what its pages and its latest run say."""
    pages = Page.objects.filter(document=document_id)
    document = Document.objects.only("page_count", "languages").get(pk=document_id)
    done = pages.filter(current__isnull=False).count()
    changes: dict[str, Any] = {"pages_done": done, "state": run_state}
    if done and not document.languages:  # search looks for forms of words by them, also while others are read
        changes["languages"] = _of_texts(pages)["languages"]
    if run_state.is_over:
        changes |= _of_texts(pages)
        if run_state != State.CANCELLED or done == document.page_count:
            changes["state"] = _state_over(done=done, total=document.page_count)
    Document.objects.filter(pk=document_id).update(**changes)


def refresh_texts(document: Document) -> None:
    """Repeat on the document what its current texts say, after a person changed one."""
    changes = _of_texts(Page.objects.filter(document=document))
    for name, value in changes.items():
        setattr(document, name, value)
    document.save(update_fields=[*changes])


def _of_texts(pages: QuerySet[Page]) -> dict[str, Any]:
    """How sure the current texts of ``pages`` are, and their languages, as fields of their document."""
    current = Transcription.objects.filter(pk__in=pages.values("current"))
    # A row for each list of languages, of which a book of thousands of pages has few: who corrects holds it.
    rows = list(
        current.values_list("languages")
        .annotate(pages=Count("pk"), sure=Count("mean_confidence"), total=Sum("mean_confidence"))
        .order_by("-pages", "languages")
    )
    sure = sum(row[2] for row in rows)
    return {
        "mean_confidence": sum(row[3] or 0.0 for row in rows) / sure if sure else None,
        "languages": _most_common((row[0], row[1]) for row in rows),
    }


def _state_of(jobs: dict[str, int], *, has_started: bool) -> State:
    if any(jobs.get(state) for state in _OPEN):
        return State.RUNNING if has_started else State.QUEUED
    if jobs.get(PageJob.State.CANCELLED):
        return State.CANCELLED
    return _state_over(done=jobs.get(PageJob.State.DONE, 0), total=sum(jobs.values()))


def _state_over(*, done: int, total: int) -> State:
    if done == total > 0:
        return State.DONE
    return State.PARTLY_FAILED if done else State.FAILED


def _most_common(readings: Iterable[tuple[list[str], int]]) -> list[str]:
    """The languages of all pages, the most frequent first; each list comes with the number of its pages."""
    counts: Counter[str] = Counter()
    for languages, pages in readings:
        counts.update(dict.fromkeys(languages, pages))
    return [language for language, _count in counts.most_common()]
