"""A file that came before is a choice in the list of the upload."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import expect_document, picture, tab_to, upload
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


def test_both_are_kept(reader: Page, person: Person, tmp_path: Path) -> None:
    file = picture(tmp_path / "twice.png", "Twice")
    first = person.send(file)
    upload(reader, file)
    reader.get_by_role("button", name="Keep both").click()
    expect_document(reader, "twice")
    assert not reader.url.endswith(first)
    expect(reader.get_by_role("button", name="Keep both")).to_have_count(0)
