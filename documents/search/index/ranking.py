"""Which of the pages found come first. Pure: it looks at the words of the pages in hand and at nothing else.

A page is worth more the more often it has a word (and the shorter it is, as in BM25: Robertson and Zaragoza,
"The Probabilistic Relevance Framework", 2009, with the usual k1 = 1.2 and b = 0.75), the rarer that word is
among the pages found, if the title has it, if words that were asked for side by side stand so, and a
little if it is newer. Other forms count less than what was typed, and misread words less than those.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from operator import mul
from typing import NamedTuple
from uuid import UUID

from documents.search.index.plan import Planner
from documents.search.query.tree import Every, Tree, Words, wanted
from documents.search.text.loose import column
from documents.search.text.ways import Way, stands_in

_K1, _B = 1.2, 0.75
# A word as typed is worth this and, the more often it is there, up to twice as much.
_TYPED = 0.5
_FORM, _MISREAD = 0.3, 0.15
_TITLE = 1.5
_SIDE_BY_SIDE = 0.5
_NEWER = 0.05  # less than lies between a word as typed and another form of it


class Candidate(NamedTuple):
    """A page that the index found, with its words as indexed. ``document_id`` is as the database has it."""

    page_id: int
    document_id: UUID | str
    number: int
    transcription_id: int | None
    title: str
    loose: str
    body: str


class Ranked(NamedTuple):
    score: float
    page: Candidate


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for in the words of a page. ``is_required``: a page without it is none."""

    exact: str
    others: tuple[tuple[float, Callable[[str, str], bool]], ...]
    is_required: bool

    def worth_otherwise(self, body: str, loose: str) -> float:
        """Of the best of the other ways in which a page has the word; 0 where it has it in none of them."""
        return next((worth for worth, test in self.others if test(body, loose)), 0.0)


def needles_of(tree: Tree, planner: Planner) -> list[Needle]:
    """One for each of the words that are asked for."""
    required = set(map(id, _required(tree)))
    return [_needle(planner.ways(part), is_required=id(part) in required) for part in wanted(tree)]


def rank(needles: Sequence[Needle], pages: Sequence[Candidate]) -> list[Ranked]:
    """``pages``, which come newest first, in their order and with their worth.

    Those are left out that the index took for hits without knowing whether their terms stand side by side.
    """
    neighbours = [f"{first.exact.rstrip()}{second.exact}" for first, second in pairwise(needles)]
    mean = sum(len(page.body) for page in pages) / len(pages) if pages else 0.0
    graded = [(page, values) for page in pages if (values := _values(needles, page, mean)) is not None]
    weights = _weights([values for _page, values in graded])
    return [
        Ranked(
            sum(map(mul, weights, values))
            + (_SIDE_BY_SIDE * _count_in(page, neighbours) if neighbours else 0.0)
            + _NEWER * (1 - at / len(graded)),
            page,
        )
        for at, (page, values) in enumerate(graded)
    ]


def _count_in(page: Candidate, texts: Iterable[str]) -> int:
    body = f" {page.body} "
    return sum(text in body for text in texts)


def _required(tree: Tree) -> Iterable[Words]:
    parts = tree.parts if isinstance(tree, Every) else (tree,)
    return (part for part in parts if isinstance(part, Words))


def _needle(ways: Sequence[Way], *, is_required: bool) -> Needle:
    """``ways`` begin with the exact one."""
    if not ways:
        return Needle("\0", (), is_required=False)
    exact, *others = ways
    tests = tuple((_FORM if way.how == "form" else _MISREAD, _test(way)) for way in others)
    return Needle(_text([choice[0] for choice in exact.places], exact), tests, is_required)


def _text(terms: Sequence[str], way: Way) -> str:
    return f" {' '.join(terms)}{'' if way.is_prefix else ' '}"


def _test(way: Way) -> Callable[[str, str], bool]:
    """Whether a page, by its body and its loose terms, has words in that way."""
    if not way.is_sure:
        has_other = _has_any([term for choice in way.places for term in choice[1:]], way)
        return lambda body, loose: has_other(body, loose) and stands_in(way, body)
    if len(way.places) > 1:
        phrase = _text([choice[0] for choice in way.places], way)
        return lambda body, _loose: phrase in body
    return _has_any(way.places[0], way)


def _has_any(terms: Sequence[str], way: Way) -> Callable[[str, str], bool]:
    of_body = [_text([term], way) for term in terms if column(term) == "body"]
    of_loose = [_text([term], way) for term in terms if column(term) == "loose"]
    return lambda body, loose: any(map(body.__contains__, of_body)) or any(map(loose.__contains__, of_loose))


def _values(needles: Sequence[Needle], page: Candidate, mean: float) -> list[float] | None:
    """What each of ``needles`` is worth on the page; None where the page is no hit."""
    body, title, loose = f" {page.body} ", f" {page.title} ", f" {page.loose} "
    length = _K1 * (1 - _B + _B * len(body) / (mean + 1))
    values = []
    for needle in needles:
        value = _TITLE if needle.exact in title else 0.0
        if count := body.count(needle.exact):
            value += _TYPED * (1 + count / (count + length))
        else:
            value += needle.worth_otherwise(body, loose)
        if not value and needle.is_required:
            return None
        values.append(value)
    return values


def _weights(rows: Sequence[Sequence[float]]) -> list[float]:
    """The rarer of several words weighs more: ln(1 + pages / pages with it)."""
    return [log(1 + len(rows) / max(1, sum(map(bool, column)))) for column in zip(*rows, strict=True)]
