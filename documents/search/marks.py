"""Where the words that were asked for stand in a text. Pure; the same comparison as that of the index."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from documents.search.loose import OTHER_SCRIPTS, column, doubtful, first_letters, keys_of, terms_of
from documents.search.stems import algorithms
from documents.search.tokens import Token, is_paired, letters, tokens
from documents.search.tree import Tree, wanted
from documents.search.ways import How, Way, fits, ways

_NONE: frozenset[str] = frozenset()
_SUREST_FIRST: tuple[How, ...] = ("exact", "form", "misread")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start`` to ``end`` of a text answer the words ``asked``."""

    start: int
    end: int
    how: How
    asked: str = ""


@dataclass(frozen=True, slots=True)
class _Lookup:
    """The ways to hold the words of a question, each with the words as typed.

    By each term of their first place; ``beginnings`` are those terms that may go on. ``is_loose``: any of the
    terms is one that words have in common, for which words must be compared by theirs: of those before
    `OTHER_SCRIPTS`, the ones that begin with one of ``first_letters``.
    """

    by_term: dict[str, list[tuple[Way, str]]]
    beginnings: tuple[str, ...]
    is_loose: bool
    first_letters: frozenset[str]


def marks(
    tree: Tree | None, text: str, languages: Collection[str], *, is_forgiving: bool
) -> tuple[Mark, ...]:
    """What of ``text`` answers ``tree``, in order and not overlapping. What is not wanted has no marks.

    ``languages`` are those of the page, as Tesseract's codes; offsets are characters of ``text``.
    """
    lookup = _lookup(tree, tuple(languages), is_forgiving)
    if not lookup.by_term:
        return ()
    found = [*_among_tokens(lookup, list(tokens(text)), algorithms(languages))]
    if is_forgiving:
        found += _among_doubtful(lookup, text)
    return tuple(_united(sorted(found, key=attrgetter("start", "end"))))


@lru_cache(maxsize=256)
def _lookup(tree: Tree | None, languages: tuple[str, ...], is_forgiving: bool) -> _Lookup:  # noqa: FBT001
    by_term: dict[str, list[tuple[Way, str]]] = {}
    beginnings: list[str] = []
    for words in wanted(tree):
        for way in ways(words, languages, is_forgiving=is_forgiving):
            for term in way.places[0]:
                by_term.setdefault(term, []).append((way, words.text))
            if _is_beginning(way):
                beginnings += way.places[0]
    loose = [term for term in by_term if column(term) == "loose"]
    letters_of_these = first_letters(loose, algorithms(languages))
    return _Lookup(by_term, tuple(beginnings), bool(loose), letters_of_these)


def _is_beginning(way: Way) -> bool:
    return way.is_prefix and len(way.places) == 1


def _among_tokens(lookup: _Lookup, page: Sequence[Token], known: frozenset[str]) -> Iterator[Mark]:
    words = [token.text for token in page]
    whole, firsts, is_loose = lookup.by_term.keys(), lookup.first_letters, lookup.is_loose
    for at, word in enumerate(words):
        is_like = is_loose and (word[0] in firsts or word[0] >= OTHER_SCRIPTS)
        loose = terms_of(word, known) if is_like else _NONE
        # Most words stop here.
        if word not in whole and whole.isdisjoint(loose) and not _begins(lookup, word, loose):
            continue
        for way, typed in _starting(lookup, (word, *loose)):
            if len(way.places) == 1 or fits(way, words, at, known):
                yield Mark(page[at].start, _end(way, page, at), way.how, typed)


def _begins(lookup: _Lookup, word: str, loose: frozenset[str]) -> bool:
    beginnings = lookup.beginnings
    return bool(beginnings) and any(term.startswith(beginnings) for term in (word, *loose))


def _starting(lookup: _Lookup, terms: Sequence[str]) -> Iterator[tuple[Way, str]]:
    """The ways that one of ``terms`` may begin."""
    for term in terms:
        yield from lookup.by_term.get(term, ())
        for beginning in lookup.beginnings:
            if term.startswith(beginning) and term != beginning:
                yield from (each for each in lookup.by_term[beginning] if _is_beginning(each[0]))


def _end(way: Way, page: Sequence[Token], at: int) -> int:
    """Where the last word ends; of a pair of which only the first letter was asked, where that ends."""
    last = at + len(way.places) - 1
    if way.is_prefix and is_paired(page[last].text) and last + 1 < len(page):
        return min(page[last].end, page[last + 1].start)
    return page[last].end


def _among_doubtful(lookup: _Lookup, text: str) -> Iterator[Mark]:
    for token in doubtful(text):
        as_written = letters(text[token.start : token.end])
        for way, typed in _starting(lookup, tuple(keys_of(token.text))):
            if len(way.places) == 1:
                how = "form" if letters(typed) == as_written else way.how
                yield Mark(token.start, token.end, how, typed)


def _united(found: Iterable[Mark]) -> Iterator[Mark]:
    """``found``, by start, with those that overlap made one: as sure as the surest of them."""
    last = None
    for mark in found:
        if last is None or mark.start >= last.end:
            if last is not None:
                yield last
            last = mark
        else:
            how = min(last.how, mark.how, key=_SUREST_FIRST.index)
            last = Mark(last.start, max(last.end, mark.end), how, _both(last, mark))
    if last is not None:
        yield last


def _both(first: Mark, second: Mark) -> str:
    """What was asked: both where two words are misread as one, else what is answered most surely."""
    if first.how == second.how == "misread" and first.start == second.start and first.asked != second.asked:
        return f"{first.asked} {second.asked}"
    return min(first, second, key=lambda mark: _SUREST_FIRST.index(mark.how)).asked
