"""The loose terms of a page: stems and keys of its words, beside which the index has the words themselves.

Pure. Each term is marked by a first letter that no word has. What is asked is turned into the same terms
(`documents.search.ways`), so that any database finds pages by comparing strings.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Literal

from documents.search import confusions, stems
from documents.search.confusions import keys
from documents.search.stems import algorithms
from documents.search.tokens import Token, tokens

Column = Literal["body", "loose"]

KEY = "±"
STEM = "÷"
# From here on there are no Greek or Cyrillic letters and few Latin ones: `first_letters` has none of these.
OTHER_SCRIPTS = "\u0530"

# Signs for the letters they are taken for where they stand at one. Brackets and "!" only between letters.
_SIGNS = str.maketrans("|¦![]$€", "lllllse")
_BROKEN = re.compile(r"[|¦$€]{0,3}[^\W_]+(?:[|¦!\[\]$€]{1,3}[^\W_]+)*[|¦]{0,3}")
# Words with an apostrophe, or divided at the end of a line.
_PARTED = re.compile(
    r"(?<![^\W_]) (?: [^\W_]++ (?: ['’] [^\W_]++ )+ | ([^\W_]{3,}+) [-\u2010] \n\s* ([^\W_]{3,}+) )",
    re.VERBOSE,
)


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


def first_letters(wanted: Iterable[str], known: frozenset[str]) -> frozenset[str]:
    """With which letters before `OTHER_SCRIPTS` a word may begin that has a loose term of ``wanted``."""
    return frozenset().union(
        *(
            confusions.first_letters(term[1:]) if term[0] == KEY else stems.first_letters(term[1:], known)
            for term in wanted
        )
    )


def keys_of(word: str) -> frozenset[str]:
    """The keys of a `doubtful` word, which is not in the body."""
    return frozenset(KEY + key for key in keys(word))


def doubtful(text: str) -> Iterator[Token]:
    """What may be words of ``text`` besides its tokens.

    Those with a sign for a letter (``lnvo|ce``), without their apostrophe (``dont``), and the parts of a
    word divided at the end of a line, which may be two with a hyphen.
    """
    if any(sign in text for sign in "|¦!$€[]"):
        yield from _broken(text)
    if "-\n" in text or "\u2010\n" in text or "'" in text or "’" in text:
        yield from _parted(text)


def _broken(text: str) -> Iterator[Token]:
    for match in _BROKEN.finditer(text):
        word = match[0].translate(_SIGNS)
        if word != match[0] and sum(letter.isalpha() for letter in match[0]) > 1:
            yield from _whole(word, *match.span())


def _parted(text: str) -> Iterator[Token]:
    for match in _PARTED.finditer(text):
        for start, end in [match.span(1), match.span(2)] if match[1] else [match.span()]:
            yield from _whole(text[start:end].replace("'", "").replace("’", ""), start, end)


def _whole(word: str, start: int, end: int) -> Iterator[Token]:
    folded = [token.text for token in tokens(word)]
    if len(folded) == 1:
        yield Token(folded[0], start, end)
