"""Many documents at once, by the keyboard alone, and without scripts."""

from pathlib import Path

import pytest
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
    while not link.is_visible():
        page.get_by_role("link", name="Look how far it is").click()
    with page.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename.endswith(".zip")
