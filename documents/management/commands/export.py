"""The current text of documents in the archive as files, corrections included."""

import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path, PurePath
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from documents.errors import OcrsiteError, PasswordNeeded
from documents.models import Document
from documents.ocr.formats import FORMATS
from documents.services import export
from documents.services.filenames import safe_name, safe_stem, unique_name
from documents.services.pdf import write_pdf
from documents.words import explain, explain_error

_ORIGINAL, _PDF = "original", "pdf"


class Command(BaseCommand):
    help = "Writes the current text of documents in the archive to standard output or into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("documents", nargs="+", metavar="DOCUMENT", help="its id, as in the address of its page")
        add("--format", choices=(*FORMATS, _PDF, _ORIGINAL), default="txt")
        add("--layout", action="store_true", help="of txt: keep columns and tables in their place")
        add("-o", "--output", type=Path, metavar="FOLDER", help="write FOLDER/TITLE.txt for each document")
        add("--page", type=int, metavar="NUMBER", help="only this page, counted from 1")

    def handle(
        self, *, documents: Sequence[str], output: Path | None, page: int | None, **asked: Any
    ) -> None:
        if output is None and len(documents) > 1:
            raise CommandError(gettext("Name a folder with --output to write several documents."))
        self._taken: set[str] = set()
        self._page = page
        self._format: str = asked["format"]
        self._is_laid_out: bool = asked["layout"]
        mistakes = [mistake for name in documents if (mistake := self._export(name, output))]
        for mistake in mistakes:
            self.stderr.write(mistake)
        if mistakes:
            sys.exit(1)

    def _export(self, name: str, folder: Path | None) -> str:
        """Returns a sentence about what went wrong; nothing is written then."""
        document = _document(name)
        if document is None:
            return gettext("There is no document %(id)s.") % {"id": name}
        try:
            with TemporaryFile(dir=settings.OCRSITE_TMP_DIR) as written:
                ending = self._write(document, written)
                written.seek(0)
                self._put(document, ending, written, folder)
        except OcrsiteError as error:
            return f"{name}: {explain_error(error)}"
        except OSError as error:
            return f"{error.filename or name}: {error.strerror}"
        return ""

    def _write(self, document: Document, target: IO[bytes]) -> str:
        """Into ``target``. Returns the ending of the name, with its dot."""
        if self._format == _ORIGINAL:
            original = export.original(document=document)
            with original.file as source:
                shutil.copyfileobj(source, target)
            return PurePath(safe_name(original.name)).suffix
        if self._format == _PDF:
            write_pdf(document=document, file=target, page=self._page)
            return ".pdf"
        if document.is_locked and self._format != "json":  # which says itself that the document is locked
            raise PasswordNeeded
        pieces = export.write_document(
            document=document,
            format=self._format,
            explain=explain,
            page=self._page,
            is_laid_out=self._is_laid_out,
        )
        target.writelines(pieces)
        return f".{export.form_for(document, self._format, page=self._page).extension}"

    def _put(self, document: Document, ending: str, source: IO[bytes], folder: Path | None) -> None:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            name = unique_name(safe_stem(document.title), ending, self._taken)
            with (folder / name).open("wb") as target:
                shutil.copyfileobj(source, target)
            return
        binary = getattr(self.stdout, "buffer", None)  # what a caller gave instead may take text only
        if binary:
            shutil.copyfileobj(source, binary)
        else:
            self.stdout.write(source.read().decode(), ending="")
        self.stdout.flush()


def _document(name: str) -> Document | None:
    """None for what is no id, and for what is not there or in the trash."""
    try:
        return Document.objects.filter(pk=UUID(name), trashed_at=None).first()
    except ValueError:
        return None
