"""``/api/v1/documents/{id}/pages``: the text of each page, and where its words stand."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from ninja import Router

from documents import errors, selectors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.conditions import require_match
from documents.api.fields import DocumentId, PageNumber
from documents.api.mistakes import NOT_BEHIND, WORDLESS
from documents.api.openapi import refuses
from documents.api.problems import field_problem
from documents.api.schemas.page import (
    PageError,
    PageList,
    PageOut,
    PageState,
    PageSummary,
    WordIn,
    WordOut,
    WordsIn,
)
from documents.models import Document, Page, PageJob, Trial
from documents.ocr.correcting.typed import shown
from documents.ocr.elements import Box, Word
from documents.services import correct
from documents.words import explain

router = Router(tags=["pages"])

_SURE = 100.0
_STATES: dict[str, PageState] = {
    PageJob.State.QUEUED: "queued",
    PageJob.State.RUNNING: "running",
    PageJob.State.DONE: "done",
    PageJob.State.FAILED: "failed",
    PageJob.State.CANCELLED: "cancelled",
}


@router.get(
    "/documents/{uuid:document_id}/pages",
    response=PageList,
    operation_id="list_pages",
    summary="List the pages",
)
def list_pages(
    request: ApiRequest,
    document_id: DocumentId,
    limit: paging.Limit = paging.LIMIT,
    cursor: paging.Cursor = "",
) -> PageList:
    """How each page was read, without its text, in the order of their numbers."""
    document = selectors.document_for(request.user, document_id)
    kind = f"pages.{document.pk}"
    before = (paging.marked(kind, cursor) or [0])[0]
    rows = selectors.pages_of(document, first=before + 1, last=before + limit + 1)
    shown, following = paging.piece(rows, limit, lambda row: paging.mark(kind, row.number))
    return PageList(items=[_summary(row) for row in shown], next=following)


@router.get(
    "/documents/{uuid:document_id}/pages/{int:number}",
    response=PageOut,
    operation_id="get_page",
    summary="Read a page",
)
def get_page(request: ApiRequest, document_id: DocumentId, number: PageNumber) -> PageOut:
    """The text that the page shows now, with each word and its box; empty until it was read."""
    return page_out(_page(selectors.document_for(request.user, document_id), number))


@router.put(
    "/documents/{uuid:document_id}/pages/{int:number}/words",
    response=PageOut,
    operation_id="put_words",
    summary="Correct a page",
    openapi_extra=refuses(
        errors.PreconditionFailed,
        errors.NoRight,
        errors.Gone,
        errors.PageUnread,
        errors.PageChanged,
        errors.PageTooFull,
        errors.WordTooLong,
        errors.LineTooLong,
    ),
)
def put_words(
    request: ApiRequest, document_id: DocumentId, number: PageNumber, words: WordsIn
) -> PageOut | HttpResponse:
    """Let these be all words of the page. Words that are there already keep their confidence, line and
    paragraph; others go to the line beside which they stand. The text before stays in the page's history."""
    page = _page(selectors.document_for(request.user, document_id), number)
    document = selectors.document_to_edit(request.user, document_id)
    if page.current_id is None:
        raise errors.PageUnread
    require_match(request, lambda: page_out(page))
    wanted = [_word(word) for word in words.words]
    if wrong := next(_mistakes(wanted, page), None):
        return field_problem("body", *wrong)
    correct.put_words(user=request.user, page=page, current_id=page.current_id, words=wanted)
    return page_out(_page(document, number))


def _page(document: Document, number: int) -> Page:
    """With its current text and ``.job``. Raises NotFound."""
    for page in selectors.pages_of(document, first=number, last=number):
        return page
    raise errors.NotFound


def _word(word: WordIn) -> Word:
    return Word(word.text, _SURE, Box(word.x0, word.y0, word.x1, word.y1))


def _mistakes(words: Sequence[Word], page: Page) -> Iterator[tuple[str, str]]:
    """Each field of ``words`` that is not as it has to be, with a sentence that says why.

    Texts and boxes that the page has already are as its engine saw them: who got such a one may send it back.
    """
    there = page.current.page_text.words if page.current else ()
    texts, boxes = {word.text for word in there}, {word.box for word in there}
    for at, word in enumerate(words):
        if not shown(word.text) and word.text not in texts:
            yield f"words.{at}.text", str(WORDLESS)
        if word.box.width <= 0 and word.box not in boxes:
            yield f"words.{at}.x1", NOT_BEHIND % {"start": "x0"}
        if word.box.height <= 0 and word.box not in boxes:
            yield f"words.{at}.y1", NOT_BEHIND % {"start": "y0"}


def page_out(page: Page) -> PageOut:
    """Of a page of ``selectors.pages_of``."""
    text = page.current.page_text if page.current else None
    return PageOut(
        number=page.number,
        state=_state(page),
        error=_error(page),
        width=text.width if text else None,
        height=text.height if text else None,
        rotation=text.rotation if text else None,
        languages=list(text.languages) if text else [],
        text=page.current.text if page.current else "",
        mean_confidence=rounded(page.current.mean_confidence) if page.current else None,
        proofread=page.proofread_at is not None,
        transcription=page.current_id,
        suggested_languages=(page.current.suggested or []) if page.current else [],
        words=[word_out(word) for word in text.words] if text else [],
    )


def _summary(page: Page) -> PageSummary:
    return PageSummary(
        number=page.number,
        state=_state(page),
        error=_error(page),
        mean_confidence=rounded(page.current.mean_confidence) if page.current else None,
        proofread=page.proofread_at is not None,
    )


def _state(page: Page) -> PageState:
    return _STATES[page.job.state] if page.job else "queued"


def _error(page: Page) -> PageError | None:
    return error_of(page.job) if page.job else None


def error_of(work: PageJob | Trial) -> PageError | None:
    """Why it failed; None where it did not."""
    if work.state != work.State.FAILED:
        return None
    return PageError(code=work.error_code, message=explain(work.error_code, work.error_params))


def word_out(word: Word) -> WordOut:
    x0, y0, x1, y1 = word.box
    return WordOut(text=word.text, confidence=round(word.confidence, 1), x0=x0, y0=y0, x1=x1, y1=y1)


def rounded(confidence: float | None) -> float | None:
    return None if confidence is None else round(confidence, 1)
