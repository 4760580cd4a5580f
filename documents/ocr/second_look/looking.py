"""Which rows of a page want a second look, and the page with what it showed. Knows no engine."""

from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image

from documents.ocr.clean.pixels import grey
from documents.ocr.detection.vertical import run_down
from documents.ocr.elements import Block, Box, Word, confidence_of, lines_of, words_of
from documents.ocr.ink import letter_height
from documents.ocr.languages import PACKS
from documents.ocr.second_look.rows import find_rows
from documents.ocr.second_look.sheet import Rendering, Sheet
from documents.ocr.second_look.voting import voted
from documents.ocr.second_look.weaving import by_row, woven

# Mean confidence from which on a page is left as it is: at most 90 on 34 photographed and scanned receipts,
# 91.7 to 96 on clean rendered pages in 13 languages of Latin and Cyrillic script.
_SURE_PAGE = 90.0
# Packs of other scripts are less sure of what they read without a mistake: of Greek by 82, of Arabic, Chinese
# and Hebrew by 89.
_SURE_ELSEWHERE = 80.0
_SURE_SCRIPTS = frozenset(("Latn", "Cyrl"))
# Words are no measure where none are told apart: a noisy page of Chinese is read with an F1 of 0.89 and a CER
# of 0.14, and after a second look with 0.78 and 0.45.
_UNSPACED_SCRIPTS = frozenset(("Hans", "Hant", "Jpan"))
# Confidence of its least sure word from which on a row is left as it is: a third of those of 34 receipts;
# reading them again wins nothing.
_SURE_ROW = 85.0
# A large comma makes a row of its own, which would be read as a “1”, and surely: what is lower than this
# share of a word around it belongs to that, unless it is no word, but higher than so many letters.
_MARK, _ONE_ROW = 0.7, 2.6
# Of 24, 32 and 40 pixels, Tesseract's network reads letters of 24 best. Softened, so that the dots of needle
# printers run together, the sheets of 34 receipts gain 0.013 of word F1. Where that reading and the first
# differ, larger, crisp letters have the third vote.
_RENDERINGS = (Rendering(letter=24, blur=0.8), Rendering(letter=32))

Read = Callable[[Image.Image], Sequence[Block]]


def is_doubtful(blocks: Sequence[Block], languages: Sequence[str]) -> bool:
    """Whether a page that was read with ``languages``, or found empty, may gain by a second look."""
    scripts = {PACKS[code].script if code in PACKS else "" for code in languages}
    if scripts & _UNSPACED_SCRIPTS:
        return False
    is_sure_script = scripts <= _SURE_SCRIPTS
    return (confidence_of(words_of(blocks)) or 0.0) < (_SURE_PAGE if is_sure_script else _SURE_ELSEWHERE)


def second_look(image: Image.Image, blocks: Sequence[Block], read: Read) -> tuple[Block, ...]:
    """``blocks``, as read of a straight page image (``L`` or ``RGB``), with its doubtful rows read again.

    ``read`` is an engine's way with a sheet of lines that stand below each other; it is called once or twice,
    or not at all where no row is in doubt. Raises what ``read`` raises.
    """
    letter = None if run_down(lines_of(blocks)) else letter_height(image)
    if letter is None:
        return tuple(blocks)
    words = words_of(blocks)
    rows = _without_marks(find_rows(grey(np.asarray(image)), letter), words, letter)
    first = by_row(words, rows)
    votes = _votes(image, rows, letter, first, read)
    in_rows = {word for reading in first for word in reading}
    # Where no letter stands by the look of the ink, nothing was read.
    votes += [[[word], []] for word in words if word not in in_rows]
    return woven(blocks, [(each[0], voted(each)) for each in votes if len(each) > 1])


def _without_marks(rows: Sequence[Box], words: Sequence[Word], letter: float) -> list[Box]:
    """The rows but those that are part of a word which was read in another one."""
    whole = [word.box for word in words if word.box.height <= _ONE_ROW * letter]
    empty = [row for row, found in zip(rows, by_row(words, rows), strict=True) if not found]
    inside = by_row([Word("", 0.0, row) for row in empty], whole)
    pairs = zip(whole, inside, strict=True)
    marks = {mark.box for box, found in pairs for mark in found if mark.box.height < _MARK * box.height}
    return [row for row in rows if row not in marks]


def _votes(
    image: Image.Image, rows: Sequence[Box], letter: float, first: Sequence[Sequence[Word]], read: Read
) -> list[list[Sequence[Word]]]:
    """All readings of each row, the ``first`` included."""
    pixels = grey(np.asarray(image))
    votes = [[reading] for reading in first]
    for rendering in _RENDERINGS:
        places = [place for place, each in enumerate(votes) if not _is_settled(each)]
        if not places:
            break
        sheet = Sheet.of(pixels, [rows[place] for place in places], letter, rendering)
        for place, reading in zip(places, sheet.words(read(sheet.image())), strict=False):
            votes[place].append(reading)
    return votes


def _is_settled(votes: Sequence[Sequence[Word]]) -> bool:
    """Whether the first reading of a row was sure, or a later one agreed with it."""
    if len(votes) == 1:
        return bool(votes[0]) and min(word.confidence for word in votes[0]) >= _SURE_ROW
    return _letters(votes[0]) == _letters(votes[-1])


def _letters(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words).casefold()
