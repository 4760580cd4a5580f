"""The values of filters."""

from datetime import date

import pytest

from documents.search.fields import FIELDS
from documents.search.tree import Comparison, Every, Filter, Tree


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
    first, last = Filter("date", ">", date(2024, 1, 31)), Filter("date", "<", date(2024, 3, 1))
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
def test_the_ends_of_time_have_no_day_beyond_them(value: str) -> None:
    with pytest.raises(OverflowError):
        FIELDS["year"]("=", value)
