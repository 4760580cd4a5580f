"""``/api/v1/search``: what was found in the archive, with the places of the hits on the pages."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Annotated

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from ninja import Query, Router

from accounts.models import User
from documents import selectors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.documents import document_out
from documents.api.fields import DocumentId
from documents.api.problems import field_problem
from documents.api.schemas.search import (
    FORGIVES,
    QUESTION,
    BoxOut,
    FacetOut,
    FacetsOut,
    FoundDocument,
    FoundPage,
    FoundValue,
    HitOut,
    HitsOfDocument,
    HitsOnPage,
    SearchFilters,
    SearchQuestion,
    SearchResults,
    SnippetPart,
)
from documents.models import Document, Transcription
from documents.ocr.elements import PageText
from documents.search.filters import unknown_names
from documents.search.find import find, pages_with_hits
from documents.search.hits import hits_in
from documents.search.query.parse import LONGEST, parse, with_filter
from documents.search.question import Question
from documents.search.results import Facets, Found, PageHit, PageHits, Results
from documents.search.text.places import Hit, hits_on
from documents.selectors.membership import shown_names

router = Router(tags=["search"])

_STATES = {"partly_failed": "partly"}
_NOTHING = gettext_lazy("Say what to look for, in `q` or in a filter.")
_TOO_LONG = gettext_lazy("With the filters, the question is longer than %(limit)s characters.")
_NO_VALUE = gettext_lazy("There is no such value.")


@router.get("/search", response=SearchResults, operation_id="search", summary="Search")
def search(
    request: ApiRequest,
    *,
    wanted: Query[SearchQuestion],
    limit: paging.Limit = paging.LIMIT,
    cursor: paging.Cursor = "",
) -> SearchResults | HttpResponse:
    """Documents of all your collections that are not in the trash, each with its best pages, the part of
    their text that has the hits, and the boxes of these in pixels of the page.

    What cannot be read of a question is left out and told, as on the site: only a filter with a value that
    makes no sense is refused.
    """
    filters = list(_filters(request.user, wanted))
    for field, name, value in filters:
        if parse(with_filter("", name, value)).left_out:
            return field_problem("query", field, _NO_VALUE)
    text = wanted.q.strip()
    for _field, name, value in filters:
        text = with_filter(text, name, value)
    if not text:
        return field_problem("query", "q", _NOTHING)
    if len(text) > LONGEST:
        return field_problem("query", "q", _TOO_LONG % {"limit": LONGEST})
    kind = _kind(wanted, text)
    found = find(
        request.user,
        text,
        sort=wanted.sort,
        is_forgiving=wanted.forgive,
        cursor=(paging.marked(kind, cursor) or [""])[0],
        size=limit,
    )
    return SearchResults(
        items=_items(found),
        next=paging.mark(kind, found.next_cursor) if found.next_cursor else None,
        total=found.documents,
        total_is_exact=found.pages_are_exact and not found.is_over_time,
        pages=found.pages,
        query=text,
        left_out=list(found.left_out),
        unknown=list(dict.fromkeys(unknown_names(request.user, found.query.tree))),
        is_partial=found.is_over_time or found.query.has_too_many,
        did_you_mean=found.did_you_mean or None,
        facets=_facets(found.facets or Facets()) if wanted.facets else None,
    )


@router.get(
    "/documents/{uuid:document_id}/search",
    response=HitsOfDocument,
    operation_id="search_document",
    summary="Search in a document",
)
def search_document(
    request: ApiRequest,
    document_id: DocumentId,
    *,
    q: Annotated[
        str,
        Query(
            description=f"What to look for. {QUESTION}",
            examples=["invoice"],
            min_length=1,
            max_length=LONGEST,
        ),
    ],
    forgive: Annotated[bool, Query(description=FORGIVES, examples=[True])] = True,
    limit: paging.Limit = paging.LIMIT,
    cursor: paging.Cursor = "",
) -> HitsOfDocument:
    """All hits on all pages, however long the document is, in the order of the pages."""
    document = selectors.document_for(request.user, document_id)
    kind = f"hits.{document.pk}.{forgive}.{_digest(q)}"
    before = (paging.marked(kind, cursor) or [0])[0]
    counted = pages_with_hits(request.user, document, q, is_forgiving=forgive)
    rest = [page for page in counted if page.number > before]
    shown, following = paging.piece(rest, limit, lambda page: paging.mark(kind, page.number))
    question = Question.of(request.user, q, is_forgiving=forgive, within=document)
    return HitsOfDocument(
        items=list(_hits_on_pages(question, document, shown)),
        next=following,
        document=document.pk,
        total=sum(page.count for page in counted),
        pages=len(counted),
    )


def _filters(user: User, wanted: SearchFilters) -> Iterator[tuple[str, str, str]]:
    """Of each filter the parameter, the name of its field in a question, and what that says: nothing for a
    collection that is not there."""
    for tag in wanted.tag:
        yield "tag", "tag", tag
    for thing in wanted.has:
        yield "has", "has", thing
    if wanted.collection is not None:
        yield "collection", "in", shown_names(user).get(wanted.collection, "")
    if wanted.state is not None:
        yield "state", "is", _STATES.get(wanted.state, wanted.state)
    plain = {"title": wanted.title, "before": wanted.before, "after": wanted.after, "year": wanted.year}
    for field, value in (plain | {"language": wanted.language}).items():
        if value is not None:
            yield field, "lang" if field == "language" else field, value


def _kind(wanted: SearchQuestion, text: str) -> str:
    return f"search.{wanted.sort}.{wanted.forgive}.{_digest(text)}"


def _digest(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()[:16]


def _items(found: Results) -> list[FoundDocument]:
    prefetch_related_objects([one.document for one in found.found], "tags")
    ids = [hit.transcription_id for one in found.found for hit in one.hits if hit.transcription_id]
    readings = Transcription.objects.only("text", "packed").in_bulk(ids)
    return [_found_document(one, readings) for one in found.found]


def _found_document(one: Found, readings: Mapping[int, Transcription]) -> FoundDocument:
    return FoundDocument(
        document=document_out(one.document),
        pages=[_found_page(hit, readings.get(hit.transcription_id or 0)) for hit in one.hits],
        more_pages=one.more_pages,
        values=[
            FoundValue(kind=chip.kind, text=chip.text, page=chip.page, start=chip.start) for chip in one.chips
        ],
    )


def _found_page(hit: PageHit, reading: Transcription | None) -> FoundPage:
    """``reading`` is None for a page that was found by its title before it was read."""
    page = reading.page_text if reading else None
    hits = hits_on(page, hit.marks) if page else ()
    parts = hit.snippet.parts
    return FoundPage(
        number=hit.number,
        width=page.width if page else None,
        height=page.height if page else None,
        snippet="".join(part.text for part in parts),
        parts=[SnippetPart(text=part.text, hit=part.mark is not None) for part in parts],
        hits=[_hit(one, reading.text) for one in hits] if reading else [],
    )


def _hits_on_pages(question: Question, document: Document, pages: Sequence[PageHits]) -> Iterator[HitsOnPage]:
    rows = document.pages.select_related("current").filter(number__in=[page.number for page in pages])
    for row in rows.order_by("number"):
        if row.current is None:  # deleted meanwhile
            continue
        text = row.current.page_text
        yield _hits_on_page(row.number, row.current, text, hits_in(question, row.current, text))


def _hits_on_page(number: int, reading: Transcription, text: PageText, hits: tuple[Hit, ...]) -> HitsOnPage:
    shown = [_hit(hit, reading.text) for hit in hits]
    return HitsOnPage(number=number, width=text.width, height=text.height, hits=shown)


def _hit(hit: Hit, text: str) -> HitOut:
    mark = hit.mark
    return HitOut(
        text=text[mark.start : mark.end],
        asked=mark.asked,
        how=mark.how,
        start=mark.start,
        end=mark.end,
        boxes=[BoxOut(x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1) for box in hit.boxes],
    )


def _facets(facets: Facets) -> FacetsOut:
    groups = (facets.collections, facets.tags, facets.languages, facets.years)
    collections, tags, languages, years = (
        [FacetOut(value=one.value, label=one.label, count=one.count) for one in group] for group in groups
    )
    return FacetsOut(collections=collections, tags=tags, languages=languages, years=years)
