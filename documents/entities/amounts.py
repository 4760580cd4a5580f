"""Sums of money: a number beside the sign or the code of a currency."""

from collections.abc import Iterator
from decimal import Decimal

import regex
from price_parser import Price

from documents.entities.entity import Entity
from documents.entities.locales import cldr_codes

# A sign that several currencies share means the one that it stands for most often, but see _BY_LANGUAGE.
SIGNS = {
    "€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "￥": "JPY", "円": "JPY", "元": "CNY", "₽": "RUB",
    "₹": "INR", "₩": "KRW", "원": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₫": "VND", "฿": "THB",
    "₦": "NGN", "₱": "PHP", "₸": "KZT", "₾": "GEL", "zł": "PLN", "Kč": "CZK", "Ft": "HUF",
    "kr": "SEK", "lei": "RON", "лв": "BGN",
    "руб": "RUB", "грн": "UAH", "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD",
    "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "R$": "BRL", "RM": "MYR", "Rp": "IDR", "Fr": "CHF",
    "SFr": "CHF", "Euro": "EUR", "euro": "EUR", "euros": "EUR", "EURO": "EUR",
}  # fmt: skip
_BY_LANGUAGE = {
    ("zh", "¥"): "CNY", ("zh", "￥"): "CNY", ("da", "kr"): "DKK", ("nb", "kr"): "NOK", ("no", "kr"): "NOK",
    ("nn", "kr"): "NOK", ("fo", "kr"): "DKK", ("is", "kr"): "ISK",
}  # fmt: skip
# Those that are traded most (BIS Triennial Survey 2022) and the other official ones of Europe; short words
# such as ALL and TOP are currencies, too, and would be found everywhere.
CODES = {
    "AED", "ARS", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK",
    "EGP", "EUR", "GBP", "GEL", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KRW", "KZT",
    "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB",
    "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
}  # fmt: skip
_MINUS = r"\-−–"
_SPACE = r"[ \u00a0\u202f]"
_SIGN = "|".join(regex.escape(sign) for sign in sorted([*SIGNS, *CODES], key=len, reverse=True))
_AMOUNT = regex.compile(
    rf"""
    (?: (?<!\p{{L}}) (?P<before>{_SIGN}) \.? {_SPACE}? (?P<minus>[{_MINUS}])?
      | (?<![\p{{L}}\d] | \d[.,:/{_MINUS}]) (?P<minus>[{_MINUS}])? )
    (?! 0\d++ (?! [.,]\d ) )                                                # C$06012727, but RM00.50
    (?P<number> \d{{1,3}} (?: [ .,'’\u00a0\u202f] \d{{3}} ){{1,4}} (?: [.,]\d{{1,2}} )?   # 1.234,50
              | \d{{1,3}} (?: ,\d\d )+ ,\d{{3}} (?: \.\d{{1,2}} )?                  # 1,00,000.00
              | \d{{1,12}} (?: [.,]\d{{1,2}} )? )                                   # 1234.50
    (?: [.,][-–—]{{1,2}} )?                                                         # 12,-
    (?! \d | [.,:/]\d )
    # of "$5 £3" and "2 $5", the last sign belongs to the last number; RM and £ stand behind none
    (?(before) (?: {_SPACE}? (?P<after>{"|".join(sorted(CODES))}) (?! \p{{L}} | {_SPACE}?\d ) )?
      | (?: {_SPACE}? (?P<after>{_SIGN}) (?! \p{{L}} | \d ) (?<! (?:RM|£) (?={_SPACE}\d) ) )? )
    """,
    regex.VERBOSE | regex.V1,
)


def find_amounts(text: str, languages: tuple[str, ...]) -> Iterator[Entity]:
    """Their values are such as ``1234.50 EUR``. A number without a currency is none."""
    codes = cldr_codes(languages)
    for match in _AMOUNT.finditer(text):
        sign = match["after"] or match["before"]
        number = Price.fromstring(match["number"].replace("’", "'")).amount if sign else None
        if number is not None:
            yield _entity(match, -number if match["minus"] else number, _currency(sign, codes))


def currencies_of(sign: str) -> tuple[str, ...]:
    """The codes of all currencies that ``sign``, a sign or a code, may stand for; ValueError for none."""
    if sign.upper() in CODES:
        return (sign.upper(),)
    local = {code for (_language, other), code in _BY_LANGUAGE.items() if other == sign}
    if sign not in SIGNS:
        raise ValueError(sign)
    return tuple(sorted(local | {SIGNS[sign]}))


def _entity(match: "regex.Match[str]", number: Decimal, currency: str) -> Entity:
    start, end = match.span()
    return Entity("amount", match[0], f"{number:.2f} {currency}", start, end, number, currency)


def _currency(sign: str, codes: tuple[str, ...]) -> str:
    local = (_BY_LANGUAGE.get((code, sign)) for code in codes)
    return next(filter(None, local), "") or SIGNS.get(sign, sign)
