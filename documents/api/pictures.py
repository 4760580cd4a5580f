"""``/api/v1/documents/{id}/pages/{n}/image``: what a page looks like, to show its text on."""

from typing import Annotated

from django.http.response import HttpResponseBase
from ninja import Query, Router

from documents import errors, selectors, storage
from documents.api.auth import ApiRequest
from documents.api.fields import DocumentId, PageNumber
from documents.api.negotiation import require_accepted
from documents.api.openapi import FILE, refuses
from documents.api.ranges import answered, etag_of_stored

router = Router(tags=["pages"])

JPEG = "image/jpeg"
UNSEEN = (errors.NotAcceptable, errors.OriginalMissing, errors.RangeUnsatisfiable, errors.StorageDown)
"""How a picture may be refused."""


@router.get(
    "/documents/{uuid:document_id}/pages/{int:number}/image",
    operation_id="get_page_image",
    summary="Have the image of a page",
    openapi_extra={
        **refuses(*UNSEEN),
        FILE: [JPEG],
    },
)
def get_page_image(
    request: ApiRequest,
    document_id: DocumentId,
    *,
    number: PageNumber,
    thumbnail: Annotated[bool, Query(description="The small one, for lists.", examples=[False])] = False,
) -> HttpResponseBase:
    """The upright page as browsers show it. Boxes are in the pixels of the page, `width` × `height`: of a
    large page, the image is scaled down to 2,000 pixels on its longer side, and so are the boxes on it."""
    require_accepted(request, [JPEG])
    page = selectors.pictured_page_for(request.user, document_id, number)
    return picture(request, page.thumbnail if thumbnail else page.image)


def picture(request: ApiRequest, name: str) -> HttpResponseBase:
    """The JPEG of that name in the storage. Raises NotFound where there is none, as nothing was read yet."""
    if not name:
        raise errors.NotFound
    etag = etag_of_stored(name)
    return answered(request, storage.open_file(name), (), media_type=JPEG, etag=etag)
