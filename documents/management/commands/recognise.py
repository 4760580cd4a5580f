"""From images and PDFs to their text, without database or account."""

import io
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from getpass import getpass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext, ngettext

from documents.errors import LanguageUnknown, OcrsiteError, PasswordNeeded
from documents.management.codes import FAILED, INTERRUPTED, MISUSED
from documents.management.numbers import pixels, positive, seconds
from documents.management.paths import filled, filled_name, filled_path
from documents.management.progress import Bar
from documents.management.reading.doubts import doubt_in_words
from documents.management.reading.readers import Page, Turn, end_descendants, in_order
from documents.management.reading.request import WANTED, Request
from documents.management.reading.sources import STDIN, Source, find
from documents.management.reading.texts import Texts, require_folder
from documents.management.signals import told_to_end
from documents.ocr.engines import ENGINES, get_engine
from documents.ocr.engines.base import checked
from documents.ocr.files.load import inspect
from documents.ocr.files.pdf_file import unlock
from documents.ocr.formats import PageEntry, PageError
from documents.ocr.options import Cleaning, Limits, Options
from documents.ocr.saving import write_pdf
from documents.words import explain_error
from ocrsite import streams

_DEFAULT = Options()
_AT_ONCE = 1 << 18  # bytes


@dataclass(eq=False, slots=True)
class _Opened:
    """A file whose pages are being read from ``path``; ``copy`` holds what is removed when they are."""

    source: Source
    at: int
    path: Path
    mark: str = ""
    pages: int = 0
    failed: int = 0
    doubts: dict[tuple[str, ...], list[int]] = field(default_factory=dict)  # languages: the pages in them
    copy: ExitStack = field(default_factory=ExitStack)


class Command(BaseCommand):
    help = "Reads images and PDFs, and writes their text to standard output or into a folder."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add(
            "files",
            nargs="+",
            type=filled,
            metavar="FILE",
            help="or a folder, a quoted pattern such as 'scans/**/*.png', or - for standard input",
        )
        add(
            "-l",
            "--languages",
            type=filled_name,
            metavar="CODES",
            help="such as eng+rus; else found on each page",
        )
        add("--format", choices=WANTED, default="txt", help="pdf: the file, to search and copy")
        add("--layout", action="store_true", help="of txt: keep columns and tables in their place")
        add("--join-hyphens", action="store_true", help="of txt: words whole that line ends divide")
        add(
            "-o",
            "--output",
            type=filled_path,
            metavar="FOLDER",
            help="write FOLDER/NAME.txt for each file; what is there already is left out",
        )
        add("--force", action="store_true", help="with -o: read again what is there already")
        add("-j", "--jobs", type=positive, default=1, metavar="NUMBER", help="processes that read (1)")
        add("--page", type=positive, metavar="NUMBER", help="read only this page, counted from 1")
        add("--engine", choices=ENGINES, default=settings.OCRSITE_ENGINE)
        add(
            "--cleaning",
            choices=[kind.value for kind in Cleaning],
            default=_DEFAULT.cleaning.value,
            help="what is done to the images before they are read (auto: what each calls for)",
        )
        add(
            "--max-pixels",
            type=pixels,
            default=_DEFAULT.max_pixels,
            metavar="NUMBER",
            help="scale down to that",
        )
        add("--timeout", type=seconds, default=_DEFAULT.timeout, metavar="SECONDS", help="for each page")
        add(
            "--password-file",
            type=filled_path,
            metavar="FILE",
            help="its first line opens locked PDFs; without it a terminal is asked",
        )

    def handle(self, *, files: Sequence[str], **asked: Any) -> None:
        self._mistakes = 0
        self._bar: Bar | None = None
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # whatever the locale says
        try:
            with told_to_end(), TemporaryDirectory(prefix="recognise-") as scratch:
                self._recognise(files, asked, Path(scratch))
        except KeyboardInterrupt:
            end_descendants()
            self._say(gettext("Stopped."))
            if asked["output"]:
                self._say(gettext("The same command goes on where it was."))
            sys.exit(INTERRUPTED)
        except BrokenPipeError:  # who reads our output wants no more of it
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(FAILED)
        if self._mistakes:
            sys.exit(FAILED)

    def _recognise(self, files: Sequence[str], asked: Mapping[str, Any], scratch: Path) -> None:
        request = self._checked(asked)
        if STDIN in files and streams.was_closed("stdin"):
            self._say(gettext("Standard input is closed: there is nothing to read."))
            sys.exit(MISUSED)
        if asked["output"] is None and streams.was_closed("stdout"):
            self._say(gettext("Standard output is closed. Name a folder with --output."))
            sys.exit(MISUSED)
        sources = find(files, scratch=scratch, complain=self._complain_of)
        if not (sources or self._mistakes):
            self._say(gettext("There is nothing to read: no image and no PDF lies there."))
        folder: Path | None = asked["output"]
        if folder is None and len(sources) > 1 and not request.may_be_joined:
            self._say(gettext("Name a folder with --output to write several documents."))
            sys.exit(MISUSED)
        texts = Texts(folder, sources, request.extensions(), request.as_values()) if folder else None
        wanted = self._left(sources, texts) if texts and not asked["force"] else sources
        if sys.stderr.isatty() and (folder or not sys.stdout.isatty()):
            self._bar = Bar(sys.stderr, len(wanted))
        turns = self._turns(wanted, request, scratch, texts)
        with in_order(turns, processes=asked["jobs"], scratch=scratch) as taken:
            for opened, of_file in groupby(taken, key=lambda turn: turn.name):
                with opened.copy, self._complaining(opened.source.label):
                    entries = self._entries(of_file)
                    if texts:
                        self._save(list(entries), opened, request, texts)
                    else:
                        self._print(entries, opened, request)
                    self._tell_doubts(opened, request.options.engine)
                self._progress(opened.at + 1)

    def _checked(self, asked: Mapping[str, Any]) -> Request:
        """Ends the command where nothing could be read in that way."""
        try:
            password = _first_line(asked["password_file"]) if asked["password_file"] else None
            if asked["output"]:
                require_folder(asked["output"])
            options = Options(
                languages=checked(asked["languages"], get_engine(asked["engine"])),
                engine=asked["engine"],
                max_pixels=asked["max_pixels"],
                cleaning=Cleaning(asked["cleaning"]),
                timeout=asked["timeout"],
            )
        except OcrsiteError as error:
            self._say(_sentence(error))
        except OSError as error:
            self._say(f"{error.filename}: {error.strerror}")
        else:
            return Request(
                options, asked["format"], asked["layout"], asked["join_hyphens"], asked["page"], password
            )
        sys.exit(MISUSED)

    def _left(self, sources: Sequence[Source], texts: Texts) -> list[Source]:
        """Those whose text is not there yet."""
        left = [source for source in sources if not texts.is_written(source)]
        if there := len(sources) - len(left):
            sentence = ngettext(
                "%(count)d file was left out: its text is there already. --force reads it again.",
                "%(count)d files were left out: their texts are there already. --force reads them again.",
                there,
            )
            self._say(sentence % {"count": there})
        return left

    def _turns(
        self, sources: Sequence[Source], request: Request, scratch: Path, texts: Texts | None
    ) -> Iterator[Turn[_Opened]]:
        for at, source in enumerate(sources):
            opened = _Opened(source, at, source.path)
            try:
                opened.mark = texts.mark(source) if texts and not source.is_stream else ""
                path = self._open(opened, request.password, scratch)
            except (OcrsiteError, OSError) as error:
                yield Turn(opened, error)
                continue
            for number in range(1, opened.pages + 1) if request.page is None else [request.page]:
                yield Turn(opened, Page(path, number - 1, request.options, source.path.name))

    def _open(self, opened: _Opened, password: str | None, scratch: Path) -> Path:
        """The file, or a copy of a locked PDF that needs no password.

        Raises PasswordNeeded, PasswordWrong and what `inspect` does.
        """
        path = opened.source.path
        info = inspect(path, limits=Limits())
        if info.is_locked:
            copy = Path(opened.copy.enter_context(TemporaryDirectory(dir=scratch))) / "readable.pdf"
            unlock(path, self._asked_for(opened.source) if password is None else password, copy)
            path, info = copy, inspect(copy, limits=Limits())
        opened.path, opened.pages = path, info.page_count
        return path

    def _asked_for(self, source: Source) -> str:
        """What a person at the terminal types, unseen. Raises PasswordNeeded where there is none."""
        if not sys.stdin.isatty():
            raise PasswordNeeded
        self._clear()
        try:
            return getpass(gettext("Password of %(file)s: ") % {"file": source.label})
        except EOFError as error:
            raise PasswordNeeded from error

    def _entries(self, turns: Iterable[Turn[_Opened]]) -> Iterator[PageEntry]:
        """An entry without text for a page that cannot be read; the others are."""
        for done, turn in enumerate(turns, start=1):
            opened = turn.name
            if not isinstance(turn.page, Page):
                raise turn.page
            number = turn.page.index + 1
            try:
                entry = turn.entry()
            except OcrsiteError as error:
                opened.failed += 1
                where = gettext("%(file)s, page %(number)s") % {"file": opened.source.label, "number": number}
                sentence = explain_error(error)
                self._complain(f"{where if opened.pages > 1 else opened.source.label}: {sentence}")
                why = PageError(error.code, sentence)
                entry = PageEntry(number, None, "failed", why, source=turn.page.source)
            if entry.page and entry.page.suggested:
                opened.doubts.setdefault(entry.page.suggested, []).append(number)
            yield entry
            self._progress(opened.at + done / opened.pages)

    def _print(self, entries: Iterator[PageEntry], opened: _Opened, request: Request) -> None:
        binary = getattr(self.stdout, "buffer", None)  # what a caller gave instead may take text only
        for piece in _pieces(entries, opened, request):
            if binary:
                binary.write(piece)
            else:
                self.stdout.write(piece.decode(), ending="")
            self.stdout.flush()

    def _save(self, entries: Sequence[PageEntry], opened: _Opened, request: Request, texts: Texts) -> None:
        if any(entry.page for entry in entries):
            pieces = _pieces(entries, opened, request)
            mark = "" if opened.failed else opened.mark  # what failed is tried again the next time
            texts.save(opened.source, request.extension(opened.pages), pieces, mark=mark)

    def _tell_doubts(self, opened: _Opened, engine: str) -> None:
        for languages, numbers in opened.doubts.items():
            pages = numbers if opened.pages > 1 else ()
            self._say(doubt_in_words(opened.source.label, pages, languages, engine))

    @contextmanager
    def _complaining(self, label: str) -> Iterator[None]:
        """Say in one sentence what went wrong about the file ``label``."""
        try:
            yield
        except OcrsiteError as error:
            self._complain(f"{label}: {_sentence(error)}")
        except BrokenPipeError:
            raise
        except OSError as error:
            self._complain(f"{error.filename or label}: {error.strerror}")

    def _complain_of(self, error: OSError) -> None:
        self._complain(f"{error.filename}: {error.strerror}")

    def _complain(self, sentence: str) -> None:
        self._mistakes += 1
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._clear()
        self.stderr.write(sentence)

    def _clear(self) -> None:
        if self._bar:
            self._bar.clear()

    def _progress(self, done: float) -> None:
        if self._bar:
            self._bar.show(done)


def _pieces(entries: Iterable[PageEntry], opened: _Opened, request: Request) -> Iterable[bytes]:
    """What was read of a file in the form that is asked for."""
    if request.is_pdf:
        return _searchable(list(entries), opened)
    return request.form_of(opened.pages).write(entries, {"file": opened.source.path.name})


def _searchable(entries: Sequence[PageEntry], opened: _Opened) -> Iterator[bytes]:
    """The pages of the file as they look, with their text upon them. Raises PdfFailed."""
    with TemporaryFile() as target:
        pages = [(entry.number - 1, entry.page) for entry in entries]
        write_pdf(target, opened.path, pages, title=opened.source.path.stem)
        yield from iter(partial(target.read, _AT_ONCE), b"")


def _sentence(error: OcrsiteError) -> str:
    """What the command line can do about it."""
    if isinstance(error, LanguageUnknown):
        advice = gettext("To see the list: manage.py languages")
        return f"{explain_error(error)} {advice}"
    if isinstance(error, PasswordNeeded):
        return gettext(
            "This PDF is locked with a password. "
            "Write the password into a file and name that file with --password-file."
        )
    return explain_error(error)


def _first_line(file: Path) -> str:
    """Without its end; letters that are not UTF-8 open nothing."""
    return file.read_text(encoding="utf-8-sig", errors="surrogateescape").partition("\n")[0]
