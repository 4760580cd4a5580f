"""A page's text with the changes that a person made to it. Pure: every function gives a new page.

The boxes follow: the parts of a word share its box by their letters, joined words and lines unite theirs, and
a line and a block is as large as what it holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from documents.errors import OperationUnclear, PageTooFull, PlaceMissing
from documents.ocr.correcting import operations as do
from documents.ocr.correcting.typed import (
    SURE,
    can_split,
    clipped,
    gap_in,
    joined_word,
    retyped,
    room_for,
    split_word,
    whole,
    words_in,
)
from documents.ocr.elements import Block, Box, Line, PageText, Word

MOST_WORDS = 20_000  # of a page; a newspaper's has 10,000


def edited(page: PageText, operations: Sequence[do.Operation]) -> PageText:
    """The page after ``operations``, one after the other.

    Raises PlaceMissing, WordTooLong, LineTooLong, PageTooFull; OperationUnclear for a word that is to
    stand beside the page.
    """
    draft = _Draft(page)
    for number, operation in enumerate(operations, 1):
        if isinstance(operation, do.PlaceWord) and not _share(operation.box, whole(page)):
            raise OperationUnclear(number=number, part="box")
        draft.apply(operation)
    return replace(page, blocks=draft.blocks())


def check_room(page: PageText, count: int) -> None:
    """Raises PageTooFull where ``page`` may not have ``count`` words after a change."""
    if count > _most_words(page):
        raise PageTooFull(limit=MOST_WORDS)


def blocks_of(parts: Iterable[Sequence[Line]], before: Iterable[Block]) -> tuple[Block, ...]:
    """A block for each of ``parts``; where one of those ``before`` holds the very same lines, that one."""
    # By identity: to hash all words of a page takes a tenth of the time that a correction may take.
    known = {tuple(map(id, block.lines)): block for block in before}
    return tuple(known.get(tuple(map(id, lines))) or Block.of(lines) for lines in parts)


def _share(one: Box, other: Box) -> bool:
    """At least a pixel."""
    return one.x0 < other.x1 and one.x1 > other.x0 and one.y0 < other.y1 and one.y1 > other.y0


def _most_words(page: PageText) -> int:
    """After a change: a page that was read with more than MOST_WORDS may keep as many."""
    return max(MOST_WORDS, len(page.words))


class _Draft:
    """The lines of each block, while they are being changed."""

    def __init__(self, page: PageText) -> None:
        self._before = page.blocks
        self._lines = [list(block.lines) for block in page.blocks]
        self._count = len(page.words)
        self._most = _most_words(page)
        self._page = whole(page)

    def blocks(self) -> tuple[Block, ...]:
        """Those that nobody touched are the ones that came in."""
        return blocks_of(self._lines, self._before)

    def apply(self, operation: do.Operation) -> None:
        match operation:
            case do.ReplaceWord(line, word, text):
                self._replace(line, word, text)
            case do.SplitWord(line, word, at):
                self._split(line, word, at)
            case do.JoinWords(line, word):
                first, second = self._some(line, word, 2)
                self._put(line, word, 2, [joined_word(first, second)])
            case do.InsertWord(line, word, text, box):
                self._insert(line, word, text, box)
            case do.DeleteWords(line, word, count):
                self._some(line, word, count)
                self._put(line, word, count, [])
            case do.PlaceWord(line, word, box):
                [placed] = self._some(line, word, 1)
                self._put(line, word, 1, [replace(placed, box=clipped(box, self._page))])
            case do.RetypeLine(line, text):
                self._set(line, [retyped(self._words(line), text, self._room(line))])
            case _:
                self._apply_to_lines(operation)

    def _apply_to_lines(self, operation: do.Operation) -> None:
        match operation:
            case do.SplitLine(line, word):
                words = self._words(line)
                if not 0 < word < len(words):
                    raise PlaceMissing
                self._set(line, [words[:word], words[word:]])
            case do.JoinLines(line):
                joined = self._words(line) + self._words(line + 1)
                self._set(line + 1, [])
                self._set(line, [joined])
            case do.InsertLine(line, text, box):
                self._insert_line(line, words_in(text, clipped(box, self._page)))
            case do.DeleteLine(line):
                self._set(line, [])
            case do.MoveLine(line, block, at):
                self._move(line, block, at)

    def _replace(self, line: int, word: int, text: str) -> None:
        """A word that stays as it is is one that somebody looked at: it is certain now."""
        [old] = self._some(line, word, 1)
        new = words_in(text, old.box)
        new[:1] = [replace(first, space=old.space) for first in new[:1]]
        self._put(line, word, 1, new)

    def _split(self, line: int, word: int, at: int) -> None:
        [old] = self._some(line, word, 1)
        if not can_split(old, at):
            raise PlaceMissing
        self._put(line, word, 1, [replace(part, confidence=SURE) for part in split_word(old, at)])

    def _insert(self, line: int, word: int, text: str, box: Box | None) -> None:
        words = self._words(line)
        if word > len(words):
            raise PlaceMissing
        where = clipped(box, self._page) if box else gap_in(words, word, text, self._room(line))
        self._put(line, word, 0, words_in(text, where))

    def _room(self, line: int) -> Box:
        """What of the page is free at the ends of a line."""
        block, at = self._place(line)
        others = (other.box for lines in self._lines for other in lines)
        return room_for(self._lines[block][at], others, self._page)

    def _insert_line(self, line: int, words: Sequence[Word]) -> None:
        if not words:
            return
        before, at = self._place(line - 1) if line else (0, -1)
        self._add(len(words))
        self._lines = self._lines or [[]]
        self._lines[before].insert(at + 1, Line.of(words))

    def _move(self, line: int, block: int, at: int) -> None:
        old_block, old_at = self._place(line)
        if block > len(self._lines):
            raise PlaceMissing
        if block == len(self._lines):
            self._lines.append([])
        moved = self._lines[old_block].pop(old_at)
        if at > len(self._lines[block]):
            raise PlaceMissing
        self._lines[block].insert(at, moved)
        self._lines = [lines for lines in self._lines if lines]

    def _words(self, line: int) -> tuple[Word, ...]:
        block, at = self._place(line)
        return self._lines[block][at].words

    def _some(self, line: int, word: int, count: int) -> tuple[Word, ...]:
        """``count`` words of a line (at least one). Raises PlaceMissing where there are fewer."""
        some = self._words(line)[word : word + count]
        if not count or len(some) < count:
            raise PlaceMissing
        return some

    def _put(self, line: int, word: int, count: int, new: Sequence[Word]) -> None:
        """In the place of ``count`` words of a line."""
        words = self._words(line)
        self._set(line, [[*words[:word], *new, *words[word + count :]]])

    def _set(self, line: int, new: Sequence[Sequence[Word]]) -> None:
        """Lines in the place of one; without words it is no line, and without lines no block."""
        block, at = self._place(line)
        self._add(sum(map(len, new)) - len(self._lines[block][at].words))
        self._lines[block][at : at + 1] = [Line.of(words) for words in new if words]
        if not self._lines[block]:
            del self._lines[block]

    def _add(self, count: int) -> None:
        """Count words that come (less than 0: that go), one operation after the other: a thousand of them may
        bring millions, which would take minutes."""
        self._count += count
        if count > 0 and self._count > self._most:
            raise PageTooFull(limit=MOST_WORDS)

    def _place(self, line: int) -> tuple[int, int]:
        """Its block, and its place in there."""
        for block, lines in enumerate(self._lines):
            if line < len(lines):
                return block, line
            line -= len(lines)
        raise PlaceMissing
