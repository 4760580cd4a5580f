"""A question as a small tree. Pure: what its leaves mean to a database is not known here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Comparison = Literal["=", "<", ">", "<=", ">="]


@dataclass(frozen=True, slots=True)
class Words:
    """Words as typed: all of them, in this order where there are several.

    ``is_prefix``: the last one may go on. ``is_quoted``: as written, no other forms of them. ``neighbours``:
    the word run together with the one before it and the one after, as where a space was lost.
    """

    text: str
    is_prefix: bool = False
    is_quoted: bool = False
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A field of the page or its document, compared with a value.

    ``currencies``: the codes of those that an amount may be in; empty for any.
    """

    field: str
    comparison: Comparison
    value: str | float | Decimal | date
    currencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    part: "Tree"


@dataclass(frozen=True, slots=True)
class Every:
    parts: "tuple[Tree, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    parts: "tuple[Tree, ...]"


Tree = Words | Filter | Not | Every | Either


@dataclass(frozen=True, slots=True)
class Query:
    """``tree`` is None where nothing is asked. ``left_out`` are parts that could not be understood.

    ``has_too_many`` words or filters: those that came first are asked for.
    """

    tree: Tree | None
    left_out: tuple[str, ...] = ()
    has_too_many: bool = False


def wanted(tree: Tree | None) -> Iterator[Words]:
    """The words that are asked for, without those that are not wanted."""
    match tree:
        case Words():
            yield tree
        case Every(parts) | Either(parts):
            for part in parts:
                yield from wanted(part)


def wanted_titles(tree: Tree | None) -> Iterator[Filter]:
    """The titles that are asked for, without those that are not wanted."""
    match tree:
        case Filter(field="title"):
            yield tree
        case Every(parts) | Either(parts):
            for part in parts:
                yield from wanted_titles(part)


def asked_filters(tree: Tree | None) -> Iterator[Filter]:
    """The filters that are asked for, without those of what is not wanted."""
    match tree:
        case Filter():
            yield tree
        case Every(parts) | Either(parts):
            for part in parts:
                yield from asked_filters(part)


def leaves(tree: Tree | None) -> Iterator[Words | Filter]:
    """All words and filters, wanted or not."""
    match tree:
        case Words() | Filter():
            yield tree
        case Not(part):
            yield from leaves(part)
        case Every(parts) | Either(parts):
            for part in parts:
                yield from leaves(part)
