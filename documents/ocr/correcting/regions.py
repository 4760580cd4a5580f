"""A part of a page that was read by itself, put in the place of what stood there. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from documents.ocr.correcting.editing import blocks_of, check_room
from documents.ocr.correcting.typed import SURE
from documents.ocr.elements import Block, Box, Line, PageText, Word


def with_region(page: PageText, region: Box, blocks: Sequence[Block]) -> PageText:
    """``page`` with ``blocks`` in the place of the words whose middle is in ``region``; all in its pixels.

    They come before what is left of the lines they are taken from, or behind it where those begin outside, as
    in a column on the right; where there were no words, before the first block that begins below. Raises
    PageTooFull.
    """
    before, after = _parted(page.blocks, region)
    result = replace(page, blocks=(*before, *blocks, *after))
    check_room(page, len(result.words))
    return result


def corrected_in(region: Box, page: PageText, reading: PageText | None) -> list[Word]:
    """The words that `with_region` takes away and a person typed: they are certain, and the ``reading`` that
    ``page`` goes back to says something else in their place. None: it is there no more.

    A word that somebody only said to be right is none of them.
    """
    read = {(word.text, word.box) for word in reading.words} if reading else set()
    inside = (word for word in page.words if region.holds(word.box))
    return [word for word in inside if word.confidence == SURE and (word.text, word.box) not in read]


def _parted(blocks: Sequence[Block], region: Box) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """What is left of ``blocks`` before and after the place of ``region``."""
    lines = [(at, line) for at, block in enumerate(blocks) for line in block.lines]
    hit = [place for place, (_at, line) in enumerate(lines) if _outside(line, region) != line]
    if hit:
        first_word = lines[hit[0]][1].words[0]
        cut = hit[0] if region.holds(first_word.box) else hit[-1] + 1
    else:
        below = (at for at, block in enumerate(blocks) if block.box.y0 >= region.y0)
        first = next(below, len(blocks))
        cut = sum(at < first for at, _line in lines)
    return _blocks(blocks, lines[:cut], region), _blocks(blocks, lines[cut:], region)


def _blocks(blocks: Sequence[Block], lines: Sequence[tuple[int, Line]], region: Box) -> tuple[Block, ...]:
    """``lines``, each with the number of its block, without what lies in ``region``."""
    parts = groupby(lines, key=itemgetter(0))
    left = ([kept for _at, line in some if (kept := _outside(line, region))] for _block, some in parts)
    return blocks_of(filter(None, left), blocks)


def _outside(line: Line, region: Box) -> Line | None:
    words = [word for word in line.words if not region.holds(word.box)]
    if len(words) == len(line.words):
        return line
    return Line.of(words) if words else None
