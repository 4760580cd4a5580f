"""What is in a download of many documents, and zips that are joined without packing anything anew."""

import shutil
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path, PurePath
from tempfile import TemporaryFile
from typing import IO, cast

from django.conf import settings
from django.utils import timezone

from documents import storage
from documents.errors import PasswordNeeded
from documents.models import Document, Original
from documents.services.export import Explain, form_for, write_document
from documents.services.filenames import safe_stem, unique_name
from documents.services.pdf import write_pdf

ORIGINAL = "original"
PDF = "pdf"
_COPIED_AT_ONCE = 1 << 20  # bytes


class Packing:
    """A zip as it grows; no two files in it, nor in ``taken``, have one name."""

    def __init__(self, archive: zipfile.ZipFile, explain: Explain, *, taken: set[str]) -> None:
        self._archive = archive
        self._explain = explain
        self._taken = taken

    def add(self, document: Document, formats: Sequence[str]) -> list[str]:
        """Gives the names of its files: all that are asked for, or none.

        Raises OriginalMissing, StorageDown, StorageFull, PdfFailed, FileDamaged; PasswordNeeded where only
        text of a locked PDF is asked.
        """
        begin = len(self._archive.namelist())
        texts = [] if document.is_locked else [name for name in formats if name not in (ORIGINAL, PDF)]
        originals = list(document.originals.all()) if ORIGINAL in formats else []
        if document.is_locked and not originals:
            raise PasswordNeeded
        # What may fail comes first, and before anything of the document is packed.
        storage.require(original.file for original in originals)
        with ExitStack() as opened:
            if PDF in formats and not document.is_locked:
                pdf = opened.enter_context(TemporaryFile(dir=settings.OCRSITE_TMP_DIR))
                write_pdf(document=document, file=pdf)
                # Beside the original, which may be a PDF, too.
                self._copy(document, pdf, ".text.pdf" if originals else ".pdf")
            self._add_originals(document, originals)
        for name in texts:
            self._add_text(document, name)
        return self._archive.namelist()[begin:]

    def _add_originals(self, document: Document, originals: Iterable[Original]) -> None:
        for original in originals:
            with storage.open_file(original.file) as source:
                self._copy(document, source, PurePath(original.file).suffix)

    def _copy(self, document: Document, source: IO[bytes], ending: str) -> None:
        """As it is, and packed no closer: pictures and PDFs are that already."""
        with self._entry(document, ending, zipfile.ZIP_STORED) as target:
            shutil.copyfileobj(source, target)

    def _add_text(self, document: Document, name: str) -> None:
        pieces = write_document(document=document, format=name, explain=self._explain)
        with self._entry(document, f".{form_for(document, name).extension}", zipfile.ZIP_DEFLATED) as target:
            target.writelines(pieces)

    def _entry(self, document: Document, ending: str, compression: int) -> IO[bytes]:
        name = unique_name(safe_stem(document.title), ending, self._taken)
        info = zipfile.ZipInfo(name, timezone.localtime(document.created_at).timetuple()[:6])
        info.compress_type = compression
        return self._archive.open(info, "w", force_zip64=True)


def append(whole: zipfile.ZipFile, path: Path) -> None:
    """Put the files of the zip at ``path`` into ``whole``, which is being written, as they are packed.

    The bytes before the list of contents (its central directory) are copied; the list is written anew when
    ``whole`` is closed, from where each file lies now.
    """
    begin = whole.start_dir
    with path.open("rb") as source, zipfile.ZipFile(source) as part:
        source.seek(0)
        _copy_bytes(source, cast("IO[bytes]", whole.fp), part.start_dir)
        for info in part.infolist():
            info.header_offset += begin
            whole.filelist.append(info)
            whole.NameToInfo[info.filename] = info
        whole.start_dir = begin + part.start_dir


def _copy_bytes(source: IO[bytes], target: IO[bytes], count: int) -> None:
    while count and (piece := source.read(min(count, _COPIED_AT_ONCE))):
        target.write(piece)
        count -= len(piece)
