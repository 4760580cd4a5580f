"""From images and PDFs to their text, without database or account."""

import io
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from getpass import getpass
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from documents.entities import find_entities
from documents.errors import LanguageUnknown, OcrsiteError, PasswordNeeded
from documents.ocr.engines import ENGINES, get_engine
from documents.ocr.engines.base import checked
from documents.ocr.files.load import inspect
from documents.ocr.files.pdf_file import unlock
from documents.ocr.formats import FORMATS, Format, PageEntry, PageError, form_of
from documents.ocr.options import Limits, Options
from documents.ocr.recognition import read_file_page
from documents.words import explain_error

_DEFAULT = Options()


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked of each file. ``page`` counts from 1, None means all; ``folder`` None means print."""

    options: Options
    form: str
    is_laid_out: bool
    is_joined: bool
    page: int | None
    folder: Path | None
    password: str | None


class Command(BaseCommand):
    help = "Reads images and PDFs, and writes their text to standard output or into a folder."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("files", nargs="+", type=Path, metavar="FILE")
        add("-l", "--languages", default="", metavar="CODES", help="such as eng+rus; else found on each page")
        add("--format", choices=FORMATS, default="txt")
        add("--layout", action="store_true", help="of txt: keep columns and tables in their place")
        add("--join-hyphens", action="store_true", help="of txt: words whole that line ends divide")
        add("-o", "--output", type=Path, metavar="FOLDER", help="write FOLDER/NAME.txt for each file")
        add("--page", type=_positive, metavar="NUMBER", help="read only this page, counted from 1")
        add("--engine", choices=ENGINES, default=settings.OCRSITE_ENGINE)
        add(
            "--max-pixels",
            type=_positive,
            default=_DEFAULT.max_pixels,
            metavar="NUMBER",
            help="scale down to that",
        )
        add("--timeout", type=float, default=_DEFAULT.timeout, metavar="SECONDS", help="for each page")
        add(
            "--password-file",
            type=Path,
            metavar="FILE",
            help="its first line opens locked PDFs; without it a terminal is asked",
        )

    def handle(
        self,
        *,
        files: Sequence[Path],
        languages: str,
        engine: str,
        password_file: Path | None,
        **asked: Any,
    ) -> None:
        self._mistakes = 0
        self._written: set[Path] = set()
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # whatever the locale says
        with self._complaining():
            codes = checked(languages, get_engine(engine))
            password = _first_line(password_file) if password_file else None
            options = Options(
                languages=codes, engine=engine, max_pixels=asked["max_pixels"], timeout=asked["timeout"]
            )
            request = _Request(
                options=options,
                form=asked["format"],
                is_laid_out=asked["layout"],
                is_joined=asked["join_hyphens"],
                page=asked["page"],
                folder=asked["output"],
                password=password,
            )
            for file in files:
                with self._complaining(file):
                    self._read(file, request)
        if self._mistakes:
            sys.exit(1)

    def _read(self, file: Path, request: _Request) -> None:
        if file.is_dir():
            self._complain(f"{file}: {gettext('This is a folder. Name the files in it.')}")
            return
        with _readable(file, request.password) as (readable, total):
            pages = self._pages(readable, total, file, request)
            is_alone = request.page is not None or total == 1
            form = form_of(
                request.form,
                is_alone=is_alone,
                is_laid_out=request.is_laid_out,
                is_joined=request.is_joined,
            )
            if request.folder is None:
                self._print(pages, file, form)
            else:
                self._save(list(pages), file, form, request.folder)

    def _pages(self, readable: Path, total: int, file: Path, request: _Request) -> Iterator[PageEntry]:
        """An entry without text for a page that cannot be read; the others are."""
        for number in range(1, total + 1) if request.page is None else [request.page]:
            try:
                page = read_file_page(readable, number - 1, request.options)
                entities = find_entities(page.text, page.languages)
                yield PageEntry(number, page, entities=entities, source=file.name)
            except OcrsiteError as error:
                where = gettext("%(file)s, page %(number)s") % {"file": file, "number": number}
                self._complain(f"{where if total > 1 else file}: {explain_error(error)}")
                why = PageError(error.code, explain_error(error))
                yield PageEntry(number, None, "failed", why, source=file.name)

    def _print(self, pages: Iterator[PageEntry], file: Path, form: Format) -> None:
        binary = getattr(self.stdout, "buffer", None)  # what a caller gave instead may take text only
        for piece in form.write(pages, {"file": file.name}):
            if binary:
                binary.write(piece)
            else:
                self.stdout.write(piece.decode(), ending="")
            self.stdout.flush()

    def _save(self, pages: Sequence[PageEntry], file: Path, form: Format, folder: Path) -> None:
        if not any(entry.page for entry in pages):
            return
        folder.mkdir(parents=True, exist_ok=True)
        target = self._free_target(folder, file, form.extension)
        self._written.add(target)
        target.write_bytes(b"".join(form.write(pages, {"file": file.name})))

    def _free_target(self, folder: Path, file: Path, extension: str) -> Path:
        """``scan.txt``; for the next scan.jpg or scan.png of the same call scan-2.txt, and so on."""
        names = chain([file.stem], (f"{file.stem}-{number}" for number in count(2)))
        targets = (folder / f"{name}.{extension}" for name in names)
        return next(target for target in targets if target not in self._written)

    @contextmanager
    def _complaining(self, file: Path | None = None) -> Iterator[None]:
        """Say in one sentence what went wrong, about ``file`` where it is one."""
        try:
            yield
        except OcrsiteError as error:
            self._complain(f"{file}: {_sentence(error)}" if file else _sentence(error))
        except OSError as error:
            self._complain(f"{error.filename or file}: {error.strerror}")

    def _complain(self, sentence: str) -> None:
        self._mistakes += 1
        self.stderr.write(sentence)


def _sentence(error: OcrsiteError) -> str:
    """What the command line can do about it."""
    if isinstance(error, LanguageUnknown):
        return f"{explain_error(error)} {gettext('To see the list: manage.py languages')}"
    if isinstance(error, PasswordNeeded):
        return gettext(
            "This PDF is locked with a password. "
            "Write the password into a file and name that file with --password-file."
        )
    return explain_error(error)


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ArgumentTypeError(gettext("write a whole number from 1 up"))
    return int(text)


def _first_line(file: Path) -> str:
    """Without its end; letters that are not UTF-8 open nothing."""
    return file.read_text(encoding="utf-8-sig", errors="surrogateescape").partition("\n")[0]


@contextmanager
def _readable(file: Path, password: str | None) -> Iterator[tuple[Path, int]]:
    """``file``, or a copy of a locked PDF that needs no password, gone afterwards; and its number of pages.

    Raises PasswordNeeded, PasswordWrong and what `inspect` does.
    """
    info = inspect(file, limits=Limits())
    if not info.is_locked:
        yield file, info.page_count
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "readable.pdf"
        unlock(file, _asked_for(file) if password is None else password, copy)
        yield copy, inspect(copy, limits=Limits()).page_count


def _asked_for(file: Path) -> str:
    """What a person at the terminal types, unseen. Raises PasswordNeeded where there is none."""
    if not sys.stdin.isatty():
        raise PasswordNeeded
    try:
        return getpass(gettext("Password of %(file)s: ") % {"file": file})
    except EOFError as error:
        raise PasswordNeeded from error
