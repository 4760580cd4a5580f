"""Word documents as python-docx, which is not ours, opens them."""

from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from tests.documents.ocr.formats.pages import SCRIPTS, sheet, written


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
