"""A table of the page in the text beside its image: shown as one, walked through, corrected."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Locator, Page, expect

from documents.ocr.elements import Block, Line, PageText
from tests.browser.conftest import Complaints, NewContext
from tests.browser.steps import expect_accessible, expect_usable, phone, text_of
from tests.documents.ocr.formats.pages import sheet, written
from tests.files import FONT
from tests.people import Person
from tests.sites import Site, wait_until

pytestmark = pytest.mark.browser

INVOICE = """\
Thank you for your order.

Item                      Ordered        Price        Total    Remarks
Table lamp, brass              12        48.50       582.00    delivered by ship
Window blind                    2       112.00       224.00
Letter box                      1        65.00        65.00    ordered anew
Delivery                                              35.00

To be paid within thirty days."""


LONG = "reduced-for-Christmas"  # wider than a gap between two cells


def drawn(page: PageText, path: Path) -> Path:
    """An image of the words, each as high as its box."""
    image = Image.new("L", (page.width, page.height), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 15)
    for word in page.words:
        pen.text(word.box[:2], word.text, fill="black", font=font)
    image.save(path)
    return path


@pytest.fixture
def url(person: Person, tmp_path: Path) -> str:
    """The address of a document of one page with an invoice, whose text came along."""
    page = replace(sheet(INVOICE), rotation=0)
    text = tmp_path / "scan.hocr"
    text.write_bytes(written("hocr", page))
    return person.send_and_wait(drawn(page, tmp_path / "scan.png"), text)


@pytest.fixture
def invoice(reader: Page, url: str) -> Page:
    return opened(reader, url)


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator("#page-1 .word").first).to_be_attached()
    return page


_CELLS = """text => [...text.querySelectorAll("tr")].map(
    (row) => [...row.cells].map((cell) => cell.textContent.trim()),
)"""


def rows(page: Page) -> list[list[str]]:
    """The texts of the cells of each row."""
    found: list[list[str]] = text_of(page).evaluate(_CELLS)
    return found


SHOWN = [
    ["Item", "Ordered", "Price", "Total", "Remarks"],
    ["Table lamp, brass", "12", "48.50", "582.00", "delivered by ship"],
    ["Window blind", "2", "112.00", "224.00", ""],
    ["Letter box", "1", "65.00", "65.00", "ordered anew"],
    ["Delivery", "", "", "35.00", ""],
]


def word(page: Page, text: str) -> Locator:
    return text_of(page).locator("td .word, th .word").get_by_text(text, exact=True)


def typed(page: Page, text: str) -> None:
    """That the field is there, with ``text`` in it."""
    field = page.locator(".correct-field")
    expect(field).to_be_focused()
    expect(field).to_have_value(text)


def expect_line(page: Page, person: Person, url: str, text: str) -> None:
    """In the text at the site, which may take a moment."""
    wait_until(
        lambda: text in person.document(url)["pages"][0]["text"].split("\n"), seconds=10, what=f"“{text}”"
    )
    expect(page.locator("[data-status]")).to_have_text("Saved")


def test_a_table_is_one(invoice: Page) -> None:
    assert rows(invoice) == SHOWN
    expect(invoice.get_by_role("columnheader", name="Price", exact=True)).to_be_visible()
    expect(text_of(invoice).locator("p")).to_have_text(
        ["Thank you for your order.", "To be paid within thirty days."]
    )
    expect_accessible(invoice)


def test_arrows_lead_through_its_cells(invoice: Page) -> None:
    word(invoice, "brass").focus()
    invoice.keyboard.press("ArrowRight")
    expect(word(invoice, "12")).to_be_focused()
    invoice.keyboard.press("ArrowDown")
    expect(word(invoice, "2")).to_be_focused()
    invoice.keyboard.press("ArrowUp")
    invoice.keyboard.press("ArrowLeft")
    expect(word(invoice, "brass")).to_be_focused()


def test_a_cell_is_corrected_and_that_is_undone(invoice: Page, person: Person, url: str) -> None:
    word(invoice, "48.50").click()
    invoice.keyboard.press("e")
    typed(invoice, "48.50")
    invoice.keyboard.type("49.50")
    invoice.keyboard.press("Tab")
    typed(invoice, "582.00")
    expect_line(invoice, person, url, "Table lamp, brass 12 49.50 582.00 delivered by ship")
    assert rows(invoice)[1][2] == "49.50"
    invoice.keyboard.press("Control+z")
    expect(word(invoice, "48.50")).to_be_attached()
    assert rows(invoice) == SHOWN
    invoice.reload()
    expect(invoice.locator("#page-1 .word").first).to_be_attached()
    assert rows(invoice) == SHOWN


def test_words_are_split_joined_put_in_and_taken_out(invoice: Page, person: Person, url: str) -> None:
    word(invoice, "blind").click()
    invoice.keyboard.press("e")
    typed(invoice, "blind")
    invoice.keyboard.type("blind, white")
    invoice.keyboard.press("Tab")
    typed(invoice, "2")
    expect_line(invoice, person, url, "Window blind, white 2 112.00 224.00")
    assert rows(invoice)[2][0] == "Window blind, white"
    invoice.keyboard.press("Shift+Tab")
    typed(invoice, "white")
    invoice.keyboard.press("Alt+a")
    typed(invoice, "")
    invoice.keyboard.type("wood")
    invoice.keyboard.press("Enter")
    typed(invoice, "2")
    expect_line(invoice, person, url, "Window blind, white wood 2 112.00 224.00")
    assert rows(invoice)[2][0] == "Window blind, white wood"
    invoice.keyboard.press("Shift+Tab")
    typed(invoice, "wood")
    invoice.keyboard.press("Alt+Delete")
    expect_line(invoice, person, url, "Window blind, white 2 112.00 224.00")
    assert rows(invoice)[2][:2] == ["Window blind, white", "2"]
    word(invoice, "blind,").click()
    typed(invoice, "blind,")
    invoice.keyboard.press("Alt+j")
    expect_line(invoice, person, url, "Window blind,white 2 112.00 224.00")
    assert rows(invoice)[2][:2] == ["Window blind,white", "2"]


def test_a_word_comes_into_the_cell_before_or_after_which_it_is_put(
    invoice: Page, person: Person, url: str
) -> None:
    word(invoice, "112.00").click()
    invoice.keyboard.press("e")
    typed(invoice, "112.00")
    invoice.keyboard.press("Alt+b")
    typed(invoice, "")
    invoice.keyboard.type("EUR")
    invoice.keyboard.press("Enter")
    expect_line(invoice, person, url, "Window blind 2 EUR 112.00 224.00")
    assert rows(invoice)[2] == ["Window blind", "2", "EUR 112.00", "224.00", ""]


@pytest.mark.parametrize(
    ("key", "cells"),
    [
        ("Alt+a", ["Letter box", "1", f"65.00 {LONG}", "65.00", "ordered anew"]),
        ("Alt+b", ["Letter box", "1", f"{LONG} 65.00", "65.00", "ordered anew"]),
    ],
)
def test_a_word_longer_than_the_gap_leaves_the_columns_as_they_are(
    invoice: Page, key: str, cells: list[str]
) -> None:
    word(invoice, "65.00").first.click()
    invoice.keyboard.press("e")
    typed(invoice, "65.00")
    invoice.keyboard.press(key)
    typed(invoice, "")
    invoice.keyboard.type(LONG)
    invoice.keyboard.press("Enter")
    expect(word(invoice, LONG)).to_be_attached()
    expect(invoice.locator("[data-status]")).to_have_text("Saved")
    assert rows(invoice)[3] == cells


def cell(page: Page, row: int, column: int) -> Locator:
    return text_of(page).locator("tr").nth(row).locator("td, th").nth(column)


def test_an_empty_cell_is_filled_by_mouse(invoice: Page, person: Person, url: str) -> None:
    expect(cell(invoice, 2, 4)).not_to_have_attribute("tabindex", "0")
    invoice.keyboard.press("e")
    typed(invoice, "Thank")
    expect_accessible(invoice)
    cell(invoice, 2, 4).click()
    typed(invoice, "")
    invoice.keyboard.type("sent in white")
    invoice.keyboard.press("Tab")
    typed(invoice, "Letter")
    expect_line(invoice, person, url, "Window blind 2 112.00 224.00 sent in white")
    assert rows(invoice)[2] == ["Window blind", "2", "112.00", "224.00", "sent in white"]
    invoice.keyboard.press("Control+z")
    expect(cell(invoice, 2, 4)).to_have_text("")
    assert rows(invoice) == SHOWN
    expect(cell(invoice, 2, 4)).to_have_attribute("tabindex", "0")
    cell(invoice, 4, 4).click()
    typed(invoice, "")
    invoice.keyboard.press("Escape")
    invoice.get_by_role("button", name="Done").click()
    expect(cell(invoice, 2, 4)).not_to_have_attribute("tabindex", "0")
    assert rows(invoice) == SHOWN


def test_an_empty_cell_is_filled_by_keyboard(invoice: Page, person: Person, url: str) -> None:
    word(invoice, "Delivery").click()
    invoice.keyboard.press("e")
    typed(invoice, "Delivery")
    invoice.keyboard.press("Escape")
    expect(word(invoice, "Delivery")).to_be_focused()
    invoice.keyboard.press("ArrowRight")
    expect(cell(invoice, 4, 1)).to_be_focused()
    expect(cell(invoice, 4, 1)).to_have_accessible_name("Empty cell, row 5, column 2")
    invoice.keyboard.press("ArrowLeft")
    expect(word(invoice, "Delivery")).to_be_focused()
    for _press in range(3):
        invoice.keyboard.press("ArrowRight")
    expect(word(invoice, "35.00")).to_be_focused()
    invoice.keyboard.press("ArrowLeft")
    invoice.keyboard.press("ArrowUp")
    expect(word(invoice, "65.00").first).to_be_focused()
    word(invoice, "Delivery").focus()
    for _press in range(2):
        invoice.keyboard.press("ArrowRight")
    expect(cell(invoice, 4, 2)).to_be_focused()
    invoice.keyboard.press("Enter")
    typed(invoice, "")
    invoice.keyboard.type("35.00")
    invoice.keyboard.press("Enter")
    expect_line(invoice, person, url, "Delivery 35.00 35.00")
    assert rows(invoice)[4] == ["Delivery", "", "35.00", "35.00", ""]
    lines = invoice.request.get(f"{url}pages/1/words").json()["lines"]
    boxes = {
        (line, at): word[2:6] for line, [*_box, words] in enumerate(lines) for at, word in enumerate(words)
    }
    above, made = boxes[(4, 3)], boxes[(5, 1)]
    assert made[2] == pytest.approx(above[2], abs=2)  # sums end at one edge
    assert made[1::2] == boxes[(5, 0)][1::2]
    invoice.reload()
    expect(invoice.locator("#page-1 .word").first).to_be_attached()
    assert rows(invoice)[4] == ["Delivery", "", "35.00", "35.00", ""]


def test_a_row_is_typed_anew_as_a_line(invoice: Page, person: Person, url: str) -> None:
    word(invoice, "box").click()
    invoice.keyboard.press("e")
    typed(invoice, "box")
    invoice.keyboard.press("Alt+l")
    typed(invoice, "Letter box 1 65.00 65.00 ordered anew")
    invoice.keyboard.type("Letter box 1 66.00 66.00 ordered anew")
    invoice.keyboard.press("Enter")
    expect_line(invoice, person, url, "Letter box 1 66.00 66.00 ordered anew")
    assert rows(invoice)[3] == ["Letter box", "1", "66.00", "66.00", "ordered anew"]


def test_what_is_searched_is_marked_in_its_cells(reader: Page, url: str) -> None:
    opened(reader, f'{url}?q="box 1 65.00"')
    hits = text_of(reader).locator("td mark.hit")
    expect(hits).to_have_text(["box", "1", "65.00"])
    expect(word(reader, "box")).to_be_visible()


def test_a_table_is_copied_cell_by_cell(invoice: Page) -> None:
    invoice.get_by_role("button", name="Copy text").click()
    expect(invoice.get_by_role("button", name="Copied")).to_be_visible()
    copied = invoice.evaluate("navigator.clipboard.readText()")
    assert "order.\n\nItem\tOrdered\tPrice" in copied
    assert "\nDelivery\t\t\t35.00\t\n\nTo be" in copied


def test_a_cell_of_two_lines_is_copied_as_one(reader: Page, person: Person, tmp_path: Path) -> None:
    page = replace(sheet(INVOICE), rotation=0)
    order, (head, lamp, *others), paid = (block.lines for block in page.blocks)
    torn = Line.of(lamp.words[:2]), Line.of(lamp.words[2:])
    page = replace(page, blocks=tuple(map(Block.of, (order, [head, *torn, *others], paid))))
    text = tmp_path / "torn.hocr"
    text.write_bytes(written("hocr", page))
    opened(reader, person.send_and_wait(drawn(page, tmp_path / "torn.png"), text))
    assert "lamp,\nbrass" in rows(reader)[1][0]
    reader.get_by_role("button", name="Copy text").click()
    expect(reader.get_by_role("button", name="Copied")).to_be_visible()
    assert "\nTable lamp, brass\t12\t" in reader.evaluate("navigator.clipboard.readText()")


def test_a_wide_table_moves_in_its_frame(visit: NewContext, site: Site, person: Person, url: str) -> None:
    page = opened(phone(visit, site, person), url)
    frame = page.get_by_role("group", name="Table 1")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    expect_usable(page)
    expect(word(page, "ship")).not_to_be_in_viewport()
    frame.focus()
    page.keyboard.press("ArrowRight")
    wait_until(lambda: frame.evaluate("frame => frame.scrollLeft > 0"), seconds=5, what="The move")
    frame.evaluate("frame => (frame.scrollLeft = 0)")
    word(page, "by").focus()
    page.keyboard.press("ArrowRight")
    expect(word(page, "ship")).to_be_in_viewport(ratio=1)


def test_only_a_table_that_is_moved_in_its_frame_is_a_stop_of_the_tab_key(invoice: Page) -> None:
    frame = invoice.get_by_role("group", name="Table 1")
    expect(frame).to_have_attribute("tabindex", "-1")
    invoice.set_viewport_size({"width": 400, "height": 800})
    expect(frame).to_have_attribute("tabindex", "0")
    invoice.set_viewport_size({"width": 1600, "height": 900})
    expect(frame).to_have_attribute("tabindex", "-1")


def test_a_table_that_is_drawn_anew_is_no_stop_either(invoice: Page) -> None:
    frame = invoice.get_by_role("group", name="Table 1")
    expect(frame).to_have_attribute("tabindex", "-1")
    frame.evaluate("frame => (frame.dataset.is = 'old')")
    word(invoice, "Delivery").click()
    invoice.keyboard.press("e")
    typed(invoice, "Delivery")
    invoice.keyboard.press("Alt+Delete")
    expect(frame).not_to_have_attribute("data-is", "old")
    expect(frame).to_have_attribute("tabindex", "-1")


def test_tables_are_offered_where_there_is_one(invoice: Page) -> None:
    invoice.locator("summary").get_by_text("Formats", exact=True).click()
    for name in ("Tables (Excel)", "Tables (CSV)"):
        expect(invoice.get_by_role("link", name=name)).to_be_visible()


@pytest.mark.parametrize("name", ["xlsx", "tables"])
def test_who_asks_for_tables_where_there_are_none_is_told_so(
    reader: Page, person: Person, tmp_path: Path, complaints: Complaints, name: str
) -> None:
    text = tmp_path / "letter.hocr"
    text.write_bytes(written("hocr", replace(sheet("Hello world"), rotation=0)))
    url = person.send_and_wait(drawn(sheet("Hello world"), tmp_path / "letter.png"), text)
    opened(reader, url).locator("summary").get_by_text("Formats", exact=True).click()
    expect(reader.get_by_role("link", name="List of words (CSV)")).to_be_visible()
    expect(reader.get_by_role("link", name="Tables (")).to_have_count(0)
    reader.goto(f"{url}download/{name}")
    expect(reader.get_by_role("main")).to_contain_text("No table was found here.")
    reader.get_by_role("link", name="Open the document").click()
    expect(text_of(reader)).to_contain_text("Hello world")
    complaints.forgive("404")


def test_a_table_is_one_without_a_script(visit: NewContext, site: Site, person: Person, url: str) -> None:
    context = visit(site, java_script_enabled=False)
    context.add_cookies(person.cookies())
    page = context.new_page()
    page.goto(f"{url}pages/1/edit/")
    box = page.get_by_role("textbox", name="Text of the page")
    box.fill(box.input_value().replace("48.50", "49.50"))
    page.get_by_role("button", name="Save").click()
    expect(text_of(page).get_by_role("cell", name="49.50")).to_be_visible()
    expect(text_of(page).get_by_role("row")).to_have_count(5)
