"""The strip cut from the image of a page around a hit."""

import re
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from documents import selectors, storage
from documents.models import Transcription
from documents.search.text.cut import MOST_RANGES, Range, cut
from documents.views.access import SignedInRequest, or_404
from documents.views.answers import FOR_EVER, from_storage

_RANGE = r"[0-9]{1,7}-[0-9]{1,7}"
_RANGES = re.compile(rf"{_RANGE}(?:,{_RANGE}){{0,{MOST_RANGES - 1}}}")


@require_safe
@from_storage
def strip(request: SignedInRequest, document_id: UUID, reading_id: int, ranges: str) -> HttpResponse:
    """Around the first of ``ranges`` of the text (``12-19,40-46``), all of them tinted.

    A reading never changes, so what a browser has is right for ever.
    """
    reading = or_404(selectors.reading_for, request.user, document_id, reading_id)
    picture = _strip(reading, _ranges(ranges))
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
