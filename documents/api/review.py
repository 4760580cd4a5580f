"""``/api/v1/review``: pages to be proofread, and ``/api/v1/documents/{id}/pages/{n}/doubtful-words``."""

from ninja import Router

from documents import errors, selectors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.fields import DocumentId, PageNumber
from documents.api.openapi import refuses
from documents.api.pages import rounded, word_out
from documents.api.schemas.review import DoubtfulWord, DoubtfulWords, PagesToReview, PageToReview
from documents.models import Page
from documents.selectors.review import (
    MOST_COUNTED,
    Placed,
    Rank,
    count_to_review,
    ranked_to_review,
    words_of,
)

router = Router(tags=["proofreading"])

_KIND = "review"


@router.get(
    "/review",
    response=PagesToReview,
    operation_id="list_pages_to_review",
    summary="List the pages to proofread",
)
def list_pages_to_review(
    request: ApiRequest, limit: paging.Limit = paging.LIMIT, cursor: paging.Cursor = ""
) -> PagesToReview:
    """Those of all documents that you may change that were read with a confidence below 90 and that nobody
    proofread, the worst first. A page goes from the list once its text is marked as proofread."""
    rows = ranked_to_review(request.user, most=limit + 1, after=_rank(cursor))
    shown, following = paging.piece(rows, limit, lambda row: paging.mark(_KIND, *row[0]))
    left = count_to_review(request.user)
    return PagesToReview(
        items=[_page_out(page) for _rank, page in shown],
        next=following,
        left=left,
        left_is_exact=left < MOST_COUNTED,
    )


@router.get(
    "/documents/{uuid:document_id}/pages/{int:number}/doubtful-words",
    response=DoubtfulWords,
    operation_id="list_doubtful_words",
    summary="List the doubtful words of a page",
    openapi_extra=refuses(errors.NoRight),
)
def list_doubtful_words(request: ApiRequest, document_id: DocumentId, number: PageNumber) -> DoubtfulWords:
    """Those that the engine was less than 60 % sure of, but for what is on your word list, in one piece. To
    replace one by its own text says that it is right: it is doubtful no more."""
    page = selectors.page_to_edit(request.user, document_id, number)
    current = page.current
    text = current.page_text if current else None
    words = words_of(request.user, current) if current else []
    return DoubtfulWords(
        items=[_doubtful(word) for word in words if word.is_doubtful],
        next=None,
        transcription=page.current_id,
        width=text.width if text else None,
        height=text.height if text else None,
        proofread=page.proofread_at is not None,
    )


def _rank(cursor: str) -> Rank | None:
    """Raises CursorInvalid."""
    values = paging.marked(_KIND, cursor)
    return (values[0], values[1]) if values else None


def _page_out(page: Page) -> PageToReview:
    return PageToReview(
        document=page.document_id,
        title=page.document.title,
        number=page.number,
        mean_confidence=rounded(page.current.mean_confidence) if page.current else None,
        transcription=page.current_id,
    )


def _doubtful(placed: Placed) -> DoubtfulWord:
    return DoubtfulWord(
        **word_out(placed.word).model_dump(),
        line=placed.line,
        word=placed.at,
        start=placed.start,
        end=placed.end,
        before=placed.before,
        after=placed.after,
    )
