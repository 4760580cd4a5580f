"""A page image in small pieces, so that a browser shows any part of it sharp without the whole. Pure.

The pieces of a page lie in one zip, stored as they are: JPEGs called ``level/x-y.jpg``. Level 0 has all
pixels of the page, each further one half as many in both directions; ``x`` and ``y`` count from 0.
"""

import json
import logging
import math
import signal
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from documents.errors import CuttingEnded, PageDamaged, PageTooComplex
from documents.ocr.files.apart import TOO_MUCH, environment, program, raise_told
from documents.ocr.options import Limits

logger = logging.getLogger(__name__)

SIDE = 512  # pixels of a piece; those at the right and at the bottom may be smaller
EMPTY = 22  # bytes of a zip without pieces
# How a process ends for want of memory, or because of somebody outside: the system when all memory is used
# up, or who stops the site. A crash is the page's own fault.
_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_PASSING = (TOO_MUCH, *(-each for each in _FROM_OUTSIDE))
# A level that is hardly larger than the picture that is there anyway would show nothing new.
_WORTH_IT = 1.25


@dataclass(frozen=True, slots=True)
class PageSource:
    """Page ``index`` (from 0) of the file at ``path``, turned by ``rotation`` degrees clockwise.

    ``size`` is its width and height in pixels, once it is turned.
    """

    path: Path
    index: int
    rotation: int
    size: tuple[int, int]

    @property
    def plain(self) -> dict[str, object]:
        """For a process of its own."""
        return {**asdict(self), "path": str(self.path.absolute())}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "PageSource":
        return cls(Path(plain["path"]), plain["index"], plain["rotation"], tuple(plain["size"]))


def levels(size: tuple[int, int], *, picture: int) -> range:
    """The levels of a page of ``size`` that has a picture of ``picture`` pixels on its longer side.

    None where that picture shows all there is.
    """
    last = 0
    while max(size) / 2**last > _WORTH_IT * picture:
        last += 1
    return range(last)


def size_at(size: tuple[int, int], level: int) -> tuple[int, int]:
    """Width and height of a page of ``size`` at ``level``."""
    return math.ceil(size[0] / 2**level), math.ceil(size[1] / 2**level)


def piece(path: Path, level: int, x: int, y: int) -> bytes | None:
    """A JPEG out of the zip at ``path``; None where it has no such piece. Raises PageDamaged."""
    return entry(path, name_of(level, x, y))


def entry(path: Path, name: str) -> bytes | None:
    """What the zip at ``path`` has under that name; None for nothing. Raises PageDamaged."""
    try:
        with zipfile.ZipFile(path) as pieces:
            return pieces.read(name)
    except KeyError:
        return None
    except zipfile.BadZipFile as error:
        raise PageDamaged from error


def cut(source: PageSource, target: Path, *, picture: int, limits: Limits) -> None:
    """Write the pieces of a page to ``target``, in a process of its own.

    A file that crashes a decoder, or eats memory, ends that process and not ours. Raises as `open_page` does;
    PageTooComplex where it crashes; CuttingEnded where it takes more time or memory than there is now.
    """
    ask("cutting", source, target, limits, picture=picture)


def ask(module: str, source: PageSource, target: Path, limits: Limits, **more: object) -> None:
    """Have ``module`` of this package write the pieces, with ``more`` in the request. Raises as `cut`."""
    request = {"source": source.plain, "target": str(target), "limits": asdict(limits), **more}
    try:
        done = subprocess.run(
            program(f"documents.ocr.files.{module}"),
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limits.timeout,
            env=environment(),
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        logger.warning("Page %s of %s was not cut: %s", source.index + 1, source.path, error)
        is_passing = getattr(error, "returncode", TOO_MUCH) in _PASSING
        raise (CuttingEnded if is_passing else PageTooComplex) from error
    raise_told(json.loads(done.stdout))


def cut_none(target: Path) -> None:
    """Write to ``target`` what stands for a page that cannot be cut."""
    with zipfile.ZipFile(target, "w"):
        pass


def name_of(level: int, x: int, y: int) -> str:
    return f"{level}/{x}-{y}.jpg"
