"""Many documents at once, by the keyboard alone, and without scripts."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.steps import picture, tab_to
from tests.people import Person
from tests.sites import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def letters(person: Person, tmp_path: Path) -> list[str]:
    """Titles of three documents."""
    titles = ["one", "two", "three"]
    for title in titles:
        person.send_and_wait(picture(tmp_path / f"{title}.png", "Hello"))
    return titles


def test_documents_are_chosen_trashed_and_brought_back_by_keyboard(reader: Page, letters: list[str]) -> None:
    reader.goto("/")
    bar = reader.get_by_role("form", name="With the chosen documents")
    expect(bar).to_be_hidden()
    for title in ("three", "one"):
        tab_to(reader, reader.get_by_role("checkbox", name=f"Choose “{title}”"))
        reader.keyboard.press("Space")
    expect(bar.get_by_role("status")).to_have_text("2 chosen")
    reader.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    tab_to(reader, reader.get_by_role("checkbox", name="Choose “two”"))
    reader.keyboard.press("Space")
    tab_to(reader, bar.get_by_label("All on this page"))
    reader.keyboard.press("Space")
    expect(bar.get_by_role("status")).to_have_text("3 chosen")
    tab_to(reader, bar.get_by_role("button", name="Move to the trash"))
    reader.keyboard.press("Enter")

    expect(reader.get_by_text("3 documents are in the trash.")).to_be_visible()
    tab_to(reader, reader.get_by_role("button", name="Undo"))
    reader.keyboard.press("Enter")
    expect(reader.get_by_text("3 documents are back in the archive.")).to_be_visible()
    tab_to(reader, reader.get_by_role("link", name="Go back"))
    reader.keyboard.press("Enter")
    expect(reader.locator(".card")).to_have_count(3)


def test_documents_are_renamed_by_keyboard_and_shown_before(reader: Page, letters: list[str]) -> None:
    reader.goto("/?sort=title")
    for title in letters:
        reader.get_by_role("checkbox", name=f"Choose “{title}”").check()
    bar = reader.get_by_role("form", name="With the chosen documents")
    more = bar.locator("summary")
    tab_to(reader, more)
    reader.keyboard.press("Enter")
    expect(bar.get_by_role("button", name="Rename")).to_be_visible()
    assert Axe().run(reader).violations_count == 0
    reader.keyboard.press("Escape")
    expect(bar.get_by_role("button", name="Rename")).to_be_hidden()
    expect(bar.get_by_role("status")).to_have_text("3 chosen")
    expect(more).to_be_focused()
    reader.keyboard.press("Enter")
    tab_to(reader, bar.get_by_role("button", name="Rename"))
    reader.keyboard.press("Enter")

    expect(reader.get_by_text("The first 3 titles:")).to_be_visible()
    reader.get_by_label("New title").fill("Letter {number} ({title})")
    expect(reader.get_by_text("Letter 3 (two)")).to_be_visible()
    reader.get_by_label("New title").fill("{name}")
    expect(reader.get_by_text("“{name}” is not known here.")).to_be_visible()
    assert Axe().run(reader).violations_count == 0
    reader.get_by_label("New title").fill("Letter {number} ({title})")
    reader.keyboard.press("Enter")
    expect(reader.get_by_text("3 documents were renamed.")).to_be_visible()
    reader.get_by_role("link", name="Go back").click()
    titles = ["Letter 1 (one)", "Letter 2 (three)", "Letter 3 (two)"]
    expect(reader.locator(".card-title")).to_have_text(titles)


def test_the_bar_fits_a_phone(visit: NewContext, site: Site, person: Person, letters: list[str]) -> None:
    context = visit(site, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.add_cookies(person.cookies())
    page = context.new_page()
    page.goto("/")
    page.get_by_role("checkbox", name="Choose “two”").check()
    bar = page.get_by_role("form", name="With the chosen documents")
    bar.locator("summary").click()
    boxes = bar.get_by_role("button").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect())")
    assert len(boxes) == 7
    assert all(box["left"] >= 0 and box["right"] <= 390 for box in boxes)
    assert all(box["top"] >= 0 and box["bottom"] <= 844 for box in boxes)


def test_it_works_without_scripts(visit: NewContext, site: Site, person: Person, letters: list[str]) -> None:
    context = visit(site, java_script_enabled=False)
    context.add_cookies(person.cookies())
    page = context.new_page()
    page.goto("/")
    page.get_by_role("checkbox", name="Choose “two”").check()
    page.get_by_role("button", name="Download", exact=True).click()
    page.get_by_label("Original file").check()
    page.get_by_role("button", name="Download", exact=True).click()
    link = page.get_by_role("link", name="Download", exact=True)
    not_yet = page.get_by_role("link", name="Look how far it is")
    expect(link.or_(not_yet)).to_be_visible()
    while not_yet.is_visible():
        with page.expect_navigation():
            not_yet.click()
    with page.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename.endswith(".zip")
