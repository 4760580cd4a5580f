"""Pages that seem to be in other languages than they were read in. A part of ``selectors``."""

from collections import defaultdict
from dataclasses import dataclass

from documents.models import Document, Transcription

_MOST_PAGES = 80  # so many numbers fit into the field of the form that asks for another reading


@dataclass(frozen=True, slots=True)
class Doubt:
    """``pages`` are the numbers, rising, of those that seem to be in ``languages`` (codes)."""

    languages: tuple[str, ...]
    pages: tuple[int, ...]


def doubts_of(document: Document) -> list[Doubt]:
    """Those of all pages whose shown text is an engine's, that of the first page first.

    A page that was read in the suggested languages already, or that a person proofread, is left out.
    """
    rows = document.pages.filter(current__suggested__isnull=False, proofread_at=None).order_by("number")
    suggested = [
        (page_id, number, tuple(codes or ()))
        for page_id, number, codes in rows.values_list("pk", "number", "current__suggested")[:_MOST_PAGES]
    ]
    tried = _tried([page_id for page_id, _, _ in suggested])
    pages: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for page_id, number, codes in suggested:
        if frozenset(codes) not in tried[page_id]:
            pages[codes].append(number)
    return [Doubt(codes, tuple(numbers)) for codes, numbers in pages.items()]


def _tried(page_ids: list[int]) -> dict[int, set[frozenset[str]]]:
    """The languages in which pages were read, by their keys."""
    tried: dict[int, set[frozenset[str]]] = defaultdict(set)
    for page_id, codes in Transcription.objects.filter(page__in=page_ids).values_list("page", "languages"):
        tried[page_id].add(frozenset(codes))
    return tried
