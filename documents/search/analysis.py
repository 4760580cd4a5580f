"""Text as search sees it: words folded to what people type, each with its place in the original.

Pure, and the same for what is indexed and for what is asked, on every database. Scripts that put no
spaces between words are taken apart into pairs of neighbouring letters, so that any two can be found.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

# Marks that tell letters apart where a script has them: vowel signs (canonical class 0), nukta (7), the
# voicing of kana (8), virama (9). All others are accents and points, which people leave out when they type.
_KEPT_CLASSES = frozenset((0, 7, 8, 9))
# Letters that Unicode does not take apart, though people who lack the key type them so. Tatweel only
# stretches an Arabic word.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
     "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ـ": None}
)  # fmt: skip
_NO_WORD = regex.compile(r"[^\p{L}\p{M}\p{N}]+")

# Written without spaces between words; a line may end anywhere in them.
_DENSE = r"[\p{Han}\p{Hiragana}\p{Katakana}ーｰﾞﾟ々\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
# Syllables that are words of their own as often as parts of one; spaces and line ends divide them.
_HANGUL = r"\p{Hangul}"
_LETTER = rf"[[\p{{L}}\p{{N}}]--{_DENSE}--{_HANGUL}]"
_WORD = rf"{_LETTER}[[{_LETTER}\p{{M}}\p{{Cf}}]--{_DENSE}--{_HANGUL}]*"
_TOKEN = regex.compile(
    rf"""
    (?P<pairs> {_DENSE} (?: \p{{M}} | \p{{Cf}} | \s?{_DENSE} )* | {_HANGUL} (?: \p{{M}} | {_HANGUL} )* )
    # a word, also one divided at the end of a line
    | {_WORD} (?: (?: [-\u2010] | (?<=\u00ad) ) \n\s* (?=\p{{Ll}}) {_WORD} )?
    """,
    regex.VERBOSE | regex.V1,
)
_CLUSTER = regex.compile(r"\X")


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, or a pair of letters, and the range of the original that it stands for."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """``text`` as it is compared: width, ligatures, case, accents and invisible characters folded away."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = (letter for letter in letters if unicodedata.combining(letter) in _KEPT_CLASSES)
    return unicodedata.normalize("NFC", "".join(kept).translate(_PLAIN))


def tokens(text: str) -> Iterator[Token]:
    """The words of ``text`` in order; pairs for scripts without spaces, and the last letter of each run."""
    for match in _TOKEN.finditer(text):
        if match["pairs"]:
            yield from _pairs(match[0], match.start())
        elif word := _folded(match[0]):
            yield Token(word, *match.span())


def _folded(word: str) -> str:
    return str(_NO_WORD.sub("", fold(word)))


def _pairs(run: str, start: int) -> Iterator[Token]:
    clusters = [
        Token(letter, start + match.start(), start + match.end())
        for match in _CLUSTER.finditer(run)
        if (letter := _folded(match[0]))
    ]
    for first, second in pairwise(clusters):
        yield Token(first.text + second.text, first.start, second.end)
    if clusters:
        yield clusters[-1]
