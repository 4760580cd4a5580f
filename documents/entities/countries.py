"""The countries that a page gives away, by its money and by the kinds of its companies.

English is written in many countries that read figures differently: their phone numbers, and whether 12/03 is
in March or in December.
"""

from collections import Counter
from functools import lru_cache

import regex

from documents.entities.amounts import CODES, SIGNS

# The first two letters of a currency are those of its country (ISO 4217). These are words, or misread from
# others (CS1234 as C$1234), and tell nothing by themselves; Malaysian companies end in BHD.
_WORDS = {"TRY", "PEN", "COP", "RUB", "Fr", "Ft", "lei", "kr", "C$", "BHD"}
_COMPANIES = {"sdn": "MY", "pte": "SG", "pty": "AU", "pvt": "IN"}
_SIGNS = sorted({*SIGNS, *CODES} - _WORDS, key=len, reverse=True)
_TOKENS = "|".join(map(regex.escape, _SIGNS))
_FIRST = "".join({regex.escape(sign[0]) for sign in _SIGNS})  # looked at first: a third of the time
_CLUE = regex.compile(
    rf"""(?<![\p{{L}}\p{{Sc}}]) (?=[{_FIRST}]) (?P<money>{_TOKENS}) (?!\p{{L}}) (?<!\$ (?! [ ]?\d))
       | \b (?=[sSpP]) (?i:(?P<company>sdn)\.?\ ?bhd | (?P<company>pte|pty|pvt)\.?\ ?ltd) \b""",
    regex.VERBOSE | regex.V1,
)


def countries_of(text: str, *, without: str = "") -> tuple[str, ...]:
    """Their codes (ISO 3166; ``EU`` for the euro), what tells of them most often first.

    ``without`` is a sign of money that is to tell nothing.
    """
    found = Counter(country for money, country in _clues(text) if not without or money != without)
    return tuple(country for country, _times in found.most_common())


@lru_cache(maxsize=4)  # each finder asks about the same page
def _clues(text: str) -> tuple[tuple[str | None, str], ...]:
    """The signs of money, and what else tells of a country, each with the code of that country."""
    return tuple(
        (None, _COMPANIES[match["company"].lower()])
        if match["company"]
        else (match["money"], SIGNS.get(match["money"], match["money"])[:2])
        for match in _CLUE.finditer(text)
    )
