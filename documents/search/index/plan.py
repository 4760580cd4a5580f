"""A question as the index understands it: terms side by side, and how they go together. Pure.

`Planner.plan` turns the tree of a query into one of `Terms`; each database writes that in its own way.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Literal

from documents.search.index.scope import FIRST_PAGE
from documents.search.query.tree import Either, Every, Filter, Not, Tree, Words, leaves, wanted, wanted_titles
from documents.search.text.loose import column
from documents.search.text.tokens import asked
from documents.search.text.ways import How, Way, ways

# "text" is a page's words and its document's title, both.
Place = Literal["text", "title", "body", "loose", "scope"]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms side by side. ``is_prefix``: the last one may go on."""

    words: tuple[str, ...]
    place: Place
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class All:
    parts: "tuple[Plan, ...]"


@dataclass(frozen=True, slots=True)
class Any:
    parts: "tuple[Plan, ...]"


@dataclass(frozen=True, slots=True)
class But:
    """Not what ``part`` finds."""

    part: "Plan"


@dataclass(frozen=True, slots=True)
class Fits:
    """Pages that fit ``asked``, or whose documents do: too many to name them all to an index."""

    asked: Filter


Plan = Terms | All | Any | But | Fits

NOTHING = Terms(("none",), "scope")  # no page has this mark
FIRST = Terms((FIRST_PAGE,), "scope")
EXACT: frozenset[How] = frozenset(["exact"])
SURE: frozenset[How] = frozenset(["exact", "form"])
FORGIVING: frozenset[How] = frozenset(["exact", "form", "misread"])


@dataclass(frozen=True, slots=True)
class Planner:
    """``hows`` are the ways in which a page may hold a word, ``languages`` decide on other forms.

    ``resolve`` says which pages a filter means that is not a matter of words.
    """

    languages: Collection[str]
    hows: frozenset[How]
    resolve: Callable[[Filter], Plan]

    def plan(self, tree: Tree) -> Plan:
        """Of the pages that have no word of the question, though the title has, only the first counts.

        Else the title of a long book would find each of its pages.
        """
        on_page = [_of_way(way, "body") for words in wanted(tree) for way in self.ways(words)]
        planned = self._plan(tree)
        if _has_alternative_to_words(tree) or not (on_page or titles(tree)):
            return planned
        return All((planned, Any((*on_page, FIRST))))

    def ways(self, words: Words) -> tuple[Way, ...]:
        found = ways(words, self.languages, is_forgiving="misread" in self.hows)
        return tuple(way for way in found if way.how in self.hows)

    def _plan(self, tree: Tree) -> Plan:
        match tree:
            case Words():
                return Any(tuple(_of_way(way, "text") for way in self.ways(tree)))
            case Filter(field="title"):
                return _of_title(str(tree.value))
            case Filter():
                return self.resolve(tree)
            case Not(part):
                # What is left out is what was typed, not also what looks like it.
                return But(replace(self, hows=EXACT)._plan(part))  # noqa: SLF001
            case Every(parts):
                return All(tuple(self._plan(part) for part in parts))
            case Either(parts):
                return Any(tuple(self._plan(part) for part in parts))


def _of_title(value: str) -> Plan:
    """Its words, the last of which may go on behind an asterisk, or as a single letter of a pair."""
    words, is_prefix = asked(value)
    if not words:
        return NOTHING
    last = Terms(words[-1:], "title", is_prefix or value.endswith(("*", "＊")))
    return All((*(Terms((word,), "title") for word in words[:-1]), last))


def _of_way(way: Way, place: Place) -> Plan:
    """Where an index cannot tell whether the terms stand side by side, it finds pages that have them all.

    Such a page has one of the terms that were not typed, too: else it has the words as typed, but apart.
    """
    if len(way.places) > 1 and way.is_sure:
        return Terms(tuple(choice[0] for choice in way.places), place, way.is_prefix)
    last = len(way.places) - 1
    choices = [
        [_of_term(term, place, is_prefix=way.is_prefix and at == last) for term in choice]
        for at, choice in enumerate(way.places)
    ]
    each = tuple(Any(tuple(choice)) for choice in choices)
    if way.is_sure:
        return All(each)
    return All((*each, Any(tuple(term for choice in choices for term in choice[1:]))))


def _of_term(term: str, place: Place, *, is_prefix: bool) -> Terms:
    return Terms((term,), "loose" if column(term) == "loose" else place, is_prefix)


def widest(plan: Plan, everything: Plan) -> Plan:
    """What an index can be asked that finds no less than ``plan``, in place of what it does not know."""
    return _without_fits(plan, everything, NOTHING)


def _without_fits(plan: Plan, instead: Plan, otherwise: Plan) -> Plan:
    """With ``instead`` in the place of each `Fits`, and ``otherwise`` below a `But`."""
    match plan:
        case Fits():
            return instead
        case But(part):
            return But(_without_fits(part, otherwise, instead))
        case All(parts):
            return All(tuple(_without_fits(part, instead, otherwise) for part in parts))
        case Any(parts):
            return Any(tuple(_without_fits(part, instead, otherwise) for part in parts))
    return plan


def unsettled(plan: Plan) -> list[Plan]:
    """The parts of ``plan`` of which an index that was asked for the `widest` does not know all."""
    if isinstance(plan, All):
        return [part for each in plan.parts for part in unsettled(each)]
    return [plan] if has_fits(plan) else []


def has_fits(plan: Plan) -> bool:
    match plan:
        case Fits():
            return True
        case But(part):
            return has_fits(part)
        case All(parts) | Any(parts):
            return any(map(has_fits, parts))
    return False


def titles(tree: Tree | None) -> bool:
    """Whether a title is asked for."""
    return any(wanted_titles(tree))


def has_words(tree: Tree | None) -> bool:
    """Whether words are asked for or unwanted, or a title: what only the index knows."""
    return any(isinstance(leaf, Words) or leaf.field == "title" for leaf in leaves(tree))


def has_confidence(tree: Tree) -> bool:
    """Whether it matters how surely a page was read."""
    return any(isinstance(leaf, Filter) and leaf.field == "confidence" for leaf in leaves(tree))


def _has_alternative_to_words(tree: Tree) -> bool:
    """Whether a page may be found that has none of the words that are asked for."""
    match tree:
        case Either(parts):
            return not all(any(wanted(part)) or titles(part) for part in parts) and any(wanted(tree))
        case Every(parts):
            return any(map(_has_alternative_to_words, parts))
    return False
