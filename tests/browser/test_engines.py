"""The engine is chosen in plain words, and says what it cannot read before anything is sent."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.steps import choose_languages, expect_accessible, picture, tab_to
from tests.people import Person

pytestmark = pytest.mark.browser


def test_the_engine_is_folded_away_and_its_limits_are_told_at_once(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    reader.goto(person.send_and_wait(picture(tmp_path / "fruit.png", "Green apples")))
    reader.get_by_role("link", name="Read again").click()
    dialog = reader.get_by_role("dialog", name="Read again")
    photos, beyond = dialog.get_by_role("radio", name="For photos and receipts"), dialog.get_by_role("status")
    expect(photos).to_be_hidden()
    tab_to(reader, dialog.get_by_text("Choose the engine"))
    reader.keyboard.press("Enter")
    photos.check()
    choose_languages(reader, "Russian")
    expect(beyond.filter(has_text="This engine cannot read: Russian.")).to_be_visible()
    expect_accessible(reader)
    dialog.get_by_role("radio", name="Automatic").check()
    expect(beyond.filter(has_text="cannot read")).to_have_count(0)


def test_a_refused_language_leaves_the_engine_in_sight(
    reader: Page, person: Person, tmp_path: Path, complaints: Complaints
) -> None:
    url = person.send_and_wait(picture(tmp_path / "fruit.png", "Green apples"))
    reader.goto(f"{url}runs/new/")
    choose_languages(reader, "Russian")
    reader.get_by_text("Choose the engine").click()
    reader.get_by_role("radio", name="For photos and receipts").check()
    reader.get_by_role("button", name="Read again").click()
    expect(reader.get_by_role("alert")).to_contain_text("The engine “RapidOCR” cannot read Russian (rus).")
    expect(reader.get_by_role("radio", name="For photos and receipts")).to_be_checked()
    complaints.forgive("422")
