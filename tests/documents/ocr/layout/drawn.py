"""Lines as a detector finds them: letters of 10 × 20 pixels, lines of a text 26 pixels apart."""

from collections.abc import Iterable, Sequence
from itertools import cycle, islice

from documents.ocr.elements import Block, Box, Line, Word

LETTER, HEIGHT, PITCH = 10, 20, 26
SIZE = (1000, 1400)
_TEXT = "seven quiet otters carry round stones along every narrow river until winter comes again over"

_LETTER = (
    "Mix the dough in an evening and let it rise through one cold night before you bake it at dawn in a hot "
    "stone oven while storms that nobody remembers go by and we sing of bread"
)


def line(text: str, x: int, y: int, *, size: float = 1.0) -> Line:
    """``text`` in letters of ``size`` times the usual."""
    words, start = [], float(x)
    for word in text.split(" "):
        end = start + len(word) * LETTER * size
        if word:
            words.append(Word(word, 90.0, Box(round(start), y, round(end), y + round(HEIGHT * size))))
        start = end + LETTER * size
    return Line.of(words)


def text(name: str, x: int, y: int, count: int, *, letters: int = 36, indent: int = 0) -> list[Line]:
    """``count`` lines of running text of about ``letters``, each beginning with ``name`` and a number."""
    lines = []
    for at in range(count):
        rest = _TEXT[at:] + " " + _TEXT
        words = f"{name}{at} {rest}"[:letters].rsplit(" ", 1)[0]
        lines.append(line(words, x + (indent if at == 0 else 0), y + PITCH * at))
    return lines


def justified(first: int, x: int, y: int, count: int) -> list[Line]:
    """Running text, from its word ``first`` on, that fills a column of 300 pixels, in every fourth line with
    words far apart."""
    words = islice(cycle(_LETTER.split()), first, None)
    lines = []
    for at in range(count):
        some = [next(words)]
        while len(" ".join(some)) < (24 if at % 4 else 16):
            some.append(next(words))
        white = (300 - LETTER * sum(map(len, some))) / (len(some) - 1)
        found, start = [], float(x)
        for word in some:
            end = start + LETTER * len(word)
            found.append(
                Word(word, 90.0, Box(round(start), y + PITCH * at, round(end), y + PITCH * at + HEIGHT))
            )
            start = end + white
        lines.append(Line.of(found))
    return lines


def row(y: int, *cells: tuple[int, str]) -> list[Line]:
    """Pieces of one row, each with where it begins."""
    return [line(content, x, y) for x, content in cells if content]


def starts(blocks: Iterable[Block]) -> list[str]:
    """The first word of each line."""
    return [found.words[0].text for block in blocks for found in block.lines]


def names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{at}" for at in range(count)]


def block(*lines: Line | Sequence[Line]) -> Block:
    return Block.of([one for found in lines for one in ([found] if isinstance(found, Line) else found)])
