"""Dates: in figures, and with the names of months in the languages of the page.

``12.03.2024`` is the third of December to nobody, ``12/03/2024`` depends on who wrote it. In turn decide: the
separator (with points the day always comes first), another date of the page that can be read one way only,
the same day written with the name of its month, the language, and of English the country whose money or
companies the page names. Without any it is read as in the United States, but that is doubtful; so it is where
``$`` alone tells, which is what Australia, Canada and Singapore write, too.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import regex
from babel import Locale

from documents.entities.countries import countries_of
from documents.entities.entity import Entity
from documents.entities.locales import cldr_codes
from documents.search.text.analysis import fold

_EARLIEST, _LATEST = 1500, 2200
_MONTH_FIRST, _EITHER = {"US"}, {"CA", "PH"}  # countries
_BUDDHIST = 543  # years that Thai calendars are ahead
# Short forms that no name of CLDR begins with.
_SHORT_FORMS = {"de": {"mrz": 3}, "en": {"sept": 9}, "fr": {"fev": 2, "aou": 8}}

_GAP = r"[ \t\u00a0]{0,3}"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"
_NAME = r"(?P<name>[\p{L}\p{M}]{3,20})\.?"
_OF = rf"(?:{_GAP}(?:de[l]?|of|di|d['’])(?=[ \t\u00a0]|\p{{L}}))?{_GAP}"
_SHAPES = rf"""
    # 12.03.2024, 12/03/24; two figures of a year are too few where hyphens may part anything
      (?P<a>\d{{1,2}}) (?: (?P<part>[./]){_GAP}(?P<b>\d{{1,2}})(?P=part){_GAP}(?P<year>\d{{4}}|\d{{2}})
                         | -(?P<b>\d{{1,2}})-(?P<year>\d{{4}}) )
    # 2024-03-12
    | (?P<year>\d{{4}}) (?P<part>[-./]) {_GAP} (?P<month>\d{{1,2}}) (?P=part) {_GAP} (?P<day>\d{{1,2}})
    # 2024年3月12日
    | (?P<year>\d{{4}})\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일]
    # 12 tháng 3 năm 2024
    | {_DAY}\ tháng\ (?P<month>\d{{1,2}})\ năm\ {_YEAR}
    # 12 March 2024, 1er mars 2024, 12 de março de 2024, 12-Mar-2024
    | {_DAY}(?:(?i:st|nd|rd|th|er)|[.ºª°])?(?:{_OF}|[-/]){_NAME}(?:,?{_OF}|[-/]){_YEAR}
    # March 12, 2024
    | {_NAME}{_GAP}{_DAY}(?i:st|nd|rd|th)?(?:,{_GAP}|[ \t\u00a0]){_YEAR}
    # 2024. március 12
    | {_YEAR}\.?{_GAP}{_NAME}{_GAP}{_DAY}
"""
_DATE = regex.compile(rf"(?<![\p{{L}}\d]|\d[.,/-]) (?:{_SHAPES}) (?!\d|[.,/-]\d)", regex.VERBOSE | regex.V1)
# Lines that follow each other and may have a part of a date: to look at prose without figures takes long.
_LINES = regex.compile(r"(?:^.*[\d年년月월日일].*\n?)+", regex.MULTILINE)


def find_dates(text: str, languages: tuple[str, ...]) -> Iterator[Entity]:
    """Their values are ISO dates."""
    codes = cldr_codes(languages)
    matches = [match for lines in _LINES.finditer(text) for match in _DATE.finditer(text, *lines.span())]
    told = _told(matches, codes)
    order = _order_of_country(text, codes[0]) if told is None else told
    for match in matches:
        found = _read(match, codes, is_month_first=order is not False)
        if found:
            is_doubtful = order is None and _is_either(match)
            yield Entity("date", match[0], found.isoformat(), *match.span(), is_doubtful=is_doubtful)


def _read(match: "regex.Match[str]", codes: tuple[str, ...], *, is_month_first: bool) -> date | None:
    day, month = match["day"], match["month"]
    if match["a"]:
        swapped = is_month_first and match["part"] != "."
        day, month = (match["b"], match["a"]) if swapped else (match["a"], match["b"])
    number = _months(codes).get(fold(match["name"])) if match["name"] else int(month)
    return _date(_year(match["year"], codes), number, int(day))


def _date(year: int, month: int | None, day: int) -> date | None:
    try:
        return date(year, month or 0, day) if _EARLIEST <= year <= _LATEST else None
    except ValueError:
        return None


def _year(figures: str, codes: tuple[str, ...]) -> int:
    """Two figures as POSIX reads them: 69 to 99 lie in the last century."""
    year = int(figures)
    if len(figures) == 2:
        return year + (1900 if year >= 69 else 2000)
    return year - _BUDDHIST if "th" in codes and year > _LATEST else year


def _told(matches: "list[regex.Match[str]]", codes: tuple[str, ...]) -> bool | None:
    """Whether the month comes first, as one of the dates tells; None where all can be read both ways."""
    for match in filter(_is_in_figures, matches):
        first, second = int(match["a"]), int(match["b"])
        if max(first, second) > 12 >= min(first, second) > 0:
            return second > 12
    sure = {_read(match, codes, is_month_first=False) for match in matches if not _is_in_figures(match)}
    for match in filter(_is_either, matches):
        day_first, month_first = (_read(match, codes, is_month_first=order) for order in (False, True))
        if (day_first in sure) != (month_first in sure):
            return month_first in sure
    return None


def _is_in_figures(match: "regex.Match[str]") -> bool:
    return bool(match["a"]) and match["part"] != "."


def _is_either(match: "regex.Match[str]") -> bool:
    """Could day and month be the other way round?"""
    return _is_in_figures(match) and match["a"] != match["b"] and max(int(match["a"]), int(match["b"])) <= 12


def _order_of_country(text: str, code: str) -> bool | None:
    """Whether the month comes first; None for English of nobody knows where."""
    if not _language_puts_month_first(code):
        return False
    told = set(countries_of(text))
    if told and not told & (_MONTH_FIRST | _EITHER):
        return False
    return True if told <= _MONTH_FIRST and countries_of(text, without="$") else None


@lru_cache(maxsize=256)
def _language_puts_month_first(code: str) -> bool:
    pattern = Locale.parse(code).date_formats["short"].pattern
    return "d" in pattern and 0 <= pattern.find("M") < pattern.find("d") and not pattern.startswith("y")


@lru_cache(maxsize=64)
def _months(codes: tuple[str, ...]) -> dict[str, int]:
    """Folded names of months, and their beginnings from three letters on where they begin no other month."""
    names: dict[str, set[int]] = {}
    for code in codes:
        months = Locale.parse(code).months
        for name, number in _names(months):
            for length in range(3, len(name) + 1):
                names.setdefault(name[:length], set()).add(number)
            names.setdefault(name, set()).add(number)
        for name, number in _SHORT_FORMS.get(code, {}).items():
            names[name] = {number}
    return {name: next(iter(numbers)) for name, numbers in names.items() if len(numbers) == 1}


def _names(months: object) -> Iterator[tuple[str, int]]:
    """As they stand in a date and by themselves, in full and short."""
    for use in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[use][width].items():  # type: ignore[index]
                yield fold(name).rstrip("."), number
