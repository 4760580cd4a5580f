"""Everything works as plain HTML first."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, NewContext
from tests.browser.steps import text_of
from tests.files import save_pdf, says
from tests.people import Person
from tests.sites import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(visit: NewContext, site: Site, person: Person) -> Page:
    context = visit(site, java_script_enabled=False)
    context.add_cookies(person.cookies())
    return context.new_page()


def test_a_pdf_is_uploaded_read_and_downloaded_without_a_script(
    plain: Page, person: Person, complaints: Complaints, tmp_path: Path
) -> None:
    pages = [says(f"This is page {number}.") for number in range(1, 8)]
    plain.goto("/")
    plain.get_by_role("link", name="Choose files").click()
    plain.locator("#files").set_input_files(save_pdf(tmp_path / "seven.pdf", *pages, size=(400, 200)))
    plain.get_by_label("English").check()
    plain.get_by_role("button", name="Read", exact=True).click()
    expect(plain.get_by_role("heading", level=1, name="seven")).to_be_visible()
    person.finished(plain.url)

    plain.reload()
    expect(text_of(plain, 1)).to_have_text("This is page 1.")
    plain.get_by_role("link", name="Later pages").click()
    expect(text_of(plain, 7)).to_have_text("This is page 7.")
    plain.get_by_role("link", name="Plain text").last.click()
    expect(plain.locator("body")).to_have_text("This is page 7.")
    plain.go_back()
    with plain.expect_download() as download:
        plain.get_by_role("link", name="Download text").click()
    assert "This is page 4." in download.value.path().read_text()

    plain.get_by_role("link", name="Read again").click()
    expect(plain.get_by_role("heading", level=1, name="Read again")).to_be_visible()
    plain.get_by_role("textbox", name="Pages").fill("2-3")
    plain.get_by_role("main").get_by_role("button", name="Read again").click()
    expect(plain.get_by_role("heading", level=1, name="seven")).to_be_visible()
    person.finished(plain.url)
    plain.get_by_role("link", name="Readings").click()
    expect(plain.locator(".run")).to_have_count(2)
    complaints.forgive("favicon.ico")  # which browsers ask for where there is no HTML


def test_a_mistake_is_said_without_a_script_too(plain: Page, complaints: Complaints, tmp_path: Path) -> None:
    empty = tmp_path / "empty.png"
    empty.touch()
    plain.goto("/upload/")
    plain.locator("#files").set_input_files(empty)
    plain.get_by_role("button", name="Read", exact=True).click()
    expect(plain.get_by_role("alert").filter(visible=True)).to_have_text(
        "empty.png This file is empty. Copy or scan it again, then send it."
    )
    complaints.forgive("422")


def test_a_hit_is_found_and_walked_to_without_a_script(plain: Page, person: Person, tmp_path: Path) -> None:
    texts = ("An orchid.", "Nothing.", "Two orchids, one orchid.")
    url = person.send_and_wait(save_pdf(tmp_path / "three.pdf", *map(says, texts), size=(400, 200)))
    plain.goto("/")
    plain.get_by_role("searchbox", name="Search").fill("orchid")
    plain.get_by_role("searchbox", name="Search").press("Enter")
    plain.locator("a.result-hit", has_text="An orchid").click()
    expect(plain).to_have_url(f"{url}?page=1&q=orchid&from=3#hit")
    expect(plain.get_by_text("Hit 1 of 3")).to_be_visible()
    plain.get_by_role("link", name="Next hit").click()
    expect(plain.get_by_text("Hit 2 of 3")).to_be_visible()
    expect(plain.locator("#hit")).to_be_in_viewport()
    expect(plain.locator("#hit")).to_have_text("orchids")
    plain.get_by_role("link", name="Show without hits").click()
    expect(plain.locator(".hit")).to_have_count(0)
