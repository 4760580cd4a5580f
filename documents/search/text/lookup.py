"""Which words of a page may answer a question, looked up by their terms. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from documents.search.query.tree import Tree, wanted
from documents.search.text.loose import Sought, doubtful, keys_of
from documents.search.text.stems import algorithms
from documents.search.text.tokens import Token
from documents.search.text.ways import Way, fits, ways


class Place(NamedTuple):
    """From its word number ``at`` on, from 0, a page has the words ``asked`` in that ``way``."""

    at: int
    way: Way
    asked: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """The ways to hold the words of a question, each with the words as typed.

    By each term of their first place; ``beginnings`` are those terms that may go on. ``sought``: the terms
    that words have in common, for which words must be compared by theirs.
    """

    by_term: dict[str, list[tuple[Way, str]]]
    beginnings: tuple[str, ...]
    sought: Sought
    is_forgiving: bool

    @classmethod
    def of(cls, tree: Tree | None, languages: tuple[str, ...], *, is_forgiving: bool) -> "Lookup":
        """``languages``, as Tesseract's codes, are those whose forms of words are looked for."""
        return _lookup(tree, languages, is_forgiving)

    def among(self, words: Sequence[str], languages: Collection[str]) -> Iterator[Place]:
        """Where the ``words`` of a page, as indexed, answer the question; by their places.

        ``languages`` are those of the page: as in the index, its words have no forms of others.
        """
        known = algorithms(languages)
        loose = self.sought.among(words, known)
        whole = self.by_term.keys() | loose.keys()
        for at, word in enumerate(words):
            # Most words stop here.
            if word not in whole and not (self.beginnings and word.startswith(self.beginnings)):
                continue
            for way, asked in self._starting((word, *loose.get(word, ()))):
                if len(way.places) == 1 or fits(way, words, at, known):
                    yield Place(at, way, asked)

    def among_doubtful(self, text: str) -> Iterator[tuple[Token, Way, str]]:
        """What only the ``text`` of a page has, besides its words."""
        for token in doubtful(text):
            for way, asked in self._starting(tuple(keys_of(token.text))):
                if len(way.places) == 1:
                    yield token, way, asked

    def _starting(self, terms: Sequence[str]) -> Iterator[tuple[Way, str]]:
        """The ways that one of ``terms`` may begin."""
        for term in terms:
            yield from self.by_term.get(term, ())
            for beginning in self.beginnings:
                if term.startswith(beginning) and term != beginning:
                    yield from (each for each in self.by_term[beginning] if _is_beginning(each[0]))


@lru_cache(maxsize=256)
def _lookup(tree: Tree | None, languages: tuple[str, ...], is_forgiving: bool) -> Lookup:  # noqa: FBT001
    by_term: dict[str, list[tuple[Way, str]]] = {}
    beginnings: list[str] = []
    for words in wanted(tree):
        for way in ways(words, languages, is_forgiving=is_forgiving):
            for term in way.places[0]:
                by_term.setdefault(term, []).append((way, words.text))
            if _is_beginning(way):
                beginnings += way.places[0]
    return Lookup(by_term, tuple(beginnings), Sought.of(by_term, beginnings), is_forgiving)


def _is_beginning(way: Way) -> bool:
    return way.is_prefix and len(way.places) == 1
