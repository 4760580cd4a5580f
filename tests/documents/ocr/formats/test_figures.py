import pytest

from documents.ocr.formats.figures import figure_of


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("12", 12, "0"), ("-3", -3, "0"), ("−3", -3, "0"), ("0", 0, "0"), ("0.50", 0.5, "0.00"),
        ("12,5", 12.5, "0.0"), ("1,234.50", 1234.5, "#,##0.00"), ("1.234,50", 1234.5, "#,##0.00"),
        ("1 234 567,5", 1234567.5, "#,##0.0"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_one_way_is_a_number(text: str, value: float, form: str) -> None:
    assert figure_of(text) == (value, form)


@pytest.mark.parametrize(
    "text", ["1,234", "1.234", "007", "12.03.2024", "12 34", "1e5", "٣", "", "12a", "9" * 16]
)
def test_all_else_stays_text(text: str) -> None:
    assert figure_of(text) is None
