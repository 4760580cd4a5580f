from collections.abc import Sequence
from dataclasses import replace

import pytest

from documents.ocr.elements import Word
from documents.ocr.formats.flow import Paragraph, paragraphs, parts
from documents.ocr.layout.tables import Cell, Table, find_tables
from tests.documents.ocr.formats.pages import sheet, vertical


def flowing(text: str, *, from_right: bool = False) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(sheet(text, from_right=from_right))]


def test_lines_that_the_paper_broke_are_joined() -> None:
    assert flowing("the third box of letters\nhas been scanned. Most\nof them are in English.") == [
        "the third box of letters has been scanned. Most of them are in English."
    ]


def test_a_line_that_ends_early_ends_there_on_purpose() -> None:
    assert flowing("Dr Anna Long\n12 Mill Lane\nYork\nThe United Kingdom") == [
        "Dr Anna Long\n12 Mill Lane\nYork\nThe United Kingdom"
    ]


def test_a_short_paragraph_is_measured_by_those_around() -> None:
    text = (
        "To all\nDear friends,\n\nthe third box of letters\nhas been scanned. Most\nof them are in English."
    )
    assert flowing(text)[0] == "To all\nDear friends,"


def test_columns_of_a_table_keep_their_rows() -> None:
    assert flowing("Rye bread       7.80\nApple cake     14.50") == ["Rye bread\t7.80\nApple cake\t14.50"]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("a long exam-\nple of words", "a long exam\u00adple of words"),
        ("a long exam\u00ac\nple of words", "a long exam\u00adple of words"),
        ("a long exam=\nple of words", "a long exam\u00adple of words"),
        ("a long exam-\nple of exam-\nples here", "a long exam\u00adple of exam\u00adples here"),
        ("in the year 1990-\nand then some", "in the year 1990- and then some"),
    ],
)
def test_a_hyphenated_word_is_one_word_again(text: str, joined: str) -> None:
    assert flowing(text) == [joined]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Anna Meyer-\nSchmidt came", "Anna Meyer-Schmidt came"),
        ("ein\nE-\nx", "ein E-x"),
        (
            "the man who is so well-\nknown, our well-known man",
            "the man who is so well-known, our well-known man",
        ),
    ],
)
def test_the_hyphen_of_a_word_stays(text: str, joined: str) -> None:
    assert flowing(text) == [joined]


def test_a_hyphen_that_stands_for_the_rest_of_a_word_divides_none() -> None:
    assert flowing("sie hat alle Vor-\nund Nachteile") == ["sie hat alle Vor- und Nachteile"]


def test_scripts_without_spaces_are_joined_without() -> None:
    assert flowing("今天天气很好我们\n一起去公园散步吧") == ["今天天气很好我们一起去公园散步吧"]


def test_text_from_the_right_is_measured_at_its_left_end() -> None:
    assert flowing("مرحبا بالعالم هذا\nنص عربي\nهنا", from_right=True) == ["مرحبا بالعالم هذا نص عربي\nهنا"]


def test_columns_of_vertical_writing_are_joined() -> None:
    [paragraph] = paragraphs(vertical("吾輩は猫で", "ある名前"))
    assert (paragraph.text, paragraph.direction) == ("吾輩は猫である名前", "ttb")


def _table(*lines: Sequence[Word]) -> Table:
    """A real one, with other words: a row for each of ``lines``."""
    [table] = find_tables(sheet("Item         Price\nBread         1.50\nMilk          2.00"))
    return replace(table, rows=tuple((Cell(tuple(words), 0),) for words in lines), columns=1, head=0)


def _words(found: Sequence[Paragraph | Table]) -> list[str]:
    """Those of all parts."""
    cells = [text for part in found if isinstance(part, Table) for row in part.texts for text in row]
    texts = [part.text for part in found if not isinstance(part, Table)]
    return " ".join((*cells, *texts)).split()


def test_no_word_beside_a_table_is_lost() -> None:
    page = sheet("note bread 1.50 jam 2\nhere milk 0.90 tea 3 end\n\nThank you")
    first, second, _thanks = page.lines
    left = _table(first.words[1:3], second.words[1:3])
    right = _table(first.words[3:], second.words[3:5])
    found = list(parts(page, (left, right)))
    assert sorted(_words(found)) == sorted(page.text.split())
    assert [part for part in found if isinstance(part, Table)] == [left, right]
