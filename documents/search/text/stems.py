"""Other forms of a word (``invoices``, ``invoice``) share a stem, by the language of the page. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from threading import Lock

import Stemmer

# Snowball's algorithms, and the packs of Tesseract in whose languages each knows the forms of words. Packs of
# a whole script are given to the one language that most of their pages are in.
_PACKS = {
    "arabic": ("ara", "Arabic"),
    "armenian": ("hye", "Armenian"),
    "basque": ("eus",),
    "catalan": ("cat",),
    "czech": ("ces",),
    "danish": ("dan",),
    "dutch": ("nld",),
    "english": ("eng",),
    "esperanto": ("epo",),
    "estonian": ("est",),
    "finnish": ("fin",),
    "french": ("fra",),
    "german": ("deu", "deu_latf", "frk", "Fraktur"),
    "greek": ("ell", "Greek"),
    "hindi": ("hin", "Devanagari"),
    "hungarian": ("hun",),
    "indonesian": ("ind",),
    "irish": ("gle",),
    "italian": ("ita", "ita_old"),
    "lithuanian": ("lit",),
    "nepali": ("nep",),
    "norwegian": ("nor",),
    "persian": ("fas",),
    "polish": ("pol",),
    "portuguese": ("por",),
    "romanian": ("ron",),
    "russian": ("rus", "Cyrillic"),
    "serbian": ("srp", "srp_latn"),
    "spanish": ("spa", "spa_old"),
    "swedish": ("swe",),
    "tamil": ("tam", "Tamil"),
    "turkish": ("tur",),
    "yiddish": ("yid",),
}
_ALGORITHMS = {pack: algorithm for algorithm, packs in _PACKS.items() for pack in packs}
_SHORTEST = 3
# A word with vowel signs of Devanagari or Tamil, which Python does not take for letters.
_WITH_SIGNS = re.compile(r"(?:[^\W\d_][\u0900-\u0903\u093a-\u094f\u0b82\u0bbe-\u0bd7]*)+")
_BLOCKS = (range(0x620, 0x700), range(0x5D0, 0x5F3), range(0xB80, 0xC00))
_ARABIC, _HEBREW, _TAMIL = ("".join(map(chr, block)) for block in _BLOCKS)
# These change the beginnings of some words, which begin with one of these letters; all others change none.
_CUT = {
    "arabic": _ARABIC,
    "dutch": "g",
    "esperanto": "cghjsu",
    "indonesian": "bdkmpst",
    "irish": "bdghmnt",
    "persian": _ARABIC,
    "serbian": "dабвгдђеёжзијйклљмнњопрстћуфхцчџшщъыьэюяґєіїў",
    "tamil": _TAMIL,
    "yiddish": _HEBREW,
}
_lock = Lock()  # a stemmer is not safe in two threads at once


def algorithms(languages: Collection[str]) -> frozenset[str]:
    """What knows the forms of words in ``languages`` (codes of Tesseract)."""
    return _algorithms(tuple(languages))


@lru_cache(maxsize=1 << 10)
def _algorithms(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_ALGORITHMS[code] for code in languages if code in _ALGORITHMS)


def stems(word: str, known: frozenset[str]) -> frozenset[str]:
    """The stems of a folded ``word`` by ``known`` `algorithms`; none of short words and numbers."""
    if not _may_have_forms(word):
        return frozenset()
    with _lock:
        found = frozenset(_stemmer(name).stemWord(word) for name in known)
    return found - {""}  # nothing is left of some that have endings only


def stems_among(
    words: Mapping[str, Sequence[str]], wanted: frozenset[str], known: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """The words that have one of the ``wanted`` stems, with that stem.

    ``words`` are folded, by their first letters: only those are looked at that may have it.
    """
    for name, first_letters in _first_letters(wanted, known):
        those = [word for letter in first_letters & words.keys() for word in words[letter]]
        those = [word for word in those if _may_have_forms(word)]
        with _lock:
            found = _stemmer(name).stemWords(those)
        yield from (pair for pair in zip(those, found, strict=True) if pair[1] in wanted)


@lru_cache(maxsize=1 << 8)
def _first_letters(wanted: frozenset[str], known: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    """With which letters the words may begin that have a wanted stem, by each algorithm."""
    of_stems = frozenset(stem[0] for stem in wanted)
    return [(name, of_stems.union(_CUT.get(name, ""))) for name in known]


def _may_have_forms(word: str) -> bool:
    return len(word) >= _SHORTEST and (word.isalpha() or _WITH_SIGNS.fullmatch(word) is not None)


@cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name, 0)  # without a cache of its own
