"""A PageText as bytes for the database: JSON of small integers, deflated.

A box is stored as the distance to the one before it, because neighbours are near and small numbers
deflate well. Confidences keep one decimal. Version 1 had no spaces.
"""

import json
import zlib
from typing import Any

from documents.ocr.elements import Block, Box, Line, PageText, Word

_VERSION = 2
_FIELDS = {1: 6, 2: 7}  # of a word, by version
_ORIGIN = Box(0, 0, 0, 0)


def pack(page: PageText) -> bytes:
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
        page.engine, page.engine_version, page.seconds,
    ]  # fmt: skip
    return zlib.compress(json.dumps([header, blocks], ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(packed: bytes | memoryview) -> PageText:
    header, packed_blocks = json.loads(zlib.decompress(packed))
    version, width, height, rotation, languages, engine, engine_version, seconds = header
    origin = _ORIGIN
    blocks = []
    for block_step, rows in packed_blocks:
        lines = []
        for row in rows:
            lines.append(_line(row, origin, _FIELDS[version]))
            origin = lines[-1].box
        origin = _stepped(origin, block_step)
        blocks.append(Block(tuple(lines), origin))
    return PageText(
        width=width,
        height=height,
        blocks=tuple(blocks),
        languages=tuple(languages),
        rotation=rotation,
        engine=engine,
        engine_version=engine_version,
        seconds=seconds,
    )


def _row(line: Line, origin: Box) -> list[object]:
    """The step from ``origin`` to the line, then the fields of each word, one word after the other."""
    row: list[object] = [*_step(origin, line.box)]
    origin = _start(line.box)
    for word in line.words:
        row += [word.text, round(word.confidence, 1), *_step(origin, word.box), word.space]
        origin = _end(word.box)
    return row


def _line(row: list[Any], origin: Box, fields_of_word: int) -> Line:
    """The line of a `_row`."""
    line_box = _stepped(origin, row[:4])
    origin = _start(line_box)
    words = []
    for place in range(4, len(row), fields_of_word):
        text, confidence, *step_and_space = row[place : place + fields_of_word]
        box = _stepped(origin, step_and_space[:4])
        words.append(Word(text, confidence, box, *step_and_space[4:]))
        origin = _end(box)
    return Line(tuple(words), line_box)


def _start(box: Box) -> Box:
    return Box(box.x0, box.y0, box.x0, box.y1)


def _end(box: Box) -> Box:
    return Box(box.x1, box.y0, box.x1, box.y1)


def _step(origin: Box, box: Box) -> list[int]:
    return [after - before for before, after in zip(origin, box, strict=True)]


def _stepped(origin: Box, step: list[int]) -> Box:
    return Box(*(before + change for before, change in zip(origin, step, strict=True)))
