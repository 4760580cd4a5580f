"""Tags, notes, title and place of a document, without a mouse."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.steps import expect_document, picture, tab_to
from tests.people import Person

pytestmark = pytest.mark.browser


@pytest.fixture
def document(reader: Page, person: Person, tmp_path: Path) -> Page:
    """The page of a document that has been read."""
    reader.goto(person.send_and_wait(picture(tmp_path / "one.png", "Hello world")))
    return reader


def test_a_document_is_tagged_by_keyboard(document: Page) -> None:
    field = document.get_by_role("combobox", name="Add a tag")
    tab_to(document, field)
    for typed in ("tax/2024", "urgent"):
        document.keyboard.type(typed)
        document.keyboard.press("Enter")
        expect(document.locator(".tags").get_by_role("link", name=typed)).to_be_visible()
        expect(document.locator("#tags.htmx-added")).to_have_count(0)  # htmx gives the focus only then
        expect(field).to_be_focused()
    document.keyboard.press("Shift+Tab")
    expect(document.get_by_role("button", name="Remove the tag urgent")).to_be_focused()
    document.keyboard.press("Enter")
    expect(document.locator(".tag")).to_have_text(["tax/2024"])
    expect(field).to_be_focused()
    document.reload()
    expect(document.locator(".tag")).to_have_text(["tax/2024"])


def test_a_document_is_renamed_and_noted_by_keyboard(document: Page, complaints: Complaints) -> None:
    tab_to(document, document.get_by_role("link", name="Edit", exact=True))
    document.keyboard.press("Enter")
    dialog = document.get_by_role("dialog", name="Title, date, collection")
    title = dialog.get_by_label("Title")
    tab_to(document, title)
    document.keyboard.press("Control+A")
    document.keyboard.type("  ")
    document.keyboard.press("Enter")
    expect(dialog.get_by_text("A name needs at least one character that can be seen.")).to_be_visible()
    complaints.forgive("422")
    tab_to(document, title)
    document.keyboard.press("Control+A")
    document.keyboard.type("Letter from the museum")
    document.keyboard.press("Enter")
    expect_document(document, "Letter from the museum")

    tab_to(document, document.locator("#notes summary"))
    document.keyboard.press("Enter")
    tab_to(document, document.get_by_label("Note", exact=True))
    document.keyboard.type("Answered in May")
    tab_to(document, document.get_by_role("button", name="Add the note"))
    document.keyboard.press("Enter")
    expect(document.locator(".note-text")).to_have_text("Answered in May")

    document.get_by_role("link", name="History", exact=True).click()
    lines = document.get_by_role("dialog", name="History").locator(".trail li span")
    expect(lines.nth(0)).to_contain_text("wrote a note")
    expect(lines.nth(1)).to_contain_text("renamed it from “one” to “Letter from the museum”")


def test_a_click_beside_the_tag_field_is_not_lost(document: Page) -> None:
    document.get_by_role("combobox", name="Add a tag").focus()
    document.get_by_role("group").filter(has_text="Add a note").locator("summary").click()
    expect(document.get_by_label("Note", exact=True)).to_be_visible()


def test_what_comes_to_nothing_says_so(document: Page, person: Person, complaints: Complaints) -> None:
    person.post(f"{document.url.removeprefix(person.site.url)}trash/", {})
    document.get_by_role("combobox", name="Add a tag").fill("late")
    document.keyboard.press("Enter")
    expect(document.get_by_text("it is gone, or you may no longer change it")).to_be_visible()
    complaints.forgive("404")


def test_long_names_keep_their_place(document: Page, person: Person) -> None:
    url = document.url
    assert "Wide" * 50 in person.post("/collections/", {"name": "Wide" * 50}).text
    document.set_viewport_size({"width": 390, "height": 800})
    for address in ("/", "/upload/", f"{url}edit/", "/collections/"):
        document.goto(address)
        assert document.evaluate("document.documentElement.scrollWidth") == 390, address
    document.set_viewport_size({"width": 1280, "height": 800})
    document.goto(url)
    document.get_by_role("link", name="Edit", exact=True).click()
    dialog = document.locator("#sheet")
    expect(dialog.get_by_label("Collection")).to_be_visible()
    assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")


def test_long_names_fit_a_phone(reader: Page, person: Person, tmp_path: Path) -> None:
    url = person.send_and_wait(picture(tmp_path / f"{'Annual_statement_' * 7}.png", "Hello world"))
    person.post(f"{url}tags/", {"tags": f"{'/'.join('abcdefghijklmnopqrstuvwxyz')}, {'long' * 25}"})
    path = url.removeprefix(person.site.url)
    pages = [f"{path}{part}/" for part in ("edit", "history", "found", "notes", "runs")]
    for width in (390, 1280):
        reader.set_viewport_size({"width": width, "height": 800})
        for address in ("", "tags/", *pages):
            reader.goto(person.site.at(f"/{address}"))
            assert reader.evaluate("document.documentElement.scrollWidth") == width, address
    reader.goto(person.site.url)
    deepest = reader.locator(".side").get_by_role("link", name="z", exact=True)
    assert deepest.bounding_box()["width"] > 80  # type: ignore[index]


def test_the_roles_of_members_stand_below_each_other(reader: Page, person: Person, other: Person) -> None:
    shared = person.post("/collections/", {"name": f"Shared by {person.name}"}).url
    person.post(f"{shared}invite/", {"name": other.name, "role": "viewer"})
    [invitation] = re.findall(r'action="(/invitations/\d+/)"', other.get("/").text)
    other.post(invitation, {"answer": "accept"})
    for width in (390, 1280):
        reader.set_viewport_size({"width": width, "height": 800})
        reader.goto(shared)
        menus = reader.locator(".members select")
        expect(menus).to_have_count(2)
        edges = "all => all.map((one) => [one.getBoundingClientRect().x, one.offsetWidth])"
        mine, theirs = menus.evaluate_all(edges)
        assert mine == theirs
