"""Which files a command line means: names, patterns, folders, and what comes through a pipe."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from glob import iglob
from pathlib import Path

from documents.errors import FileEmpty, UnknownType
from documents.ocr.files.filetypes import read_type

STDIN = "-"

_PATTERN = re.compile(r"[*?[]")

Complain = Callable[[OSError], object]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. ``below`` is the folder of its text, within that of all texts.

    ``label`` is what sentences call it; what came through a pipe has another ``path``, and ``is_stream``.
    """

    path: Path
    label: str
    below: Path = Path()
    is_stream: bool = False


def find(arguments: Sequence[str], *, scratch: Path, complain: Complain) -> list[Source]:
    """The files that ``arguments`` mean, each once, in their order; those of a folder or a pattern by name.

    What comes through a pipe is put into the folder ``scratch``. A name that means nothing stays, so that who
    opens it says so. ``complain`` is told of folders and pipes that cannot be read.
    """
    found: dict[str, Source] = {}
    for argument in arguments:
        for source in _meant(argument, scratch, complain):
            found.setdefault(source.label if source.is_stream else str(source.path.absolute()), source)
    return list(found.values())


def _meant(argument: str, scratch: Path, complain: Complain) -> Iterator[Source]:
    path = Path(argument)
    if argument == STDIN or path.is_fifo():
        try:
            yield _streamed(argument, scratch)
        except OSError as error:
            error.filename = error.filename or argument
            complain(error)
    elif path.is_dir():
        yield from _in_folder(path, complain)
    elif _PATTERN.search(argument) and not path.exists():
        yield from _matching(argument)
    else:
        yield Source(path, argument)


def _streamed(argument: str, scratch: Path) -> Source:
    name = "stdin" if argument == STDIN else Path(argument).name
    path = scratch / name
    if not path.exists():
        with path.open("wb") as copy:
            if argument == STDIN:
                shutil.copyfileobj(sys.stdin.buffer, copy)
            else:
                with Path(argument).open("rb") as pipe:
                    shutil.copyfileobj(pipe, copy)
    return Source(path, argument, is_stream=True)


def _in_folder(folder: Path, complain: Complain) -> Iterator[Source]:
    """All that is an image or a PDF by its content, in subfolders, too; nothing that is hidden."""
    for where, folders, names in os.walk(folder, onerror=complain):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(where, name)
            if not name.startswith(".") and path.is_file() and _may_be_read(path):
                yield Source(path, str(path), path.parent.relative_to(folder))


def _may_be_read(path: Path) -> bool:
    """Empty files and those that cannot be opened may have been meant: they are complained of later."""
    try:
        read_type(path)
    except UnknownType:
        return False
    except (FileEmpty, OSError):
        return True
    return True


def _matching(pattern: str) -> Iterator[Source]:
    """The files that match; the pattern itself where there is none."""
    parts = Path(pattern).parts
    plain = next(at for at, part in enumerate(parts) if _PATTERN.search(part))
    root = Path(*parts[:plain])
    paths = sorted(path for path in map(Path, iglob(pattern, recursive=True)) if path.is_file())  # noqa: PTH207 - Path's enters hidden folders
    yield from (Source(path, str(path), path.parent.relative_to(root)) for path in paths)
    if not paths:
        yield Source(Path(pattern), pattern)
