"""Lines of text as images, in the files that Tesseract's trainer reads."""

import io
import random
import struct
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from training.alphabet import PHONETIC
from training.damage import damaged
from training.fonts import Font, Fonts, drawn_with
from training.texts import Texts, Words
from training.words import words

_SIZES = (18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 44, 48)  # pixels
_HIGHEST, _WIDEST = 56, 1400  # pixels; the network sees lines 48 high
_IN_A_FILE = 500
_PHONETIC = frozenset(PHONETIC)


@dataclass(frozen=True, slots=True)
class Line:
    """An image in grey, cut close to its text."""

    image: Image.Image
    text: str
    font: Font


def draw(texts: Texts, fonts: Fonts, chance: random.Random, *, is_damaged: bool = True) -> Iterator[Line]:
    """Lines without end."""
    while True:
        text = texts.line()
        # In italics a phonetic letter looks like another one.
        font = fonts.choose(text, chance, upright=not _PHONETIC.isdisjoint(text))
        image = drawn(text, font, chance, is_damaged=is_damaged) if font else None
        if font and image and image.width <= _WIDEST:
            yield Line(image, text, font)


def drawn(text: str, font: Font, chance: random.Random, *, is_damaged: bool = True) -> Image.Image | None:
    """``text`` on paper of some shade; None where the font draws nothing."""
    size = chance.choice(_SIZES)
    cut = drawn_with(font.path, size)
    left, top, right, bottom = cut.getbbox(text)
    paper, ink = (255, 0) if chance.random() < 0.6 else (chance.randint(205, 255), chance.randint(0, 90))
    image = Image.new("L", (round(right - left) + 40, round(bottom - top) + 40), paper)
    ImageDraw.Draw(image).text((20 - left, 20 - top), text, font=cut, fill=ink)
    box = _box_of_ink(image, (paper + ink) // 2)
    if box is None:
        return None
    # As wide as the layout analysis cuts lines out.
    x0, y0, x1, y1 = box
    near = [chance.randint(2, 8) for _ in range(4)]
    image = image.crop((x0 - near[0], y0 - near[1], x1 + near[2], y1 + near[3]))
    if is_damaged:
        image = damaged(image, size, chance)
    if image.height > _HIGHEST:
        width = max(1, round(image.width * _HIGHEST / image.height))
        image = image.resize((width, _HIGHEST), Image.Resampling.LANCZOS)
    return image


def write(work: Path, count: int, *, seed: int, processes: int) -> Iterator[Path]:
    """Draw ``count`` lines into files of ``work/lines``, and give each that is ready; what is there stays.

    The same ``seed`` gives the same lines.
    """
    folder = work / "lines"
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:05}.lstmf" for number in range(-(-count // _IN_A_FILE))]
    missing = [path for path in paths if not path.exists()]
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(partial(_write_file, work, seed), missing)


@cache
def _of_training(work: Path) -> tuple[Words, Fonts]:
    """Once for each process: it takes seconds."""
    return Words.of(words(work, held_out=False)), Fonts(work, held_out=False)


def _write_file(work: Path, seed: int, path: Path) -> Path:
    # By texts, and no tuple: what hashes to a number is the same in each run.
    chance = random.Random(f"{seed}/{path.stem}")  # noqa: S311
    found, fonts = _of_training(work)
    lines = draw(Texts(found, chance), fonts, chance)
    part = path.with_suffix(".part")
    part.write_bytes(packed([next(lines) for _ in range(_IN_A_FILE)], name=path.stem))
    part.rename(path)
    return path


def packed(lines: Sequence[Line], *, name: str) -> bytes:
    """As ``DocumentData::SaveDocument`` of Tesseract 5 writes it: a count, and of each line a PNG, its text
    and no boxes. Numbers are 32 bits, little-endian."""
    pages = (_page(f"{name}-{number}", number, line) for number, line in enumerate(lines))
    return b"".join((struct.pack("<I", len(lines)), *pages))


def _page(name: str, number: int, line: Line) -> bytes:
    file = io.BytesIO()
    line.image.save(file, "PNG", compress_level=1)
    parts = (b"\1", _sized(name.encode()), struct.pack("<i", number), _sized(file.getvalue()))
    no_boxes, level = struct.pack("<II", 0, 0), b"\0"
    return b"".join((*parts, _sized(b""), _sized(line.text.encode()), no_boxes, level))


def _sized(content: bytes) -> bytes:
    return struct.pack("<I", len(content)) + content


def _box_of_ink(image: Image.Image, threshold: int) -> tuple[int, int, int, int] | None:
    rows, columns = np.nonzero(np.asarray(image) < threshold)
    if not len(rows):
        return None
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1
