"""A page at its full resolution, piece by piece, and the page as it was made straight for the engine."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents import storage
from documents.errors import InputError
from documents.models import Page
from documents.services import pieces
from documents.services.cleaned import cleaned
from documents.views.access import SignedInRequest, readable_page
from documents.views.answers import FOR_EVER, from_storage, picture

_AGAIN = 1  # seconds


@require_safe
@from_storage
def prepare(request: SignedInRequest, document_id: UUID, number: int, version: str) -> HttpResponse:
    """Cut the page, if nobody did yet: 204 once it is, 503 to be asked again while another one is cut."""
    page = _page(request, document_id, number, version)
    try:
        is_cut = pieces.prepare(page=page)
    except InputError as error:  # a page that can be opened no more; its picture is there all the same
        raise Http404 from error
    if is_cut:
        return HttpResponse(status=204)
    return HttpResponse(status=503, headers={"Retry-After": str(_AGAIN)})


@require_safe
@from_storage
def piece(
    request: SignedInRequest, document_id: UUID, number: int, version: str, level: int, x: int, y: int
) -> HttpResponse:
    """A JPEG. 404 for what is not there, and while the page is not cut."""
    jpeg = pieces.piece(page=_page(request, document_id, number, version), level=level, x=x, y=y)
    if jpeg is None:
        raise Http404
    return HttpResponse(jpeg, content_type="image/jpeg", headers={"Cache-Control": FOR_EVER})


@require_safe
@from_storage
def straight(request: SignedInRequest, document_id: UUID, number: int, version: str) -> HttpResponse:
    """By how many ``degrees`` clockwise the page was straightened, and the ``image`` of that, or null."""
    page = _page(request, document_id, number, version)
    found = cleaned(page=page)
    address = reverse("page_straight_image", args=[document_id, number, version]) if found.name else None
    answer = {"degrees": found.degrees, "image": address}
    return JsonResponse(answer, headers={"Cache-Control": FOR_EVER})


@require_safe
@from_storage
def straight_image(request: SignedInRequest, document_id: UUID, number: int, version: str) -> FileResponse:
    return picture(cleaned(page=_page(request, document_id, number, version)).name)


def _page(request: SignedInRequest, document_id: UUID, number: int, version: str) -> Page:
    """The page, if ``version`` is that of its picture. Raises Http404."""
    page = readable_page(request.user, document_id, number)
    if not page.image or storage.version_of(page.image) != version:
        raise Http404
    return page
