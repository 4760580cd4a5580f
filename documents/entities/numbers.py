"""Numbers that prove themselves by check digits: IBAN and VAT numbers (python-stdnum)."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import regex
from stdnum import iban
from stdnum.ch import uid
from stdnum.eu import vat
from stdnum.gb import vat as gb_vat
from stdnum.no import mva

from documents.entities.entity import Entity

_LONGEST_IBAN = 34  # ISO 13616
# What the engine takes for a figure's look-alike.
_LOOK_ALIKES = str.maketrans("OoQIl|SB", "00011158")
_GROUP = r"[ \u00a0]?[A-Za-z0-9|]"
_IBAN = regex.compile(
    rf"(?<![\p{{L}}\d]) [A-Z]{{2}} (?:[ \u00a0]?[\dOoQIl|SB]){{2}} (?:{_GROUP}){{11,40}}+", regex.VERBOSE
)

_COUNTRIES = "|".join([*(code.upper() for code in vat.MEMBER_STATES), "EL", "XI", "GB", "CHE", "NO"])
_VAT = regex.compile(
    rf"(?<![\p{{L}}\d]) (?:{_COUNTRIES})"
    r"(?: [ \u00a0.-]? [A-Z0-9] ){7,16}+",
    regex.VERBOSE,
)
_CHECKS: dict[str, Callable[[str], bool]] = {"GB": gb_vat.is_valid, "NO": mva.is_valid, "CH": uid.is_valid}
_FIGURE = regex.compile(r"[\dOoQIl|SB]")
_FEWEST_FIGURES = 7  # an Irish VAT number
_MOST = 200  # candidates of each kind, to each of which some forty numbers are tried
_GROUPS = regex.compile(r"[^ \u00a0]+")


def find_ibans(text: str, languages: tuple[str, ...]) -> Iterator[Entity]:  # noqa: ARG001
    """Their values have no spaces. Letters read for figures are mended where the check digits then fit."""
    for match in _candidates(_IBAN, text):
        for end in _ends(match):
            if value := _iban(regex.sub(r"\s", "", text[match.start() : end])):
                yield Entity("iban", text[match.start() : end], value, match.start(), end)
                break


def _candidates(pattern: "regex.Pattern[str]", text: str) -> "Iterator[regex.Match[str]]":
    matches = pattern.finditer(text, overlapped=True)
    return islice((match for match in matches if len(_FIGURE.findall(match[0])) >= _FEWEST_FIGURES), _MOST)


def _ends(match: "regex.Match[str]") -> list[int]:
    """Where the number may end: after each group of letters and figures, the longest first."""
    return [match.start() + group.end() for group in _GROUPS.finditer(match[0])][::-1]


def _iban(written: str) -> str:
    """The IBAN meant by ``written``; empty where there is none."""
    if not 15 <= len(written) <= _LONGEST_IBAN:
        return ""
    return next((reading for reading in _readings(written) if iban.is_valid(reading)), "")


def _readings(written: str) -> Iterable[str]:
    """As it stands; all figures after the country; a bank of four letters after the check digits."""
    country, check, bank, rest = written[:2], written[2:4], written[4:8], written[8:]
    check, figures = check.translate(_LOOK_ALIKES), rest.translate(_LOOK_ALIKES)
    ends = (bank + rest, bank.translate(_LOOK_ALIKES) + figures, bank + figures)
    return (written.upper(), *(country + check + end for end in ends))


def find_vat_numbers(text: str, languages: tuple[str, ...]) -> Iterator[Entity]:  # noqa: ARG001
    """Those of the EU, Great Britain, Norway and Switzerland, with the letters of their country."""
    for match in _candidates(_VAT, text):
        for end in _ends(match):
            value = regex.sub(r"[^A-Z0-9]", "", text[match.start() : end])
            if _is_vat_number(value) and not regex.match(r"[ \u00a0]?\d", text, pos=end):
                yield Entity("vat", text[match.start() : end], value, match.start(), end)
                break


def _is_vat_number(value: str) -> bool:
    return _CHECKS.get(value[:2], vat.is_valid)(value)
