"""One text of a page with some words of another. Pure.

The page is taken as one row of words, each with the break before it; words that are taken over bring the
breaks between them along, and the first takes that of the word in whose place it stands. Words that come to
those there are break the page as the other does, and never join what stood apart.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from documents.errors import PlaceMissing
from documents.ocr.correcting.comparing import Change, compare
from documents.ocr.correcting.editing import blocks_of, check_room
from documents.ocr.correcting.typed import clipped, whole, words_in
from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.reading import moved

_QUARTER = 90
_ROUND = 360


class _Break(IntEnum):
    """What ends before a word."""

    NONE = 0
    LINE = 1
    BLOCK = 2


@dataclass(slots=True)
class _Placed:
    word: Word
    gap: _Break


def merged(page: PageText, other: PageText, choices: Collection[int]) -> PageText:
    """``page`` with those changes of ``compare(page, other)`` whose places in it are ``choices``.

    Boxes of ``other`` are turned to lie on the image of ``page``. Raises PlaceMissing, PageTooFull.
    """
    theirs = turned(other, page.rotation)
    changes = compare(page, theirs).changes
    wanted = set(choices)
    if any(not 0 <= choice < len(changes) for choice in wanted):
        raise PlaceMissing
    chosen = [change for at, change in enumerate(changes) if at in wanted]
    if not chosen:
        return page
    rows = list(_merged(list(_row(page)), list(_row(theirs)), chosen))
    check_room(page, len(rows))
    return replace(page, blocks=_blocks(rows, page))


def with_words(page: PageText, words: Sequence[Word]) -> PageText:
    """``page`` with exactly ``words``, as a program sends them: without lines, each with its box.

    Those that the page has, too, keep confidence, space, line and block; the others are as if a person had
    typed them, and go to the line beside which they stand. Raises PageTooFull, WordTooLong.
    """
    paper = whole(page)
    sent = [one for word in words for one in words_in(word.text, clipped(word.box, paper))]
    check_room(page, len(sent))
    other = replace(page, blocks=(Block.of([Line.of(sent)]),) if sent else ())
    changes = compare(page, other).changes
    mine, theirs = list(_row(page)), list(_row(other))
    _break_between_lines(mine, theirs, changes, [line.box for line in page.lines for _word in line.words])
    rows = list(_merged(mine, theirs, changes))
    for row, word in zip(rows, sent, strict=True):
        row.word = replace(row.word, box=word.box)
    return replace(page, blocks=_blocks(rows, page))


def turned(page: PageText, rotation: int) -> PageText:
    """The same reading on the image that is turned by ``rotation`` degrees clockwise in all."""
    for _quarter in range((rotation - page.rotation) % _ROUND // _QUARTER):
        page = _turned_once(page)
    return page


def _turned_once(page: PageText) -> PageText:
    def turn(box: Box) -> Box:
        return Box(page.height - box.y1, box.x0, page.height - box.y0, box.x1)

    return replace(
        page,
        blocks=moved(page.blocks, turn),
        width=page.height,
        height=page.width,
        rotation=(page.rotation + _QUARTER) % _ROUND,
    )


def _row(page: PageText) -> Iterator[_Placed]:
    for block in page.blocks:
        gap = _Break.BLOCK
        for line in block.lines:
            for word in line.words:
                yield _Placed(word, gap)
                gap = _Break.NONE
            gap = max(gap, _Break.LINE)


def _break_between_lines(
    mine: Sequence[_Placed], theirs: Sequence[_Placed], changes: Iterable[Change], lines: Sequence[Box]
) -> None:
    """Where words of ``theirs``, which has no lines, come before a word of ``mine``, break before those that
    share more height with its line than with that of the word before it.

    ``lines`` are the boxes of the lines of ``mine``, one for each word.
    """
    for change in changes:
        if change.before or change.at == len(mine):
            continue
        above, below = lines[change.at - 1 : change.at], lines[change.at]
        cut = change.other_at
        for word in change.after:
            if _shared_height(word.box, below) > sum(_shared_height(word.box, line) for line in above):
                break
            cut += 1
        theirs[cut].gap = mine[change.at].gap


def _shared_height(box: Box, other: Box) -> int:
    """In pixels."""
    return max(min(box.y1, other.y1) - max(box.y0, other.y0), 0)


def _merged(
    mine: Sequence[_Placed], theirs: Sequence[_Placed], changes: Iterable[Change]
) -> Iterator[_Placed]:
    """The words of both with their breaks; those of ``mine`` change."""
    done = 0
    owed = _Break.NONE  # by the words that are gone to the next one
    end = Change(len(mine), (), len(theirs), ())
    for change in (*changes, end):
        for placed in mine[done : change.at]:
            yield _Placed(placed.word, max(placed.gap, owed))
            owed = _Break.NONE
        gone, new = mine[change.at : change.at + len(change.before)], _taken(theirs, change)
        owed = max([owed, *(placed.gap for placed in gone)])
        if gone and new:
            new[0].gap, owed = owed, _Break.NONE
        elif new:
            _break_around(new, mine[change.at : change.at + 1], _break_after(theirs, change))
        yield from new
        done = change.at + len(change.before)


def _taken(theirs: Sequence[_Placed], change: Change) -> list[_Placed]:
    some = theirs[change.other_at : change.other_at + len(change.after)]
    return [_Placed(placed.word, placed.gap) for placed in some]


def _break_around(new: Sequence[_Placed], following: Sequence[_Placed], after: _Break) -> None:
    """Let ``after`` stand between ``new`` and the word that follows, if any, and what stood before that word
    until now where the break is strongest, and last among equals."""
    for placed in following:
        own, placed.gap = placed.gap, after
        strongest = max((placed, *reversed(new)), key=lambda one: one.gap)
        strongest.gap = max(strongest.gap, own)


def _break_after(theirs: Sequence[_Placed], change: Change) -> _Break:
    """What ends in the other page behind the words that are taken from it."""
    following = theirs[change.other_at + len(change.after) :][:1]
    return following[0].gap if following else _Break.NONE


def _blocks(rows: Sequence[_Placed], page: PageText) -> tuple[Block, ...]:
    """Lines and blocks that are as they were in ``page`` are the ones of it."""
    known_lines = {line.words: line for line in page.lines}
    blocks: list[list[Line]] = []
    for block in _parted(rows, _Break.BLOCK):
        lines = [tuple(placed.word for placed in line) for line in _parted(block, _Break.LINE)]
        blocks.append([known_lines.get(words) or Line.of(words) for words in lines])
    return blocks_of(blocks, page.blocks)


def _parted(rows: Sequence[_Placed], least: _Break) -> Iterator[list[_Placed]]:
    part: list[_Placed] = []
    for placed in rows:
        if part and placed.gap >= least:
            yield part
            part = []
        part.append(placed)
    if part:
        yield part
