from io import BytesIO

from openpyxl import Workbook, load_workbook

from tests.documents.ocr.formats.pages import sheet, written

TABLE = """\
                  Quantity            Money
Item          Ordered     Sent     Price     Total
Lamp               12       12     48.50    582.00
=1+1                3        2    112.00  1,224.00
Chair              40       38     1.234    758.10"""


def book(*texts: str) -> Workbook:
    return load_workbook(BytesIO(written("xlsx", *map(sheet, texts))))


def test_sheets_are_called_by_the_numbers_of_their_pages() -> None:
    assert book(TABLE, "No table", f"{TABLE}\n\n\n\n\n{TABLE}").sheetnames == ["1", "3", "3 (2)"]


def test_figures_are_numbers_and_all_else_is_text() -> None:
    found = book(TABLE)["1"]
    assert [cell.value for cell in found[3]] == ["Lamp", 12, 12, 48.5, 582]
    assert [cell.value for cell in found[5]] == ["Chair", 40, 38, "1.234", 758.1]
    assert [found["D3"].number_format, found["E4"].number_format] == ["0.00", "#,##0.00"]


def test_days_are_no_numbers_and_sums_beside_them_are() -> None:
    found = book("Day        Sum\n12.03    12.03\n28.02    48.50\n01.04     7.30")["1"]
    assert [[cell.value for cell in row] for row in found.iter_rows(min_row=2)] == [
        ["12.03", 12.03], ["28.02", 48.5], ["01.04", 7.3],
    ]  # fmt: skip


def test_nothing_becomes_a_formula() -> None:
    cell = book(TABLE)["1"]["A4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_heads_are_bold_stay_in_sight_and_span_their_columns() -> None:
    found = book(TABLE)["1"]
    assert (found["B1"].font.bold, found["A2"].font.bold, found["A3"].font.bold) == (True, True, False)
    assert found.freeze_panes == "A3"
    assert {str(cells) for cells in found.merged_cells.ranges} == {"B1:C1", "D1:E1"}


def test_no_table_is_a_sentence() -> None:
    [only] = book("Hello world").worksheets
    assert only["A1"].value == "No table was found."


def test_letters_that_are_none_do_no_harm() -> None:
    found = book(TABLE.replace("Lamp ", "\ud800\x01am")).worksheets[0]
    assert "am" in found["A3"].value


def test_the_first_column_of_a_page_from_right_to_left_is_the_rightmost() -> None:
    read = sheet("\n".join(["מנורה      3      12.50"] * 3), from_right=True)
    found = load_workbook(BytesIO(written("xlsx", read)))["1"]
    assert (found.sheet_view.rightToLeft, found["A1"].value, found["C1"].value) == (True, "מנורה", 12.5)
    assert not book(TABLE)["1"].sheet_view.rightToLeft
