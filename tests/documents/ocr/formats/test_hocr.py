import pytest
from lxml import html
from lxml.html import HtmlElement

from documents.ocr.elements import Box, PageText, as_read
from documents.ocr.formats import PageEntry
from documents.ocr.formats.hocr import HocrError, read_hocr
from tests.documents.ocr.formats.pages import INVOICE, SCRIPTS, of_entries, sheet, written

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title></title></head><body>
<div class='ocr_page' title='image "x"; bbox 0 0 200 100'>"""


def hocr(*words: str, line: str = "ocr_line") -> bytes:
    """A page of 200 by 100 with one line of ``words`` (elements)."""
    inside = f"<p class='ocr_par'><span class='{line}' title='bbox 0 0 9 9'>{''.join(words)}</span></p>"
    return f"{HEAD}{inside}</div></body></html>".encode()


def word(text: str, title: str = "bbox 10 20 30 40; x_wconf 96") -> str:
    return f"<span class='ocrx_word' title='{title}'>{text}</span>"


def only_word(*elements: str) -> tuple[str, float, Box]:
    [block] = read_hocr(hocr(*elements), width=200, height=100)
    [found] = block.lines[0].words
    return found.text, found.confidence, found.box


def test_a_word_has_its_text_confidence_and_box() -> None:
    assert only_word(word("Hello")) == ("Hello", 96.0, Box(10, 20, 30, 40))


def test_entities_and_nested_markup_are_text() -> None:
    assert only_word(word("<strong><em>Tom</em></strong>&amp;<em>Jerry</em>"))[0] == "Tom&Jerry"


def test_text_is_composed() -> None:
    assert only_word(word("e\u0301te\u0301"))[0] == "été"


def test_marks_of_direction_are_dropped_but_joiners_are_kept() -> None:
    assert only_word(word("\u200fשלום\u200e"))[0] == "שלום"
    assert only_word(word("می\u200cخواهم"))[0] == "می\u200cخواهم"


def test_control_characters_do_no_harm() -> None:
    assert only_word(word("a\x00b\x0cc"))[0] == "abc"


@pytest.mark.parametrize("none", ["\ufffe", "\uffff", "\ufdd0", "\U0010ffff"])
def test_what_is_no_character_is_left_out(none: str) -> None:
    assert only_word(word(f"a{none}b"))[0] == "ab"


def test_words_without_text_are_left_out() -> None:
    assert only_word(word(" "), word("<em></em>"), word("left"))[0] == "left"


def test_a_page_of_empty_words_has_no_blocks() -> None:
    assert read_hocr(hocr(word(" ")), width=200, height=100) == ()


def test_a_word_without_confidence_is_a_guess() -> None:
    assert only_word(word("Hello", "bbox 1 2 3 4"))[1] == 0.0


def test_a_box_is_clipped_to_the_page() -> None:
    assert only_word(word("wide", "bbox -5 90 300 120; x_wconf 50"))[2] == Box(0, 90, 200, 100)


@pytest.mark.parametrize("line", ["ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"])
def test_every_kind_of_line_is_read(line: str) -> None:
    [block] = read_hocr(hocr(word("Hello"), line=line), width=200, height=100)
    assert block.text == "Hello"


def test_lines_and_blocks_are_drawn_around_their_words() -> None:
    words = word("a", "bbox 10 20 30 40; x_wconf 9"), word("b", "bbox 50 10 60 30; x_wconf 9")
    [block] = read_hocr(hocr(*words), width=200, height=100)
    assert block.box == block.lines[0].box == Box(10, 10, 60, 40)


@pytest.mark.parametrize(
    "nonsense",
    [
        b"",
        b"Segmentation fault",
        b"<html/>",
        b"\xff\xfe\x00",
        hocr(word("off", "bbox 500 20 600 40; x_wconf 96")),
        hocr(word("reversed", "bbox 30 20 10 40; x_wconf 96")),
        hocr(word("nowhere", "x_wconf 96")),
    ],
)
def test_nonsense_is_refused(nonsense: bytes) -> None:
    with pytest.raises(HocrError):
        read_hocr(nonsense, width=200, height=100)


@pytest.mark.parametrize(
    ("written", "read"), [("γρ\u00b5α", "γρμα"), ("\u00b5έρος", "μέρος"), ("5 \u00b5m", "5 \u00b5m")]
)
def test_greek_has_its_own_letter_and_not_the_sign_of_the_micrometre(written: str, read: str) -> None:
    assert as_read(written) == read


def parsed(*pages: PageText | None, title: str = "A letter") -> HtmlElement:
    """As a parser of HTML, which is not ours, sees it."""
    return html.document_fromstring(written("hocr", *pages, title=title))


def test_the_words_of_each_page_are_written_with_their_place() -> None:
    first, second, third = parsed(sheet("Hello <world>"), None, sheet("again")).find_class("ocr_page")
    assert [word.text for word in first.find_class("ocrx_word")] == ["Hello", "<world>"]
    assert first.find_class("ocrx_word")[1].get("title") == "bbox 60 0 130 20; x_wconf 87.5"
    assert first.get("title") == 'image "scan.png"; bbox 0 0 1000 1200; ppageno 0; x_rotation 90'
    assert second.find_class("ocrx_word") == []
    assert third.text_content().strip() == "again"


def test_the_document_says_what_it_is() -> None:
    page = parsed(sheet("Hello", ("deu", "eng")), title="Tom & <Jerry>")
    assert page.findtext(".//title") == "Tom & <Jerry>"
    facts = {meta.get("name"): meta.get("content") for meta in page.iter("meta")}
    assert facts["ocr-system"] == "tesseract 5.3.0"
    [shown] = page.find_class("ocr_page")
    assert (shown.get("lang"), shown.find_class("ocr_line")[0].get("dir")) == ("de", None)


def test_an_empty_title_hides_nothing() -> None:
    assert parsed(sheet("Hello"), title="").find_class("ocrx_word")


def test_lines_from_the_right_are_marked_so() -> None:
    assert parsed(sheet("مرحبا بالعالم")).find_class("ocr_line")[0].get("dir") == "rtl"


def test_spaces_are_written_where_the_script_has_them() -> None:
    texts = [
        page.text_content().split("\n")
        for page in parsed(sheet("to be\nor"), sheet("今天 天气")).find_class("ocr_page")
    ]
    assert texts == [["", "to be", "or"], ["", "今天天气"]]


@pytest.mark.parametrize("script", sorted(set(SCRIPTS) - {"any"}))
def test_what_is_written_is_read_as_it_was(script: str) -> None:
    page = sheet(*SCRIPTS[script])
    assert read_hocr(written("hocr", page), width=page.width, height=page.height) == page.blocks


def test_a_name_with_quotes_ends_no_title() -> None:
    page = PageEntry(1, sheet("Hello"), source='my "best"\\scan.png')
    [shown] = html.document_fromstring(of_entries("hocr", [page])).find_class("ocr_page")
    assert shown.get("title").startswith("image \"my 'best'/scan.png\"; bbox")


def test_a_table_is_a_float_with_its_lines() -> None:
    root = html.fromstring(written("hocr", sheet(f"Dear Sir\n{INVOICE}\nThank you")))
    [table] = root.find_class("ocr_table")
    assert table.get("title") == "bbox 0 30 530 170"
    assert len(table.find_class("ocr_line")) == 5
    assert not table.find_class("ocr_carea")
    assert [child.get("class") for child in root.find_class("ocr_page")[0]] == [
        "ocr_carea",
        "ocr_table",
        "ocr_carea",
    ]
    names = root.xpath("//@id")
    assert len(names) == len(set(names))
