"""The reference of the API, to read and to try."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.people import Person
from tests.sites import Site

pytestmark = pytest.mark.browser

# What is wider than the page, and does not scroll within itself.
_BESIDE = """() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element) => getComputedStyle(element).overflowX !== "visible";
    const isHeld = ({ parentElement: up }) => up !== document.body && (scrolls(up) || isHeld(up));
    return [...document.querySelectorAll("body *")]
        .filter((element) => element.getBoundingClientRect().right > width + 1)
        .filter((element) => element.parentElement !== document.body && !isHeld(element))
        .map((element) => `${element.tagName} ${element.className}`);
}"""


@pytest.fixture
def phone(visit: NewContext, site: Site, person: Person) -> Page:
    context = visit(site, viewport={"width": 390, "height": 800}, color_scheme="dark")
    context.add_cookies(person.cookies())
    page = context.new_page()
    page.goto("/api/v1/reference")
    return page


def opened(page: Page, operation: str) -> None:
    page.locator(f".opblock[id$=-{operation}] .opblock-summary-control").click()
    expect(page.locator(f".opblock[id$=-{operation}] .responses-wrapper")).to_be_visible()


def test_what_is_opened_fits_a_phone(phone: Page) -> None:
    for operation in ("upload_document", "change_lines", "recognise"):
        opened(phone, operation)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert phone.evaluate(_BESIDE) == []


def test_it_is_as_dark_as_the_system(phone: Page) -> None:
    def lightness() -> int:
        return phone.evaluate(
            "getComputedStyle(document.documentElement).backgroundColor.match(/[0-9]+/)[0] * 1"
        )

    expect(phone.locator("html")).to_have_class("dark-mode")
    assert lightness() < 60
    phone.emulate_media(color_scheme="light")
    expect(phone.locator("html")).not_to_have_class("dark-mode")


def test_it_leads_back_to_the_site(phone: Page, site: Site) -> None:
    phone.get_by_role("link", name="Go to the archive").click()
    expect(phone).to_have_url(site.url.rstrip("/") + "/")


def test_it_is_tried_with_the_session_of_the_browser(phone: Page) -> None:
    opened(phone, "list_languages")
    operation = phone.locator(".opblock[id$=-list_languages]")
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
