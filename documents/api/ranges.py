"""Parts of files (RFC 9110, 14): a download that broke off goes on where it was.

One range in an answer; who asks for several gets the whole file. The ETag, a hash of the bytes, tells parts
of different files apart.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from documents import storage
from documents.errors import RangeUnsatisfiable

_RANGE = re.compile(r"bytes=(\d{0,99})-(\d{0,99})")
_AT_ONCE = 1 << 18  # bytes


def etag_of_stored(name: str) -> str:
    """Of a file of the storage: what stands there under a name never changes."""
    return sha256(name.encode()).hexdigest()[:32]


def answered(
    request: HttpRequest,
    file: IO[bytes] | None,
    pieces: Iterable[bytes],
    *,
    media_type: str,
    etag: str | None,
) -> HttpResponseBase:
    """``file``, or without one ``pieces``, or the part of it that was asked for; ``etag`` where it is known.

    Raises RangeUnsatisfiable, StorageFull.
    """
    if etag and (same := get_conditional_response(request, etag=quote_etag(etag))):
        if file:
            file.close()
        return same
    wanted = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if wanted and (wanted[1] or wanted[2]):
        with storage.full_disk_named():
            whole = file or _spooled(pieces)
        response: HttpResponseBase = _part(request, whole, wanted, etag or _hash(whole))
    elif file:
        response = FileResponse(file)
        _mark(response, etag)
    else:
        response = StreamingHttpResponse(pieces)
        _mark(response, etag)
    response["Content-Type"] = media_type
    return response


def _mark(response: HttpResponseBase, etag: str | None) -> None:
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    if etag:
        response["ETag"] = quote_etag(etag)


def _part(request: HttpRequest, file: IO[bytes], wanted: re.Match[str], etag: str) -> HttpResponseBase:
    if_range = request.headers.get("If-Range")
    if if_range is not None and if_range != quote_etag(etag):  # it has parts of another file
        response: HttpResponseBase = FileResponse(file)
        _mark(response, etag)
        return response
    size = file.seek(0, 2)
    first, last = _ends(wanted, size)
    file.seek(first)
    response = StreamingHttpResponse(_read(file, last - first + 1), status=206)
    response["Content-Length"] = str(last - first + 1)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    _mark(response, etag)
    return response


def _ends(wanted: re.Match[str], size: int) -> tuple[int, int]:
    """The first and the last byte, from 0. Raises RangeUnsatisfiable."""
    begin, end = wanted.groups()
    first = int(begin) if begin else max(size - int(end), 0)
    last = min(int(end), size - 1) if begin and end else size - 1
    if first > last:
        raise RangeUnsatisfiable(size=str(size))
    return first, last


def _read(file: IO[bytes], count: int) -> Iterator[bytes]:
    with file:
        while count > 0 and (some := file.read(min(count, _AT_ONCE))):
            count -= len(some)
            yield some


def _spooled(pieces: Iterable[bytes]) -> IO[bytes]:
    """What is written on the way, as a file without a name."""
    file = TemporaryFile(dir=settings.OCRSITE_TMP_DIR)  # noqa: SIM115 -- closed when it was sent
    for one in pieces:
        file.write(one)
    return file


def _hash(file: IO[bytes]) -> str:
    file.seek(0)
    digest = sha256()
    while some := file.read(_AT_ONCE):
        digest.update(some)
    file.seek(0)
    return digest.hexdigest()[:32]
