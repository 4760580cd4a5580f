"""A PageText as bytes for the database: JSON of small integers, deflated.

A box is stored as the distance to the one before it, because neighbours are near and small numbers
deflate well. Confidences keep one decimal. Version 1 had no spaces.
"""

import json
import zlib
from itertools import islice

from documents.ocr.elements import Block, Box, Line, PageText, Word

_VERSION = 2
_FIELDS = {1: 6, 2: 7}  # of a word, by version


def pack(page: PageText) -> bytes:
    origin = Box(0, 0, 0, 0)
    blocks = []
    for block in page.blocks:
        lines = []
        for line in block.lines:
            row: list[object] = [*_step(origin, line.box)]
            origin = line.box
            word_origin = Box(line.box.x0, line.box.y0, line.box.x0, line.box.y1)
            for word in line.words:
                row += [word.text, round(word.confidence, 1), *_step(word_origin, word.box), word.space]
                word_origin = Box(word.box.x1, word.box.y0, word.box.x1, word.box.y1)
            lines.append(row)
        blocks.append([_step(origin, block.box), lines])
        origin = block.box
    header = [
        _VERSION, page.width, page.height, page.rotation, list(page.languages),
        page.engine, page.engine_version, page.seconds,
    ]  # fmt: skip
    return zlib.compress(json.dumps([header, blocks], ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(packed: bytes | memoryview) -> PageText:
    header, packed_blocks = json.loads(zlib.decompress(packed))
    version, width, height, rotation, languages, engine, engine_version, seconds = header
    origin = Box(0, 0, 0, 0)
    blocks = []
    for block_step, packed_lines in packed_blocks:
        lines = []
        for row in packed_lines:
            origin = line_box = _stepped(origin, row[:4])
            word_origin = Box(line_box.x0, line_box.y0, line_box.x0, line_box.y1)
            words = []
            rest = iter(row[4:])
            while fields := list(islice(rest, _FIELDS[version])):
                box = _stepped(word_origin, fields[2:6])
                words.append(Word(fields[0], fields[1], box, *fields[6:]))
                word_origin = Box(box.x1, box.y0, box.x1, box.y1)
            lines.append(Line(tuple(words), line_box))
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


def _step(origin: Box, box: Box) -> list[int]:
    return [after - before for before, after in zip(origin, box, strict=True)]


def _stepped(origin: Box, step: list[int]) -> Box:
    return Box(*(before + change for before, change in zip(origin, step, strict=True)))
