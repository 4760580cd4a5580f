"""A page as it was prepared for an engine, in pieces like those of the page itself (`pieces`). Pure.

It lies on the page as the reader sees it, turned upright and no more, so that boxes fit. In the zip there is
also what is known of it.
"""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from documents.errors import PageDamaged
from documents.ocr.elements import Treatment
from documents.ocr.files import pieces
from documents.ocr.files.pieces import SIDE, PageSource
from documents.ocr.options import Cleaning, Limits

ABOUT = "about.json"


@dataclass(frozen=True, slots=True)
class Seen:
    """``size`` is that of level 0, in pixels, and smaller than the page where that ``is_smaller``.

    ``degrees`` clockwise made all of the page straight, which the pieces are not; ``treatments`` are all that
    was done.
    """

    size: tuple[int, int]
    is_smaller: bool
    degrees: float
    treatments: tuple[Treatment, ...]

    @property
    def levels(self) -> range:
        return levels(self.size)

    def packed(self) -> bytes:
        return json.dumps(asdict(self)).encode()


def levels(size: tuple[int, int]) -> range:
    """From all pixels down to where the page is hardly more than one piece."""
    return range(max(1, len(pieces.levels(size, picture=SIDE))))


def cut(
    source: PageSource, target: Path, *, cleaning: Cleaning, limits: Limits, languages: Sequence[str] = ()
) -> None:
    """Prepare a page that was read in ``languages``, in a process of its own, and write its pieces to
    ``target``. Raises as `pieces.cut`."""
    pieces.ask("seeing", source, target, limits, cleaning=cleaning.value, languages=[*languages])


def version(path: Path) -> str:
    """What tells the pieces in the zip at ``path`` from any others, whose sums of bytes differ. Raises
    PageDamaged."""
    try:
        with zipfile.ZipFile(path) as packed:
            sums = [f"{entry.filename} {entry.CRC}" for entry in packed.infolist()]
    except zipfile.BadZipFile as error:
        raise PageDamaged from error
    return sha256("\n".join(sums).encode()).hexdigest()[:16]


def about(path: Path) -> Seen:
    """What is known of the pieces in the zip at ``path``. Raises PageDamaged."""
    packed = pieces.entry(path, ABOUT)
    if packed is None:
        raise PageDamaged
    told = json.loads(packed)
    treatments = tuple(Treatment(*treatment) for treatment in told["treatments"])
    return Seen(tuple(told["size"]), told["is_smaller"], told["degrees"], treatments)
