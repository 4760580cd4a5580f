"""The fields of a question: how the value of each is read. Pure.

A reader takes the comparison and the value as typed. It raises ValueError where they make no sense.
A new field is one line in `FIELDS`.
"""

import calendar
import math
import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal

from documents.entities.amounts import CODES, SIGNS, currencies_of
from documents.search.query.tree import Comparison, Every, Filter, Tree

Reader = Callable[[Comparison, str], Tree]

STATES = frozenset(("failed", "queued", "running", "done", "cancelled", "locked", "partly"))
# What is found in a text, by the names that `documents.entities` gives it.
FOUND = frozenset(
    ("date", "amount", "email", "url", "phone", "iban", "vat", "person", "place", "organisation")
)
THINGS = FOUND | {"note", "tag"}

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-./](\d\d?)(?:[-./](\d\d?))?)?")
_YEAR_LAST = re.compile(r"(?:(\d\d?)\.)?(\d\d?)\.(\d{4})")
# Groups of three figures are thousands, whatever stands between them: 1,000 is no 1.0.
_AMOUNT = re.compile(
    r"""
    (?P<before>[^\d\s]*) \s*
    (?: (?P<grouped>[1-9]\d{0,2} (?P<between>[.,'’\s]) \d{3} (?: (?P=between)\d{3} ){0,3})
        (?: (?! (?P=between) ) [.,] (?P<cents>\d{1,2}) )?
      | (?P<number>\d{1,15} (?: [.,]\d{1,15} )? ) )
    \s* (?P<after>[^\d\s]*)
    """,
    re.VERBOSE,
)
_MINUS = re.compile("[-−–]")
# Beside a number, with a space between them or not. A code may be small, unless it is a word then.
_CURRENCY = "|".join(
    [*map(re.escape, sorted(SIGNS, key=len, reverse=True)), f"(?!try|pen|cop)(?i:{'|'.join(sorted(CODES))})"]
)
MEASURES = ("amount", "confidence")
"""The fields whose values are numbers, which people write with spaces."""
MEASURED = rf"""
    (?: (?:{_CURRENCY}) \s* )? (?: [-−–] \s* )?
    (?: (?(is_sum) [1-9]\d{{0,2}} (?: \s\d{{3}} (?!\d) )+ (?: [.,]\d{{1,2}} )? | (?!) ) | \d[\d.,'’]* )
    (?: \s* (?:{_CURRENCY}|%) )?
"""
"""Such a value, for a pattern that has a group ``is_sum``: sums have spaces between their figures, too."""
_NUMBER = re.compile(r"\d{1,15}(?:[.,]\d{1,15})?")


def text(field: str) -> Reader:
    def read(comparison: Comparison, value: str) -> Filter:
        if comparison != "=" or not value.strip():
            raise ValueError
        return Filter(field, "=", value.strip())

    return read


def choice(field: str, values: Collection[str]) -> Reader:
    def read(comparison: Comparison, value: str) -> Filter:
        if comparison != "=" or value.lower() not in values:
            raise ValueError
        return Filter(field, "=", value.lower())

    return read


def number(field: str, *, unit: str = "") -> Reader:
    """With a decimal point or comma, and ``unit`` behind it or not."""

    def read(comparison: Comparison, value: str) -> Filter:
        match = _NUMBER.fullmatch(value.removesuffix(unit).rstrip())
        if match is None:
            raise ValueError
        return Filter(field, comparison, float(match[0].replace(",", ".")))

    return read


def percents(asked: Filter) -> tuple[float, float]:
    """The confidences that ``asked`` means: from the first one on, and below the second one.

    They are compared as they are shown, which is rounded: 95.7 is 96.
    """
    value = float(str(asked.value))
    from_value, behind_value = math.ceil(value) - 0.5, math.floor(value) + 0.5
    lowest, highest = -math.inf, math.inf
    match asked.comparison:
        case "=":
            return from_value, behind_value
        case "<":
            return lowest, from_value
        case "<=":
            return lowest, behind_value
        case ">":
            return behind_value, highest
        case ">=":
            return from_value, highest


def amount(comparison: Comparison, value: str) -> Filter:
    """A sum of money as people write it, with the sign or code of its currency or without."""
    match = _AMOUNT.fullmatch(value.strip())
    if match is None:
        raise ValueError
    leading, minus = _MINUS.subn("", match["before"])
    if minus > 1 or (leading and match["after"]):
        raise ValueError
    if match["grouped"]:
        figures = re.sub(r"\D", "", match["grouped"]) + "." + (match["cents"] or "0")
    else:
        figures = match["number"].replace(",", ".")
    number = -Decimal(figures) if minus else Decimal(figures)
    sign = leading or match["after"]
    return Filter("amount", comparison, number, currencies_of(sign) if sign else ())


def before(field: str) -> Reader:
    def read(comparison: Comparison, value: str) -> Filter:
        return Filter(field, "<", _days(comparison, value)[0])

    return read


def after(field: str) -> Reader:
    def read(comparison: Comparison, value: str) -> Filter:
        return Filter(field, ">", _days(comparison, value)[1])

    return read


def within(field: str) -> Reader:
    """In the year, in the month, or on the day."""

    def read(comparison: Comparison, value: str) -> Tree:
        first, last = _days(comparison, value)
        return Every((Filter(field, ">=", first), Filter(field, "<=", last)))

    return read


def mentioned(field: str) -> Reader:
    """A day, month or year as the beginning of ISO dates: ``2024-03``."""

    def read(comparison: Comparison, value: str) -> Filter:
        first, last = _days(comparison, value)
        shared = 10 if first == last else 7 if first.month == last.month else 4
        return Filter(field, "=", first.isoformat()[:shared])

    return read


def _days(comparison: Comparison, value: str) -> tuple[date, date]:
    """First and last day of ``2024``, ``2024-03``, ``2024-03-05``, ``03.2024`` or ``05.03.2024``."""
    if comparison != "=":
        raise ValueError
    if match := _YEAR_FIRST.fullmatch(value):
        year, month, day = match.groups()
    elif match := _YEAR_LAST.fullmatch(value):
        day, month, year = match.groups()
    else:
        raise ValueError
    first = date(int(year), int(month or 1), int(day or 1))
    if day:
        return first, first
    last_month = int(month or 12)
    return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


FIELDS: dict[str, Reader] = {
    "title": text("title"),
    "tag": text("tag"),
    "in": text("in"),
    "lang": text("lang"),
    "is": choice("is", STATES),
    "has": choice("has", THINGS),
    "before": before("date"),
    "after": after("date"),
    "year": within("date"),
    "confidence": number("confidence", unit="%"),
    "amount": amount,
    "date": mentioned("mentioned"),
    **{field: text(field) for field in sorted(FOUND - {"amount", "date"})},
}
