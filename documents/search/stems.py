"""Other forms of a word (``invoices``, ``invoice``) share a stem, by the language of the page. Pure."""

from collections.abc import Collection
from functools import cache, lru_cache
from string import ascii_lowercase
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
_CYRILLIC = "абвгдђеёжзијйклљмнњопрстћуфхцџчшщъыьэюяґєіїў"
# These change the beginnings of some words, which begin with one of these letters; all others change none.
_CUT = {
    "dutch": "g",
    "esperanto": "cghjsu",
    "indonesian": "bdkmpst",
    "irish": ascii_lowercase,
    "serbian": ascii_lowercase + _CYRILLIC,
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
    if len(word) < _SHORTEST or not word.isalpha():
        return frozenset()
    with _lock:
        found = frozenset(_stemmer(name).stemWord(word) for name in known)
    return found - {""}  # nothing is left of some that have endings only


def first_letters(stem: str, known: frozenset[str]) -> frozenset[str]:
    """With which Latin, Greek and Cyrillic letters the words may begin that have this ``stem``."""
    return frozenset(stem[0]).union(*(_CUT.get(name, "") for name in known))


@cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name, 0)  # without a cache of its own
