"""The strip cut from the image of a page around a hit."""

import re
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from documents import selectors, storage
from documents.errors import OriginalMissing, StorageError
from documents.models import Transcription
from documents.search.cut import MOST_RANGES, Range, cut
from documents.views.access import SignedInRequest
from documents.views.pages import FOR_EVER
from documents.words import explain_error

_RANGE = r"[0-9]{1,7}-[0-9]{1,7}"
_RANGES = re.compile(rf"{_RANGE}(?:,{_RANGE}){{0,{MOST_RANGES - 1}}}")


@require_safe
def strip(request: SignedInRequest, document_id: UUID, reading_id: int, ranges: str) -> HttpResponse:
    """Around the first of ``ranges`` of the text (``12-19,40-46``), all of them tinted.

    A reading never changes, so what a browser has is right for ever.
    """
    try:
        reading = selectors.reading_for(request.user, document_id, reading_id)
    except Transcription.DoesNotExist as error:
        raise Http404 from error
    try:
        picture = _strip(reading, _ranges(ranges))
    except OriginalMissing as error:
        raise Http404 from error
    except StorageError as error:
        return HttpResponse(explain_error(error), status=503, content_type="text/plain; charset=utf-8")
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": FOR_EVER})


def _ranges(text: str) -> list[Range]:
    if not _RANGES.fullmatch(text):
        raise Http404
    pairs = (part.split("-") for part in text.split(","))
    return [(int(start), int(end)) for start, end in pairs]


def _strip(reading: Transcription, ranges: list[Range]) -> bytes | None:
    if not reading.image:
        return None
    with storage.open_file(reading.image) as file:
        return cut(file, reading.page_text, ranges)
