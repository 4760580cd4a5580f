"""Papers that came twice are noticed. Writes Fingerprint, and Likeness until `services.copies` settles it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Least
from PIL import Image

from documents import storage
from documents.errors import StorageError
from documents.likeness import NEAR, Paper, are_one, bands, distance, near_bands, picture_hash, text_hash
from documents.models import Document, Entity, Fingerprint, Likeness, Membership, Page, State
from documents.search.text.analysis import tokens
from documents.services import locks

PAGES = 5  # of a document are compared; two books that begin alike are one
_CANDIDATES = 8  # the nearest fingerprints, whose words are looked at
_LOOKED_UP = 20_000  # the newest; of a million fingerprints, 8,000 share a band with one
_MOST_NEAR = 500
_SIGNED = 1 << 63  # databases keep 64 bits as a signed number


def note_same_file(*, document: Document) -> None:
    """Remember who has the same bytes, in the transaction that receives ``document``."""
    twins = _comparable(document).filter(sha256=document.sha256).order_by("created_at")
    Likeness.objects.bulk_create(
        Likeness(document=document, other=twin, how=Likeness.How.BYTES) for twin in twins[:_CANDIDATES]
    )


def keep_picture(*, document_id: UUID, bits: int | None) -> None:
    """Keep the hash of a first page."""
    _keep(document_id, Fingerprint.Kind.PICTURE, bits)


def compare_when_read(*, document_id: UUID) -> None:
    """Once all of a document is read, note which other papers it looks like.

    This takes up to a second, so it has short transactions of its own, after the one that wrote the page.
    """
    document = Document.objects.filter(pk=document_id).first()
    if document and State(document.state).is_over and document.pages_done:
        _compare(document)


def compare_documents_of(page_ids: Sequence[int]) -> None:
    """The same for documents of which these are pages, when the last page that counts is among them."""
    last = Page.objects.filter(pk__in=page_ids, number=Least(F("document__page_count"), PAGES)).order_by("pk")
    for document_id in last.values_list("document", flat=True):
        compare_when_read(document_id=document_id)


def _compare(document: Document) -> None:
    paper = _paper(document)
    _keep(document.pk, Fingerprint.Kind.TEXT, text_hash(paper.words.elements()))
    candidates = _candidates(document)
    like = [other for other in candidates if are_one(paper, _paper(other))]
    how = Likeness.How.TEXT if paper.has_text else Likeness.How.PICTURE
    with transaction.atomic():
        there = locks.lock_documents([document.pk, *(other.pk for other in like)])
        if document.pk in there:
            _note_like(document, [other for other in like if other.pk in there], how)


def _note_like(document: Document, like: Sequence[Document], how: Likeness.How) -> None:
    """Those that ``document`` looks like now, in the place of those it looked like before."""
    pairs = Likeness.objects.filter(Q(document=document) | Q(other=document))
    pairs.filter(is_settled=False).exclude(how=Likeness.How.BYTES).delete()
    known = {pair for ids in pairs.values_list("document", "other") for pair in ids}
    kept = _kept_beside([document, *like])
    Likeness.objects.bulk_create(
        [
            _pair(document, other, how, is_settled=bool(kept[document.pk] & kept[other.pk]))
            for other in like
            if other.pk not in known
        ],
        ignore_conflicts=True,
    )


def _kept_beside(documents: Sequence[Document]) -> dict[UUID, set[UUID]]:
    """What people keep beside each of ``documents``: two that have one in common are kept, too."""
    kept: dict[UUID, set[UUID]] = {document.pk: set() for document in documents}
    pairs = Likeness.objects.filter(Q(document__in=kept) | Q(other__in=kept), is_settled=True)
    for later, earlier in pairs.values_list("document", "other"):
        kept.get(later, set()).add(earlier)
        kept.get(earlier, set()).add(later)
    return kept


def _pair(first: Document, second: Document, how: Likeness.How, *, is_settled: bool) -> Likeness:
    older, newer = sorted((first, second), key=lambda document: (document.created_at, document.pk))
    return Likeness(document=newer, other=older, how=how, is_settled=is_settled)


def _comparable(document: Document) -> QuerySet[Document]:
    """Those that somebody who sees ``document`` may see, too."""
    collections = _collections(document)
    return Document.objects.filter(collection__in=collections, trashed_at=None).exclude(pk=document.pk)


def _collections(document: Document) -> list[int]:
    members = Membership.objects.filter(collection=document.collection_id).values("user")
    mine = Membership.objects.filter(user__in=members).order_by()
    return list(mine.values_list("collection", flat=True).distinct())


def _candidates(document: Document) -> list[Document]:
    """Those whose fingerprints are nearest, of any kind, the nearest first."""
    near: dict[UUID, int] = {}
    collections = _collections(document)
    for row in Fingerprint.objects.filter(document=document):
        for document_id, apart in _near(row, collections):
            near[document_id] = min(apart, near.get(document_id, apart))
    found = _comparable(document).in_bulk(sorted(near, key=near.__getitem__)[:_MOST_NEAR])
    return sorted(found.values(), key=lambda other: near[other.pk])[:_CANDIDATES]


def _near(row: Fingerprint, collections: Sequence[int]) -> Iterator[tuple[UUID, int]]:
    """Documents of ``collections``, and the bits in which they differ."""
    in_a_band = Q()
    for at, band in enumerate((row.band_0, row.band_1, row.band_2, row.band_3)):
        in_a_band |= Q(**{f"band_{at}__in": near_bands(band)})
    # The sum keeps SQLite from walking through all documents of the collections first.
    placed = Fingerprint.objects.annotate(place=F("document__collection_id") + 0)
    theirs = placed.filter(in_a_band, kind=row.kind, place__in=collections)
    for document_id, bits in theirs.order_by("-pk").values_list("document", "bits")[:_LOOKED_UP]:
        apart = distance(row.bits % (2 * _SIGNED), bits % (2 * _SIGNED))
        if apart <= NEAR:
            yield document_id, apart


def _paper(document: Document) -> Paper:
    pages = document.pages.filter(number__lte=PAGES, current__isnull=False)
    texts = pages.values_list("current__text", flat=True)
    dates = Entity.objects.filter(document=document, kind=Entity.Kind.DATE, page__number__lte=PAGES)
    return Paper(
        words=Counter(token.text for text in texts for token in tokens(text)),
        dates=frozenset(dates.values_list("value", flat=True)),
        picture=_picture(document),
    )


def _picture(document: Document) -> int | None:
    """The hash of the first page; made of its thumbnail where the page was read before there were hashes."""
    kept = Fingerprint.objects.filter(document=document, kind=Fingerprint.Kind.PICTURE).first()
    if kept:
        return kept.bits % (2 * _SIGNED)
    page = document.pages.filter(number=1).first()
    if page is None or not page.thumbnail:
        return None
    try:
        with storage.open_file(page.thumbnail) as file, Image.open(file) as image:
            bits = picture_hash(image)
    except (StorageError, OSError):  # it is no more than a hint
        return None
    _keep(document.pk, Fingerprint.Kind.PICTURE, bits)
    return bits


def _keep(document_id: UUID, kind: Fingerprint.Kind, bits: int | None) -> None:
    if bits is None:
        Fingerprint.objects.filter(document=document_id, kind=kind).delete()
        return
    values = {f"band_{at}": band for at, band in enumerate(bands(bits))}
    values["bits"] = bits - 2 * _SIGNED if bits >= _SIGNED else bits
    with transaction.atomic():
        if locks.lock_documents([document_id]):
            Fingerprint.objects.update_or_create(document_id=document_id, kind=kind, defaults=values)
