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
    StorageError,
)
from documents.models import Document
from documents.ocr.formats import FORMATS
from documents.services import export
from documents.services.filenames import safe_name, safe_stem
from documents.services.pdf import searchable_pdf
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
    if format_name == "original":
        return _original(request, document)
    if format_name not in (*FORMATS, "pdf"):
        raise Http404
    if export.is_withheld(document, format_name):
        return _refuse(request, document, PasswordNeeded(), status=409)
    if format_name == "pdf":
        return _pdf(request, document, _page(request))
    try:
        return _written(request, document, format_name, _page(request))
    except NoTable as error:
        return _refuse(request, document, error, status=404)


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


def _written(
    request: SignedInRequest, document: Document, name: str, page: int | None
) -> StreamingHttpResponse:
    forms = {"is_laid_out": request.GET.get("layout") == "1", "is_joined": request.GET.get("join") == "1"}
    try:
        pieces = export.write_document(
            document=document, format=name, explain=explain, page=page, needs_tables=True, **forms
        )
    except PageMissing as error:
        raise Http404 from error
    form = export.form_for(document, name, page=page, **forms)
    response = StreamingHttpResponse(pieces, content_type=form.media_type)
    response["Content-Disposition"] = _disposition(f"{_stem(document, page)}.{form.extension}")
    return response


def _pdf(request: SignedInRequest, document: Document, page: int | None) -> HttpResponse | FileResponse:
    try:
        file = searchable_pdf(document=document, page=page)
    except PageMissing as error:
        raise Http404 from error
    except PdfTakesLong as error:
        return _refuse(request, document, error, status=409, template="documents/pdf_takes_long.html")
    except OcrsiteError as error:
        status = 410 if isinstance(error, OriginalMissing) else 422
        return _refuse(request, document, error, status=503 if error.retryable else status)
    response = FileResponse(file, content_type="application/pdf")
    response["Content-Disposition"] = _disposition(f"{_stem(document, page)}.pdf")
    return response


def _stem(document: Document, page: int | None) -> str:
    return safe_stem(document.title if page is None else f"{document.title} p{page}")


def _original(request: SignedInRequest, document: Document) -> HttpResponse | FileResponse:
    try:
        original = export.original(document=document)
    except StorageError as error:
        return _refuse(request, document, error, status=503 if error.retryable else 410)
    response = FileResponse(original.file, content_type=original.media_type)
    response["Content-Disposition"] = _disposition(safe_name(original.name))
    return response


def _refuse(
    request: SignedInRequest,
    document: Document,
    error: OcrsiteError,
    *,
    status: int,
    template: str = "documents/no_download.html",
) -> HttpResponse:
    context = {"document": document, "sentence": explain_error(error)}
    return render(request, template, context, status=status)


def _disposition(name: str) -> str:
    """As RFC 6266 has it."""
    return content_disposition_header(as_attachment=True, filename=name) or ""
