"""Kinds of cleaning are tried and one is chosen; a part of a page is read again by the script."""

from pathlib import Path

import pytest
from PIL import ImageEnhance, ImageFilter
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, NewContext
from tests.browser.steps import expect_accessible, picture, tab_to, text_of
from tests.files import text_image
from tests.people import Person
from tests.sites import Site, wait_until

pytestmark = pytest.mark.browser

# What the viewer does with a rectangle that somebody drew.
_READ_REGION = """async ([module, address, base]) => {
    const { Regions } = await import(module);
    const regions = new Regions(address);
    const read = await regions.read([0.4, 20, 899.6, 115], { layout: "line" });
    const refused = await regions.read([0, 0, 1, 1]).catch(({ code, message }) => ({ code, message }));
    const state = await regions.put(read, base);
    return { text: read.text, refused, changed: state.text !== base, lines: state.words.lines.length };
}"""


@pytest.fixture
def url(person: Person, tmp_path: Path) -> str:
    """A dark photo, out of focus."""
    sharp = text_image(["Green apples and pears", "Red apples, no pears"], size=(900, 300), px=48, mode="RGB")
    dark = ImageEnhance.Brightness(sharp.filter(ImageFilter.GaussianBlur(2.5))).enhance(0.35)
    dark.save(tmp_path / "photo.png")
    return person.send_and_wait(tmp_path / "photo.png")


def test_a_cleaning_is_tried_and_kept_by_keyboard(reader: Page, url: str) -> None:
    reader.goto(f"{url}runs/new/")
    expect(reader.get_by_label("Cleaning")).to_have_value("auto")
    reader.get_by_role("link", name="See what cleaning does to page 1").click()
    expect_accessible(reader)
    reader.get_by_role("button", name="Try them").click()
    expect(reader.get_by_role("button", name="Read the page so")).to_be_visible()
    expect(reader.locator(".cleaning img")).to_have_count(7)
    expect(reader.get_by_role("radio", checked=True)).to_have_count(1)
    expect_accessible(reader)
    reader.get_by_role("radio", name="Sharper").check()
    tab_to(reader, reader.get_by_role("checkbox", name="Clean the pages of this document so"))
    reader.keyboard.press("Space")
    tab_to(reader, reader.get_by_role("button", name="Read the page so"))
    reader.keyboard.press("Enter")
    expect(text_of(reader)).to_contain_text("apples")
    reader.goto(f"{url}runs/new/")
    expect(reader.get_by_label("Cleaning")).to_have_value("sharpen")


def test_all_of_it_works_without_a_script_on_a_phone(
    visit: NewContext, site: Site, person: Person, url: str
) -> None:
    context = visit(site, java_script_enabled=False, viewport={"width": 390, "height": 844})
    context.add_cookies(person.cookies())
    page = context.new_page()
    page.goto(f"{url}pages/1/cleaning/")
    page.get_by_role("button", name="Try them").click()
    address = f"{url}pages/1/cleaning/"
    wait_until(lambda: "Read the page so" in person.get(address).text, seconds=60, what="The trial")
    page.get_by_role("link", name="Look how far it is").click()
    expect(page.get_by_role("button", name="Read the page so")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("radio", name="Even light").check()
    page.get_by_role("button", name="Read the page so").click()
    expect(page).to_have_url(f"{url}?page=1")


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_what_was_read_in_a_tall_part_is_in_sight(
    visit: NewContext, site: Site, person: Person, tmp_path: Path, size: tuple[int, int]
) -> None:
    lines = [f"apples and pears {number}" for number in range(1, 13)]
    text_image(lines, size=(900, 1100), px=64).save(tmp_path / "tall.png")
    context = visit(site, viewport={"width": size[0], "height": size[1]})
    context.add_cookies(person.cookies())
    page = context.new_page()
    page.goto(person.send_and_wait(tmp_path / "tall.png"))
    page.keyboard.press("e")
    expect(page.get_by_role("textbox", name="Word 1 of line 1")).to_be_focused()
    page.keyboard.press("Alt+r")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Read a part again")
    expect(dialog.get_by_label("What is in it")).to_be_focused()
    dialog.get_by_role("button", name="Read", exact=True).click()
    image, text = dialog.get_by_role("img"), dialog.locator("[data-result] p")
    expect(text).to_contain_text("apples and pears 3")
    expect(image).to_be_in_viewport(ratio=1)
    expect(text).to_be_in_viewport(ratio=0.5)
    expect_accessible(page)


def test_a_part_that_was_drawn_is_read_and_put_in(
    reader: Page, person: Person, tmp_path: Path, complaints: Complaints
) -> None:
    url = person.send_and_wait(picture(tmp_path / "fruit.png", "Green apples", "Red pears"))
    reader.goto(url)
    words = reader.evaluate("url => fetch(url).then((answer) => answer.json())", f"{url}pages/1/words")
    module = reader.evaluate("() => document.querySelector('script[type=module][src*=reader]').src")
    region = module.split("/js/")[0] + "/js/correcting/region.js"
    done = reader.evaluate(_READ_REGION, [region, f"{url}pages/1/region/", words["base"]])
    assert done["text"] == "Green apples"
    assert done["refused"]["code"] == "region-missing"
    assert done["changed"]
    assert done["lines"] == 2
    assert person.document(url)["pages"][0]["text"].split() == ["Green", "apples", "Red", "pears"]
    complaints.forgive("422")
