"""Words to draw: of the lists in Tesseract's packs, and of CLDR, which has names of languages and countries
in many that no pack knows.

A word belongs to the evaluation or to the training by a hash of its letters, whatever else changes.
"""

import random
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from babel import Locale, localedata

from training.alphabet import CHURCH_SLAVONIC, CYRILLIC, in_alphabet
from training.packages import pack
from training.programs import run

_LONGEST = 16  # letters
_HELD_OUT = 20  # one word of so many is for the evaluation
_MOST = 150_000  # of a kind


class Kind(StrEnum):
    """Where words come from: packs, but for `NAMES_LATIN` and `NAMES_CYRILLIC`, which are CLDR's."""

    ENGLISH = "english"
    LATIN = "latin"  # with a letter beyond ASCII
    NAMES_LATIN = "names-latin"
    RUSSIAN = "russian"
    CYRILLIC = "cyrillic"  # with a letter that Russian does not have
    NAMES_CYRILLIC = "names-cyrillic"

    @property
    def is_cyrillic(self) -> bool:
        return self in (Kind.RUSSIAN, Kind.CYRILLIC, Kind.NAMES_CYRILLIC)

    @property
    def script(self) -> "Kind":
        """The kind that stands for all in these letters."""
        return Kind.CYRILLIC if self.is_cyrillic else Kind.LATIN


_PACKS = {
    Kind.ENGLISH: "eng",
    Kind.LATIN: "Latin",
    Kind.RUSSIAN: "rus",
    Kind.CYRILLIC: "Cyrillic",
}
_BEYOND_RUSSIAN = frozenset(CYRILLIC + CHURCH_SLAVONIC)


def is_held_out(word: str) -> bool:
    """Whether a word is for the evaluation: in any case of its letters."""
    return zlib.crc32(word.casefold().encode()) % _HELD_OUT == 0


def prepare(work: Path) -> None:
    """Write the words of each kind, in an order that chance gives them once for all, into ``work/words``."""
    folder = work / "words"
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(set(_names()))
    for kind in Kind:
        found = set(filter(_usable, _listed(work, _PACKS[kind]) if kind in _PACKS else names))
        words = sorted(word for word in found if _is_of(word, kind))
        random.Random(kind).shuffle(words)  # noqa: S311
        (folder / f"{kind}.txt").write_text("\n".join(words[:_MOST]), encoding="utf-8")


def words(work: Path, *, held_out: bool) -> dict[Kind, list[str]]:
    """Those of the training, or of the evaluation. Raises FileNotFoundError before `prepare`."""
    return {kind: [word for word in _written(work, kind) if is_held_out(word) is held_out] for kind in Kind}


def _written(work: Path, kind: Kind) -> list[str]:
    return (work / "words" / f"{kind}.txt").read_text(encoding="utf-8").split("\n")


def _listed(work: Path, code: str) -> Iterator[str]:
    """The words of a pack's own list."""
    folder = work / "words" / "lists"
    folder.mkdir(parents=True, exist_ok=True)
    parts, written = f"{folder / code}.", folder / f"{code}.txt"
    run("combine_tessdata", "-u", pack(work, code), parts)
    run("dawg2wordlist", f"{parts}lstm-unicharset", f"{parts}lstm-word-dawg", written)
    for line in written.open(encoding="utf-8"):
        yield unicodedata.normalize("NFC", line.rstrip("\n"))


def _names() -> Iterator[str]:
    """Words of the names of languages, countries, scripts, months and days in all languages of CLDR."""
    for identifier in localedata.locale_identifiers():
        locale = Locale.parse(identifier)
        names = [*locale.languages.values(), *locale.territories.values(), *locale.scripts.values()]
        for width in ("wide", "abbreviated"):
            names += [*locale.months["format"][width].values(), *locale.days["format"][width].values()]
        for name in names:
            yield from unicodedata.normalize("NFC", name).replace("(", " ").replace(")", " ").split()


def _usable(word: str) -> bool:
    return 1 <= len(word) <= _LONGEST and in_alphabet(word) and any(map(str.isalpha, word))


def _is_of(word: str, kind: Kind) -> bool:
    scripts = set(_scripts(word))
    if len(scripts) != 1 or (scripts == {"CYRILLIC"}) is not kind.is_cyrillic:
        return False
    if kind is Kind.LATIN or kind is Kind.NAMES_LATIN:
        return not word.isascii()
    return kind is not Kind.CYRILLIC or not _BEYOND_RUSSIAN.isdisjoint(word)


def _scripts(letters: Iterable[str]) -> Iterator[str]:
    return (
        unicodedata.name(letter).split(" ", 1)[0]
        for letter in letters
        if letter.isalpha() and letter not in "ªº"
    )
