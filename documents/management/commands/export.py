"""The current text of documents in the archive as files, corrections included."""

import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from documents.errors import OcrsiteError, PasswordNeeded
from documents.management.paths import filled_name, filled_path
from documents.models import Document
from documents.ocr.formats import FORMATS
from documents.services import export
from documents.services.filenames import safe_name, safe_stem, unique_name
from documents.services.pdf import write_pdf
from documents.words import explain, explain_error
from ocrsite import streams

_ORIGINAL, _PDF = "original", "pdf"


class Command(BaseCommand):
    help = "Writes the current text of documents in the archive to standard output or into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add(
            "documents",
            nargs="+",
            type=filled_name,
            metavar="DOCUMENT",
            help="its id, as in the address of its page",
        )
        add("--format", choices=(*FORMATS, _PDF, _ORIGINAL), default="txt")
        add("--layout", action="store_true", help="of txt: keep columns and tables in their place")
        add("--join-hyphens", action="store_true", help="of txt: words whole that line ends divide")
        add(
            "-o",
            "--output",
            type=filled_path,
            metavar="FOLDER",
            help="write FOLDER/TITLE.txt for each document",
        )
        add("--page", type=int, metavar="NUMBER", help="only this page, counted from 1")

    def handle(
        self,
        *,
        documents: Sequence[str],
        output: Path | None,
        format: str,  # noqa: A002 -- the option is called so
        page: int | None,
        layout: bool,
        join_hyphens: bool,
        **_options: object,
    ) -> None:
        if output is None and len(documents) > 1:
            raise CommandError(gettext("Name a folder with --output to write several documents."))
        if output is None and streams.was_closed("stdout"):
            raise CommandError(gettext("Standard output is closed. Name a folder with --output."))
        asked = _Asked(format, page, layout, join_hyphens)
        mistakes = [mistake for name in documents if (mistake := self._export(name, asked, output))]
        for mistake in mistakes:
            self.stderr.write(mistake)
        if mistakes:
            sys.exit(1)

    def _export(self, name: str, asked: "_Asked", folder: Path | None) -> str:
        """Returns a sentence about what went wrong; nothing is written then."""
        document = _document(name)
        if document is None:
            return gettext("There is no document %(id)s.") % {"id": name}
        try:
            with TemporaryFile(dir=settings.OCRSITE_TMP_DIR) as written:
                ending = _write(document, asked, written)
                written.seek(0)
                self._put(document, ending, written, folder)
        except OcrsiteError as error:
            return f"{name}: {explain_error(error)}"
        except OSError as error:
            return f"{error.filename or name}: {error.strerror}"
        return ""

    def _put(self, document: Document, ending: str, source: IO[bytes], folder: Path | None) -> None:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            _save(source, folder / unique_name(safe_stem(document.title), ending, _names_in(folder)))
            return
        binary = getattr(self.stdout, "buffer", None)  # what a caller gave instead may take text only
        if binary:
            shutil.copyfileobj(source, binary)
        else:
            self.stdout.write(source.read().decode(), ending="")
        self.stdout.flush()


@dataclass(frozen=True, slots=True)
class _Asked:
    format: str
    page: int | None
    is_laid_out: bool
    is_joined: bool


def _write(document: Document, asked: _Asked, target: IO[bytes]) -> str:
    """Into ``target``. Returns the ending of the name, with its dot."""
    if asked.format == _ORIGINAL:
        original = export.original(document=document)
        with original.file as source:
            shutil.copyfileobj(source, target)
        return PurePath(safe_name(original.name)).suffix
    if asked.format == _PDF:
        write_pdf(document=document, file=target, page=asked.page)
        return ".pdf"
    if export.is_withheld(document, asked.format):
        raise PasswordNeeded
    pieces = export.write_document(
        document=document,
        format=asked.format,
        explain=explain,
        page=asked.page,
        is_laid_out=asked.is_laid_out,
        is_joined=asked.is_joined,
        needs_tables=True,
    )
    target.writelines(pieces)
    return f".{export.form_for(document, asked.format, page=asked.page).extension}"


def _names_in(folder: Path) -> set[str]:
    """As `unique_name` compares them: what is there already stays."""
    return {path.name.casefold() for path in folder.iterdir()}


def _save(source: IO[bytes], path: Path) -> None:
    """Whole or not at all: a full disk leaves nothing by that name."""
    with path.open("xb") as target:
        try:
            shutil.copyfileobj(source, target)
            target.flush()
        except OSError:
            path.unlink()
            raise


def _document(name: str) -> Document | None:
    """None for what is no id, and for what is not there or in the trash."""
    try:
        return Document.objects.filter(pk=UUID(name), trashed_at=None).first()
    except ValueError:
        return None
