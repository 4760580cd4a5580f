"""``/api/v1/documents/{id}/misreadings``: one misreading everywhere in a document, corrected as one."""

from collections import defaultdict
from typing import Annotated

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from ninja import Query, Router

from documents import errors, selectors
from documents.api.auth import ApiRequest
from documents.api.fields import DocumentId
from documents.api.mistakes import WORDLESS
from documents.api.openapi import refuses
from documents.api.pages import word_out
from documents.api.problems import field_problem
from documents.api.schemas.misreading import (
    RIGHT,
    WRONG,
    CorrectedTogether,
    MisreadingCorrection,
    Misreadings,
    MisreadingsCorrected,
    MisreadPage,
    MisreadWord,
)
from documents.models import Document
from documents.ocr.correcting.typed import LONGEST_WORD, shown
from documents.selectors.misreadings import OnPage, same_misreadings
from documents.services import misreadings as service

router = Router(tags=["pages"])

_ADDRESS = "/documents/{uuid:document_id}/misreadings"
_SAME = gettext_lazy("Write another word than in “from”.")


@router.get(
    _ADDRESS, response=Misreadings, operation_id="find_misreadings", summary="Find the same misreading"
)
def find_misreadings(
    request: ApiRequest,
    document_id: DocumentId,
    wrong: Annotated[
        str,
        Query(alias="from", description=WRONG, examples=["lnvoice"], min_length=1, max_length=LONGEST_WORD),
    ],
    right: Annotated[
        str, Query(alias="to", description=RIGHT, examples=["Invoice"], min_length=1, max_length=LONGEST_WORD)
    ],
) -> Misreadings | HttpResponse:
    """All places in one piece, with what `correct` would make of them; of very many, the first."""
    document = selectors.document_for(request.user, document_id)
    wrong, right = _typed(wrong), _typed(right)
    if refused := _refused("query", wrong, right):
        return refused
    found = same_misreadings(document, wrong=wrong, right=right)
    return Misreadings(count=found.count, complete=found.is_all, pages=[_on_page(one) for one in found.pages])


@router.post(
    f"{_ADDRESS}/correct",
    response=MisreadingsCorrected,
    operation_id="correct_misreadings",
    summary="Correct it everywhere",
    openapi_extra=refuses(
        errors.NoRight, errors.Gone, errors.PageTooFull, errors.WordTooLong, errors.LineTooLong
    ),
)
def correct_misreadings(
    request: ApiRequest, document_id: DocumentId, correction: MisreadingCorrection
) -> MisreadingsCorrected | HttpResponse:
    """In all places, or in those that are named. The texts before stay in the history of their pages."""
    document = selectors.document_to_edit(request.user, document_id)
    wrong, right = _typed(correction.wrong), _typed(correction.right)
    if refused := _refused("body", wrong, right):
        return refused
    done = service.apply_to_all(
        user=request.user,
        document=document,
        wrong=wrong,
        right=right,
        chosen=_chosen(document, correction, wrong, right),
    )
    return _corrected(done)


@router.post(
    f"{_ADDRESS}/undo",
    response=MisreadingsCorrected,
    operation_id="undo_misreadings",
    summary="Take that back",
    openapi_extra=refuses(errors.NoRight, errors.Gone),
)
def undo_misreadings(
    request: ApiRequest, document_id: DocumentId, undone: CorrectedTogether
) -> MisreadingsCorrected:
    """Your correction on all its pages, but for those that show another text by now."""
    document = selectors.document_to_edit(request.user, document_id)
    return _corrected(service.undo_together(user=request.user, document=document, together=undone.together))


def _typed(text: str) -> str:
    """As it would stand in a text."""
    return " ".join(shown(text))


def _refused(where: str, wrong: str, right: str) -> HttpResponse | None:
    for field, text in (("from", wrong), ("to", right)):
        if not text:
            return field_problem(where, field, WORDLESS)
    return field_problem(where, "to", _SAME) if wrong == right else None


def _chosen(document: Document, correction: MisreadingCorrection, wrong: str, right: str) -> service.Chosen:
    chosen: dict[int, list[tuple[int, int]]] = defaultdict(list)
    if correction.places is None:
        for found in same_misreadings(document, wrong=wrong, right=right).pages:
            chosen[found.page.current_id or 0] += [(place.line, place.word) for place in found.places]
    else:
        for named in correction.places:
            chosen[named.transcription].append((named.line, named.word))
    return chosen


def _on_page(found: OnPage) -> MisreadPage:
    """Only a page with a text has places."""
    return MisreadPage(
        number=found.page.number,
        transcription=found.page.current_id or 0,
        places=[
            MisreadWord(line=place.line, word=place.word, read=word_out(place.read), right=place.right)
            for place in found.places
        ],
    )


def _corrected(done: service.Done) -> MisreadingsCorrected:
    return MisreadingsCorrected(together=done.together, pages=done.pages, left=done.left)
