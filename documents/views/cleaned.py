"""``/documents/<id>/pages/<n>/cleaned/<reading>/``: a page as the engine saw it, piece by piece."""

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from documents import selectors
from documents.models import Transcription
from documents.services import cleaned as services
from documents.services.cleaned import Cleaned
from documents.views.access import SignedInRequest, or_404
from documents.views.answers import a_piece, come_again, from_pieces, from_storage


@require_safe
@from_pieces
def cleaned(request: SignedInRequest, document_id: UUID, number: int, reading_id: int) -> HttpResponse:
    """What there is to be shown; 503 to be asked again while another page is cut."""
    found = services.cleaned(reading=_reading(request, document_id, number, reading_id))
    if found is None:
        return come_again()
    # The pieces may be lost, and are cut again by who asks here.
    return JsonResponse(_plain(found), headers={"Cache-Control": "private, no-cache"})


@require_safe
@from_storage
def piece(
    request: SignedInRequest,
    document_id: UUID,
    number: int,
    reading_id: int,
    version: str,
    level: int,
    x: int,
    y: int,
) -> HttpResponse:
    """A JPEG. 404 for what is not there, while the page is not cut, and where it is cut anew."""
    reading = _reading(request, document_id, number, reading_id)
    return a_piece(services.piece(reading=reading, version=version, level=level, x=x, y=y))


def _plain(found: Cleaned) -> dict[str, object]:
    """For the script."""
    seen = found.seen
    if seen is None:
        return {"state": found.state}
    width, height = seen.size
    return {
        "state": found.state,
        "notes": found.notes,
        "version": found.version,
        "degrees": seen.degrees,
        "width": width,
        "height": height,
        "levels": list(seen.levels),
    }


def _reading(request: SignedInRequest, document_id: UUID, number: int, reading_id: int) -> Transcription:
    """Raises Http404, also for one of another page, or by a person."""
    reading = or_404(selectors.reading_for, request.user, document_id, reading_id)
    if reading.page.number != number or reading.source != Transcription.Source.RUN:
        raise Http404
    return reading
