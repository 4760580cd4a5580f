"""The text that a page shows, as persons change it: what every such change has in common.

What takes long is done before anything is held: the text is edited, packed, looked through, and taken apart
for search (`Draft`). Then, in one transaction that holds the document, the page is compared with what the
person saw, and text, search entry, facts, and what the document repeats of its texts change together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from documents.errors import PageChanged
from documents.models import Document, OcrRun, Page, PageJob, Transcription
from documents.ocr.elements import PageText
from documents.ocr.insets import insets
from documents.ocr.layout.tables import find_tables
from documents.ocr.packing import pack_anew
from documents.services import facts, index, pictures, progress
from documents.services.locks import lock_editable


@dataclass(frozen=True, slots=True)
class Draft:
    """A person's text of a page, made from ``base``; its boxes lie on the pictures of ``shown``."""

    base: Transcription
    shown: Transcription
    text: str
    packed: bytes
    has_tables: bool | None
    confidence: float | None
    seen: facts.Seen
    analysed: index.Analysed
    reading_id: int | None
    taken_from: Transcription | None = None


def seen_by(page: Page, current_id: int) -> Transcription:
    """The text that a person saw on ``page``. Raises PageChanged where it shows another one now."""
    if page.current_id != current_id or page.current is None:
        raise _changed(page)
    return page.current


def draft(*, page: Page, base: Transcription, page_text: PageText) -> Draft:
    """``base`` with another text."""
    text, confidence = page_text.text, page_text.confidence
    tables = find_tables(page_text)
    return Draft(
        base,
        base,
        text,
        pack_anew(page_text, insets(page_text, tables)),
        bool(tables),
        confidence,
        seen=facts.look(page=page, text=text, languages=base.languages),
        analysed=index.analyse_text(text, base.languages, confidence),
        reading_id=base.engine_reading_id,
    )


def copy(*, page: Page, base: Transcription, other: Transcription) -> Draft:
    """All of ``other``, another text of the page, in the place of ``base``."""
    return Draft(
        base,
        other,
        other.text,
        bytes(other.packed),
        other.has_tables,
        other.mean_confidence,
        seen=facts.look(page=page, text=other.text, languages=other.languages),
        analysed=analyse(other),
        reading_id=other.engine_reading_id,
        taken_from=other,
    )


def analyse(text: Transcription) -> index.Analysed:
    """What search knows of ``text``, to be found out before it is shown."""
    return index.analyse_text(text.text, text.languages, text.mean_confidence)


def save(*, user: User, page: Page, written: Draft, together: UUID | None = None) -> Transcription:
    """Let ``page`` show the draft, in the transaction of the caller, who holds the page and will `settle`."""
    made = Transcription.objects.create(
        page=page,
        source=Transcription.Source.PERSON,
        author=user,
        based_on=written.base,
        reading_id=written.reading_id,
        taken_from=written.taken_from,
        together=together,
        languages=written.shown.languages,
        mean_confidence=written.confidence,
        text=written.text,
        packed=written.packed,
        has_tables=written.has_tables,
        **asdict(pictures.pictures_on(written.shown)),
    )
    show(user=user, page=page, text=made, seen=written.seen)
    return made


def hold(*, user: User, page: Page, current_id: int) -> None:
    """Hold the document of ``page``. Raises PageChanged where the page shows another text now, and Gone."""
    lock_editable(page.document, user=user)
    if not Page.objects.filter(pk=page.pk, current=current_id).exists():
        raise _changed(Page.objects.select_related("changed_by").get(pk=page.pk))


def show(*, user: User, page: Page, text: Transcription, seen: facts.Seen) -> None:
    """Let ``page``, which the caller holds, show ``text``, in which ``seen`` was found, and will `settle`.

    It is another text than the one that was proofread.
    """
    now = {
        "current": text,
        "has_tables": text.has_tables,
        "changed_by": user,
        "changed_at": timezone.now(),
        "proofread_by": None,
        "proofread_at": None,
        **asdict(pictures.pictures_on(text)),
    }
    for name, value in now.items():
        setattr(page, name, value)
    page.save(update_fields=[*now])
    facts.keep(page=page, seen=seen)


def settle(*, document: Document, pages: Iterable[Page], analysed: Mapping[int, index.Analysed]) -> None:
    """What follows from the new texts of some pages, ``analysed`` by their keys; once in a transaction."""
    index.write_pages((page.pk for page in pages), analysed=analysed)
    progress.refresh_texts(document)


def kept(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those whose text a person made, sent with the image, or said to be right: no reading takes its place
    by itself."""
    is_persons = Q(current__source=Transcription.Source.PERSON) | Q(proofread_at__isnull=False)
    given = PageJob.objects.filter(page=OuterRef("pk"), run=OuterRef("current__run"), given__isnull=False)
    return pages.filter(is_persons | Exists(given))


def propose(*, run: OcrRun, page_ids: Iterable[int]) -> int:
    """Let what ``run`` read wait beside the texts of these pages for a person to decide.

    Where it says the same as the text there is nothing to decide, and what waits there stays. Returns on how
    many pages it waits.
    """
    reading = Transcription.objects.filter(page=OuterRef("pk"), run=run)
    pages = Page.objects.filter(pk__in=list(page_ids)).annotate(read=Subquery(reading.values("text")))
    others = list(pages.exclude(current__text=F("read")).values_list("pk", flat=True))
    return Page.objects.filter(pk__in=others).update(proposal=Subquery(reading.values("pk")))


def _changed(page: Page) -> PageChanged:
    name = page.changed_by.get_username() if page.changed_by else ""
    at = page.changed_at.isoformat() if page.changed_at else ""
    return PageChanged(name=name, at=at, current=page.current_id or 0)
