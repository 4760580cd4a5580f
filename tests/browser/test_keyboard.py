"""No mouse: shortcuts, and the Tab key alone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import expect_document, picture, tab_to, text_of
from tests.people import Person

pytestmark = pytest.mark.browser


def test_shortcuts_find_upload_and_explain_themselves(reader: Page) -> None:
    reader.keyboard.press("?")
    help_ = reader.get_by_role("dialog", name="Keyboard shortcuts")
    expect(help_).to_be_visible()
    reader.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    reader.keyboard.press("u")
    sheet = reader.get_by_role("dialog", name="Upload")
    expect(sheet).to_be_visible()
    reader.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    reader.keyboard.press("/")
    expect(reader.get_by_role("combobox", name="Search")).to_be_focused()
    reader.keyboard.type("u?")
    expect(reader.get_by_role("combobox", name="Search")).to_have_value("u?")


def test_where_there_is_no_room_for_the_search_the_key_leads_to_it(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    reader.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 %
    reader.goto(person.send(picture(tmp_path / "one.png", "Hello world")))
    expect(reader.get_by_role("combobox", name="Search")).to_be_hidden()
    reader.keyboard.press("/")
    expect(reader.get_by_role("heading", level=1, name="Archive")).to_be_visible()
    expect(reader.get_by_role("combobox", name="Search")).to_be_focused()


def test_shortcuts_can_be_turned_off(reader: Page) -> None:
    reader.keyboard.press("?")
    reader.get_by_label("Use these shortcuts").uncheck()
    reader.keyboard.press("Escape")
    reader.keyboard.press("/")
    expect(reader.get_by_role("combobox", name="Search")).not_to_be_focused()


def test_a_picture_is_uploaded_and_its_text_copied_by_keyboard_alone(reader: Page, tmp_path: Path) -> None:
    files = [picture(tmp_path / "one.png", "Hello world"), picture(tmp_path / "two.png", "Привет мир!")]
    reader.on("filechooser", lambda chooser: chooser.set_files(files))
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("link", name="Skip to the content")).to_be_focused()
    reader.keyboard.press("u")
    dialog = reader.get_by_role("dialog", name="Upload")
    expect(dialog).to_be_visible()

    tab_to(reader, dialog.locator("#files"))
    reader.keyboard.press("Enter")
    expect(dialog.locator(".file")).to_have_count(2)
    tab_to(reader, dialog.get_by_role("combobox", name="Add a language"))
    for name in ("English", "Russian"):
        reader.keyboard.type(name.lower())
        reader.keyboard.press("Enter")
        expect(dialog.locator(".chip", has_text=name)).to_be_visible()
    tab_to(reader, dialog.get_by_label("Read all images as one document, in this order"))
    reader.keyboard.press("Space")
    tab_to(reader, dialog.get_by_role("button", name="Read", exact=True))
    reader.keyboard.press("Enter")

    expect_document(reader, "one")
    expect(text_of(reader, 1)).to_have_text("Hello world")
    expect(text_of(reader, 2)).to_have_text("Привет мир!")
    tab_to(reader, reader.locator("#page-2").get_by_role("button", name="Copy text"))
    reader.keyboard.press("Enter")
    expect(reader.locator("#page-2").get_by_role("button", name="Copied")).to_be_focused()
    assert reader.evaluate("navigator.clipboard.readText()") == "Привет мир!"
    reader.keyboard.press("k")
    expect(reader.get_by_label("Page", exact=True)).to_have_value("1")
    reader.keyboard.press("c")
    expect(reader.locator("#page-1").get_by_role("button", name="Copied")).to_be_visible()
    assert reader.evaluate("navigator.clipboard.readText()") == "Hello world"


def test_a_dialog_gives_the_focus_back(reader: Page, person: Person, tmp_path: Path) -> None:
    url = person.send_and_wait(picture(tmp_path / "one.png", "Hello world"))
    reader.goto(url)
    readings = reader.get_by_role("link", name="Readings")
    readings.focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("dialog", name="Readings")).to_be_visible()
    reader.keyboard.press("Escape")
    expect(readings).to_be_focused()
