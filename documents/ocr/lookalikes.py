"""Letters of one alphabet that stand in a word of another: Latin, Cyrillic and Greek share many shapes.

An engine that reads in two alphabets may spell МОСКВА with Latin letters, which looks right and is never
found. A word's other letters tell which alphabet it is in; where all of them are look-alikes, the words
around it do, unless it may well be an abbreviation in Latin letters, as HP. Pure.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from documents.ocr.detection.scripts import alphabet_of
from documents.ocr.elements import Block, Line, Word, words_of
from documents.ocr.languages import PACKS

# Letters of the same shape, place by place: of the confusables of Unicode
# (https://www.unicode.org/Public/security/latest/confusables.txt) those that are so in every upright font.
_LATIN_CYRILLIC = ("ABCEHKMOPTXYËaceopxyë", "АВСЕНКМОРТХУЁасеорхуё")
_LATIN_UKRAINIAN = ("IJSÏijsï", "ІЈЅЇіјѕї")  # with the Macedonian, Serbian and Kazakh ones
_LATIN_GREEK = ("ABEZHIKMNOPTXYov", "ΑΒΕΖΗΙΚΜΝΟΡΤΧΥον")
_CYRILLIC_GREEK = ("АВЕНІКМОРТХУФПГоф", "ΑΒΕΗΙΚΜΟΡΤΧΥΦΠΓοφ")
_WITHOUT_UKRAINIAN = frozenset(("rus", "bul"))

_RUN = re.compile(r"[^\W\d_]+")
# “XX век”: of letters that look Cyrillic and Greek, these together are a numeral.
_NUMERAL = re.compile("[IX]{2,}")
# Words of one letter that look like others, in capitals.
_ONE_LETTER = {"CYRILLIC": "АВЕКОСУІ", "GREEK": "ΗΟ"}
_ABBREVIATED = 4  # so many capitals, two at least, may be short for something
_MOSTLY = 0.9  # of a page's letters: what a word without neighbours is taken for
_SHORT = 2  # letters: words of so few stand beside names in another alphabet (“Excel, а также”)
# Small letters that are alike enough to be misread in a word of one or two, which has no others to tell: “on”
# as “оп”. Such a word in Cyrillic is none of a line that else is in Latin letters, of three words and more.
_NEARLY_LATIN = str.maketrans("пикгтм", "nukrtm")
_WHOLE_LINE = 3

_Table = dict[str, str]


def told_apart(blocks: Sequence[Block], languages: Collection[str]) -> tuple[Block, ...]:
    """The blocks with look-alikes in the alphabet of their word; ``languages`` are what they were read in.

    A word that is in two alphabets, such as ``USB-кабель``, stays: each run of letters is one for itself.
    Nothing changes on a page in Latin letters alone, or in none of the three alphabets.
    """
    alphabets = _Alphabets.of(languages)
    if len(alphabets.names) < 2:
        return tuple(blocks)
    page = _Page.of(blocks, alphabets)
    return tuple(replace(block, lines=tuple(map(page.line, block.lines))) for block in blocks)


@dataclass(frozen=True, slots=True)
class _Alphabets:
    """Those that a page may have, and the look-alikes between each two, by where from and where to."""

    names: frozenset[str]
    tables: dict[tuple[str, str], _Table]

    @classmethod
    def of(cls, languages: Collection[str]) -> "_Alphabets":
        scripts = {PACKS[code].script for code in languages if code in PACKS}
        others = {name for script, name in (("Cyrl", "CYRILLIC"), ("Grek", "GREEK")) if script in scripts}
        # Packs for Cyrillic and Greek know Latin letters, too.
        names = frozenset(("LATIN", *others)) if others else frozenset[str]()
        return cls(
            names, _tables(names, with_ukrainian=not _WITHOUT_UKRAINIAN.issuperset(_cyrillic(languages)))
        )

    def clear(self, text: str) -> Counter[str]:
        """How many letters of each alphabet there are that look like none of another."""
        return Counter(name for letter in text if (name := self._clear_one(letter)))

    def _clear_one(self, letter: str) -> str | None:
        name = alphabet_of(letter)
        if name not in self.names:
            return None
        return None if any(letter in self.tables[name, other] for other in self.names - {name}) else name

    def rewritten(self, run: str, target: str) -> str:
        """``run`` in the alphabet ``target``, or as it is where one of its letters does not exist there."""
        letters = [self._letter(letter, target) for letter in run]
        return run if None in letters else "".join(filter(None, letters))

    def _letter(self, letter: str, target: str) -> str | None:
        name = alphabet_of(letter)
        return letter if name == target else self.tables.get((name, target), {}).get(letter)


def _cyrillic(languages: Collection[str]) -> set[str]:
    return {code for code in languages if code in PACKS and PACKS[code].script == "Cyrl"}


def _tables(names: Collection[str], *, with_ukrainian: bool) -> dict[tuple[str, str], _Table]:
    ours, theirs = (one + more for one, more in zip(_LATIN_CYRILLIC, _LATIN_UKRAINIAN, strict=True))
    pairs = {
        ("LATIN", "CYRILLIC"): (ours, theirs) if with_ukrainian else _LATIN_CYRILLIC,
        ("LATIN", "GREEK"): _LATIN_GREEK,
        ("CYRILLIC", "GREEK"): _CYRILLIC_GREEK,
    }
    tables: dict[tuple[str, str], _Table] = {}
    for (one, other), (letters, alike) in pairs.items():
        if {one, other} <= set(names):
            tables[one, other] = dict(zip(letters, alike, strict=True))
            tables[other, one] = dict(zip(alike, letters, strict=True))
    return tables


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page tells of a word: the ``usual`` alphabet of its words, and how often each ``run`` of letters
    stands on it."""

    alphabets: _Alphabets
    usual: str | None
    runs: Counter[str]

    @classmethod
    def of(cls, blocks: Sequence[Block], alphabets: _Alphabets) -> "_Page":
        words = [word.text for word in words_of(blocks)]
        usual = _commonest(sum(map(alphabets.clear, words), Counter()))
        return cls(alphabets, usual, Counter(run for word in words for run in _RUN.findall(word)))

    def line(self, line: Line) -> Line:
        clear = [_commonest(self.alphabets.clear(word.text)) for word in line.words]
        plain = [word.text for word, alphabet in zip(line.words, clear, strict=True) if alphabet]
        in_capitals = bool(plain) and all(map(str.isupper, plain))
        mainly = _commonest(sum(map(self.alphabets.clear, plain), Counter()), 0.5)
        words = tuple(
            self._word(_as_its_line(word, clear, place), around, in_capitals=in_capitals)
            for place, word in enumerate(line.words)
            for around in [_around(clear, place, mainly if _is_short(word.text) else None, self.usual)]
        )
        return replace(line, words=words)

    def _word(self, word: Word, around: str | None, *, in_capitals: bool) -> Word:
        if word.text.isascii() and around in (None, "LATIN"):  # nearly all words of most pages
            return word
        runs = _RUN.findall(word.text)
        is_alone = len(runs) == 1 and not any(letter.isdigit() or letter in "+#" for letter in word.text)
        target = around if is_alone else None
        text = _RUN.sub(lambda run: self._run(run[0], target, in_capitals=in_capitals), word.text)
        return word if text == word.text else replace(word, text=text)

    def _run(self, run: str, around: str | None, *, in_capitals: bool) -> str:
        clear = self.alphabets.clear(run)
        if len(clear) > 1:
            return run
        if clear:
            return self.alphabets.rewritten(run, next(iter(clear)))
        names = Counter(alphabet_of(letter) for letter in run)
        if len(names) > 1:
            return self.alphabets.rewritten(run, around or names.most_common(1)[0][0])
        if around is None or _NUMERAL.fullmatch(run):
            return run
        meant = self.alphabets.rewritten(run, around)
        return meant if self._is_likely(meant, run, around, in_capitals=in_capitals) else run

    def _is_likely(self, meant: str, run: str, alphabet: str, *, in_capitals: bool) -> bool:
        """Whether ``meant``, in the alphabet of the words around, is what stands there, and not ``run``.

        Latin letters and abbreviations stand between words in all alphabets, others only in their own.
        """
        if alphabet == "LATIN":
            return True
        if len(meant) == 1:
            return meant.upper() in _ONE_LETTER[alphabet]
        may_be_short = meant.isupper() and len(meant) <= _ABBREVIATED
        return not may_be_short or in_capitals or self.runs[meant] > self.runs[run]


def _around(clear: Sequence[str | None], place: int, mainly: str | None, usual: str | None) -> str | None:
    """The alphabet of the words next to the one at ``place``; where they are not both of one, what its line
    is ``mainly`` in; None where that is not told and they are of two."""
    before = next(filter(None, reversed(clear[:place])), None)
    after = next(filter(None, clear[place + 1 :]), None)
    if before == after:
        return before or usual
    if mainly or (before and after):
        return mainly
    return before or after


def _is_short(text: str) -> bool:
    """Whether it is one word of a letter or two, with nothing but marks beside it."""
    runs = _RUN.findall(text)
    return len(runs) == 1 and len(runs[0]) <= _SHORT and not any(map(str.isdigit, text))


def _as_its_line(word: Word, clear: Sequence[str | None], place: int) -> Word:
    """The word at ``place`` in the Latin letters of its line, where it can be none else."""
    if clear[place] != "CYRILLIC" or not word.text.islower() or not _is_short(word.text):
        return word
    others = [alphabet for alphabet in (*clear[:place], *clear[place + 1 :]) if alphabet]
    if len(others) < _WHOLE_LINE or set(others) != {"LATIN"}:
        return word
    text = word.text.translate(_NEARLY_LATIN)
    is_latin = all(letter.isascii() or letter in _LATIN_CYRILLIC[1] for letter in text if letter.isalpha())
    return replace(word, text=text) if is_latin else word


def _commonest(clear: Counter[str], share: float = _MOSTLY) -> str | None:
    """The alphabet of that ``share`` of the letters at least; None where there is no such."""
    name, count = max(clear.items(), key=lambda item: item[1], default=(None, 0))
    return name if count and count >= share * clear.total() else None
