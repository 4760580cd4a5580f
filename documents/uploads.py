"""How a file comes in through a form: streamed to disk and hashed on the way, never held in memory."""

import hashlib
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from documents.errors import FileTooLarge, OcrsiteError, StorageFull
from documents.services.copying import require_size
from documents.services.receive import Incoming
from documents.storage import is_full

logger = logging.getLogger(__name__)

_AT_ONCE = 1 << 18  # bytes


class ReceivedFile(TemporaryUploadedFile):
    """A file of a request: on disk, with its SHA-256, or with the reason why it was not kept."""

    def __init__(self, name: str, content_type: str | None, charset: str | None) -> None:
        # Not the parent's constructor: it puts the name's ending, however long, into a path.
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
        UploadedFile.__init__(self, file, name, content_type, 0, charset)
        self.hash = hashlib.sha256()
        self.refusal: OcrsiteError | None = None

    def take(self, chunk: bytes) -> None:
        """Append ``chunk``; once the file is refused, drop what still comes of it."""
        if self.refusal:
            return
        self.size = (self.size or 0) + len(chunk)
        try:
            require_size(self.size)
        except FileTooLarge as error:
            self._refuse(error)
            return
        self.hash.update(chunk)
        with self._refusing_when_full():
            self.write(chunk)

    def finish(self) -> None:
        with self._refusing_when_full():
            self.flush()
        if not self.refusal:
            self.seek(0)

    @contextmanager
    def _refusing_when_full(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if not is_full(error):
                self.close()
                raise
            logger.exception("There is no room for an upload")
            self._refuse(StorageFull())

    def _refuse(self, refusal: OcrsiteError) -> None:
        """Free what was stored, so that the rest of the request has room."""
        self.refusal = refusal
        self.refusal.file = self.name or ""
        Path(self.temporary_file_path()).write_bytes(b"")


class HashingUploadHandler(FileUploadHandler):
    """Refuses one file of a request without disturbing the others."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        # The form is taken apart to find its CSRF token, before anything asks who sends it.
        if self.request is None or not self.request.user.is_authenticated:
            raise SkipFile
        self.file = ReceivedFile(self.file_name or "", self.content_type, self.charset)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        self.file.take(raw_data)

    def file_complete(self, file_size: int) -> ReceivedFile:  # noqa: ARG002
        self.file.finish()
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


def body_of(request: HttpRequest) -> ReceivedFile:
    """All that is sent in a request, as one file, which has no name of its own.

    Raises FileTooLarge before anything is read, where its length says so.
    """
    require_size(int(request.META.get("CONTENT_LENGTH") or 0))
    file = ReceivedFile("image", request.content_type, None)
    while chunk := request.read(_AT_ONCE):
        file.take(chunk)
    file.finish()
    return file


def incoming(file: "UploadedFile[bytes]") -> Incoming:
    """What ``receive_upload`` takes, from an entry of ``request.FILES``. Raises FileTooLarge, StorageFull."""
    if not isinstance(file, ReceivedFile):
        raise TypeError("FILE_UPLOAD_HANDLERS must name HashingUploadHandler")
    if file.refusal:
        raise file.refusal
    return Incoming(
        path=Path(file.temporary_file_path()),
        name=file.name or "",
        sha256=file.hash.hexdigest(),
        byte_size=file.size or 0,
        is_temporary=True,
    )
