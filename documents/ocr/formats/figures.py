"""Figures that mean one number only, whoever reads them."""

import re
from typing import NamedTuple

# Without a separator; with decimals, of which there are not three; and with both separators.
_WHOLE = re.compile(r"[-−]?(?:0|[1-9]\d{0,14})")
_DECIMAL = re.compile(r"([-−]?(?:0|[1-9]\d{0,11}))[.,](\d{1,2})")
_GROUPED = re.compile(
    r"([-−]?[1-9]\d{0,2}(?:,\d{3}){1,4})\.(\d{1,2})|([-−]?[1-9]\d{0,2}(?:[. ]\d{3}){1,4}),(\d{1,2})"
)


class Figure(NamedTuple):
    """``form`` is how a spreadsheet shows it with as many decimals as were read."""

    value: float
    form: str


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
