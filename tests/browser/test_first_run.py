"""From the printed link to the first account, and in and out again."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Complaints, NewContext
from tests.sites import PASSWORD, Site

pytestmark = pytest.mark.browser


def test_the_printed_link_makes_one_administrator_and_opens_nothing_afterwards(
    new_site: Site, visit: NewContext, complaints: Complaints
) -> None:
    page = visit(new_site).new_page()
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    for address in ("/welcome/", "/welcome/?key=guessed"):
        page.goto(address)
        expect(page.get_by_role("heading", name="This link does not open the site")).to_be_visible()
        expect(page.get_by_label("Username")).to_have_count(0)
    complaints.forgive("403")

    page.goto(new_site.welcome_link())
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, once more").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", name="Turn paper into text")).to_be_visible()
    assert new_site.rows("SELECT username, is_superuser FROM accounts_user") == [("anna", 1)]

    page.locator("summary", has_text="anna").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.goto(new_site.welcome_link()).status == 410
    complaints.forgive("410")
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_label("Password")).to_be_visible()

    page.goto("/upload/")
    page.locator("[name=login]").fill("anna")
    page.locator("[name=password]").fill("a wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".errorlist")).to_be_visible()
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Upload")).to_be_visible()
