"""What a person typed, as words with boxes. A person is certain: such words have a confidence of 100."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Indel

from documents.errors import LineTooLong, WordTooLong
from documents.ocr.elements import (
    RIGHT_TO_LEFT,
    Box,
    Line,
    PageText,
    Word,
    as_read,
    is_unspaced,
    join_words,
    spaced,
)

LONGEST_WORD = 200  # characters; the longest words of languages that compound have about 80
LONGEST_LINE = 5000  # characters
SURE = 100.0
_UNSTORABLE = ("Cc", "Cs")  # control characters and lone surrogates, which databases refuse
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs")
_INVISIBLE = dict.fromkeys((0x200B, 0x2060, 0xFEFF))  # spaces of no width, which come along when one pastes
_SPACE = 0.5  # letters
_COLUMN = 1.5  # heights of the line: so wide is what parts columns
_WHITE = 1.0  # heights of the line: so much between two words still parts cells (layout/grids.py)


def pieces(text: str) -> list[str]:
    """The words of ``text``, NFC, without what cannot be seen. Raises WordTooLong, LineTooLong."""
    if len(text) > LONGEST_LINE:
        raise LineTooLong(limit=LONGEST_LINE)
    found = shown(text)
    if any(len(piece) > LONGEST_WORD for piece in found):
        raise WordTooLong(limit=LONGEST_WORD)
    return found


def shown(text: str) -> list[str]:
    """The words of ``text`` of which something can be seen, however long; NFC, without control characters,
    what is no character, and spaces of no width."""
    visible = text.translate(_INVISIBLE)
    storable = (" " if unicodedata.category(letter) in _UNSTORABLE else letter for letter in visible)
    return [piece for piece in as_read("".join(storable)).split() if _shows(piece)]


def words_in(text: str, box: Box) -> list[Word]:
    """The words of ``text``, which share ``box`` by their letters."""
    return placed(pieces(text), box)


def can_split(word: Word, at: int) -> bool:
    """Whether something can be seen of both parts, and the letter ``at`` is no mark of the one before it."""
    first, second = word.text[:at], word.text[at:]
    return _shows(first) and _shows(second) and not unicodedata.category(second[0]).startswith("M")


def split_word(word: Word, at: int) -> list[Word]:
    """In two, before the letter ``at``; where its script has spaces there is one now."""
    texts = word.text[:at].strip(), word.text[at:].strip()
    first, second = (
        replace(word, text=text, box=box) for text, box in zip(texts, shared(word.box, texts), strict=True)
    )
    return [first, replace(second, space=None)]


def joined_word(first: Word, second: Word) -> Word:
    text = as_read(first.text + second.text)
    if len(text) > LONGEST_WORD:
        raise WordTooLong(limit=LONGEST_WORD)
    return Word(text, SURE, Box.around([first.box, second.box]), first.space)


def gap_in(words: Sequence[Word], at: int, text: str, room: Box) -> Box:
    """Where ``text`` stands before the word ``at`` of a line of ``words`` (at least one), or behind the last
    one; inside ``room``."""
    if _runs_down(words):
        flipped = [replace(word, box=_flipped(word.box)) for word in words]
        return _flipped(_gap_at(flipped, at, text, _flipped(room)))
    return _gap_at(words, at, text, room)


def _gap_at(words: Sequence[Word], at: int, text: str, room: Box) -> Box:
    before = words[at - 1] if at else None
    after = words[at] if at < len(words) else None
    return gap(before, after, text, room, tallest(words))


def _runs_down(words: Sequence[Word]) -> bool:
    """Chinese and Japanese may: such a line of several letters is higher than wide."""
    text = join_words(words)
    around = _around(words)
    return around.height > around.width and _letters(text) > 1 and any(map(is_unspaced, text))


def _flipped(box: Box) -> Box:
    """With rows for columns: what runs down runs to the right."""
    return Box(box.y0, box.x0, box.y1, box.x1)


def gap(before: Word | None, after: Word | None, text: str, room: Box, height: int) -> Box:
    """Where ``text`` stands between two words of a line that runs across, one of which may be missing; inside
    ``room``.

    In a gap that is wide for a line of this ``height`` it is beside the word before: that is one between two
    cells of a table. So much of it stays free that they remain two, however narrow that makes the text. Where
    the words lie on each other, as an engine may make one as long as its line, the shorter one says where.
    """
    there = [word for word in (before, after) if word]
    left, right = (after, before) if _is_right_to_left(there[0].text) else (before, after)
    letter = max(1, there[0].box.width) / _letters(there[0].text)
    space = 0.0 if is_unspaced(text[:1]) else _SPACE * letter
    breadth = _letters(text) * letter + 2 * space
    x0 = left.box.x1 if left else there[0].box.x0 - breadth
    x1 = right.box.x0 if right else there[0].box.x1 + breadth
    rows = _around(there)
    if left and right and x1 < x0:
        x0 = x1 = x1 if _is_longer(left, right) else x0
    if left and right and x1 - x0 > _COLUMN * height:
        part = min(breadth, x1 - x0 - _WHITE * height)
        x0, x1 = (x0, x0 + part) if left is before else (x1 - part, x1)
    margin = round(space * min(1.0, max(0.0, x1 - x0) / breadth))
    return clipped(_wide(x0 + margin, x1 - margin, rows), room)


def _is_longer(one: Word, other: Word) -> bool:
    """Is its box longer for its letters?"""
    return one.box.width * _letters(other.text) > other.box.width * _letters(one.text)


def _wide(x0: float, x1: float, rows: Box) -> Box:
    """From ``x0`` to ``x1``, at least a pixel, as high as ``rows``."""
    return rows._replace(x0=round(x0), x1=max(round(x1), round(x0) + 1))


def tallest(words: Iterable[Word]) -> int:
    """The height of a line in pixels, whether it slopes or not: of the word of ``words`` that has most."""
    return max(word.box.height for word in words)


def room_for(line: Line, others: Iterable[Box], page: Box) -> Box:
    """``page`` between those of ``others`` that are next to ``line`` at its ends."""
    if _runs_down(line.words):
        return _flipped(_room_beside(_flipped(line.box), map(_flipped, others), _flipped(page)))
    return _room_beside(line.box, others, page)


def _around(words: Iterable[Word]) -> Box:
    return Box.around([word.box for word in words])


def _room_beside(box: Box, others: Iterable[Box], page: Box) -> Box:
    level = [other for other in others if other.y0 < box.y1 and box.y0 < other.y1]
    left = max((other.x1 for other in level if other.x1 <= box.x0), default=page.x0)
    right = min((other.x0 for other in level if other.x0 >= box.x1), default=page.x1)
    return page._replace(x0=left, x1=right)


def whole(page: PageText) -> Box:
    """All of ``page``, at least a pixel wide and high."""
    return Box(0, 0, max(page.width, 1), max(page.height, 1))


def clipped(box: Box, page: Box) -> Box:
    """The part of ``box`` that lies on ``page``, at least a pixel wide and high."""
    x0 = min(max(box.x0, page.x0), page.x1 - 1)
    y0 = min(max(box.y0, page.y0), page.y1 - 1)
    return Box(x0, y0, max(min(box.x1, page.x1), x0 + 1), max(min(box.y1, page.y1), y0 + 1))


@dataclass(frozen=True, slots=True)
class _Kept:
    """The word ``at`` of a line, which stands in the new text from ``start`` to ``end``."""

    at: int
    start: int
    end: int


def retyped(words: Sequence[Word], text: str, room: Box) -> list[Word]:
    """A line of ``words`` (at least one) of which a person typed the whole text anew; inside ``room``.

    Words that are as they were keep box and confidence; the others share the boxes of those whose place they
    take, or stand in a gap. Raises WordTooLong, LineTooLong.
    """
    new = " ".join(pieces(text))
    ends = [_Kept(-1, 0, 0), *_kept(words, new), _Kept(len(words), len(new), len(new))]
    result: list[Word] = []
    for last, following in pairwise(ends):
        typed = new[last.end : following.start]
        is_there = typed.startswith(" ")
        for word in _between(words, last.at, following.at, typed, room):
            result.append(spaced(result[-1] if result else None, word, is_there=is_there))
            is_there = True
        if following.at < len(words):
            is_there = typed.endswith(" ")
            result.append(spaced(result[-1] if result else None, words[following.at], is_there=is_there))
    return result


def _between(words: Sequence[Word], last: int, following: int, typed: str, room: Box) -> list[Word]:
    """What was typed between the words ``last`` and ``following``, which were kept."""
    texts = typed.split()
    gone = words[last + 1 : following]
    if not texts:
        return []
    if len(gone) == len(texts):
        return [Word(text, SURE, word.box) for text, word in zip(texts, gone, strict=True)]
    if gone:
        return placed(texts, _around(gone))
    return placed(texts, gap_in(words, following, typed.strip(), room))


def _kept(words: Sequence[Word], new: str) -> Iterator[_Kept]:
    """The words that stand in ``new`` letter by letter, as words of their own."""
    old = join_words(words)
    moves = {
        at: step.dest_start - step.src_start
        for step in Indel.opcodes(old, new)
        if step.tag == "equal"
        for at in range(step.src_start, step.src_end)
    }
    end = 0
    for at, word in enumerate(words):
        start = old.index(word.text, end)
        end = start + len(word.text)
        by = moves.get(start)
        if by is None or any(moves.get(place) != by for place in range(start, end)):
            continue
        if _is_end(new, start + by) and _is_end(new, end + by):
            yield _Kept(at, start + by, end + by)


def _is_end(text: str, at: int) -> bool:
    """May a word begin or end before the letter ``at``?"""
    if not 0 < at < len(text):
        return True
    return any(beside.isspace() or is_unspaced(beside) for beside in text[at - 1 : at + 1])


def placed(texts: Sequence[str], box: Box) -> list[Word]:
    """``texts`` as words that share ``box``, with spaces between them."""
    words: list[Word] = []
    for text, part in zip(texts, shared(box, texts), strict=True):
        before = words[-1] if words else None
        words.append(spaced(before, Word(text, SURE, part), is_there=True))
    return words


def shared(box: Box, texts: Sequence[str]) -> list[Box]:
    """``box`` cut into one for each of ``texts`` by their letters, in the direction of the writing."""
    if not texts:
        return []
    shares = _shares(texts)
    if _is_vertical(box, "".join(texts)):
        return [box._replace(y0=y0, y1=y1) for y0, y1 in _cuts(box.y0, box.y1, shares)]
    if _is_right_to_left(texts[0]):
        shares = [(1 - end, 1 - start) for start, end in shares]
    return [box._replace(x0=x0, x1=x1) for x0, x1 in _cuts(box.x0, box.x1, shares)]


def _shares(texts: Sequence[str]) -> list[tuple[float, float]]:
    """Where each begins and ends if they run from 0 to 1, with the spaces that their scripts have."""
    ends: list[tuple[float, float]] = []
    end = 0.0
    for before, text in zip(("", *texts), texts, strict=False):
        start = end + (_SPACE if before and not (is_unspaced(before[-1]) and is_unspaced(text[:1])) else 0.0)
        end = start + _letters(text)
        ends.append((start, end))
    return [(start / end, last / end) for start, last in ends]


def _cuts(first: int, last: int, shares: Sequence[tuple[float, float]]) -> Iterator[tuple[int, int]]:
    """Parts of the pixels from ``first`` to ``last``, each of them at least one wide."""
    for start, end in shares:
        at = min(round(first + (last - first) * start), max(first, last - 1))
        yield at, max(round(first + (last - first) * end), at + 1)


def _letters(text: str) -> int:
    """Without marks, which stand over or under a letter."""
    return sum(not unicodedata.combining(letter) for letter in text) or 1


def _is_vertical(box: Box, text: str) -> bool:
    """Chinese and Japanese letters are square, so a box of several is wide unless they run downwards."""
    return is_unspaced(text[:1]) and _letters(text) > 1 and box.height > box.width


def _is_right_to_left(text: str) -> bool:
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((way for way in strong if way in ("L", *RIGHT_TO_LEFT)), "L") in RIGHT_TO_LEFT


def _shows(piece: str) -> bool:
    """Letters that are younger than Python's list of them have no category (Cn), and can be seen."""
    return any(unicodedata.category(letter) not in _UNSEEN for letter in piece)
