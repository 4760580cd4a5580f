"""Letters that a reading engine takes for one another, as keys: words that look alike share one.

Pure. A key is spelled with the letter of each class that is most frequent, so that most words are their
own key and need none in the index. Two numbers never share a key, or 1986 would find 1988.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

# Digits are letters first ("c1" is "cl"), then pairs are one letter ("cl" is "d"), then letters are others.
_AS_LETTERS = str.maketrans("012456789", "olzasbtbg")
_PAIRS = (("rn", "m"), ("vv", "w"))
_SINGLES = str.maketrans("ljcq", "iieg")
_AS_DIGITS = dict(zip("lijosbgqzat", ("1", "1", "1", "0", "5", "86", "9", "9", "2", "4", "7"), strict=True))
_MOST_NUMBERS = 4
_NUKTA = 7  # the canonical class of the dot below letters of India
# Latin and Cyrillic letters that look alike, if only as capitals.
_TWINS = ("acekmhopctxyb", "асекмнорстхув")
_TO_CYRILLIC = str.maketrans(*_TWINS)
_TO_LATIN = str.maketrans(*reversed(_TWINS))
# Han, kana and Hangul: nothing is taken for anything else.
_UNMISTAKEN = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3]+")
# Where two words share a key, their first letters are in one of these: all of the above together.
_ALIKE = (
    "1lij", "0oо", "2z", "4aа", "5s", "68bв", "7tт", "9gq", "cdeсе", "rmм", "vw", "hн", "kк", "pр", "xх",
    "yу", "ий", "नऩ", "रऱ", "ळऴ",
)  # fmt: skip
_ALIKE_BY_LETTER = {letter: frozenset(letters) for letters in _ALIKE for letter in letters}


@lru_cache(maxsize=1 << 15)
def keys(word: str) -> tuple[str, ...]:
    """The keys of a folded ``word``, one at least: two words look alike if they share one."""
    if len(word) < 2 or word.isdigit() or _UNMISTAKEN.fullmatch(word):
        return (word,)
    if word.isascii():
        return tuple(dict.fromkeys((*_latin(word), *_numbers(word))))
    return tuple(dict.fromkeys(key for script in _scripts(word) for key in _latin(_without_dots(script))))


def first_letters(key: str) -> frozenset[str]:
    """With which letters or figures the words begin that have this ``key``."""
    return _ALIKE_BY_LETTER.get(key[0], frozenset(key[0]))


def _latin(word: str) -> tuple[str, ...]:
    """Two where "cl" may be a "d", or each letter another one."""
    word = word.translate(_AS_LETTERS)
    for pair, letter in _PAIRS:
        word = word.replace(pair, letter)
    readings = (word.replace("cl", "d"), word) if "cl" in word else (word,)
    return tuple(reading.translate(_SINGLES) for reading in readings)


def _numbers(word: str) -> tuple[str, ...]:
    """The numbers that ``word`` may be where half of it or more are digits. ``a4`` is none."""
    if len(word) < 3 or word.isalpha() or 2 * sum(letter.isdigit() for letter in word) < len(word):
        return ()
    choices = [letter if letter.isdigit() else _AS_DIGITS.get(letter, "") for letter in word]
    return tuple(map("".join, islice(product(*choices), _MOST_NUMBERS)))


def _without_dots(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.replace("й", "и"))
    kept = (letter for letter in letters if unicodedata.combining(letter) != _NUKTA)
    return unicodedata.normalize("NFC", "".join(kept))


def _scripts(word: str) -> tuple[str, ...]:
    """``word``, or where Latin and Cyrillic letters are mixed in it, both ways to write it in one script."""
    if not any("a" <= letter <= "z" for letter in word) or not any("а" <= letter <= "я" for letter in word):
        return (word,)
    return (word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN))
