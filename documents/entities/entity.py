"""What stands in a text besides words, as plain values."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["iban", "vat", "email", "url", "date", "amount", "phone", "person", "place", "organisation"]


@dataclass(frozen=True, slots=True)
class Entity:
    """Characters ``start`` to ``end`` of the text, read as ``kind``.

    ``value`` is the one way of writing it that all others come down to: ``2024-03-12``, ``1234.50 EUR``,
    ``+4930901820``, an IBAN without spaces. ``number`` and ``currency`` (ISO 4217) are those of an amount.
    ``is_doubtful``: a date of which nothing tells whether the day or the month comes first.
    """

    kind: Kind
    text: str
    value: str
    start: int
    end: int
    number: Decimal | None = None
    currency: str = ""
    is_doubtful: bool = False
