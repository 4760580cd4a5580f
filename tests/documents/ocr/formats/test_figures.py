import pytest

from documents.ocr.formats.figures import figure_of, figures_of


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


@pytest.mark.parametrize(
    "column",
    [
        ["12.03", "48.50", "31.12"], ["7.5", "8.2", "12.9"], ["12,03", "28,02"], ["1.50", "n/a", "100.05"],
        ["0.05", "0.10"], ["1,234.05", "12.03"],
    ],
)  # fmt: skip
def test_figures_of_a_column_of_sums_are_numbers(column: list[str]) -> None:
    assert figures_of(column) == [figure_of(text) for text in column]


@pytest.mark.parametrize(
    "column",
    [["12.03", "28.02", "31.12"], ["1.1", "1.2", "1.2.1"], ["1.1", "", "2.3"], ["12.03", "13.03.24"]],
)
def test_what_may_be_days_or_sections_stays_text(column: list[str]) -> None:
    assert figures_of(column) == [None] * len(column)


def test_sections_stay_text_beside_whole_numbers() -> None:
    assert figures_of(["1", "1.1", "2"]) == [figure_of("1"), None, figure_of("2")]
