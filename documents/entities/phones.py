"""Phone numbers that can exist, as the numbering plans of libphonenumber tell."""

from collections.abc import Iterable, Iterator
from itertools import islice

import regex
from phonenumbers import (
    SUPPORTED_REGIONS,
    Leniency,
    PhoneNumberFormat,
    PhoneNumberMatch,
    PhoneNumberMatcher,
    format_number,
)

from documents.entities.entity import Entity
from documents.entities.locales import cldr_codes, likely_region

# English is the language of two numbering plans that papers are full of.
_REGIONS = {"en": ("US", "GB")}
_LABEL = regex.compile(
    r"(?:t[eé]l|fon|phone|fax|mobil|cell|hp|h/p|тел|факс|моб|電話|电话|전화|هاتف|טל)[^\d\n]{0,20}+$",
    regex.IGNORECASE,
)
_LABEL_REACH = 40  # characters before a number
# The matcher is slow, so it is shown only what has the figures of a number on one line (E.164: up to 15).
_CANDIDATE = regex.compile(
    r"(?<![\p{L}\d] | \d[.,])[+(]{0,2}\d (?: [ \u00a0()/.–-]{0,3} \d ){6,30}+ (?!:\d)", regex.VERBOSE
)
_DECIMALS = regex.compile(r"(?<![\d.]) \d+ \. \d\d (?![\d.])", regex.VERBOSE)
_MOST = 300  # candidates; a page of figures has hundreds, a page with phone numbers a few


def find_phones(text: str, languages: tuple[str, ...], countries: tuple[str, ...] = ()) -> Iterator[Entity]:
    """Their values are E.164, such as ``+4930901820``; ``countries`` are those that the page tells of."""
    regions = _regions(languages, countries)
    for candidate in islice(_CANDIDATE.finditer(text), _MOST):
        for match in _matches(candidate[0], regions):
            start, end = candidate.start() + match.start, candidate.start() + match.end
            if _is_written_as_one(match, text[max(0, start - _LABEL_REACH) : start]):
                value = format_number(match.number, PhoneNumberFormat.E164)
                yield Entity("phone", match.raw_string, value, start, end)


def _matches(candidate: str, regions: Iterable[str]) -> list[PhoneNumberMatch]:
    """Those of the first of ``regions`` that knows any."""
    found = (list(PhoneNumberMatcher(candidate, region, leniency=Leniency.VALID)) for region in regions)
    return next(filter(None, found), [])


def _regions(languages: tuple[str, ...], countries: tuple[str, ...]) -> dict[str, None]:
    """Those of ``countries`` before those of the languages; English speaks of none where there are any."""
    told = [country for country in countries if country in SUPPORTED_REGIONS]
    codes = [code for code in cldr_codes(languages) if code not in _REGIONS or not told]
    spoken = (region for code in codes for region in _REGIONS.get(code, (likely_region(code),)))
    return dict.fromkeys(region for region in (*told, *spoken) if region in SUPPORTED_REGIONS)


def _is_written_as_one(match: PhoneNumberMatch, before: str) -> bool:
    """Figures in one row may number anything, unless the text says phone ``before`` them, or + with them.

    Prices in a row are none: ``6.00 52.00 3.12``.
    """
    if not match.raw_string.startswith("+") and _DECIMALS.search(match.raw_string):
        return False
    return not match.raw_string.isdigit() or bool(_LABEL.search(before))
