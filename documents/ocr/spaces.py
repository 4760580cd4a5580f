"""Spaces between words, taken from the plain text of the same reading: hOCR does not tell where they are, and
Korean is recognised syllable by syllable."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import replace

from documents.ocr.elements import Block, Line, Word, as_read, is_unspaced, spaced
from documents.ocr.languages import PACKS

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]")
# None of the packs of these scripts has a letter that `_is_lone`, as ``combine_tessdata`` tells.
_SPACED = frozenset(("Arab", "Cyrl", "Deva", "Grek", "Hebr", "Latn"))
# By the letters of a line: where spaces stand, in letters from its beginning; one set for each such line.
_Spaces = dict[str, deque[frozenset[int]]]


def needs_text(languages: Iterable[str]) -> bool:
    """Whether `with_spaces` may change what is read with the packs of ``languages``: to write the plain text,
    too, takes Tesseract 3 % of its time."""
    packs = [PACKS.get(code) for code in languages]
    return any(pack is None or pack.script not in _SPACED for pack in packs)


def with_spaces(blocks: Sequence[Block], text: str) -> tuple[Block, ...]:
    """The blocks with spaces where ``text`` has them in the line of the same letters, wherever it stands.

    A line that ``text`` does not have stays as it is. So do words of spaced scripts beside each other: where
    Tesseract tells two of them apart without a space, as in ``Total 8.70``, there is one; and in lines that
    run from right to left it writes spaces at the wrong end.
    """
    spaces = _spaces(text)
    return tuple(
        replace(block, lines=tuple(_with_spaces(line, spaces) for line in block.lines)) for block in blocks
    )


def _spaces(text: str) -> _Spaces:
    found: _Spaces = defaultdict(deque)
    for line in as_read(text).splitlines():
        pieces = line.split()
        ends, length = [], 0
        for piece in pieces:
            length += len(piece)
            ends.append(length)
        found["".join(pieces)].append(frozenset(ends))
    return found


def _with_spaces(line: Line, spaces: _Spaces) -> Line:
    alike = spaces.get("".join(word.text for word in line.words))
    if not alike:
        return line
    places = alike.popleft()
    words, length = [line.words[0]], len(line.words[0].text)
    for word in line.words[1:]:
        words.append(_with_space(words[-1], word, is_there=length in places))
        length += len(word.text)
    return replace(line, words=tuple(words))


def _with_space(before: Word, word: Word, *, is_there: bool) -> Word:
    is_free = any(map(_is_lone, (before.text[-1:], word.text[:1])))
    return spaced(before, word, is_there=is_there) if is_free else word


def _is_lone(character: str) -> bool:
    """Whether an engine makes a word of the letter (or of a few), with or without spaces around."""
    return is_unspaced(character) or bool(_HANGUL.match(character))
