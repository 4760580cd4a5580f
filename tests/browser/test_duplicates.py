"""A file that came before is a choice in the list of the upload."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import expect_document, picture, tab_to, text_of, upload
from tests.people import Person

pytestmark = pytest.mark.browser


def test_a_file_that_is_there_already_is_discarded_by_keyboard(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    file = picture(tmp_path / "twice.png", "Twice")
    first = person.send(file)
    upload(reader, file)
    expect(reader.locator(".file-status")).to_contain_text("You have this file already: twice")
    tab_to(reader, reader.get_by_role("button", name="Discard the new one"))
    reader.keyboard.press("Enter")
    expect_document(reader, "twice")
    assert reader.url.endswith(first)


def test_of_a_third_copy_the_others_are_told(reader: Page, person: Person, tmp_path: Path) -> None:
    file = picture(tmp_path / "twice.png", "Twice")
    for _time in range(2):
        person.send(file)
    upload(reader, file)
    expect(reader.get_by_role("link", name="1 more copy")).to_have_attribute("href", "/duplicates/")
    expect(reader.get_by_role("button", name="Keep all 3")).to_be_visible()


def test_while_a_choice_is_asked_for_there_is_a_way_on(reader: Page, person: Person, tmp_path: Path) -> None:
    file = picture(tmp_path / "twice.png", "Twice")
    person.send(file)
    upload(reader, file)
    expect(reader.get_by_role("button", name="Keep both")).to_be_visible()
    expect(reader.locator("[data-send]")).to_be_hidden()
    reader.get_by_role("link", name="Go to the archive").click()
    expect(reader.locator(".card")).to_have_count(2)


def test_both_are_kept(reader: Page, person: Person, tmp_path: Path) -> None:
    file = picture(tmp_path / "twice.png", "Twice")
    first = person.send(file)
    upload(reader, file)
    reader.get_by_role("button", name="Keep both").click()
    expect_document(reader, "twice")
    assert not reader.url.endswith(first)
    expect(text_of(reader)).to_have_text("Twice")
    expect(reader.get_by_role("button", name="Keep both")).to_have_count(0)


def test_of_several_files_one_that_lies_in_the_trash_is_told(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    file, other = (picture(tmp_path / name, name) for name in ("again.png", "other.png"))
    first = person.send(file)
    person.post(f"{first}trash/", {})
    upload(reader, file, other)
    again = reader.locator(".file", has_text="again.png")
    expect(again.locator(".file-status")).to_contain_text("This file lies in the trash already: again")
    again.get_by_role("button", name="Take it out of the trash").click()
    expect(reader.locator(".card")).to_have_count(3)


def test_the_menu_says_how_many_there_are(reader: Page, person: Person, tmp_path: Path) -> None:
    file = picture(tmp_path / "twice.png", "Twice")
    person.send(file)
    person.send(file)
    reader.goto(person.site.url)
    reader.locator(".menu > summary").first.click()
    link = reader.get_by_role("link", name="Duplicates (1)")
    expect(link).to_be_visible()
    gap = link.evaluate("(link) => getComputedStyle(link).columnGap")
    assert gap not in ("normal", "0px")
