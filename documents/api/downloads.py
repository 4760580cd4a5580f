"""``/api/v1/documents/{id}/download/{format}``: a document in any form."""

from typing import Annotated

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Router
from pydantic import WithJsonSchema

from documents import errors, selectors
from documents.api.auth import ApiRequest
from documents.api.fields import DocumentId
from documents.api.negotiation import require_accepted
from documents.api.openapi import FILE, refuses
from documents.api.problems import field_problem
from documents.api.ranges import answered
from documents.api.schemas.download import DownloadList, DownloadOut
from documents.models import Document
from documents.services.take_away import NAMES, ORIGINAL, Offer, media_types, offers, take_away
from documents.words import explain

router = Router(tags=["documents"])

_IDLE = gettext_lazy("This form does not take it.")
_MEDIA_TYPES = sorted({kind.partition(";")[0] for name in NAMES for kind in media_types(name)})


@router.get(
    "/documents/{uuid:document_id}/downloads",
    response=DownloadList,
    operation_id="list_downloads",
    summary="List the forms of a document",
)
def list_downloads(request: ApiRequest, document_id: DocumentId) -> DownloadList:
    """Every form that there is, with its address, in one piece."""
    document = selectors.document_for(request.user, document_id)
    return DownloadList(
        items=[_download_out(document, offer) for offer in offers(document=document)], next=None
    )


def _download_out(document: Document, offer: Offer) -> DownloadOut:
    return DownloadOut(
        format=offer.form,
        media_type=offer.media_type.partition(";")[0],
        url=reverse("api:download_document", args=[document.pk, offer.form]),
        refusal=offer.refusal.code if offer.refusal else None,
    )


@router.get(
    "/documents/{uuid:document_id}/download/{str:format}",
    operation_id="download_document",
    summary="Take a document away",
    openapi_extra={
        **refuses(
            errors.NotAcceptable,
            errors.PageMissing,
            errors.NoTable,
            errors.PasswordNeeded,
            errors.OriginalMissing,
            errors.PdfTakesLong,
            errors.PdfBusy,
            errors.PdfFailed,
            errors.FileDamaged,
            errors.RangeUnsatisfiable,
            errors.StorageDown,
            errors.StorageFull,
        ),
        FILE: ["application/octet-stream", *_MEDIA_TYPES, "image/*"],
    },
)
def download_document(
    request: ApiRequest,
    document_id: DocumentId,
    *,
    format: Annotated[  # noqa: A002
        str,
        WithJsonSchema({"type": "string", "enum": list(NAMES)}),
        Path(
            description="The form. The `original` is what was uploaded.",
            examples=["txt"],
        ),
    ],
    page: Annotated[
        int | None,
        Query(description="The number of the one page to take away.", examples=[1], ge=1, lt=2**31),
    ] = None,
    layout: Annotated[
        bool, Query(description="In `txt`, let the words keep their places.", examples=[False])
    ] = False,
    join: Annotated[
        bool, Query(description="In `txt`, make words whole that line ends divide.", examples=[False])
    ] = False,
) -> HttpResponseBase:
    """The current text, at any time, also while pages are being read. `Range` gets one range of bytes."""
    if format not in NAMES:
        raise errors.NotFound
    if idle := _idle(format, page=page, layout=layout, join=join):
        return field_problem("query", idle, _IDLE)
    document = selectors.document_for(request.user, document_id)
    if types := media_types(format):
        require_accepted(request, (kind.partition(";")[0] for kind in types))
    taken = take_away(
        document=document, form=format, explain=explain, page=page, is_laid_out=layout, is_joined=join
    )
    response = answered(
        request,
        taken.file,
        taken.pieces,
        media_type=taken.media_type,
        etag=document.sha256 if format == ORIGINAL and _is_one_file(document) else None,
    )
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=taken.name) or ""
    )
    return response


def _idle(form: str, *, page: int | None, layout: bool, join: bool) -> str | None:
    """The parameter that does nothing in this form; None where all do something, or are left out."""
    if page is not None and form == ORIGINAL:
        return "page"
    if form != "txt" and (layout or join):
        return "layout" if layout else "join"
    return None


def _is_one_file(document: Document) -> bool:
    """Several are packed anew each time."""
    return document.originals.count() == 1
