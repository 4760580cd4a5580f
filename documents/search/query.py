"""What a person typed, as a small tree. Pure: what its leaves mean to a database is not known here.

    invoice -draft                  a word, and not another one
    "paid in full"                  words in this order
    inv*                            words that begin so
    (receipt OR invoice) tag:tax    one or the other, and a filter on the document
    confidence<60 after:2024-03     comparisons

Everything can be read: what makes no sense as an operator is taken as words, and a value that makes no
sense is left out and told in ``Query.left_out``.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

LONGEST = 1000  # characters that are looked at; a pasted page is no query
MOST_WORDS = 32
_DEEPEST = 20  # brackets within brackets


@dataclass(frozen=True, slots=True)
class Words:
    """Words as typed: all of them, in this order where there are several.

    ``is_prefix``: the last one may go on. ``is_quoted``: as written, no other forms of them.
    """

    text: str
    is_prefix: bool = False
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A field of the page or its document, compared with a value."""

    field: str
    comparison: Literal["=", "<", ">"]
    value: str | float | date


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
    """``tree`` is None where nothing is asked. ``left_out`` are parts that could not be understood."""

    tree: Tree | None
    left_out: tuple[str, ...] = ()


def parse(text: str) -> Query:
    """Read ``text``, or as much of it as is looked at."""
    return _Parser(text[:LONGEST]).read()


def _date(value: str) -> tuple[date, date]:
    """First and last day of ``2024``, ``2024-03`` or ``2024-03-05``. Raises ValueError."""
    year, month, day = ([*map(int, value.split("-")), 0, 0])[:3]
    first = date(year, month or 1, day or 1)
    if day:
        return first, first
    last_month = month or 12
    return first, date(year, last_month, calendar.monthrange(year, last_month)[1])


def _before(_comparison: str, value: str) -> Filter:
    return Filter("date", "<", _date(value)[0])


def _after(_comparison: str, value: str) -> Filter:
    return Filter("date", ">", _date(value)[1])


def _number(field: str) -> "_Reader":
    def read(comparison: str, value: str) -> Filter:
        return Filter(field, _COMPARISONS[comparison], float(value.replace(",", ".").rstrip("%")))

    return read


def _text(field: str) -> "_Reader":
    def read(_comparison: str, value: str) -> Filter:
        if not value:
            raise ValueError
        return Filter(field, "=", value)

    return read


_Reader = Callable[[str, str], Filter]
_COMPARISONS = {":": "=", "=": "=", "<": "<", ">": ">"}
_FIELDS: dict[str, _Reader] = {
    "before": _before,
    "after": _after,
    "confidence": _number("confidence"),
    **{field: _text(field) for field in ("title", "tag", "in", "lang", "is", "has")},
}

_TOKEN = re.compile(
    rf"""
      (?P<open>\() | (?P<close>\)) | (?P<not>-)(?=[^\s-]) | (?P<or>(?:OR|\|)(?=[\s(]|$))
    | (?P<field>{"|".join(_FIELDS)}) (?P<comparison>[:<>=]) (?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s()]*))
    | "(?P<phrase>[^"]*)"?
    | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)


class _Parser:
    """Recursive descent: either = every ("OR" every)*, every = part*, part = "-"? (group | leaf)."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_TOKEN.finditer(text))
        self._at = 0
        self._words = 0
        self._left_out: list[str] = []

    def read(self) -> Query:
        parts = []
        while self._at < len(self._tokens):  # a bracket too many closes nothing
            if (part := self._either(depth=0)) is not None:
                parts.append(part)
            self._at += self._next_is("close")
        return Query(_joined(Every, parts), tuple(self._left_out))

    def _next_is(self, kind: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at][kind] is not None

    def _either(self, depth: int) -> Tree | None:
        parts = []
        while True:
            if (part := self._every(depth)) is not None:
                parts.append(part)
            if not self._next_is("or"):
                return _joined(Either, parts)
            self._at += 1

    def _every(self, depth: int) -> Tree | None:
        parts = []
        while self._at < len(self._tokens) and not self._next_is("or") and not self._next_is("close"):
            if (part := self._part(depth)) is not None:
                parts.append(part)
        return _joined(Every, parts)

    def _part(self, depth: int) -> Tree | None:
        if self._next_is("not"):
            self._at += 1
            part = self._positive(depth)
            return Not(part) if part else None
        return self._positive(depth)

    def _positive(self, depth: int) -> Tree | None:
        if not self._next_is("open"):
            return self._leaf()
        self._at += 1
        if depth == _DEEPEST:
            return None  # the bracket is taken for a slip
        part = self._either(depth + 1)
        self._at += self._next_is("close")
        return part

    def _leaf(self) -> Tree | None:
        token = self._tokens[self._at]
        self._at += 1
        if token["field"]:
            return self._filter(token)
        if token["phrase"] is not None:
            return self._as_words(token["phrase"], is_quoted=True)
        word = token["word"] or token[0]
        return self._as_words(word.rstrip("*"), is_prefix=word.endswith("*"))

    def _as_words(self, text: str, *, is_prefix: bool = False, is_quoted: bool = False) -> Words | None:
        if not any(letter.isalnum() for letter in text):
            return None
        self._words += len(text.split())
        if self._words > MOST_WORDS:
            self._left_out.append(text)
            return None
        return Words(text, is_prefix=is_prefix, is_quoted=is_quoted)

    def _filter(self, token: re.Match[str]) -> Filter | None:
        value = token["value"] if token["quoted"] is None else token["quoted"]
        try:
            return _FIELDS[token["field"]](token["comparison"], value)
        except (ValueError, OverflowError):
            self._left_out.append(token[0])
            return None


def _joined(kind: type[Every] | type[Either], parts: list[Tree]) -> Tree | None:
    if len(parts) > 1:
        return kind(tuple(parts))
    return parts[0] if parts else None
