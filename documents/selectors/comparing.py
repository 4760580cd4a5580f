"""Texts of a page, and readings of a document, to be held against each other. A part of ``selectors``.

Those that take a document or a page trust that it came from a selector that took the user.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from documents.models import Document, OcrRun, Page, Transcription
from documents.ocr.correcting.comparing import Comparison, compare

_MOST_RUNS = 100


@dataclass(frozen=True, slots=True)
class Pair:
    """What two runs read on a page, each None where it did not; compared where both did."""

    page: Page
    one: Transcription | None
    other: Transcription | None
    comparison: Comparison | None


def text_of(page: Page, text_id: int) -> Transcription:
    """One of the page's texts, with who or what wrote it. Raises Transcription.DoesNotExist."""
    return page.transcriptions.select_related("run", "author").get(pk=text_id)


def whole_copies(texts: Iterable[Transcription]) -> set[int]:
    """The keys of those that are, word for word and place for place, the text that they were taken from."""
    copies = Transcription.objects.filter(pk__in=[text.pk for text in texts], packed=F("taken_from__packed"))
    return set(copies.values_list("pk", flat=True))


def done_runs(document: Document) -> list[OcrRun]:
    """Those that read something, newest first; the oldest of very many are left out."""
    return list(document.runs.filter(pages_done__gt=0)[:_MOST_RUNS])


def pages_of_two(document: Document, one: OcrRun, other: OcrRun, *, first: int) -> QuerySet[Page]:
    """Pages from number ``first`` on that at least one of two runs read, with their current text."""
    read = Transcription.objects.filter(run__in=[one, other]).values("page")
    pages = document.pages.filter(number__gte=first, pk__in=read).order_by("number")
    return pages.select_related("current").defer("current__text", "current__packed")


def pairs(pages: Iterable[Page], one: OcrRun, other: OcrRun) -> list[Pair]:
    """What both runs read on ``pages``: about 20 ms for each with 1,500 words."""
    shown = list(pages)
    texts = Transcription.objects.filter(page__in=shown, run__in=[one, other]).defer("text")
    read = {(text.page_id, text.run_id): text for text in texts}
    return [_pair(page, read.get((page.pk, one.pk)), read.get((page.pk, other.pk))) for page in shown]


def _pair(page: Page, one: Transcription | None, other: Transcription | None) -> Pair:
    comparison = compare(one.page_text, other.page_text) if one and other else None
    return Pair(page, one, other, comparison)
