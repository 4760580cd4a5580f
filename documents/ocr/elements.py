"""What an engine found on a page: plain frozen dataclasses, top down.

All lengths are pixels of the upright page image that the reader sees, with the origin at the
top left. All confidences run from 0 (a guess) to 100 (certain), as Tesseract gives them.
Text is in logical (reading) order, Unicode NFC.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple, Self


class Box(NamedTuple):
    """A rectangle; ``x1`` and ``y1`` are the first column and row outside it."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    @property
    def middle_x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def middle_y(self) -> float:
        return (self.y0 + self.y1) / 2

    def holds(self, other: Self) -> bool:
        """Whether the middle of ``other`` lies in it."""
        return self.x0 <= other.middle_x < self.x1 and self.y0 <= other.middle_y < self.y1

    @classmethod
    def around(cls, boxes: Sequence[Self]) -> Self:
        """The smallest box that holds all of ``boxes`` (at least one)."""
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        return cls(min(x0), min(y0), max(x1), max(y1))


@dataclass(frozen=True, slots=True)
class Word:
    """``space`` says whether one stands before the word in its line; None: as its script has it.

    ``is_final`` is an engine's way to say that reading the word again, in a line by itself, wins nothing;
    ``reader`` names the program that read it, with its version, where that is another than the engine's own.
    Both belong to the reading and not to the text, so that words that differ by them alone are the same.
    """

    text: str
    confidence: float
    box: Box
    space: bool | None = None
    is_final: bool = field(default=False, compare=False)
    reader: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Line:
    words: tuple[Word, ...]
    box: Box

    @classmethod
    def of(cls, words: Sequence[Word]) -> Self:
        """A line as large as its ``words`` (at least one)."""
        return cls(tuple(words), Box.around([word.box for word in words]))

    @property
    def text(self) -> str:
        return join_words(self.words)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: lines that belong together. Columns are consecutive blocks."""

    lines: tuple[Line, ...]
    box: Box

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Self:
        """A block as large as its ``lines`` (at least one)."""
        return cls(tuple(lines), Box.around([line.box for line in lines]))

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class Cure(StrEnum):
    """What can be done to an image before it is read."""

    SHEET = "sheet"  # a sheet on a table cut out, and seen from above
    INVERTED = "inverted"  # light letters on dark ground made dark on light ones
    PANELS = "panels"  # ... in parts of the page
    EVENED = "evened"  # shadows and uneven light taken out
    DENOISED = "denoised"
    BLEED = "bleed-through"  # print of the other side that shines through
    SHARPENED = "sharpened"
    SPLIT = "split"  # two facing pages, read one after the other
    STRAIGHTENED = "straightened"
    LEVELLED = "levelled"  # bent lines
    SCALED = "scaled"


class Treatment(NamedTuple):
    """What was done. ``amount`` is in degrees clockwise where a page was straightened, the factor where it
    was scaled, else 0."""

    cure: str  # of `Cure`; what a later version packed may have others
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class PageText:
    """One reading of one page.

    ``width`` and ``height`` are those of the upright page; ``rotation`` says by how many degrees
    clockwise (0, 90, 180, 270) the loaded image was turned to be upright. ``languages`` are the
    codes that the page was read with, detected ones included; none where they were to be detected and there
    is no text. ``engine_version`` names all that had a part in the reading where an engine has others read
    for it (`documents.ocr.readers`). ``seconds`` is the engine's time; ``treatments`` are in the order in
    which they were done.
    ``suggested`` are the codes of languages that the page seems to be in instead; none where nothing speaks
    for others.
    """

    width: int
    height: int
    blocks: tuple[Block, ...]
    languages: tuple[str, ...] = ()
    rotation: int = 0
    engine: str = ""
    engine_version: str = ""
    seconds: float = 0.0
    treatments: tuple[Treatment, ...] = ()
    suggested: tuple[str, ...] = ()

    @property
    def lines(self) -> list[Line]:
        return list(lines_of(self.blocks))

    @property
    def words(self) -> list[Word]:
        return words_of(self.blocks)

    @property
    def text(self) -> str:
        """The page as plain text: a line per line, an empty line between paragraphs."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def confidence(self) -> float | None:
        """That of all its words; None without text."""
        return confidence_of(self.words)


def lines_of(blocks: Iterable[Block]) -> Iterator[Line]:
    return (line for block in blocks for line in block.lines)


def words_of(blocks: Iterable[Block]) -> list[Word]:
    return [word for line in lines_of(blocks) for word in line.words]


def confidence_of(words: Sequence[Word]) -> float | None:
    """Mean over the letters, so that a long word weighs more than a dot; None without text."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else None


def as_read(text: str) -> str:
    """An engine's text as elements hold it: without its marks of direction and what is no character, Unicode
    NFC, ligatures as their letters, with the Greek letter in Greek words for which some packs write the sign
    of the micrometre."""
    return _MICRO.sub("μ", unicodedata.normalize("NFC", text.translate(_TRANSLATION)))


# Marks and embeddings that say which way a word runs: the order is logical, they only hinder a search.
_DIRECTION: dict[int, str | None] = dict.fromkeys(
    (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
# Latin and Armenian ones are two or three letters set closely; œ and æ are letters, and ﷺ is a sentence.
_LIGATURES = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xFB00, 0xFB07), *range(0xFB13, 0xFB18))
}
# Codes that are for ever no characters (https://www.unicode.org/faq/private_use.html#noncharacters): XML has
# no room for some of them.
_NONCHARACTERS: dict[int, str | None] = dict.fromkeys(
    (
        *range(0xFDD0, 0xFDF0),
        *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
    )
)
_TRANSLATION = _DIRECTION | _NONCHARACTERS | _LIGATURES


# Beside a letter of the Greek or extended Greek block.
_MICRO = re.compile("(?<=[\u0370-\u03ff\u1f00-\u1fff])\u00b5|\u00b5(?=[\u0370-\u03ff\u1f00-\u1fff])")


def join_words(words: Sequence[Word]) -> str:
    """The text of words that follow each other in a line."""
    before = (None, *words)
    return "".join(separator(*pair) + pair[1].text for pair in zip(before, words, strict=False))


def separator(before: Word | None, word: Word) -> str:
    """What stands between the word ``before`` (None: the line begins) and the next one: a space or nothing.

    Where the word does not say, none stands between two Chinese, Japanese or Thai words.
    """
    if before is None:
        return ""
    if word.space is not None:
        return " " if word.space else ""
    return "" if is_unspaced(before.text[-1:]) and is_unspaced(word.text[:1]) else " "


def spaced(before: Word | None, word: Word, *, is_there: bool) -> Word:
    """The word behind ``before``, saying of the space between them only what its script does not."""
    plain = replace(word, space=None)
    if before is None or bool(separator(before, plain)) == is_there:
        return plain
    return replace(word, space=is_there)


# Blocks of the scripts that write words without spaces: Thai, Lao, Myanmar, Khmer, the CJK
# punctuation, kana and ideographs, and their full-width forms. Hangul is spaced.
_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3000, 0x312F),
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x323AF),
)


def is_unspaced(character: str) -> bool:
    """Whether a letter or mark (or nothing) is of a script that writes no space between words."""
    # Most text lies before the first of these blocks.
    return character >= "\u0e00" and any(first <= ord(character) <= last for first, last in _UNSPACED)


# Bidirectional classes (https://www.unicode.org/reports/tr9/) of the letters that run so.
RIGHT_TO_LEFT = ("R", "AL")
