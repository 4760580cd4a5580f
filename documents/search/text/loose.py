"""The loose terms of a page: stems and keys of its words, beside which the index has the words themselves.

Pure. Each term is marked by a first letter that no word has. What is asked is turned into the same terms
(`documents.search.text.ways`), so that any database finds pages by comparing strings.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from documents.search.text import confusions, stems
from documents.search.text.confusions import keys
from documents.search.text.stems import algorithms
from documents.search.text.tokens import Token, tokens

Column = Literal["body", "loose"]

KEY = "±"
STEM = "÷"

# Signs for the letters they are taken for where they stand at one. Brackets and "!" only between letters.
_SIGNS = str.maketrans("|¦![]$€", "lllllse")
_SIGN = re.compile(r"[|¦!\[\]$€]")
_BROKEN = re.compile(r"[|¦$€]{0,3}[^\W_]+(?:[|¦!\[\]$€]{1,3}[^\W_]+)*[|¦]{0,3}")
_APOSTROPHE = re.compile(r"['’]")
_WITH_APOSTROPHE = re.compile(r"[^\W_]++(?:['’][^\W_]++)+")
_END_OF_LINE = re.compile(r"[-\u2010]\n\s*")
_LAST_WORD = re.compile(r"(?<![^\W_])[^\W_]{3,}+\Z")
_FIRST_WORD = re.compile(r"[^\W_]{3,}+")
_SPACE = re.compile(r"\s")


def column(term: str) -> Column:
    """Where the index has ``term``. What is looked up in the body is looked up in the title as well."""
    return "loose" if term[0] in (KEY, STEM) else "body"


def terms(page_tokens: Iterable[Token], text: str, languages: Collection[str]) -> list[str]:
    """The loose terms of a page, each once.

    ``page_tokens`` are those of ``text``; ``languages`` those of the page, as Tesseract's codes.
    """
    known = algorithms(languages)
    found = dict.fromkeys(term for token in page_tokens for term in terms_of(token.text, known))
    found |= dict.fromkeys(key for token in doubtful(text) for key in keys_of(token.text))
    return list(found)


@lru_cache(maxsize=1 << 15)
def terms_of(word: str, known: frozenset[str]) -> frozenset[str]:
    """Keys and stems of ``word`` that are not the word itself; ``known`` are `algorithms`."""
    found_keys = {KEY + key for key in keys(word) if key != word}
    return frozenset(found_keys | {STEM + stem for stem in stems.stems(word, known) if stem != word})


@dataclass(frozen=True, slots=True)
class Sought:
    """Loose terms that are looked for in the words of a page, without their marks.

    ``beginnings`` are those of ``keys`` that may go on; words with a key begin with one of ``first_letters``.
    """

    keys: frozenset[str]
    stems: frozenset[str]
    beginnings: tuple[str, ...]
    first_letters: frozenset[str]

    @classmethod
    def of(cls, terms: Iterable[str], beginnings: Iterable[str]) -> "Sought":
        """The loose ones of ``terms``, and of those among them that may go on."""
        of_kind = {kind: frozenset(term[1:] for term in terms if term[0] == kind) for kind in (KEY, STEM)}
        letters = frozenset[str]().union(*map(confusions.first_letters, of_kind[KEY]))
        longer = tuple(term[1:] for term in beginnings if term[0] == KEY)
        return cls(of_kind[KEY], of_kind[STEM], longer, letters)

    def among(self, words: Iterable[str], known: frozenset[str]) -> dict[str, list[str]]:
        """Those of ``words`` that have such terms, each with these: some of its `terms_of`."""
        found: dict[str, list[str]] = {}
        if not (self.keys or self.stems):
            return found
        by_letter: dict[str, list[str]] = {}
        for word in set(words):
            by_letter.setdefault(word[0], []).append(word)
        for word, term in (*self._with_key(by_letter), *self._with_stem(by_letter, known)):
            found.setdefault(word, []).append(term)
        return found

    def _with_key(self, words: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
        for letter in self.first_letters & words.keys():
            for word in words[letter]:
                for key in keys(word):
                    if key != word and (key in self.keys or key.startswith(self.beginnings)):
                        yield word, KEY + key

    def _with_stem(
        self, words: Mapping[str, Sequence[str]], known: frozenset[str]
    ) -> Iterator[tuple[str, str]]:
        for word, stem in stems.stems_among(words, self.stems, known) if self.stems else ():
            if stem != word:
                yield word, STEM + stem


def keys_of(word: str) -> frozenset[str]:
    """The keys of a `doubtful` word, which is not in the body."""
    return frozenset(KEY + key for key in keys(word))


def doubtful(text: str) -> Iterator[Token]:
    """What may be words of ``text`` besides its tokens.

    Those with a sign for a letter (``lnvo|ce``), without their apostrophe (``dont``), and the parts of a
    word divided at the end of a line, which may be two with a hyphen.
    """
    yield from _broken(text)
    yield from _with_apostrophe(text)
    yield from _divided(text)


def _broken(text: str) -> Iterator[Token]:
    for around in _around(_SIGN, text):
        for match in _BROKEN.finditer(text, *around):
            word = match[0].translate(_SIGNS)
            if word != match[0] and sum(letter.isalpha() for letter in match[0]) > 1:
                yield from _whole(word, *match.span())


def _with_apostrophe(text: str) -> Iterator[Token]:
    for around in _around(_APOSTROPHE, text):
        for match in _WITH_APOSTROPHE.finditer(text, *around):
            yield from _whole(match[0].replace("'", "").replace("’", ""), *match.span())


def _divided(text: str) -> Iterator[Token]:
    at = 0
    for match in _END_OF_LINE.finditer(text):
        first = _LAST_WORD.search(text, _start(text, at, match.start()), match.start())
        second = _FIRST_WORD.match(text, match.end())
        if first and second:
            yield from (part for word in (first, second) for part in _whole(word[0], *word.span()))
        at = match.end()


def _around(sign: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """The parts of ``text``, from space to space, that have the ``sign``: to look at all of it takes long."""
    end = 0
    while match := sign.search(text, end):
        start = _start(text, end, match.start())
        space = _SPACE.search(text, match.end())
        end = space.start() if space else len(text)
        yield start, end


def _start(text: str, earliest: int, at: int) -> int:
    """Of what stands before ``at``, without a space."""
    return max(text.rfind(" ", earliest, at), text.rfind("\n", earliest, at), earliest - 1) + 1


def _whole(word: str, start: int, end: int) -> Iterator[Token]:
    folded = [token.text for token in tokens(word)]
    if len(folded) == 1:
        yield Token(folded[0], start, end)
