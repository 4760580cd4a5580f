"""Word documents as python-docx, which is not ours, opens them."""

from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from documents.ocr.elements import PageText
from tests.documents.ocr.formats.pages import SCRIPTS, sheet, written
from tests.documents.ocr.layout.drawn import SIZE, block, line, text


def opened(*pages: object, **kwargs: object) -> Document:
    return docx.Document(BytesIO(written("docx", *pages, **kwargs)))


def test_paragraphs_have_their_text() -> None:
    document = opened(sheet("the first line of a\nparagraph\n\nthe next one"))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "the first line of a paragraph", "the next one",
    ]  # fmt: skip


def test_each_page_begins_on_a_page() -> None:
    document = opened(sheet("one\n\nalso one"), None, sheet("three"))
    begins = [paragraph.paragraph_format.page_break_before for paragraph in document.paragraphs]
    assert [paragraph.text for paragraph in document.paragraphs] == ["one", "also one", "", "three"]
    assert begins == [None, None, True, True]


def test_columns_and_meant_line_breaks_are_kept() -> None:
    [paragraph] = opened(sheet("Rye bread       7.80\nApple cake     14.50")).paragraphs
    assert paragraph.text == "Rye bread\t7.80\nApple cake\t14.50"


def test_a_hyphenated_word_can_be_hyphenated_elsewhere() -> None:
    [paragraph] = opened(sheet("a long exam-\nple of words")).paragraphs
    assert paragraph.text == "a long example of words"
    assert len(paragraph._p.findall(f".//{qn('w:softHyphen')}")) == 1


def test_text_from_the_right_is_marked_so() -> None:
    right, left = opened(sheet("مرحبا بالعالم\n\nHello world")).paragraphs
    assert (right._p.pPr.find(qn("w:bidi")) is None, right.runs[0].font.rtl) == (False, True)
    assert (left._p.pPr.find(qn("w:bidi")) is None, left.runs[0].font.rtl) == (True, None)


def test_the_title_and_the_languages_are_told() -> None:
    document = opened(sheet("Hello", ("deu", "eng", "ara", "chi_tra", "Latin")), title="Ein Brief & mehr")
    assert document.core_properties.title == "Ein Brief & mehr"
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert [language.get(qn(f"w:{name}")) for name in ("val", "eastAsia", "bidi")] == ["de", "zh-TW", "ar"]


@pytest.mark.parametrize("script", sorted(set(SCRIPTS) - {"any", "Chinese", "Japanese"}))
def test_any_script_comes_back(script: str) -> None:
    text, languages = SCRIPTS[script]
    assert [paragraph.text for paragraph in opened(sheet(text, languages)).paragraphs] == [text]


TABLE = "Item         Price\nBread         1.50\nMilk          2.00"


def test_tables_are_tables_between_the_paragraphs() -> None:
    document = opened(sheet(f"It all costs:\n\n{TABLE}\n\nThank you"))
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Item", "Price"], ["Bread", "1.50"], ["Milk", "2.00"],
    ]  # fmt: skip
    assert [type(part).__name__ for part in document.iter_inner_content()] == [
        "Paragraph",
        "Table",
        "Paragraph",
    ]
    assert table.style.name == "Table Grid"


def test_tables_that_follow_each_other_stay_two() -> None:
    far = TABLE.replace("Item  ", "Other ")
    document = opened(sheet(f"{TABLE}\n\n\n\n\n\n\n{far}"))
    kinds = [type(part).__name__ for part in document.iter_inner_content()]
    assert kinds == ["Table", "Paragraph", "Table", "Paragraph"]
    assert [table.rows[0].cells[0].text for table in document.tables] == ["Item", "Other"]


def test_the_head_of_a_table_comes_again_on_each_page() -> None:
    [table] = opened(sheet(TABLE)).tables
    assert [row._tr.find(f".//{qn('w:tblHeader')}") is None for row in table.rows] == [False, True, True]


def test_cells_span_the_columns_below_them() -> None:
    text = """\
                  Quantity            Money
Item          Ordered     Sent     Price     Total
Lamp               12       12     48.50    582.00
Blind               3        2    112.00    224.00"""
    [table] = opened(sheet(text)).tables
    assert [cell.grid_span for cell in table.rows[0].cells] == [1, 2, 2, 2, 2]


def test_the_columns_of_a_table_count_from_where_those_of_its_page_do() -> None:
    """An Arabic list of things with Latin names."""
    prose = "\n".join(["هذه قائمة الأجهزة التي وصلت"] * 5)
    rows = (
        "Samsung Galaxy      3      12.50\nLenovo ThinkPad     5      48.00\nHewlett Packard     1       7.30"
    )
    [table] = opened(sheet(f"{prose}\n\n\n{rows}", ["ara"], from_right=True)).tables
    assert table._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    assert [cell.text for cell in table.rows[0].cells] == ["Samsung Galaxy", "3", "12.50"]


def test_a_table_on_a_page_from_left_to_right_begins_at_the_left() -> None:
    rows = "خبز من القمح     3      12.50\nحليب طازج جدا    5      48.00\nعسل من الجبل     1       7.30"
    prose = "\n".join(["The things that came in"] * 5)
    [table] = opened(sheet(f"{prose}\n\n\n{rows}")).tables
    assert table._tbl.tblPr.find(qn("w:bidiVisual")) is None


def test_a_page_that_begins_with_a_table_begins_on_a_page() -> None:
    document = opened(sheet("one"), sheet(TABLE))
    assert [paragraph.paragraph_format.page_break_before for paragraph in document.paragraphs] == [
        None,
        True,
        None,
    ]


def test_headings_and_captions_have_the_styles_of_word() -> None:
    blocks = (
        block(line("On otters", 50, 60, size=2)), block(line("Where they live", 50, 130, size=1.4)),
        block(text("a", 50, 200, 6)), block(line("Fig. 3 An otter", 50, 500)),
    )  # fmt: skip
    found = opened(PageText(*SIZE, blocks)).paragraphs
    assert [paragraph.style.name for paragraph in found] == ["Heading 1", "Heading 2", "Normal", "Caption"]
