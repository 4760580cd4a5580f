"""What the index has of a page. Pure; the words are those of `documents.search.text.tokens`."""

from collections.abc import Collection
from typing import NamedTuple

from documents.search.text.loose import terms
from documents.search.text.tokens import Token, fold, tokens

__all__ = ["VERSION", "EntryText", "Token", "entry", "fold", "tokens"]

VERSION = 2  # entries of another one are written anew
LONGEST = 100_000  # characters of a column: PostgreSQL takes a megabyte for all words of a row
_LONGEST_TERM = 255  # characters, and more than a pair of letters has with all its marks


class EntryText(NamedTuple):
    """Terms parted by single spaces: the words of the title and the text in order, and the loose ones."""

    title: str
    body: str
    loose: str


def entry(title: str, text: str, languages: Collection[str]) -> EntryText:
    """The entry of a page whose document is called ``title``; ``languages`` are Tesseract's codes."""
    words = list(tokens(text))
    # Sorted, because entries are compared: sets have another order in each process.
    loose = " ".join(sorted(terms(words, text, languages)))
    return titled(EntryText("", _joined(words), loose), title, languages)


def may_be_cut(column: str) -> bool:
    """Whether a column, as the index has it, may have lost its end: it is cut off between two terms."""
    return len(column) >= LONGEST - 1 - _LONGEST_TERM


def titled(page: EntryText, title: str, languages: Collection[str]) -> EntryText:
    """``page``, which was analysed without a title, in a document called ``title``."""
    words = list(tokens(title))
    if not words:
        return page
    loose = {*page.loose.split(), *terms(words, title, languages)}
    return EntryText(_joined(words), page.body, " ".join(sorted(loose)))


def _joined(words: list[Token]) -> str:
    return " ".join(word.text for word in words)
