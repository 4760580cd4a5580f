"""Words that a line's end divides, whole again. Pure, over plain text."""

import re
from collections import Counter

SOFT_HYPHEN = "\u00ad"
# Hyphen-minus, the hyphens of Unicode, and the Armenian one.
_DIVIDING = ("-", "\u2010", "\u2011", "\u058a", SOFT_HYPHEN)
_HYPHENS = re.escape("".join(_DIVIDING))
_BEGINNING = re.compile(rf"(\S*[^\W\d_])([{_HYPHENS}])")
_REST = re.compile(r"([^\W\d_]\S*)\s*")  # with what clings to it
_WORD = re.compile(rf"[^\W\d_]+(?:[{_HYPHENS}][^\W\d_]+)*")
_SHORTEST = 2  # letters: “e-mail”, “x-ray” and “T-shirt” have their hyphen anyway
# “Vor- und Nachteile”, “in- en uitvoer”: the hyphen stands for the rest of the word.
_AND = frozenset(("und", "oder", "bzw", "bis", "sowie", "and", "en", "och", "og"))


def join_hyphens(text: str) -> str:
    """``text`` (lines, an empty one between paragraphs) with divided words whole, each on its first line.

    ``Recog-`` and ``nition`` become ``Recognition``. A hyphen that belongs to the word stays: before a
    capital (``E-Mail``), in a compound with another one (``mother-in-law``), and where the text has the word
    with its hyphen elsewhere. Divided numbers stay divided. Soft hyphens within words are left out.
    """
    words = Counter(word.casefold() for word in _WORD.findall(text))
    lines: list[str] = []
    for line in text.split("\n"):
        divided = _divided(lines[-1]) if lines else None
        rest = _REST.match(line) if divided else None
        if divided and rest and _core(rest[1]) not in _AND:
            lines[-1] = lines[-1][: divided.start()] + _joined(divided[1], divided[2], rest[1], words)
            if not (line := line[rest.end() :]):
                continue
        lines.append(line)
    return "\n".join(lines).replace(SOFT_HYPHEN, "")


def _divided(line: str) -> re.Match[str] | None:
    """The beginning of a word at the end of ``line``, and its hyphen."""
    if not line.endswith(_DIVIDING):
        return None
    # A search would begin anew at each letter: minutes, in a long line.
    return _BEGINNING.fullmatch(line, len(line) - len(line.rsplit(maxsplit=1)[-1]))


def _joined(beginning: str, hyphen: str, rest: str, words: Counter[str]) -> str:
    return f"{beginning}{hyphen if _stays(beginning, hyphen, rest, words) else ''}{rest}"


def _stays(beginning: str, hyphen: str, rest: str, words: Counter[str]) -> bool:
    """Whether the hyphen belongs to the word."""
    if hyphen == SOFT_HYPHEN:
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
