"""What stands in the texts besides words, kept with each page: the only writer of Entity.

Looking is slow and done before the transaction that writes a page; keeping is quick and part of it, and its
caller holds the documents.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from documents import entities
from documents.models import DateSource, Document, Entity, Page, Transcription

_AT_ONCE = 200  # texts in memory
_MOST = 1000  # of a page: a table of figures holds a few hundred
_LONGEST_VALUE, _LONGEST_TEXT = 300, 600  # characters, as the rows have room for


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands on a page; of a first page, the date it gives the document."""

    entities: tuple[entities.Entity, ...]
    day: date | None = None


def look(*, page: Page, text: str, languages: Sequence[str]) -> Seen:
    """What stands in ``text``, which was read on ``page``."""
    found = entities.find_entities(text, languages)
    day = entities.document_date(text, found, today=timezone.localdate()) if page.number == 1 else None
    return Seen(found[:_MOST], day)


def look_through(readings: QuerySet[Transcription]) -> dict[int, Seen]:
    """What stands in ``readings``, by their keys: about 13 s for 1,000 pages."""
    texts = readings.select_related("page").only("text", "languages", "page__number").order_by()
    return {
        reading.pk: look(page=reading.page, text=reading.text, languages=reading.languages)
        for reading in texts.iterator(chunk_size=_AT_ONCE)
    }


def keep(*, page: Page, seen: Seen) -> None:
    """Write what was seen of a page, in the transaction that makes its text the current one."""
    Entity.objects.filter(page=page.pk).delete()
    Entity.objects.bulk_create(_row(page, entity) for entity in seen.entities)
    if page.number == 1:
        _date_document(page, seen.day)


def keep_all(*, page_ids: Iterable[int], seen: Mapping[int, Seen]) -> None:
    """The same for the current texts of these pages, of which `look_through` gave ``seen``.

    A page that shows another text meanwhile is left to whom changed it.
    """
    for page in Page.objects.filter(pk__in=list(page_ids)).order_by("pk"):
        if page.current_id is None:
            keep(page=page, seen=Seen(()))
        elif page.current_id in seen:
            keep(page=page, seen=seen[page.current_id])


def _row(page: Page, entity: entities.Entity) -> Entity:
    return Entity(
        document_id=page.document_id,
        page=page,
        kind=entity.kind,
        value=_storable(entity.value)[:_LONGEST_VALUE],
        number=entity.number,
        currency=entity.currency,
        start=entity.start,
        end=entity.end,
        text=_storable(entity.text)[:_LONGEST_TEXT],
    )


def _storable(text: str) -> str:
    return text.replace("\0", "").encode(errors="replace").decode()


def _date_document(page: Page, day: date | None) -> None:
    """Give the document the date that its first page has, unless a person gave it one.

    Where the page has none any more, the day of the upload counts again.
    """
    document = Document.objects.filter(pk=page.document_id)
    if day:
        document = document.exclude(date_source=DateSource.PERSON)
        document.update(dated_on=day, date_source=DateSource.TEXT)
    else:
        document = document.filter(date_source=DateSource.TEXT)
        document.update(dated_on=TruncDate("created_at"), date_source=DateSource.UPLOAD)
