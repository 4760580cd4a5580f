"""Taking a document away: ``/documents/<id>/download/<format>``."""

import re
from pathlib import PurePath
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents.errors import OcrsiteError, PasswordNeeded, StorageError
from documents.models import Document
from documents.ocr.formats import FORMATS
from documents.services import export
from documents.views.access import SignedInRequest, readable_document
from documents.words import explain, explain_error

# What Windows, macOS or Linux refuse in a file name, and control characters.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


@require_safe
def download(request: SignedInRequest, document_id: UUID, format_name: str) -> HttpResponseBase:
    """``original`` or one of ``ocr.formats``. The JSON answers while pages are being read, too."""
    document = readable_document(request.user, document_id)
    if format_name == "original":
        return _original(request, document)
    written = FORMATS.get(format_name)
    if written is None:
        raise Http404
    if document.is_locked and format_name != "json":  # which says itself that the document is locked
        return _refuse(request, document, PasswordNeeded(), status=409)
    pieces = export.write_document(document=document, format=format_name, explain=explain)
    response = StreamingHttpResponse(pieces, content_type=written.media_type)
    response["Content-Disposition"] = _disposition(document.title, f".{written.extension}")
    return response


def _original(request: SignedInRequest, document: Document) -> HttpResponse | FileResponse:
    try:
        original = export.original(document=document)
    except StorageError as error:
        return _refuse(request, document, error, status=503 if error.retryable else 410)
    name = PurePath(_UNSAFE.sub(" ", original.name))
    response = FileResponse(original.file, content_type=original.media_type)
    response["Content-Disposition"] = _disposition(name.stem, name.suffix[:20])
    return response


def _refuse(
    request: SignedInRequest, document: Document, error: OcrsiteError, *, status: int
) -> HttpResponse:
    context = {"document": document, "sentence": explain_error(error)}
    return render(request, "documents/no_download.html", context, status=status)


def _disposition(stem: str, ending: str) -> str:
    """RFC 6266, with a name that every file system takes; ``ending`` has its dot."""
    safe = " ".join(_UNSAFE.sub(" ", stem).split()).strip(". ")[:180].strip()
    return content_disposition_header(as_attachment=True, filename=f"{safe or 'document'}{ending}") or ""
