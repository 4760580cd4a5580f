"""Phone numbers that can exist, as the numbering plans of libphonenumber tell."""

from collections.abc import Iterable, Iterator
from itertools import islice

import regex
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatch, PhoneNumberMatcher, format_number

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
_MOST = 300  # candidates; a page of figures has hundreds, a page with phone numbers a few


def find_phones(text: str, languages: tuple[str, ...]) -> Iterator[Entity]:
    """Their values are E.164, such as ``+4930901820``."""
    regions = _regions(languages)
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


def _regions(languages: tuple[str, ...]) -> dict[str, None]:
    codes = cldr_codes(languages)
    regions = (region for code in codes for region in _REGIONS.get(code, (likely_region(code),)))
    return dict.fromkeys(region for region in regions if len(region) == 2)


def _is_written_as_one(match: PhoneNumberMatch, before: str) -> bool:
    """Figures in one row may number anything, unless the text says phone ``before`` them, or + with them."""
    return not match.raw_string.isdigit() or bool(_LABEL.search(before))
