import csv
from io import StringIO

from tests.documents.ocr.formats.pages import sheet, written

TABLE = "Item        Price\nBread        1.50\nMilk         2.00"


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_tables_stand_below_each_other_with_an_empty_row_between() -> None:
    table = [["Item", "Price"], ["Bread", "1.50"], ["Milk", "2.00"]]
    assert rows(written("tables", sheet(TABLE), None, sheet(TABLE))) == [*table, [], *table]


def test_what_is_no_table_is_left_out() -> None:
    text = f"{TABLE}\n\n\n\n\nThank you for coming and come again soon"
    assert rows(written("tables", sheet(text)))[-1] == ["Milk", "2.00"]


def test_cells_that_a_spreadsheet_would_run_get_an_apostrophe() -> None:
    content = written("tables", sheet(TABLE.replace("Bread", "=1+1 ")))
    assert ["'=1+1", "1.50"] in rows(content)


def test_no_table_is_a_sentence() -> None:
    assert rows(written("tables", sheet("Hello world"))) == [["No table was found."]]


def test_excel_is_told_that_it_is_unicode() -> None:
    assert written("tables").startswith(b"\xef\xbb\xbf")
