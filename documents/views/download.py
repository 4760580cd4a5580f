"""Taking a document away: ``/documents/<id>/download/<format>``."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents.errors import (
    NoTable,
    OcrsiteError,
    OriginalMissing,
    PageMissing,
    PasswordNeeded,
    PdfTakesLong,
)
from documents.models import Document
from documents.ocr.formats import FORMATS
from documents.services.take_away import NAMES, TakenAway, take_away
from documents.views.access import SignedInRequest, readable_document
from documents.views.numbers import whole
from documents.words import explain, explain_error


@require_safe
def download(request: SignedInRequest, document_id: UUID, format_name: str) -> HttpResponseBase:
    """``original``, ``pdf`` or one of ``ocr.formats``. The JSON answers while pages are being read, too.

    ``?page=`` is the number of the one page to take away, ``?layout=1`` asks for text that keeps its place,
    ``?join=1`` for words whole that the ends of lines divide.
    """
    document = readable_document(request.user, document_id)
    if format_name not in NAMES:
        raise Http404
    try:
        taken = take_away(
            document=document,
            form=format_name,
            explain=explain,
            page=_page(request),
            is_laid_out=request.GET.get("layout") == "1",
            is_joined=request.GET.get("join") == "1",
        )
    except PageMissing as error:
        raise Http404 from error
    except OcrsiteError as error:
        return _refuse(request, document, error)
    return _response(taken)


@require_safe
def download_page(request: SignedInRequest, document_id: UUID) -> HttpResponseRedirect:
    """The address of ``?format=`` and ``?page=``, for a form without script."""
    document = readable_document(request.user, document_id)
    name = request.GET.get("format", "")
    if name not in (*FORMATS, "pdf"):
        raise Http404
    address = reverse("download", args=[document.pk, name])
    return HttpResponseRedirect(f"{address}?{urlencode({'page': request.GET.get('page', '')})}")


def _page(request: SignedInRequest) -> int | None:
    """The page that was asked for, 0 for what is no number; None where all are wanted."""
    return whole(request.GET, "page", 0) if request.GET.get("page") else None


def _response(taken: TakenAway) -> FileResponse | StreamingHttpResponse:
    response = (
        FileResponse(taken.file, content_type=taken.media_type)
        if taken.file
        else StreamingHttpResponse(taken.pieces, content_type=taken.media_type)
    )
    response["Content-Disposition"] = disposition(taken.name)
    return response


def _refuse(request: SignedInRequest, document: Document, error: OcrsiteError) -> HttpResponse:
    name = "pdf_takes_long" if isinstance(error, PdfTakesLong) else "no_download"
    context = {"document": document, "sentence": explain_error(error)}
    return render(request, f"documents/{name}.html", context, status=_status_of(error))


def _status_of(error: OcrsiteError) -> int:
    match error:
        case NoTable():
            return 404
        case PasswordNeeded() | PdfTakesLong():
            return 409
        case OriginalMissing():
            return 410
        case _:
            return 503 if error.retryable else 422


def disposition(name: str) -> str:
    """As RFC 6266 has it."""
    return content_disposition_header(as_attachment=True, filename=name) or ""
