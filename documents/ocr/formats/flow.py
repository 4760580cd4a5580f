"""Paragraphs as an editor wants them: lines that were only broken because the paper ended are one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from documents.ocr.elements import Block, Box, Line, PageText, separator
from documents.ocr.formats.layout import Piece, pieces_of
from documents.ocr.hyphens import SOFT_HYPHEN, division, words_of
from documents.ocr.layout.direction import Direction, main_direction
from documents.ocr.layout.roles import Role, roles
from documents.ocr.layout.tables import Table

LINE_BREAK = "\n"
_SPACE = 0.3  # of the height of a line
# So many lines show how wide they may be; below that, the paragraphs around do.
_TELLING = 3
_AROUND = 5


class Paragraph(NamedTuple):
    """``text`` has a line break where one was meant, a tab where a column begins, and a soft hyphen in words
    that the ends of lines divided."""

    text: str
    direction: Direction
    role: Role = Role.TEXT


def paragraphs(page: PageText) -> Iterator[Paragraph]:
    """Of each block one. Tables are taken out by `parts`.

    A line break was meant beside columns, and where the first word of the next line would have had room.
    """
    words = words_of(page.text)
    for index, (block, role) in enumerate(zip(page.blocks, roles(page), strict=True)):
        lines = [line for line in block.lines if line.words]
        direction = main_direction(lines)
        around = page.blocks[max(index - _AROUND, 0) : index + _AROUND + 1]
        yield Paragraph(_flowing(lines, _measure(block, around), direction, words), direction, role)


def parts(page: PageText, tables: Sequence[Table]) -> Iterator[Paragraph | Table]:
    """The paragraphs of a page, and each of its ``tables`` in the place of its first line."""
    found = list(_parts(page.blocks, tables))
    texts = paragraphs(replace(page, blocks=tuple(part for part in found if isinstance(part, Block))))
    return (next(texts) if isinstance(part, Block) else part for part in found)


def _parts(blocks: Sequence[Block], tables: Sequence[Table]) -> Iterator[Block | Table]:
    table_of = {id(word): at for at, table in enumerate(tables) for word in table.words}
    left = dict(enumerate(tables))
    for block in blocks:
        beside: list[Line] = []
        for at, line in chain.from_iterable(_cut(line, table_of) for line in block.lines):
            if at is None:
                beside.append(line)
            elif at in left:
                if beside:
                    yield Block.of(beside)
                yield left.pop(at)
                beside = []
        if beside:
            yield Block.of(beside)


def _cut(line: Line, table_of: Mapping[int, int]) -> list[tuple[int | None, Line]]:
    """The line where its words change between tables and text, each part with the number of its table."""
    groups = groupby(line.words, key=lambda word: table_of.get(id(word)))
    found = [(at, tuple(words)) for at, words in groups]
    if len(found) <= 1:
        return [(at, line) for at, _words in found]
    return [(at, Line.of(words)) for at, words in found]


def _measure(block: Block, around: Sequence[Block]) -> Box:
    """Where the lines of ``block`` had room: as wide as the paragraphs that begin or end at the same edge."""
    if len(block.lines) >= _TELLING:
        return block.box
    near = max((line.box.height for line in block.lines), default=0)
    others = [
        other.box
        for other in around
        if abs(other.box.x0 - block.box.x0) <= near or abs(other.box.x1 - block.box.x1) <= near
    ]
    widest = max(others, key=lambda box: box.width)
    return Box(widest.x0, block.box.y0, widest.x1, block.box.y1)


def _flowing(lines: Sequence[Line], room: Box, direction: Direction, words: Counter[str]) -> str:
    rows = [(line, pieces_of(line)) for line in lines]
    done = [_in_columns(pieces) for _line, pieces in rows[:1]]
    for (before, pieces_before), (line, pieces) in pairwise(rows):
        added = _in_columns(pieces)
        in_columns = len(pieces_before) > 1 or len(pieces) > 1
        if _is_meant(room, before, line, direction, in_columns=in_columns):
            done.append(LINE_BREAK + added)
        elif divided := division(done[-1], added, words):
            done[-1] = done[-1][:-1]
            done.append((divided.hyphen or SOFT_HYPHEN) + added)
        else:
            done.append(separator(before.words[-1], line.words[0]) + added)
    return "".join(done)


def _in_columns(pieces: Sequence[Piece]) -> str:
    return "\t".join(piece.text for piece in pieces)


def _is_meant(room: Box, before: Line, line: Line, direction: Direction, *, in_columns: bool) -> bool:
    word = line.words[0].box
    if direction == "ttb":
        return room.y1 - before.box.y1 > word.height + _SPACE * before.box.width
    if in_columns:
        return True
    return _free(room, before.box, direction) > word.width + _SPACE * before.box.height


def _free(room: Box, line: Box, direction: Direction) -> int:
    """Pixels behind the line; of a centred line on both sides."""
    left, right = line.x0 - room.x0, room.x1 - line.x1
    if abs(left - right) < line.height:
        return left + right
    return left if direction == "rtl" else right
