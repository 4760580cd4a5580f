"""PAGE as lxml, zipfile and XML Schema, which are not ours, see it."""

import zipfile
from io import BytesIO

import pytest
from lxml.etree import _Element as Element
from lxml.etree import fromstring

from documents.ocr.elements import PageText
from documents.ocr.formats import FORMATS, PageEntry, PageError
from documents.ocr.formats.page_names import languages_of, script_of
from documents.ocr.languages import PACKS
from tests.documents.ocr.formats.pages import SCRIPTS, of_entries, sheet, vertical, written
from tests.documents.ocr.formats.schemas import validate

NAMES = {"": "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"}
ALONE = FORMATS["page"].alone


def parsed(page: PageText) -> Element:
    return fromstring(written(ALONE, page))


def test_a_document_is_a_file_for_each_page() -> None:
    with zipfile.ZipFile(BytesIO(written("page", sheet("one"), None, sheet("three")))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["page-0001.xml", "page-0002.xml", "page-0003.xml"]
        third = fromstring(archive.read("page-0003.xml"))
    assert third.findtext(".//Word/TextEquiv/Unicode", namespaces=NAMES) == "three"


def test_words_lines_and_paragraphs_have_their_text_outline_and_confidence() -> None:
    region = parsed(sheet("Hello world\nagain")).find(".//TextRegion", NAMES)
    assert region.findtext("TextEquiv/Unicode", namespaces=NAMES) == "Hello world\nagain"
    line = region.find("TextLine", NAMES)
    assert line.findtext("TextEquiv/Unicode", namespaces=NAMES) == "Hello world"
    word = line.findall("Word", NAMES)[1]
    assert word.findtext("TextEquiv/Unicode", namespaces=NAMES) == "world"
    assert word.find("TextEquiv", NAMES).get("conf") == "0.875"
    assert word.find("Coords", NAMES).get("points") == "60,0 110,0 110,20 60,20"


def test_paragraphs_are_ordered_as_they_are_read() -> None:
    root = parsed(sheet("one\n\ntwo"))
    order = [ref.get("regionRef") for ref in root.findall(".//RegionRefIndexed", NAMES)]
    texts = {
        region.get("id"): region.findtext("TextEquiv/Unicode", namespaces=NAMES)
        for region in root.findall(".//TextRegion", NAMES)
    }
    assert [texts[region] for region in order] == ["one", "two"]


def test_the_image_the_engine_and_the_turn_are_named() -> None:
    root = parsed(sheet("Hello"))
    page = root.find("Page", NAMES)
    assert (page.get("imageFilename"), page.get("imageWidth")) == ("scan.png", "1000")
    items = {item.get("name"): item.get("value") for item in root.findall(".//MetadataItem", NAMES)}
    assert items == {"recognition": "tesseract 5.3.0", "rotation": "90", "languages": "en"}


@pytest.mark.parametrize(
    ("page", "direction", "order"),
    [
        (sheet("Hello"), "left-to-right", "top-to-bottom"),
        (sheet("مرحبا 123"), "right-to-left", "top-to-bottom"),
        (vertical("吾輩は", "猫"), "top-to-bottom", "right-to-left"),
    ],
)
def test_directions_are_told(page: PageText, direction: str, order: str) -> None:
    region = parsed(page).find(".//TextRegion", NAMES)
    assert (region.get("readingDirection"), region.get("textLineOrder")) == (direction, order)


def test_a_page_that_was_not_read_says_why() -> None:
    why = PageError("page-damaged", "The picture of this page is damaged.")
    root = fromstring(of_entries(ALONE, [PageEntry(2, None, "failed", why)]))
    assert root.findtext(".//Comments", namespaces=NAMES) == why.message
    assert root.find("Page", NAMES).get("imageWidth") == "0"


def test_languages_and_scripts_have_the_names_that_page_gives_them() -> None:
    assert languages_of(["deu", "frk", "slv", "chr", "Latin"]) == ["German", "Slovene", "other"]
    assert script_of(["Vietnamese", "srp"]) == "Cyrl - Cyrillic"
    assert (languages_of([]), script_of([])) == ([], None)


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_schema_is_kept(script: str) -> None:
    validate("page", written(ALONE, sheet(*SCRIPTS[script])))


@pytest.mark.parametrize(
    "page",
    [None, sheet(""), vertical("吾輩は", "猫"), sheet("a", ("rus", "ara", "Latin", "chr"))],
    ids=["waiting", "empty", "vertical", "languages"],
)
def test_the_schema_is_kept_by_unusual_pages(page: PageText | None) -> None:
    validate("page", written(ALONE, page))


def test_the_schema_knows_every_language_and_script() -> None:
    for code in PACKS:
        validate("page", written(ALONE, sheet("a", (code,))))


TABLE = """\
                  Quantity            Money
Item          Ordered     Sent     Price     Total
Lamp               12       12     48.50    582.00
Blind               3        2    112.00    224.00
Chair              40                       758.10"""


def test_a_table_has_a_region_for_each_cell_with_its_place() -> None:
    root = parsed(sheet(f"Dear Sir\n\n{TABLE}\n\nThank you"))
    [table] = root.findall(".//TableRegion", NAMES)
    assert (table.get("rows"), table.get("columns")) == ("5", "5")
    cells = {
        cell.findtext("TextEquiv/Unicode", namespaces=NAMES): dict(
            cell.find("Roles/TableCellRole", NAMES).attrib
        )
        for cell in table.findall("TextRegion", NAMES)
    }
    assert cells["Money"] == {"rowIndex": "0", "columnIndex": "3", "colSpan": "2", "header": "true"}
    assert cells["Sent"] == {"rowIndex": "1", "columnIndex": "2", "header": "true"}
    assert cells["758.10"] == {"rowIndex": "4", "columnIndex": "4"}


def test_the_cells_of_a_table_are_ordered_in_its_place() -> None:
    root = parsed(sheet(f"Dear Sir\n\n{TABLE}\n\nThank you"))
    first, group, last = root.find(".//OrderedGroup", NAMES)
    table = root.find(".//TableRegion", NAMES)
    assert (group.get("index"), group.get("regionRef")) == ("1", table.get("id"))
    cells = [cell.get("id") for cell in table.findall("TextRegion", NAMES)]
    assert [ref.get("regionRef") for ref in group] == cells
    assert (first.get("index"), last.get("index")) == ("0", "2")


def test_the_schema_is_kept_by_tables() -> None:
    validate("page", written(ALONE, sheet(f"Dear Sir\n{TABLE}\nThank you")))
    validate("page", written(ALONE, sheet(TABLE)))
