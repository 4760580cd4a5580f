"""``/api/v1/documents/{id}/entities``: dates, sums, addresses and numbers in its text, with their places."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Annotated

from ninja import Query, Router

from documents import selectors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.fields import DocumentId
from documents.api.schemas.entity import EntityKind, EntityList, EntityOut
from documents.api.schemas.search import BoxOut
from documents.models import Entity, Page
from documents.search.text.places import Span, boxes_of, word_spans
from documents.selectors import facts

router = Router(tags=["documents"])

_Kind = Annotated[EntityKind | None, Query(description="Only those of this kind.", examples=["amount"])]
_Page = Annotated[
    int | None, Query(description="Only those on the page of this number.", examples=[1], ge=1, lt=2**31)
]


@router.get(
    "/documents/{uuid:document_id}/entities",
    response=EntityList,
    operation_id="list_entities",
    summary="List what was found in the text",
)
def list_entities(
    request: ApiRequest,
    document_id: DocumentId,
    *,
    kind: _Kind = None,
    page: _Page = None,
    limit: paging.Limit = paging.LIMIT,
    cursor: paging.Cursor = "",
) -> EntityList:
    """Each time that it stands there, in the order of the pages and of their texts."""
    document = selectors.document_for(request.user, document_id)
    name = f"entities.{document.pk}.{kind or ''}.{page or ''}"
    last = paging.marked(name, cursor)
    after = (last[0], last[1]) if last else None
    rows = facts.places_in(document, kind=kind, page=page, after=after)
    shown, following = paging.piece(
        list(rows[: limit + 1]), limit, lambda row: paging.mark(name, row.page.number, row.start)
    )
    return EntityList(items=list(_entities_out(shown)), next=following)


def _entities_out(entities: Sequence[Entity]) -> Iterator[EntityOut]:
    """``entities`` are in the order of their pages, each of which is unpacked once."""
    pages = Page.objects.select_related("current").in_bulk({entity.page_id for entity in entities})
    for page_id, found in groupby(entities, key=lambda entity: entity.page_id):
        current = pages[page_id].current if page_id in pages else None
        spans = [*word_spans(current.page_text)] if current else []
        yield from (_entity_out(entity, spans) for entity in found)


def _entity_out(entity: Entity, spans: Sequence[Span]) -> EntityOut:
    return EntityOut(
        kind=Entity.Kind(entity.kind),
        value=entity.value,
        text=entity.text,
        number=None if entity.number is None else float(entity.number),
        currency=entity.currency or None,
        page=entity.page.number,
        start=entity.start,
        end=entity.end,
        boxes=[
            BoxOut(x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1)
            for box in boxes_of(spans, entity.start, entity.end)
        ],
    )
