"""A PageText as bytes for the database: JSON of small integers, deflated.

A box is stored as the distance to the one before it, because neighbours are near and small numbers
deflate well. Confidences keep one decimal. Version 1 had no spaces, version 2 no treatments. The suggested
languages are left out: `Transcription.suggested` has them, and they go once a person has decided.

The tables of a text, which take longer to find than to read, may stand behind the treatments.
"""

import json
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from itertools import repeat
from typing import Any

from pydantic_core import to_json

from documents.ocr.elements import Block, Box, Line, PageText, Treatment, Word
from documents.ocr.insets import Inset

_VERSION = 3
_FIELDS = {1: 6, 2: 7, 3: 7}  # of a word, by version
_TREATED = 3  # the first version with treatments
_LEVEL = 5  # half the time of 6, and 3 % larger
_ORIGIN = Box(0, 0, 0, 0)
_Unpacked = tuple[PageText, list[Any] | None]  # with its tables, as plain as they are packed


def pack(page: PageText, tables: Iterable[Inset] | None = None) -> bytes:
    """``tables`` are those in the text; None where nobody looked for them."""
    return _packed(page, None if tables is None else [table.plain for table in tables])


def _packed(page: PageText, tables: list[Any] | None) -> bytes:
    origin = _ORIGIN
    blocks = []
    for block in page.blocks:
        rows = []
        for line in block.lines:
            rows.append(_row(line, origin))
            origin = line.box
        blocks.append([_step(origin, block.box), rows])
        origin = block.box
    header = [
        _VERSION, page.width, page.height, page.rotation, list(page.languages),
        page.engine, page.engine_version, page.seconds, page.treatments,
    ]  # fmt: skip
    if tables is not None:
        header.append(tables)
    return zlib.compress(to_json([header, blocks]), _LEVEL)


def pack_anew(page: PageText, tables: Iterable[Inset]) -> bytes:
    """`pack` what was made of a page that was unpacked: it is not unpacked when it is asked for soon."""
    plain = [table.plain for table in tables]
    packed = _packed(page, plain)
    _last.keep(packed, (page, plain))
    return packed


def unpack(packed: bytes | memoryview) -> PageText:
    """Raises ValueError for a page that a later version of this program packed."""
    return _lately_unpacked(bytes(packed))[0]


def unpack_with_tables(packed: bytes | memoryview) -> tuple[PageText, tuple[Inset, ...] | None]:
    """The page and the tables in its text; None where nobody looked for them. Raises as `unpack`."""
    page, tables = _lately_unpacked(bytes(packed))
    return page, None if tables is None else tuple(map(Inset.of_plain, tables))


class _Last:
    """The pages that were asked for last, by what they are packed as.

    Who corrects a page asks for it again and again, and one of 1,500 words takes 5 ms and 1 MB.
    """

    _MOST = 8

    def __init__(self) -> None:
        self._pages: OrderedDict[bytes, _Unpacked] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, packed: bytes) -> _Unpacked | None:
        with self._lock:
            if packed in self._pages:
                self._pages.move_to_end(packed)
            return self._pages.get(packed)

    def keep(self, packed: bytes, unpacked: _Unpacked) -> None:
        with self._lock:
            self._pages[packed] = unpacked
            if len(self._pages) > self._MOST:
                self._pages.popitem(last=False)


_last = _Last()


def _lately_unpacked(packed: bytes) -> _Unpacked:
    unpacked = _last.get(packed)
    if unpacked is None:
        unpacked = _unpacked(packed)
        _last.keep(packed, unpacked)
    return unpacked


def _unpacked(packed: bytes) -> _Unpacked:
    header, packed_blocks = json.loads(zlib.decompress(packed))
    if header[0] not in _FIELDS:
        raise ValueError(f"The page is packed as version {header[0]}; this program knows up to {_VERSION}.")
    version, width, height, rotation, languages, engine, engine_version, seconds, *done = header
    origin = _ORIGIN
    blocks = []
    for block_step, rows in packed_blocks:
        lines = []
        for row in rows:
            lines.append(_line(row, origin, _FIELDS[version]))
            origin = lines[-1].box
        origin = _stepped(origin, block_step)
        blocks.append(Block(tuple(lines), origin))
    page = PageText(
        width=width,
        height=height,
        blocks=tuple(blocks),
        languages=tuple(languages),
        rotation=rotation,
        engine=engine,
        engine_version=engine_version,
        seconds=seconds,
        treatments=tuple(Treatment(*treatment) for treatment in done[0]) if done else (),
    )
    return page, done[1] if len(done) > 1 else None


def knows_treatments(packed: bytes | memoryview) -> bool:
    """Whether it says what was done to the page; an earlier version of this program did not."""
    header, _blocks = json.loads(zlib.decompress(packed))
    return bool(header[0] >= _TREATED)


def _row(line: Line, origin: Box) -> list[object]:
    """The step from ``origin`` to the line, then the fields of each word, one word after the other.

    A word steps from the right edge of the one before it: pages have thousands, so it is all in one place.
    """
    row: list[object] = [*_step(origin, line.box)]
    x, top, bottom = line.box.x0, line.box.y0, line.box.y1
    for word in line.words:
        x0, y0, x1, y1 = word.box
        row += [word.text, round(word.confidence, 1), x0 - x, y0 - top, x1 - x, y1 - bottom, word.space]
        x, top, bottom = x1, y0, y1
    return row


def _line(row: list[Any], origin: Box, fields_of_word: int) -> Line:
    """The line of a `_row`."""
    line_box = _stepped(origin, row[:4])
    x, top, bottom = line_box.x0, line_box.y0, line_box.y1
    words = []
    fields: list[Any] = [row[4 + at :: fields_of_word] for at in range(fields_of_word)]
    if fields_of_word < _FIELDS[_VERSION]:
        fields.append(repeat(None, len(fields[0])))
    for text, confidence, left, above, right, below, space in zip(*fields, strict=True):
        box = Box(x + left, top + above, x + right, bottom + below)
        words.append(Word(text, confidence, box, space))
        x, top, bottom = box.x1, box.y0, box.y1
    return Line(tuple(words), line_box)


def _step(origin: Box, box: Box) -> list[int]:
    return [after - before for before, after in zip(origin, box, strict=True)]


def _stepped(origin: Box, step: list[int]) -> Box:
    return Box(*(before + change for before, change in zip(origin, step, strict=True)))
