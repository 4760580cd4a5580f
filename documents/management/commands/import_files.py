"""Bring files and folders of this machine into the archive."""

import logging
import os
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, OutputWrapper
from django.db import Error
from django.utils.translation import gettext

from documents.errors import AlreadyHere, OcrsiteError, StorageError, UnknownType
from documents.management.codes import FAILED, INTERRUPTED, MISUSED
from documents.management.paths import filled_path
from documents.management.progress import Bar
from documents.management.signals import told_to_end
from documents.management.terms import Misuse, add_arguments, database_trouble, printable, terms
from documents.services import intake
from documents.services.intake import Candidate, Terms
from documents.services.receive import check_upload, joint_hash
from documents.words import explain_error, figure

_TAKEN, _KNOWN, _REFUSED = "taken", "known", "refused"
# What would be said of each of the other files, too.
_OF_ALL = (Error, StorageError, *intake.OF_TERMS)


class Command(BaseCommand):
    help = "Brings files, and those of folders, into the archive; what is there already is left out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=filled_path, metavar="PATH", help="a file or a folder")
        add_arguments(parser)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would come in, and change nothing"
        )

    def handle(self, *, paths: Sequence[Path], dry_run: bool, **asked: Any) -> None:
        self._counts = Counter[str]()
        self._rehearsed: dict[str, str] = {}  # the titles that files would have, by their SHA-256
        self._bar: Bar | None = None
        try:
            wanted = terms(asked)
        except Misuse as error:
            self.stderr.write(str(error))
            sys.exit(MISUSED)
        except Error as error:
            self.stderr.write(database_trouble(error))
            sys.exit(FAILED)
        try:
            with told_to_end(), _quiet():
                self._import(list(self._files(paths)), wanted, is_rehearsal=dry_run)
        except KeyboardInterrupt:
            self._say(gettext("Stopped. The same command goes on where it was."))
            self._summarise(is_rehearsal=dry_run)
            sys.exit(INTERRUPTED)
        self._summarise(is_rehearsal=dry_run)
        if self._counts[_REFUSED]:
            sys.exit(FAILED)

    def _files(self, paths: Sequence[Path]) -> Iterator[Path]:
        """All files, each once, those of folders in the order of their names; but hidden ones."""
        seen: set[Path] = set()
        for path in paths:
            for file in self._in_folder(path) if path.is_dir() else [path]:
                if file.absolute() in seen:
                    continue
                seen.add(file.absolute())
                if file.exists() and not file.is_file():  # a pipe or a device, which may have no end
                    self._refuse(file, UnknownType())
                else:
                    yield file

    def _in_folder(self, folder: Path) -> Iterator[Path]:
        for where, folders, names in os.walk(folder, onerror=self._refuse_folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            files = (Path(where, name) for name in sorted(names) if not name.startswith("."))
            yield from filter(Path.is_file, files)

    def _refuse_folder(self, error: OSError) -> None:
        self._refuse(Path(str(error.filename)), error)

    def _import(self, files: Sequence[Path], wanted: Terms, *, is_rehearsal: bool) -> None:
        if sys.stderr.isatty():
            self._bar = Bar(sys.stderr, len(files))
        done = 0
        for _folder, paths in groupby(files, key=lambda path: path.parent):
            for candidate in intake.candidates(list(paths)):
                if not self._take(candidate, wanted, is_rehearsal=is_rehearsal):
                    return
                done += len(candidate.paths)
                if self._bar:
                    self._bar.show(min(done, len(files)))

    def _take(self, candidate: Candidate, wanted: Terms, *, is_rehearsal: bool) -> bool:
        """False where nothing else can come in either."""
        first = candidate.paths[0]
        try:
            if candidate.refusal:
                raise candidate.refusal
            self._come(candidate, wanted, is_rehearsal=is_rehearsal)
            self._counts[_TAKEN] += 1
        except AlreadyHere as error:
            self._counts[_KNOWN] += 1
            self._say_of(first, explain_error(error), self.stdout)
        except (OcrsiteError, OSError, Error) as error:
            self._refuse(first, error)
            if isinstance(error, _OF_ALL):
                self._say(gettext("Nothing can be stored now. The same command goes on where it was."))
                return False
        return True

    def _come(self, candidate: Candidate, wanted: Terms, *, is_rehearsal: bool) -> None:
        """Raises AlreadyHere, InputError and other errors of `intake.take_in`."""
        if is_rehearsal:
            pages = self._rehearse(candidate, wanted)
            sentence = gettext("would come in; pages: %(pages)s") % {"pages": figure(pages)}
            self._say_of(candidate.paths[0], sentence, self.stdout)
        else:
            intake.take_in(files=candidate.files, terms=wanted)

    def _rehearse(self, candidate: Candidate, wanted: Terms) -> int:
        """The number of pages that would come in. Raises as the real thing does."""
        digest = joint_hash(candidate.files)
        if same := intake.twin(files=candidate.files, terms=wanted):
            raise AlreadyHere(title=same.title)
        if digest in self._rehearsed:
            raise AlreadyHere(title=self._rehearsed[digest])
        intake.require_readable(files=candidate.files)
        pages = check_upload(files=candidate.files)
        self._rehearsed[digest] = candidate.paths[0].stem
        return pages

    def _refuse(self, path: Path, error: OcrsiteError | OSError | Error) -> None:
        self._counts[_REFUSED] += 1
        if isinstance(error, Error):
            self._say_of(path, database_trouble(error), self.stderr)
        elif isinstance(error, OSError):
            self._say(f"{printable(error.filename or path)}: {error.strerror}")
        else:
            # What belongs together may be refused for the sake of another file than the first.
            named = path.with_name(error.file) if error.file else path
            self._say_of(named, explain_error(error), self.stderr)

    def _summarise(self, *, is_rehearsal: bool) -> None:
        sentence = (
            gettext("Would come in: %(taken)s. Here already: %(known)s. Refused: %(refused)s.")
            if is_rehearsal
            else gettext("Brought in: %(taken)s. Here already: %(known)s. Refused: %(refused)s.")
        )
        counts = {name: figure(self._counts[name]) for name in (_TAKEN, _KNOWN, _REFUSED)}
        self._clear()
        self.stdout.write(sentence % counts)

    def _say_of(self, path: Path, sentence: str, stream: OutputWrapper) -> None:
        self._clear()
        stream.write(f"{printable(path)}: {sentence}")

    def _say(self, sentence: str) -> None:
        self._clear()
        self.stderr.write(sentence)

    def _clear(self) -> None:
        if self._bar:
            self._bar.clear()


@contextmanager
def _quiet() -> Iterator[None]:
    """Without a line of the log for each document: the command says itself what comes in."""
    log = logging.getLogger("documents.services.receive")
    before = log.level
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(before)
