"""Words that a line's end divides, whole again. Pure, over plain text."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

SOFT_HYPHEN = "\u00ad"
# Hyphen-minus, the hyphens of Unicode, the Armenian one, and what Fraktur and old typewriters have for one.
_DIVIDING = ("-", "\u2010", "\u2011", "\u058a", "=", "\u00ac", SOFT_HYPHEN)
_NEVER_OF_A_WORD = (SOFT_HYPHEN, "\u00ac")
_HYPHENS = re.escape("".join(_DIVIDING))
_BEGINNING = re.compile(rf"(\S*[^\W\d_])([{_HYPHENS}])")
_REST = re.compile(r"[^\W\d_]\S*")  # with what clings to it
_WORD = re.compile(rf"[^\W\d_]+(?:[{_HYPHENS}][^\W\d_]+)*")
_SHORTEST = 2  # letters: “e-mail”, “x-ray” and “T-shirt” have their hyphen anyway
# “Vor- und Nachteile”, “in- en uitvoer”: the hyphen stands for the rest of the word.
_AND = frozenset(("und", "oder", "bzw", "bis", "sowie", "and", "en", "och", "og"))


class Division(NamedTuple):
    """``rest`` is the second half of the word, up to the next space; ``hyphen`` what belongs between both."""

    rest: str
    hyphen: str


def words_of(text: str) -> Counter[str]:
    """How often ``text`` has each word, for `division`."""
    return Counter(word.casefold() for word in _WORD.findall(text))


def division(line: str, following: str, words: Counter[str]) -> Division | None:
    """How a word is divided that begins at the end of ``line``, with a hyphen, and ends in the ``following``
    one. None where none is. ``words`` are those of the whole text.

    A hyphen that belongs to the word stays: before a capital (``E-Mail``), in a compound with another one
    (``mother-in-law``), and where the text has the word with its hyphen elsewhere.
    """
    beginning, rest = _beginning(line), _REST.match(following)
    if not beginning or not rest or _core(rest[0]) in _AND:
        return None
    stays = _stays(beginning[1], beginning[2], rest[0], words)
    return Division(rest[0], beginning[2] if stays else "")


def join_hyphens(text: str) -> str:
    """``text`` (lines, an empty one between paragraphs) with divided words whole, each on its first line.

    ``Recog-`` and ``nition`` become ``Recognition``, with the hyphen where it belongs to the word. Divided
    numbers stay divided. Soft hyphens within words are left out.
    """
    words = words_of(text)
    lines: list[str] = []
    for line in text.split("\n"):
        last = _last(lines, line)
        divided = division(lines[last], line, words) if lines else None
        if divided:
            lines[last] = lines[last][:-1] + divided.hyphen + divided.rest
            if not (line := line[len(divided.rest) :].lstrip()):
                del lines[len(lines) + last + 1 :]  # nothing is left of the paragraph but what parts it
                continue
        lines.append(line)
    return "\n".join(lines).replace(SOFT_HYPHEN, "")


def _last(lines: Sequence[str], following: str) -> int:
    """Where the line is, from the end of ``lines``, that the ``following`` one may go on.

    Before an empty one, if it begins with a small letter: an engine ends a paragraph at a short line, and at
    the end of a column.
    """
    is_over = len(lines) > 1 and not lines[-1]
    return -2 if is_over and following[:1].islower() else -1


def _beginning(line: str) -> re.Match[str] | None:
    """That of a word at the end of ``line``, and its hyphen."""
    if not line.endswith(_DIVIDING):
        return None
    # A search would begin anew at each letter: minutes, in a long line.
    return _BEGINNING.fullmatch(line, len(line) - len(line.rsplit(maxsplit=1)[-1]))


def _stays(beginning: str, hyphen: str, rest: str, words: Counter[str]) -> bool:
    """Whether the hyphen belongs to the word."""
    if hyphen in _NEVER_OF_A_WORD:
        return False
    start, end = _core(beginning), _core(rest)
    whole, compound = words[start + end], words[f"{start}{hyphen}{end}"]
    if whole != compound:
        return compound > whole
    before_capital = rest[0].isupper() and not beginning.isupper()
    return before_capital or len(start) < _SHORTEST or not start.isalpha()


def _core(part: str) -> str:
    """The last word of ``part``, without what stands around it, such as brackets."""
    found = _WORD.findall(part)
    return found[-1].casefold() if found else ""
