"""What stands in the texts besides words, kept with each page: the only writer of Entity.

Looking is slow and done before the transaction that writes a page; keeping is quick and part of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from PIL import Image

from documents import entities
from documents.likeness import picture_hash
from documents.models import DateSource, Document, Entity, Page
from documents.ocr.elements import PageText
from documents.services import duplicates

_AT_ONCE = 200  # pages, with their texts, in memory
_MOST = 1000  # of a page: a table of figures holds a few hundred
_LONGEST_VALUE, _LONGEST_TEXT = 300, 600  # characters, as the rows have room for


@dataclass(frozen=True, slots=True)
class Seen:
    """What `look` found on a page; ``picture`` is the hash of a first page, see `documents.likeness`."""

    text: str
    entities: tuple[entities.Entity, ...]
    picture: int | None


def look(*, page: Page, page_text: PageText, image: Image.Image) -> Seen:
    """What stands on ``page``; ``image`` is the page as it came, before it was turned upright."""
    found = entities.find_entities(page_text.text, page_text.languages)
    picture = picture_hash(image, page_text.rotation) if page.number == 1 else None
    return Seen(page_text.text, found, picture)


def keep(*, page: Page, seen: Seen) -> None:
    """Write what was seen of a page, in the transaction that makes its text the current one."""
    _write(page, seen.text, seen.entities)
    if page.number == 1:
        duplicates.keep_picture(document_id=page.document_id, bits=seen.picture)
    duplicates.compare_when_read(document_id=page.document_id)


def write_pages(page_ids: Iterable[int]) -> None:
    """Look through the current texts of these pages again."""
    wanted = sorted(page_ids)
    with transaction.atomic():
        for start in range(0, len(wanted), _AT_ONCE):
            _write_some(wanted[start : start + _AT_ONCE])


def _write_some(page_ids: Sequence[int]) -> None:
    # Held, so that a page is not written twice where it is being read just now.
    held = Page.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=page_ids)
    pages = list(held.select_related("current", "document").order_by("pk"))
    for page in pages:
        text, languages = (page.current.text, page.current.languages) if page.current else ("", [])
        _write(page, text, entities.find_entities(text, languages))
    # A document is compared once, when the last of its pages that count has been looked through.
    for page in pages:
        if page.number == min(page.document.page_count, duplicates.PAGES):
            duplicates.compare_when_read(document_id=page.document_id)


def _write(page: Page, text: str, found: Sequence[entities.Entity]) -> None:
    Entity.objects.filter(page=page.pk).delete()
    Entity.objects.bulk_create(_row(page, entity) for entity in found[:_MOST])
    if page.number == 1:
        _date_document(page, text, found)


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


def _date_document(page: Page, text: str, found: Sequence[entities.Entity]) -> None:
    """Give the document the date that its first page has, unless a person gave it one."""
    day = entities.document_date(text, found, today=timezone.localdate())
    if day:
        own = Document.objects.filter(pk=page.document_id).exclude(date_source=DateSource.PERSON)
        own.update(dated_on=day, date_source=DateSource.TEXT)
