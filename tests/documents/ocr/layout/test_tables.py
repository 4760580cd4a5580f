"""Tables told from places of words."""

from documents.ocr.elements import PageText
from documents.ocr.layout.tables import find_tables
from tests.documents.ocr.formats.pages import INVOICE, sheet
from tests.documents.ocr.layout.drawn import SIZE, block, line, text


def test_cells_stand_in_their_columns() -> None:
    [table] = find_tables(sheet(INVOICE))
    assert table.texts == [
        ["Item", "Ordered", "Price", "Total"],
        ["Table lamp, brass", "12", "48.50", "582.00"],
        ["Window blind", "2", "112.00", "224.00"],
        ["Letter box", "1", "65.00", ""],
        ["Delivery", "", "", "35.00"],
    ]


def test_the_rows_above_the_first_figures_are_the_head() -> None:
    [table] = find_tables(sheet(INVOICE))
    assert table.head == 1


def test_a_table_of_words_has_no_head() -> None:
    [table] = find_tables(sheet("one      two      three\nfour     five     six\nseven    eight    nine"))
    assert table.head == 0


def test_a_head_above_a_head_spans_the_columns_in_the_middle_of_which_it_stands() -> None:
    text = """\
                  Quantity            Money
Item          Ordered     Sent     Price     Total
Lamp               12       12     48.50    582.00
Blind               3        2    112.00    224.00
Chair              40       38     19.95    758.10"""
    [table] = find_tables(sheet(text))
    assert [(cell.text, cell.column, cell.span) for cell in table.rows[0]] == [
        ("Quantity", 1, 2),
        ("Money", 3, 2),
    ]
    assert table.head == 2


def test_a_head_in_the_middle_of_its_column_is_over_the_figures_at_its_edge() -> None:
    text = """\
Item             Ordered            Price
Lamp                         12                48.50
Blind                         3                12.00
Chair                        40                19.95"""
    [table] = find_tables(sheet(text))
    assert table.texts[:2] == [["Item", "Ordered", "Price"], ["Lamp", "12", "48.50"]]
    assert table.columns == 3


def test_rows_of_a_form_may_be_far_apart() -> None:
    labels = [line(name, 50, 100 + 80 * at) for at, name in enumerate(("Name", "Street", "Town", "Country"))]
    values = [line(name, 400, 100 + 80 * at) for at, name in enumerate(("Ann", "Quay", "Leeds", "Malta"))]
    [table] = find_tables(PageText(*SIZE, (block(labels), block(values))))
    assert table.texts == [["Name", "Ann"], ["Street", "Quay"], ["Town", "Leeds"], ["Country", "Malta"]]


def test_an_index_in_columns_is_none() -> None:
    plants = ["acorn, 12", "ash, 3, 40", "barley, 7", "birch, 9, 112", "cedar, 30", "clover, 8"]
    tools = ["fork, 17", "hammer, 6", "kettle, 21, 90", "ladder, 4", "needle, 77", "oven, 2"]
    columns = [
        block([line(entry, x, 100 + 26 * at) for at, entry in enumerate(entries)])
        for x, entries in ((50, plants), (500, tools))
    ]
    assert find_tables(PageText(*SIZE, tuple(columns))) == ()


def test_what_spans_columns_does_not_join_them() -> None:
    text = """\
Bread           2      1.50      3.00
Milk            1      2.00      2.00
Eggs           10      0.30      3.00
Special offer of this week      -1.00
Honey           1      7.80      7.80
Tea             2      4.10      8.20
Cake            1      9.00      9.00"""
    [table] = find_tables(sheet(text))
    assert table.columns == 4
    assert [cell.span for cell in table.rows[3]] == [3, 1]


def test_a_receipt_is_a_table_of_items_and_prices() -> None:
    [table] = find_tables(sheet("Bread             1.50\nMilk of the day   2.00\nHoney             7.80"))
    assert table.texts == [["Bread", "1.50"], ["Milk of the day", "2.00"], ["Honey", "7.80"]]


def test_rows_of_a_table_may_be_of_several_blocks() -> None:
    items = [line(name, 50, 100 + 40 * at) for at, name in enumerate(("Bread", "Milk", "Eggs"))]
    prices = [line(price, 400, 100 + 40 * at) for at, price in enumerate(("1.50", "2.00", "3.25"))]
    [table] = find_tables(PageText(*SIZE, (block(items), block(prices))))
    assert table.texts == [["Bread", "1.50"], ["Milk", "2.00"], ["Eggs", "3.25"]]


def test_two_tables_apart_are_two() -> None:
    one = "Bread             1.50\nMilk of the day   2.00\nHoney             7.80"
    assert [len(table.rows) for table in find_tables(sheet(f"{one}\n\n\n\n\n{one}\nTea      4.10"))] == [3, 4]


def test_cells_from_right_to_left_are_in_the_order_of_reading() -> None:
    text = "\n".join(f"{name:<12}{price}" for name, price in (("חלב", "5"), ("לחם", "12"), ("דבש", "30")))
    [table] = find_tables(sheet(text, ["heb"], from_right=True))
    assert table.texts == [["חלב", "5"], ["לחם", "12"], ["דבש", "30"]]


def test_text_in_columns_is_none() -> None:
    columns = (block(text("a", 50, 100, 12)), block(text("b", 450, 100, 12)))
    assert find_tables(PageText(*SIZE, columns)) == ()


def test_text_with_notes_beside_it_is_none() -> None:
    lines = text("a", 50, 100, 12, letters=60)
    notes = [line("early on", 700, 152), line("in spring", 700, 178), line("much later", 700, 282)]
    assert find_tables(PageText(*SIZE, (block(lines), block(notes)))) == ()


def test_lists_are_none() -> None:
    assert find_tables(sheet("1.   Wash the rice\n2.   Boil the water\n3.   Wait a while")) == ()
    assert find_tables(sheet("•    Wash the rice\n•    Boil the water\n•    Wait a while")) == ()


def test_a_list_from_a_to_z_in_columns_is_none() -> None:
    names = sorted(first + second for first in "ABCDE" for second in ("dams", "orn", "urton"))
    as_list = ["".join(f"{name:14}" for name in names[at::5]) for at in range(5)]
    as_rows = ["".join(f"{name:14}" for name in names[at : at + 3]) for at in range(0, 15, 3)]
    assert find_tables(sheet("\n".join(as_list))) == ()
    assert len(find_tables(sheet("\n".join(as_rows)))) == 1


def test_two_rows_are_too_few() -> None:
    assert find_tables(sheet("Bread             1.50\nMilk of the day   2.00")) == ()


def test_cells_that_stand_at_no_edge_are_none() -> None:
    words = (
        "swift    runs\n  by       the river   \n     and       hides\n  from         us    \nall      day"
    )
    assert find_tables(sheet(words)) == ()


def test_a_page_without_words_has_none() -> None:
    assert find_tables(PageText(100, 100, ())) == ()


def test_columns_count_from_where_the_page_begins() -> None:
    [table] = find_tables(sheet("\n".join(["מנורה      3      12.50"] * 3), from_right=True))
    assert (table.direction, table.texts[0]) == ("rtl", ["מנורה", "3", "12.50"])
    assert find_tables(sheet(INVOICE))[0].direction == "ltr"
