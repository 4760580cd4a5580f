"""Text as search sees it: words folded to what people type, each with its place in the original.

Pure, and the same for what is indexed and for what is asked, on every database. Scripts that put no
spaces between words are taken apart into pairs of neighbouring letters, so that any two can be found.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from operator import add
from typing import NamedTuple

import regex

# Combining classes of marks that tell letters apart where a script has them: vowel signs (0), nukta (7), the
# voicing of kana (8), virama (9), vowels and tones of Thai and Lao (103-122), vowels of Tibetan (129-132).
# All others are accents and points, which people leave out when they type.
_KEPT_CLASSES = frozenset((0, 7, 8, 9, 103, 107, 118, 122, 129, 130, 132))
_BREVE = "\u0306"
# Letters that Unicode does not take apart, though people who lack the key type them so. Tatweel only
# stretches an Arabic word.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
     "ґ": "г", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ـ": None}
)  # fmt: skip
_NO_WORD = regex.compile(r"[^\p{L}\p{M}\p{N}]+")

# Written without spaces between words; a line may end anywhere in them.
_DENSE = r"[\p{Han}\p{Hiragana}\p{Katakana}ーｰﾞﾟ々\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
# Syllables that are words of their own as often as parts of one; spaces and line ends divide them.
_HANGUL = r"\p{Hangul}"
_LETTER = rf"[[\p{{L}}\p{{N}}]--{_DENSE}--{_HANGUL}]"
_WORD = rf"{_LETTER}[[{_LETTER}\p{{M}}\p{{Cf}}]--{_DENSE}--{_HANGUL}]*"
_ANY_TOKEN = regex.compile(
    rf"""
    (?P<pairs> {_DENSE} (?: \p{{M}} | \p{{Cf}} | \s?{_DENSE} )* | {_HANGUL} (?: \p{{M}} | {_HANGUL} )* )
    | {_WORD} (?: (?: [-\u2010] | (?<=\u00ad) ) \n\s* (?P<rest>{_WORD}) )?  # divided at the end of a line
    """,
    regex.VERBOSE | regex.V1,
)
_PAIRED = regex.compile(rf"{_DENSE}|{_HANGUL}", regex.V1)
# Han, kana and Hangul that stay as they are when they are folded.
_WITHOUT_MARKS = re.compile(r"[\s\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3]*")
# Characters of a word; PostgreSQL takes 2,046 bytes, and nobody asks for more.
_LONGEST = 100
_CLUSTER = regex.compile(r"\X")
_SIMPLE_TOKEN = re.compile(r"[^\W_]+")
# Text without letters of Thai, Lao, Myanmar, Khmer, Hangul, or from the radicals of Han on, has the same
# words by a simpler pattern, which takes half the time.
_NOT_SPACED = re.compile(
    r"[^\0-\u0dff\u0f00-\u0fff\u10a0-\u10ff\u1200-\u177f\u1e00-\u2e7f\ufb00-\ufb1d\ufb1f-\ufb4f]"
)
_MARKS = ("Mn", "Mc", "Me", "Cf")  # and what has no width, inside of words
_INSIDE = "".join(
    letter for letter in map(chr, range(0x80, 0x2E80)) if unicodedata.category(letter) in _MARKS
)
_SPACED = rf"\w[\w{_INSIDE}]*"
_SPACED_TOKEN = re.compile(rf"{_SPACED}(?:(?:[-\u2010]|(?<=\u00ad))\n\s*({_SPACED}))?")


class Token(NamedTuple):
    """A folded word, or a pair of letters, and the range of the original that it stands for."""

    text: str
    start: int
    end: int


class Asked(NamedTuple):
    """The words of a question; ``is_prefix``: the last one stands for all that begin with it."""

    words: tuple[str, ...]
    is_prefix: bool


def fold(text: str) -> str:
    """``text`` as it is compared: width, ligatures, case, accents and invisible characters folded away."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    # Russian tells й from и, and its endings are not recognised without.
    decomposed = decomposed.replace("и" + _BREVE, "й")
    kept = (letter for letter in decomposed if unicodedata.combining(letter) in _KEPT_CLASSES)
    return unicodedata.normalize("NFC", "".join(kept).translate(_PLAIN))


@lru_cache(maxsize=1 << 14)
def letters(word: str) -> str:
    """The letters and figures of ``word``, folded, as far as a word goes."""
    return str(_NO_WORD.sub("", fold(word[:_LONGEST])))[:_LONGEST]


def tokens(text: str) -> Iterator[Token]:
    """The words of ``text`` in order; pairs for scripts without spaces, and the last letter of each run."""
    if text.isascii() and "-\n" not in text:
        return _simple_tokens(text.lower())
    return _any_tokens(text) if _NOT_SPACED.search(text) else _spaced_tokens(text.replace("_", ","))


def is_paired(word: str) -> bool:
    """Whether the token ``word`` is of a script that is taken apart into pairs."""
    return _PAIRED.match(word) is not None


def asked(text: str) -> Asked:
    """The words of ``text`` as a question has them.

    The last letter of a run without spaces is in its last pair; alone, it stands for all pairs it begins.
    """
    words = list(tokens(text))
    if not words or not is_paired(words[-1].text):
        return Asked(tuple(word.text for word in words), is_prefix=False)
    is_covered = len(words) > 1 and words[-2].end == words[-1].end
    return Asked(tuple(word.text for word in words[: len(words) - is_covered]), is_prefix=not is_covered)


def _simple_tokens(text: str) -> Iterator[Token]:
    """Those of ASCII in small letters, with no word divided."""
    for match in _SIMPLE_TOKEN.finditer(text):
        yield Token(match[0][:_LONGEST], match.start(), match.end())


def _spaced_tokens(text: str) -> Iterator[Token]:
    """Those of a text without ``_``, which the pattern takes for a letter."""
    for match in _SPACED_TOKEN.finditer(text):
        if match.lastindex:
            yield from _divided(match[0], match[1], match.start())
        else:
            word = match[0]
            if word := word[:_LONGEST].lower() if word.isascii() else letters(word):
                yield Token(word, *match.span())


def _any_tokens(text: str) -> Iterator[Token]:
    for match in _ANY_TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "pairs":
            yield from _pairs(match[0], match.start())
        elif kind == "rest":
            yield from _divided(match[0], match["rest"], match.start())
        elif word := letters(match[0]):
            yield Token(word, *match.span())


def _divided(whole: str, rest: str, start: int) -> Iterator[Token]:
    """One word where ``rest`` goes on in small letters on its line; else it is another word."""
    end = start + len(whole)
    words = [(whole, start, end)]
    if not rest[0].islower():
        first = whole[: -len(rest)].rstrip("-\u2010\n \t")
        words = [(first, start, start + len(first)), (rest, end - len(rest), end)]
    for word, begin, stop in words:
        if text := letters(word):
            yield Token(text, begin, stop)


def _pairs(run: str, start: int) -> Iterator[Token]:
    if _WITHOUT_MARKS.fullmatch(run):
        yield from _plain_pairs(run, start)
        return
    clusters = [
        (letter, start + match.start(), start + match.end())
        for match in _CLUSTER.finditer(run)
        if (letter := letters(match[0]))
    ]
    for (first, begin, _end), (second, _begin, end) in pairwise(clusters):
        yield Token(first + second, begin, end)
    if clusters:
        yield Token(*clusters[-1])


def _plain_pairs(run: str, start: int) -> Iterator[Token]:
    """Of a run in which each letter is by itself and stays as it is."""
    kept = "".join(run.split())
    starts = [at for at, letter in enumerate(run, start) if not letter.isspace()]
    ends = [at + 1 for at in starts]
    yield from map(Token, map(add, kept, kept[1:]), starts, ends[1:])
    if kept:
        yield Token(kept[-1], starts[-1], ends[-1])
