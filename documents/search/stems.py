"""Other forms of a word (``invoices``, ``invoice``) share a stem, by the language of the page. Pure."""

from collections.abc import Collection
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
        return frozenset(_stemmer(name).stemWord(word) for name in known)


@cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name, 0)  # without a cache of its own
