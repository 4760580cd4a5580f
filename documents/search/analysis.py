"""What the index has of a page. Pure; the words are those of `documents.search.tokens`."""

from collections.abc import Collection
from typing import NamedTuple

from documents.search.loose import terms
from documents.search.tokens import Token, fold, tokens

__all__ = ["VERSION", "EntryText", "Token", "entry", "fold", "tokens"]

VERSION = 1  # entries of another one are written anew


class EntryText(NamedTuple):
    """Terms parted by single spaces: the words of the title and the text in order, and the loose ones."""

    title: str
    body: str
    loose: str


def entry(title: str, text: str, languages: Collection[str]) -> EntryText:
    """The entry of a page whose document is called ``title``; ``languages`` are Tesseract's codes."""
    of_title, of_text = list(tokens(title)), list(tokens(text))
    loose = {*terms(of_text, text, languages), *terms(of_title, title, languages)}
    # Sorted, because entries are compared: sets have another order in each process.
    return EntryText(_joined(of_title), _joined(of_text), " ".join(sorted(loose)))


def _joined(words: list[Token]) -> str:
    return " ".join(word.text for word in words)
