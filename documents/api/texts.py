"""``/api/v1/documents/{id}/pages/{n}/lines`` and ``…/texts``: correcting a page, and the texts it had."""

from collections.abc import Container
from typing import Annotated, cast
from uuid import UUID

from ninja import Path, Query, Router

from accounts.models import User
from documents import errors, selectors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.conditions import require_match
from documents.api.fields import DocumentId, PageNumber
from documents.api.openapi import refuses
from documents.api.pages import rounded, word_out
from documents.api.schemas.sent import Sent
from documents.api.schemas.text import (
    LineOut,
    LinesChange,
    LinesOut,
    ProofreadMark,
    TextList,
    TextOut,
    TextSeen,
    TextSource,
    TextSummary,
)
from documents.models import Page
from documents.ocr.correcting.operations import parse
from documents.ocr.elements import Box, Line, PageText
from documents.selectors import correcting
from documents.selectors.comparing import text_of, whole_copies
from documents.selectors.correcting import Version, history
from documents.services import correct
from documents.words.versions import kind_of

router = Router(tags=["pages"])

_REFUSED = (errors.NoRight, errors.Gone, errors.PageUnread, errors.PageChanged)

_PAGE = "/documents/{uuid:document_id}/pages/{int:number}"
TextId = Annotated[int, Path(description="The id of a text of the page.", examples=[17], ge=1, lt=2**63)]
Each = Annotated[
    bool,
    Query(
        description="All texts of changes that one person made in a row, not the last alone.", examples=[True]
    ),
]


@router.get(f"{_PAGE}/lines", response=LinesOut, operation_id="get_lines", summary="Read a page by its lines")
def get_lines(request: ApiRequest, document_id: DocumentId, number: PageNumber) -> LinesOut:
    """The text that the page shows now, with the places that changes name: lines of the page, words of a
    line, each from 0."""
    return lines_of(request.user, document_id, number)


@router.patch(
    f"{_PAGE}/lines",
    response=LinesOut,
    operation_id="change_lines",
    summary="Correct words and lines",
    openapi_extra=refuses(
        errors.PreconditionFailed,
        *_REFUSED,
        errors.PlaceMissing,
        errors.OperationUnclear,
        errors.PageTooFull,
        errors.WordTooLong,
        errors.LineTooLong,
    ),
)
def change_lines(
    request: ApiRequest, document_id: DocumentId, number: PageNumber, change: LinesChange
) -> LinesOut:
    """Words that are not named keep their boxes and confidences; what a person changed is certain. Answers
    with the new text, whose id the next change names. The text before stays in the history of the page."""
    page = page_to_edit(request, document_id, number)
    operations = parse([_plain(one) for one in change.changes])
    correct.correct(user=request.user, page=page, current_id=change.transcription, operations=operations)
    return lines_of(request.user, document_id, number)


@router.post(
    f"{_PAGE}/undo",
    response=LinesOut,
    operation_id="undo_change",
    summary="Undo a correction",
    openapi_extra=refuses(*_REFUSED, errors.NotUndoable),
)
def undo_change(request: ApiRequest, document_id: DocumentId, number: PageNumber, text: TextSeen) -> LinesOut:
    """Show the text before your last change; not where another person made the last one."""
    page = page_to_edit(request, document_id, number)
    correct.undo(user=request.user, page=page, current_id=text.transcription)
    return lines_of(request.user, document_id, number)


@router.post(
    f"{_PAGE}/redo",
    response=LinesOut,
    operation_id="redo_change",
    summary="Redo a correction",
    openapi_extra=refuses(*_REFUSED, errors.NotUndoable),
)
def redo_change(request: ApiRequest, document_id: DocumentId, number: PageNumber, text: TextSeen) -> LinesOut:
    """Show the text again that you undid last."""
    page = page_to_edit(request, document_id, number)
    correct.redo(user=request.user, page=page, current_id=text.transcription)
    return lines_of(request.user, document_id, number)


@router.put(
    f"{_PAGE}/proofread",
    response=LinesOut,
    operation_id="mark_proofread",
    summary="Say that a text is right",
    openapi_extra=refuses(errors.PreconditionFailed, *_REFUSED),
)
def mark_proofread(
    request: ApiRequest, document_id: DocumentId, number: PageNumber, proofread: ProofreadMark
) -> LinesOut:
    """Or take that back. What the page shows stays, whatever is read again."""
    page = page_to_edit(request, document_id, number)
    correct.mark_proofread(
        user=request.user, page=page, current_id=proofread.transcription, is_right=proofread.proofread
    )
    return lines_of(request.user, document_id, number)


@router.get(
    f"{_PAGE}/texts", response=TextList, operation_id="list_texts", summary="List the texts that a page had"
)
def list_texts(
    request: ApiRequest,
    document_id: DocumentId,
    number: PageNumber,
    *,
    each: Each = False,
    limit: paging.Limit = paging.LIMIT,
    cursor: paging.Cursor = "",
) -> TextList:
    """The newest first, undone ones and readings that nothing shows, too; of very many, the oldest are left
    out."""
    page = selectors.page_for(request.user, document_id, number)
    kind = f"texts.{page.pk}"
    [before] = paging.marked(kind, cursor) or [None]
    rows = [version for version in history(page, is_each=each) if before is None or version.text.pk < before]
    shown, following = paging.piece(rows, limit, lambda version: paging.mark(kind, version.text.pk))
    copies = whole_copies(version.text for version in shown)
    return TextList(items=[_summary(page, version, copies) for version in shown], next=following)


@router.get(
    f"{_PAGE}/texts/{{int:text_id}}", response=TextOut, operation_id="get_text", summary="Read one of them"
)
def get_text(request: ApiRequest, document_id: DocumentId, number: PageNumber, text_id: TextId) -> TextOut:
    """Any text of the page, shown or not."""
    text = text_of(selectors.page_for(request.user, document_id, number), text_id)
    read = text.page_text
    return TextOut(
        id=text.pk,
        width=read.width,
        height=read.height,
        rotation=read.rotation,
        languages=text.languages,
        mean_confidence=rounded(text.mean_confidence),
        text=text.text,
        lines=lines_out(read),
    )


@router.post(
    f"{_PAGE}/texts/{{int:text_id}}/restore",
    response=LinesOut,
    operation_id="restore_text",
    summary="Show a text again",
    openapi_extra=refuses(*_REFUSED),
)
def restore_text(
    request: ApiRequest, document_id: DocumentId, number: PageNumber, text_id: TextId, text: TextSeen
) -> LinesOut:
    """What stood there before is kept in the history. A reading that waits is taken over in the same way."""
    page = page_to_edit(request, document_id, number)
    earlier = text_of(page, text_id)
    correct.restore(user=request.user, page=page, current_id=text.transcription, earlier=earlier)
    return lines_of(request.user, document_id, number)


def page_to_edit(request: ApiRequest, document_id: UUID, number: int) -> Page:
    """With a text, which but for POST is the one that `If-Match` names. Raises NoRight, PageUnread,
    PreconditionFailed."""
    page = selectors.page_to_edit(request.user, document_id, number)
    if page.current_id is None:
        raise errors.PageUnread
    if request.method != "POST":
        require_match(request, lambda: page_lines(request.user, page))
    return page


def _plain(change: Sent) -> dict[str, object]:
    """As scripts of the editor send it: see ``documents.ocr.correcting.operations``."""
    plain = change.model_dump(exclude_none=True)
    if box := plain.get("box"):
        plain["box"] = [box[side] for side in Box._fields]
    return plain


def lines_of(user: User, document_id: UUID, number: int) -> LinesOut:
    """What the page shows now."""
    return page_lines(user, selectors.page_for(user, document_id, number))


def page_lines(user: User, page: Page) -> LinesOut:
    current = page.current
    text = current.page_text if current else None
    return LinesOut(
        transcription=page.current_id,
        width=text.width if text else None,
        height=text.height if text else None,
        proofread=page.proofread_at is not None,
        can_undo=current is not None and correcting.may_undo(user, current),
        can_redo=current is not None and correcting.may_redo(user, current),
        lines=lines_out(text) if text else [],
    )


def lines_out(text: PageText) -> list[LineOut]:
    return [_line_out(number, line) for number, block in enumerate(text.blocks) for line in block.lines]


def _line_out(block: int, line: Line) -> LineOut:
    x0, y0, x1, y1 = line.box
    return LineOut(
        block=block, text=line.text, x0=x0, y0=y0, x1=x1, y1=y1, words=[word_out(word) for word in line.words]
    )


def _summary(page: Page, version: Version, copies: Container[int]) -> TextSummary:
    text = version.text
    return TextSummary(
        id=text.pk,
        source=cast("TextSource", text.source),
        description=kind_of(version, is_whole_copy=text.pk in copies),
        author=text.author.get_username() if text.author else None,
        run=text.run_id,
        languages=text.languages,
        mean_confidence=rounded(text.mean_confidence),
        created_at=text.created_at,
        changed=version.before.pk if version.before else None,
        taken_from=text.taken_from_id,
        current=version.is_current,
        undone=version.is_undone,
        waiting=page.proposal_id == text.pk,
    )
