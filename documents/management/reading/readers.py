"""Pages of many files, read by one process or by several, in the order in which they were asked for."""

import multiprocessing
import os
import signal
import tempfile
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar

from documents.entities import find_entities
from documents.errors import EngineCrashed, OcrsiteError
from documents.ocr.files.apart import raise_told, told
from documents.ocr.files.ending import end_with_parent
from documents.ocr.formats import PageEntry
from documents.ocr.options import Options
from documents.ocr.recognition import read_file_page

_AHEAD = 8  # pages for each process that may be read before those that come first; each takes up to a MB
# Forked: the program is loaded once, and each begins at once. Nothing here has threads by then.
_processes = multiprocessing.get_context("fork")

_Name = TypeVar("_Name")


@dataclass(frozen=True, slots=True)
class Page:
    """What to read: page ``index`` (from 0) of the file at ``path``, which is called ``source``."""

    path: Path
    index: int
    options: Options
    source: str


@dataclass(slots=True)
class Turn(Generic[_Name]):
    """A page, and what came of it once that is known: an entry, or an error as `apart.told` writes it.

    ``name`` is the caller's own. An error in the place of the page is what comes of it in its turn.
    """

    name: _Name
    page: Page | OcrsiteError | OSError
    outcome: PageEntry | Mapping[str, Any] | None = None

    @property
    def is_over(self) -> bool:
        return self.outcome is not None or not isinstance(self.page, Page)

    def entry(self) -> PageEntry:
        """Raises OcrsiteError's children and OSError."""
        if not isinstance(self.page, Page):
            raise self.page
        if not isinstance(self.outcome, PageEntry):
            raise_told(self.outcome or {})
            raise EngineCrashed
        return self.outcome


@contextmanager
def in_order(
    turns: Iterable[Turn[_Name]], *, processes: int, scratch: Path
) -> Iterator[Iterator[Turn[_Name]]]:
    """Gives each of ``turns``, which are asked for as they are needed, when it is over.

    Several ``processes`` have their temporary files in the folder ``scratch``: who kills them removes it.
    They end with the context; where that is left by Ctrl-C, so do the engines at work.
    """
    if processes == 1:
        yield map(_taken, turns)
        return
    with closing(_Readers(processes, scratch).read(turns)) as taken:
        try:
            yield taken
        except KeyboardInterrupt:
            end_descendants()  # while those are known by their parents
            raise


def _taken(turn: Turn[_Name]) -> Turn[_Name]:
    if isinstance(turn.page, Page):
        turn.outcome = _attempt(turn.page)
    return turn


def _attempt(page: Page) -> PageEntry | Mapping[str, Any]:
    try:
        read = read_file_page(page.path, page.index, page.options)
    except (OcrsiteError, OSError) as error:
        return told(error)
    entities = find_entities(read.text, read.languages)
    return PageEntry(page.index + 1, read, entities=entities, source=page.source)


class _Reader:
    """A process that reads a page at a time, and keeps its engine for the next one."""

    def __init__(self, scratch: Path) -> None:
        self.turn: Turn[Any] | None = None
        self.connection, theirs = _processes.Pipe()
        self._process = _processes.Process(target=_serve, args=(theirs, scratch), daemon=True)
        self._process.start()
        theirs.close()

    def begin(self, turn: Turn[Any]) -> None:
        self.turn = turn
        with suppress(BrokenPipeError):  # it died while it waited; `finish` will see
            self.connection.send(turn.page)

    def finish(self) -> bool:
        """Take the answer. False where the process has died over the page."""
        outcome, is_alive = self._answer()
        if self.turn:
            self.turn.outcome = outcome
        self.turn = None
        return is_alive

    def _answer(self) -> tuple[PageEntry | Mapping[str, Any], bool]:
        try:
            return self.connection.recv(), True
        except (EOFError, ConnectionResetError):
            self.end()
            return told(EngineCrashed()), False

    def end(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()


class _Readers:
    def __init__(self, count: int, scratch: Path) -> None:
        self._scratch = scratch
        self._idle = [_Reader(scratch) for _number in range(count)]
        self._busy: list[_Reader] = []
        self._most = count * _AHEAD

    def read(self, turns: Iterable[Turn[_Name]]) -> Generator[Turn[_Name], None, None]:
        line = deque[Turn[_Name]]()
        try:
            for turn in turns:
                line.append(turn)
                if not turn.is_over:
                    self._begin(turn)
                while line and (line[0].is_over or len(line) > self._most):
                    yield self._first(line)
            while line:
                yield self._first(line)
        finally:
            for reader in (*self._idle, *self._busy):
                reader.end()

    def _begin(self, turn: Turn[Any]) -> None:
        while not self._idle:
            self._wait()
        reader = self._idle.pop()
        reader.begin(turn)
        self._busy.append(reader)

    def _first(self, line: deque[Turn[_Name]]) -> Turn[_Name]:
        while not line[0].is_over:
            self._wait()
        return line.popleft()

    def _wait(self) -> None:
        """Until one of those at work, or more, are done."""
        ready = wait([reader.connection for reader in self._busy])
        for reader in [reader for reader in self._busy if reader.connection in ready]:
            self._busy.remove(reader)
            self._idle.append(reader if reader.finish() else _Reader(self._scratch))


def _serve(connection: Connection, scratch: Path) -> None:
    """What a process does until its parent is gone."""
    end_with_parent()  # the pipe does not tell: the others have its end, too
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches it, too; the parent ends it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    tempfile.tempdir = str(scratch)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            connection.send(_attempt(connection.recv()))


def end_descendants() -> None:
    """Kill all that this process has started, and what that has started: readers, and engines at work.

    They are stopped first, so that none starts another meanwhile.
    """
    found, pending = list[int](), _children(os.getpid())
    while pending:
        process = pending.pop()
        _signal(process, signal.SIGSTOP)
        found.append(process)
        pending += _children(process)
    for process in found:
        _signal(process, signal.SIGKILL)


def _children(process: int) -> list[int]:
    told = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # it has ended
            told += file.read_text().split()
    return list(map(int, told))


def _signal(process: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)
