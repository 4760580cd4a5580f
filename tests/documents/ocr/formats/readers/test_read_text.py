"""What is exported comes back the same, and what is hostile or no text at all is refused in time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from documents.errors import (
    FileTooLarge,
    OcrsiteError,
    PageTooFull,
    TextDamaged,
    TextTooComplex,
    TextUnknown,
    TextUnsafe,
)
from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.formats import form_of
from documents.ocr.formats.readers import TextOfPage, read_text
from documents.ocr.insets import insets
from tests.documents.ocr.formats.pages import INVOICE, SCRIPTS, sheet, vertical, written

FORMS = ("hocr", "alto", "page")
Read = Callable[[bytes], list[TextOfPage]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_bytes(data: bytes) -> list[TextOfPage]:
        (tmp_path / "text").write_bytes(data)
        return read_text(tmp_path / "text")

    return read_bytes


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("script", [script for script in SCRIPTS if script != "any"])
def test_what_is_written_is_read_the_same(read: Read, form: str, script: str) -> None:
    text, languages = SCRIPTS[script]
    page = sheet(f"{text}\n{text}\n\n{text}", languages, from_right=script == "Arabic")
    [found] = read(written(form_of(form, is_alone=True), page))
    assert (found.page, found.image) == (page, "scan.png")


@pytest.mark.parametrize("form", FORMS)
def test_columns_are_read_the_same(read: Read, form: str) -> None:
    [found] = read(written(form_of(form, is_alone=True), vertical("吾輩は猫", "である")))
    assert (found.page.blocks, found.page.languages) == (vertical("吾輩は猫", "である").blocks, ("jpn",))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("item", "from_right"), [("Lamp", False), ("מנורה", True)])
def test_tables_are_read_the_same(read: Read, form: str, item: str, from_right: bool) -> None:
    rows = "\n".join(f"{item}      {count}      {count}2.50" for count in range(1, 5))
    page = sheet(f"Dear Sir\n\n{rows}\n\nThank you", from_right=from_right)
    assert insets(page)
    [found] = read(written(form_of(form, is_alone=True), page))
    assert found.page == page
    assert insets(found.page) == insets(page)


@pytest.mark.parametrize("form", FORMS)
def test_a_table_inside_of_a_paragraph_keeps_its_lines(read: Read, form: str) -> None:
    page = sheet(f"Dear Sir\n{INVOICE}\nThank you")
    [found] = read(written(form_of(form, is_alone=True), page))
    assert [line.text for line in found.page.lines] == [line.text for line in page.lines]
    assert found.page.words == page.words


@pytest.mark.parametrize("form", FORMS)
def test_all_languages_of_a_page_are_kept_in_their_order(read: Read, form: str) -> None:
    languages = ("rus", "ara", "chr", "Latin", "eng")
    [found] = read(written(form_of(form, is_alone=True), sheet("a", languages)))
    assert found.page.languages == languages


@pytest.mark.parametrize("form", FORMS)
def test_spaces_that_no_script_tells_are_kept(read: Read, form: str) -> None:
    boxes = [Box(20 * at, 0, 20 * at + 15, 10) for at in range(5)]
    pairs = zip(("to", "be", ".", "天", "气"), (None, None, False, None, True), boxes, strict=True)
    line = Line.of([Word(text, 80.0, box, space) for text, space, box in pairs])
    page = PageText(100, 100, (Block.of([line]),), ("eng",))
    [found] = read(written(form_of(form, is_alone=True), page))
    assert (found.page.text, found.page.blocks) == ("to be. 天 气", page.blocks)


@pytest.mark.parametrize("form", ["hocr", "alto"])
def test_pages_that_were_not_read_keep_their_place(read: Read, form: str) -> None:
    one, three = sheet("one"), sheet("")
    found = read(written(form, one, None, three))
    assert [page.number for page in found] == [1, 2, 3]
    assert [page.page and page.page.text for page in found] == ["one", None, ""]


@pytest.mark.parametrize("form", FORMS)
def test_what_xml_has_no_room_for_does_no_harm(read: Read, form: str) -> None:
    [found] = read(written(form_of(form, is_alone=True), sheet(SCRIPTS["any"][0])))
    assert found.page.text == "a\ufffdb \ufffd ]]> '\"\\ \ufffd é \U0001f600"


def alto(inside: str, head: str = "") -> bytes:
    line = f"<TextBlock><TextLine>{inside}</TextLine></TextBlock>"
    return f'{head}<alto><Page WIDTH="9" HEIGHT="9"><PrintSpace>{line}</PrintSpace></Page></alto>'.encode()


def test_text_is_composed_and_without_control_characters(read: Read) -> None:
    [found] = read(alto('<String CONTENT="e&#x301;&#x85;a&#x200e;&#xfdd0;"/>'))
    assert found.page.text == "é a"


def test_rules_of_dots_are_cut(read: Read) -> None:
    [found] = read(alto(f'<String CONTENT="{"." * 450}"/>'))
    assert [len(word.text) for word in found.page.words] == [200, 200, 50]


def test_utf_16_and_marks_at_the_start_are_read(read: Read) -> None:
    content = alto('<String CONTENT="é"/>').decode()
    for data in (content.encode("utf-8-sig"), content.encode("utf-16")):
        assert read(data)[0].page.text == "é"


_LAUGHS = '<!DOCTYPE alto [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
_OUTSIDE = '<!DOCTYPE alto [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (alto('<String CONTENT="&b;"/>', _LAUGHS), TextUnsafe),
        (alto("<String>&a;</String>", _OUTSIDE), TextUnsafe),
        (b"<alto>" + b"<a>" * 200, TextTooComplex),
        (b"<html><br>" + b"<div>" * 200 + b"</html>", TextTooComplex),
        (b"<alto><Page>" + b"<a/>" * 300_001, TextTooComplex),
        (b"<alto>" + b"<Page/>" * 20_001, TextTooComplex),
        (b'<alto><Page a="' + b"x" * 5_000_000, TextTooComplex),
        (alto('<String CONTENT="a"/>' * 20_001), PageTooFull),
        (alto(f'<String CONTENT="{" " * 2_100_000}"/>'), PageTooFull),
        (alto("<String CONTENT='a'/>", '<?xml version="1.0" encoding="shift_jis"?>'), TextDamaged),
        (alto("<String CONTENT='a'/>", '<?xml version="1.0" encoding="none"?>'), TextDamaged),
        (alto("&nothing;"), TextDamaged),
        (b"<svg/>", TextUnknown),
        (b"<html><body>words</body></html>", TextUnknown),
        (b"<alto></alto>", TextUnknown),
        (b"words", TextUnknown),
        (b"<alto>" + b" " * 50_000_000, FileTooLarge),
    ],
    ids=range(17),
)
def test_hostile_and_other_files_are_refused(read: Read, data: bytes, error: type[OcrsiteError]) -> None:
    with pytest.raises(error):
        read(data)


def test_files_outside_are_not_fetched(read: Read, tmp_path: Path) -> None:
    (tmp_path / "more.dtd").write_text('<!ENTITY secret "found">')
    head = f'<!DOCTYPE alto SYSTEM "{tmp_path}/more.dtd">'
    [found] = read(alto('<String CONTENT="a"/>&secret;', head))
    assert found.page.text == "a"


def test_any_boxes_are_boxes_on_the_page(read: Read) -> None:
    numbers = ("-1e9", "NaN", "99999999999", "-5", "0", "4.7", "", "x")
    for x in numbers:
        for width in numbers:
            string = f'<String CONTENT="ab cd" HPOS="{x}" VPOS="1" WIDTH="{width}" HEIGHT="-3"/>'
            page = read(alto(string))[0].page
            assert page.text == "ab cd"
            assert all(0 <= word.box.x0 < word.box.x1 <= 9 for word in page.words)


def test_the_same_page_twice_is_read_twice_the_same(read: Read) -> None:
    page = replace(sheet("one"), rotation=0)
    first, second = read(written("alto", page, page))
    assert first.page == second.page == page
