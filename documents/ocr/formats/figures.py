"""Figures that mean one number only, whoever reads them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

# Without a separator; with decimals, of which there are not three; and with both separators.
_WHOLE = re.compile(r"[-−]?(?:0|[1-9]\d{0,14})")
_DECIMAL = re.compile(r"([-−]?(?:0|[1-9]\d{0,11}))[.,](\d{1,2})")
_GROUPED = re.compile(
    r"([-−]?[1-9]\d{0,2}(?:,\d{3}){1,4})\.(\d{1,2})|([-−]?[1-9]\d{0,2}(?:[. ]\d{3}){1,4}),(\d{1,2})"
)
# Of the decimals, those that may be a day (12.03, the 12th of March) or the number of a section (1.2).
_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])")
_SECTION = re.compile(r"\d{1,2}\.\d")


class Figure(NamedTuple):
    """``form`` is how a spreadsheet shows it with as many decimals as were read."""

    value: float
    form: str


def figures_of(column: Sequence[str]) -> list[Figure | None]:
    """`figure_of` each entry of a column of a table. None for what may be a day or a section (``12.03``,
    ``1.2``) where the column does not show that it is a number.
    """
    found = [figure_of(text) for text in column]
    if _are_numbers(column, found):
        return found
    return [None if _is_doubtful(text) else figure for text, figure in zip(column, found, strict=True)]


def _are_numbers(column: Sequence[str], found: Sequence[Figure | None]) -> bool:
    """Whether all are figures with as many decimals as each other, and one at least is no day."""
    decimals = {figure.form.partition(".")[2] if figure else None for figure in found}
    return None not in decimals and len(decimals) == 1 and not all(map(_DAY_AND_MONTH.fullmatch, column))


def _is_doubtful(text: str) -> bool:
    return bool(_DAY_AND_MONTH.fullmatch(text) or _SECTION.fullmatch(text))


def figure_of(text: str) -> Figure | None:
    """``12``, ``-0.50``, ``12,5``, ``1.234,50``; None for what may be two numbers (``1.234``, ``1,234``), for
    what begins with a zero, as numbers of things do, and for all else.
    """
    if _WHOLE.fullmatch(text):
        return Figure(float(_plain(text)), "0")
    if match := _DECIMAL.fullmatch(text) or _GROUPED.fullmatch(text):
        whole, decimals = (part for part in match.groups() if part is not None)
        form = "0." + len(decimals) * "0"
        digits = re.sub(r"[., ]", "", whole)
        return Figure(float(f"{_plain(digits)}.{decimals}"), form if digits == whole else f"#,##{form}")
    return None


def _plain(digits: str) -> str:
    return digits.replace("−", "-")
