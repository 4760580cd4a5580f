"""ALTO as lxml and XML Schema, which are not ours, see it."""

from dataclasses import replace

import pytest
from lxml.etree import _Element as Element
from lxml.etree import fromstring

from documents.ocr.elements import Line
from documents.ocr.formats.entry import PageEntry
from tests.documents.ocr.formats.pages import INVOICE, SCRIPTS, of_entries, sheet, vertical, written
from tests.documents.ocr.formats.schemas import validate

NAMES = {"": "http://www.loc.gov/standards/alto/ns-v4#"}


def parsed(*pages: object, **kwargs: object) -> Element:
    return fromstring(written("alto", *pages, **kwargs))


def test_a_word_has_its_text_place_and_confidence_from_0_to_1() -> None:
    first, second = parsed(sheet("Hello <world>")).findall(".//String", NAMES)
    assert (first.get("CONTENT"), second.get("CONTENT")) == ("Hello", "<world>")
    assert [first.get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")] == ["0", "0", "50", "20"]
    assert first.get("WC") == "0.875"


def test_all_pages_stand_in_one_file_in_pixels() -> None:
    root = parsed(sheet("one"), None, sheet("three"))
    assert root.findtext(".//MeasurementUnit", namespaces=NAMES) == "pixel"
    pages = root.findall(".//Page", NAMES)
    assert [page.get("PHYSICAL_IMG_NR") for page in pages] == ["1", "2", "3"]
    assert [page.get("WIDTH") for page in pages] == ["1000", None, "1000"]
    assert [len(page.findall(".//String", NAMES)) for page in pages] == [1, 0, 1]


def test_the_image_and_the_engine_are_named() -> None:
    root = parsed(None, sheet("two"))
    assert root.findtext(".//fileName", namespaces=NAMES) == "scan.png"
    assert root.findtext(".//softwareName", namespaces=NAMES) == "tesseract"
    assert root.findtext(".//softwareVersion", namespaces=NAMES) == "5.3.0"


def test_languages_are_told_by_their_tags() -> None:
    page = parsed(sheet("Hello", ("deu", "chi_sim", "Latin"))).find(".//Page", NAMES)
    assert (page.get("LANG"), page.get("OTHERLANGS")) == ("de", "zh-Hans und-Latn")


def test_a_space_stands_between_words_of_scripts_that_have_one() -> None:
    def tags(text: str) -> list[str]:
        return [child.tag.rpartition("}")[2] for child in parsed(sheet(text)).find(".//TextLine", NAMES)]

    assert tags("to be") == ["String", "SP", "String"]
    assert tags("今天 天气") == ["String", "String"]


@pytest.mark.parametrize(
    ("page", "direction"),
    [
        (sheet("Hello"), "ltr"),
        (sheet("مرحبا 123"), "rtl"),
        (vertical("吾輩は"), "ttb"),
    ],
)
def test_lines_say_which_way_they_run(page: object, direction: str) -> None:
    assert parsed(page).find(".//TextLine", NAMES).get("BASEDIRECTION") == direction


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_schema_is_kept(script: str) -> None:
    validate("alto", written("alto", None, sheet(*SCRIPTS[script]), vertical("吾輩", "は"), sheet("")))


def test_the_schema_is_kept_by_lines_without_words() -> None:
    page = sheet("Hello")
    block = replace(page.blocks[0], lines=(Line((), page.blocks[0].box),))
    validate("alto", written("alto", replace(page, blocks=(block,))))


def test_the_schema_is_kept_where_nothing_is_known() -> None:
    validate("alto", of_entries("alto", []))
    validate("alto", of_entries("alto", [PageEntry(1, sheet("a", ()))]))


def test_a_table_is_a_block_of_blocks() -> None:
    root = parsed(sheet(f"Dear Sir\n\n{INVOICE}\n\nThank you"))
    [table] = root.findall(".//ComposedBlock", NAMES)
    assert (table.get("TYPE"), table.get("VPOS"), table.get("HEIGHT")) == ("table", "60", "140")
    assert len(table.findall("TextBlock/TextLine", NAMES)) == 5
    kinds = [block.tag.rpartition("}")[2] for block in root.find(".//PrintSpace", NAMES)]
    assert kinds == ["TextBlock", "ComposedBlock", "TextBlock"]


def test_the_schema_is_kept_by_tables() -> None:
    validate("alto", written("alto", sheet(f"Dear Sir\n{INVOICE}\nThank you"), sheet(INVOICE)))
