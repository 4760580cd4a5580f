"""The values of filters."""

from datetime import date
from decimal import Decimal

import pytest

from documents.search.query.fields import FIELDS
from documents.search.query.tree import Comparison, Every, Filter, Tree


@pytest.mark.parametrize(
    ("field", "comparison", "value", "expected"),
    [
        ("title", "=", "invoice", Filter("title", "=", "invoice")),
        ("is", "=", "Failed", Filter("is", "=", "failed")),
        ("has", "=", "note", Filter("has", "=", "note")),
        ("confidence", "<", "60%", Filter("confidence", "<", 60.0)),
        ("confidence", ">", "92,5", Filter("confidence", ">", 92.5)),
        ("confidence", "=", "100", Filter("confidence", "=", 100.0)),
        ("before", "=", "2024", Filter("date", "<", date(2024, 1, 1))),
        ("before", "=", "2024-03", Filter("date", "<", date(2024, 3, 1))),
        ("before", "=", "05.03.2024", Filter("date", "<", date(2024, 3, 5))),
        ("before", "=", "2024/3/5", Filter("date", "<", date(2024, 3, 5))),
        ("after", "=", "2024", Filter("date", ">", date(2024, 12, 31))),
        ("after", "=", "2024-02", Filter("date", ">", date(2024, 2, 29))),
        ("after", "=", "02.2023", Filter("date", ">", date(2023, 2, 28))),
    ],
)
def test_values_are_read(field: str, comparison: Comparison, value: str, expected: Tree) -> None:
    assert FIELDS[field](comparison, value) == expected


def test_a_span_of_time_has_two_ends() -> None:
    first, last = Filter("date", ">=", date(2024, 2, 1)), Filter("date", "<=", date(2024, 2, 29))
    assert FIELDS["year"]("=", "2024-02") == Every((first, last))


@pytest.mark.parametrize(
    ("field", "comparison", "value"),
    [
        ("title", "<", "x"),
        ("tag", "=", " "),
        ("is", "=", "unheard"),
        ("has", ">", "note"),
        ("confidence", "<", ""),
        ("confidence", "<", "nan"),
        ("confidence", "<", "1e9"),
        ("confidence", "<", "9" * 400),
        ("before", "=", "2023-02-29"),
        ("before", "=", "0000"),
        ("before", "=", "24"),
        ("before", "<", "2024"),
        ("after", "=", "03/05/2024"),
    ],
)
def test_what_has_no_sense_is_refused(field: str, comparison: Comparison, value: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        FIELDS[field](comparison, value)


@pytest.mark.parametrize("value", ["0001", "9999", "0001-01-01", "9999-12-31"])
def test_the_ends_of_time_are_understood(value: str) -> None:
    assert isinstance(FIELDS["year"]("=", value), Every)


@pytest.mark.parametrize(
    ("value", "number", "currencies"),
    [
        ("100", "100", ()),
        ("12,5", "12.5", ()),
        ("0.125", "0.125", ()),
        ("1,000", "1000", ()),
        ("1.000", "1000", ()),
        ("1'000", "1000", ()),
        ("1,000,000", "1000000", ()),
        ("1,250.00", "1250", ()),
        ("1.234,56", "1234.56", ()),
        ("100€", "100", ("EUR",)),
        ("1250EUR", "1250", ("EUR",)),
        ("1250 eur", "1250", ("EUR",)),
        ("US$1,250.5", "1250.5", ("USD",)),
        ("50kr", "50", ("DKK", "ISK", "NOK", "SEK")),
        ("-5.00 EUR", "-5", ("EUR",)),
        ("€−5", "-5", ("EUR",)),
        ("- 1,000", "-1000", ()),
        ("89,90", "89.9", ()),
    ],
)
def test_amounts_are_read_as_people_write_them(value: str, number: str, currencies: tuple[str, ...]) -> None:
    assert FIELDS["amount"](">=", value) == Filter("amount", ">=", Decimal(number), currencies)


@pytest.mark.parametrize("value", ["", "€", "5 apples", "€5€", "1,00,0", "1,000,50", "x5", "--5", "5-"])
def test_what_is_no_amount_is_refused(value: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        FIELDS["amount"]("=", value)
