"""Taking a document away: ``/documents/<id>/download/<format>``."""

import re
from pathlib import PurePath
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents.errors import OriginalMissing
from documents.models import Document
from documents.services import export
from documents.views.access import SignedInRequest, readable_document
from documents.words import explain_error

_MEDIA_TYPES = {"txt": "text/plain; charset=utf-8", "json": "application/json"}
# What Windows, macOS or Linux refuse in a file name, and control characters.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


@require_safe
def download(request: SignedInRequest, document_id: UUID, format_name: str) -> HttpResponseBase:
    """``txt``, ``json`` or ``original``. The JSON answers at any time, also while pages are being read."""
    document = readable_document(request.user, document_id)
    if format_name == "original":
        return _original(request, document)
    if format_name not in _MEDIA_TYPES:
        raise Http404
    chunks = export.write_document(document=document, format=format_name)
    response = StreamingHttpResponse(chunks, content_type=_MEDIA_TYPES[format_name])
    response["Content-Disposition"] = _disposition(f"{document.title}.{format_name}")
    return response


def _original(request: SignedInRequest, document: Document) -> HttpResponse | FileResponse:
    try:
        original = export.original(document=document)
    except OriginalMissing as error:
        return render(request, "documents/missing.html", {"sentence": explain_error(error)}, status=410)
    response = FileResponse(original.file, content_type=original.media_type)
    response["Content-Disposition"] = _disposition(original.name)
    return response


def _disposition(name: str) -> str:
    """RFC 6266, with a name that every file system takes: it keeps its ending and is at most 180 letters."""
    path = PurePath(_UNSAFE.sub(" ", name).strip(" ."))
    stem = path.name.removesuffix(path.suffix)[:180].strip() or "document"
    return content_disposition_header(as_attachment=True, filename=f"{stem}{path.suffix}") or ""
