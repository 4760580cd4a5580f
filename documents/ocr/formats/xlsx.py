"""Excel workbooks (ECMA-376, “Office Open XML”): a sheet for each table of the pages."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documents.ocr.formats.entry import PageEntry, title_of, utf8
from documents.ocr.formats.figures import Figure, figures_of
from documents.ocr.formats.tables import NO_TABLE
from documents.ocr.layout.tables import Cell, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Nothing that was read becomes a formula or a link.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_LONGEST = 32_767  # letters that Excel takes in a cell
_LONGEST_TITLE = 255


def write(pages: Iterable[PageEntry], about: Mapping[str, object]) -> Iterator[bytes]:
    """Sheets are called by the number of their page: ``3``, ``3 (2)``. Figures are numbers if they can be
    read in one way only; heads are bold. Without any table, the only sheet says so.
    """
    file = BytesIO()
    with Workbook(file, _OPTIONS) as book:
        book.set_properties({"title": _clean(title_of(about))[:_LONGEST_TITLE]})
        formats = _Formats(book)
        for entry in pages:
            for number, table in enumerate(entry.all_tables, start=1):
                name = f"{entry.number} ({number})" if number > 1 else str(entry.number)
                _write_table(book.add_worksheet(name), table, formats)
        if not book.worksheets():
            book.add_worksheet().write_string(0, 0, NO_TABLE)
    yield file.getvalue()


class _Formats:
    """The formats of cells in a book, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[bool, bool, str], Format] = {}

    def of(self, cell: Cell, figure: Figure | None, *, head: bool) -> Format:
        key = head, cell.span > 1, figure.form if figure else "General"
        if key not in self._made:
            properties = {"bold": head, "align": "center" if key[1] else "", "num_format": key[2]}
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def _write_table(sheet: Worksheet, table: Table, formats: _Formats) -> None:
    for column in range(table.columns):
        cells = [(at, cell) for at, row in enumerate(table.rows) for cell in row if cell.column == column]
        figures = figures_of([cell.text for at, cell in cells if at >= table.head])
        heads = [None] * (len(cells) - len(figures))
        for (at, cell), figure in zip(cells, [*heads, *figures], strict=True):
            _write_cell(sheet, at, cell, figure, formats.of(cell, figure, head=at < table.head))
    if table.head:
        sheet.freeze_panes(table.head, 0)
    if table.direction == "rtl":
        sheet.right_to_left()
    sheet.autofit()


def _write_cell(sheet: Worksheet, row: int, cell: Cell, figure: Figure | None, form: Format) -> None:
    if cell.span > 1:
        sheet.merge_range(row, cell.column, row, cell.column + cell.span - 1, "", form)
    if figure:
        sheet.write_number(row, cell.column, figure.value, form)
    else:
        sheet.write_string(row, cell.column, _clean(cell.text)[:_LONGEST], form)


def _clean(text: str) -> str:
    """Without halves of surrogate pairs, which are no letters."""
    return utf8(text).decode()
