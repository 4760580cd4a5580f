"""From images and PDFs to their text, without database or account."""

import io
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from documents.errors import OcrsiteError
from documents.ocr.elements import PageText
from documents.ocr.engines import ENGINES, get_engine
from documents.ocr.formats import FORMATS, Format
from documents.ocr.languages import parse, require_installed
from documents.ocr.load import inspect
from documents.ocr.options import Limits, Options
from documents.ocr.recognition import read_file_page
from documents.words import explain_error

_DEFAULT = Options()


class Command(BaseCommand):
    help = "Reads images and PDFs, and writes their text to standard output or into a folder."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("files", nargs="+", type=Path, metavar="FILE")
        add("-l", "--languages", default="", metavar="CODES", help="such as eng+rus; else found on each page")
        add("--format", choices=FORMATS, default="txt")
        add("-o", "--output", type=Path, metavar="FOLDER", help="write FOLDER/NAME.txt for each file")
        add("--page", type=int, metavar="NUMBER", help="read only this page, counted from 1")
        add("--engine", choices=ENGINES, default=_DEFAULT.engine)
        add(
            "--max-pixels",
            type=_positive,
            default=_DEFAULT.max_pixels,
            metavar="NUMBER",
            help="scale down to that",
        )
        add("--timeout", type=float, default=_DEFAULT.timeout, metavar="SECONDS", help="for each page")

    def handle(
        self,
        *,
        files: Sequence[Path],
        format: str,  # noqa: A002
        output: Path | None,
        page: int | None,
        languages: str,
        engine: str,
        max_pixels: int,
        timeout: float,
        **_options: object,
    ) -> None:
        self._mistakes = 0
        self._written: set[Path] = set()
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # whatever the locale says
        try:
            codes = _installed(languages, engine)
        except OcrsiteError as error:
            self._complain(explain_error(error))
        else:
            options = Options(languages=codes, engine=engine, max_pixels=max_pixels, timeout=timeout)
            for file in files:
                self._read(file, page, options, FORMATS[format], output)
        if self._mistakes:
            sys.exit(1)

    def _read(
        self, file: Path, page: int | None, options: Options, form: Format, folder: Path | None
    ) -> None:
        try:
            numbers = [page] if page else range(1, max(1, inspect(file, limits=Limits()).page_count) + 1)
            pages = self._pages(file, numbers, options)
            if folder is None:
                self._print(pages, file, form)
            else:
                self._save(list(pages), file, form, folder)
        except OcrsiteError as error:
            self._complain(f"{file}: {explain_error(error)}")
        except OSError as error:
            self._complain(f"{error.filename or file}: {error.strerror}")

    def _pages(self, file: Path, numbers: Sequence[int], options: Options) -> Iterator[PageText | None]:
        """None for a page that cannot be read; the others are."""
        for number in numbers:
            try:
                yield read_file_page(file, number - 1, options)
            except OcrsiteError as error:
                where = gettext("%(file)s, page %(number)s") % {"file": file, "number": number}
                self._complain(f"{where if len(numbers) > 1 else file}: {explain_error(error)}")
                yield None

    def _print(self, pages: Iterator[PageText | None], file: Path, form: Format) -> None:
        for piece in form.write(pages, {"file": file.name}):
            self.stdout.write(piece, ending="")
            self.stdout.flush()

    def _save(self, pages: Sequence[PageText | None], file: Path, form: Format, folder: Path) -> None:
        if not any(pages):
            return
        folder.mkdir(parents=True, exist_ok=True)
        target = self._free_target(folder, file, form.extension)
        self._written.add(target)
        target.write_text("".join(form.write(pages, {"file": file.name})), encoding="utf-8", newline="\n")

    def _free_target(self, folder: Path, file: Path, extension: str) -> Path:
        """``scan.txt``; for the next scan.jpg or scan.png of the same call scan-2.txt, and so on."""
        names = chain([file.stem], (f"{file.stem}-{number}" for number in count(2)))
        targets = (folder / f"{name}.{extension}" for name in names)
        return next(target for target in targets if target not in self._written)

    def _complain(self, sentence: str) -> None:
        self._mistakes += 1
        self.stderr.write(sentence)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _installed(languages: str, engine: str) -> tuple[str, ...]:
    installed = get_engine(engine).languages()
    codes = parse(languages, also=installed)
    require_installed(codes, installed)
    return codes
