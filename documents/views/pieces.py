"""A page at its full resolution, piece by piece."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from documents import selectors, storage
from documents.models import Page
from documents.services import pieces
from documents.views.access import SignedInRequest, or_404
from documents.views.answers import a_piece, come_again, from_pieces, from_storage


@require_safe
@from_pieces
def prepare(request: SignedInRequest, document_id: UUID, number: int, version: str) -> HttpResponse:
    """Cut the page, if nobody did yet: 204 once it is, 503 to be asked again while another one is cut."""
    is_cut = pieces.prepare(page=_page(request, document_id, number, version))
    return HttpResponse(status=204) if is_cut else come_again()


@require_safe
@from_storage
def piece(
    request: SignedInRequest, document_id: UUID, number: int, version: str, level: int, x: int, y: int
) -> HttpResponse:
    """A JPEG. 404 for what is not there, and while the page is not cut."""
    jpeg = pieces.piece(page=_page(request, document_id, number, version), level=level, x=x, y=y)
    return a_piece(jpeg)


def _page(request: SignedInRequest, document_id: UUID, number: int, version: str) -> Page:
    """The page, if ``version`` is that of its picture. Raises Http404."""
    page = or_404(selectors.pictured_page_for, request.user, document_id, number)
    if not page.image or storage.version_of(page.image) != version:
        raise Http404
    return page
