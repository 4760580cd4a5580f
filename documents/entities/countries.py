"""The countries that a page gives away, by its money and by the kinds of its companies.

English is written in many countries that read figures differently: their phone numbers, and whether 12/03 is
in March or in December.
"""

from collections import Counter

import regex

from documents.entities.amounts import CODES, SIGNS

# The first two letters of a currency are those of its country (ISO 4217). These are words, or misread from
# others (CS1234 as C$1234), and tell nothing by themselves; Malaysian companies end in BHD.
_WORDS = {"TRY", "PEN", "COP", "RUB", "Fr", "Ft", "lei", "kr", "C$", "BHD"}
_COMPANIES = {"sdn": "MY", "pte": "SG", "pty": "AU", "pvt": "IN"}
_TOKENS = "|".join(regex.escape(sign) for sign in sorted({*SIGNS, *CODES} - _WORDS, key=len, reverse=True))
_CLUE = regex.compile(
    rf"""(?<![\p{{L}}\p{{Sc}}]) (?P<money>{_TOKENS}) (?!\p{{L}}) (?<!\$ (?! [ ]?\d))
       | \b (?i:(?P<company>sdn)\.?\ ?bhd | (?P<company>pte|pty|pvt)\.?\ ?ltd) \b""",
    regex.VERBOSE | regex.V1,
)


def countries_of(text: str, *, without: str = "") -> tuple[str, ...]:
    """Their codes (ISO 3166; ``EU`` for the euro), what tells of them most often first.

    ``without`` is a sign of money that is to tell nothing.
    """
    found = Counter(
        _COMPANIES[match["company"].lower()]
        if match["company"]
        else SIGNS.get(match["money"], match["money"])[:2]
        for match in _CLUE.finditer(text)
        if not without or match["money"] != without
    )
    return tuple(country for country, _times in found.most_common())
