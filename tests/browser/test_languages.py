"""What a document was read as, and the better languages that are offered for it."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.steps import expect_accessible, text_of
from tests.files import text_image
from tests.people import Person

pytestmark = pytest.mark.browser

RUSSIAN = (
    "Окно кухни выходит в сад, и летом",
    "вместе с утренним воздухом в дом",
    "проникает сильный запах роз.",
    "Наш поезд опоздал на сорок минут,",
    "потому что у старого моста на пути",
    "упало очень большое дерево.",
)
ENGLISH = (
    "The kitchen window faces the garden,",
    "and in summer the smell of roses comes",
    "in together with the morning air.",
    "Our train was forty minutes late today,",
    "because near the old bridge a very",
    "large tree had fallen across the line.",
)
GERMAN = (
    "Das Küchenfenster geht auf den Garten,",
    "und im Sommer kommt mit der Morgenluft",
    "der schöne Duft der Rosen herein.",
    "Unser Zug hatte vierzig Minuten",
    "Verspätung, weil bei der alten Brücke",
    "ein großer Baum auf die Gleise fiel.",
    "Bitte bringen Sie zu der Besprechung am",
    "Donnerstag Ihre eigene Tasse mit.",
)


def column(lines: tuple[str, ...]) -> Image.Image:
    return text_image(lines, size=(900, 600), px=40)


def columns(left: tuple[str, ...], right: tuple[str, ...], path: Path) -> Path:
    page = Image.new("L", (1800, 600), 255)
    page.paste(column(left), (0, 0))
    page.paste(column(right), (900, 0))
    page.save(path, dpi=(300, 300))
    return path


def test_a_page_of_two_columns_is_read_in_the_languages_of_both(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    both = columns(RUSSIAN, ENGLISH, tmp_path / "both.png")
    reader.goto(person.send_and_wait(both, languages=[]))
    facts = reader.locator("#facts")
    expect(facts).to_contain_text("read as English, Russian (sure)")
    expect(text_of(reader)).to_contain_text("проникает сильный запах роз.")
    expect(text_of(reader)).to_contain_text("large tree had fallen across the line.")
    facts.get_by_role("link", name="Change the languages").click()
    expect(reader.get_by_role("dialog", name="Read again")).to_be_visible()


@pytest.mark.parametrize(
    ("wrong", "lines", "right", "told"),
    [
        ("eng", RUSSIAN, "Russian", "проникает сильный запах роз"),
        ("eng", GERMAN, "German", "schöne Duft der Rosen"),
    ],
)
def test_a_page_in_the_wrong_language_is_read_in_the_right_one_by_a_click(
    reader: Page, person: Person, tmp_path: Path, wrong: str, lines: tuple[str, ...], right: str, told: str
) -> None:
    column(lines).save(tmp_path / "letter.png", dpi=(300, 300))
    reader.goto(person.send_and_wait(tmp_path / "letter.png", languages=[wrong]))
    doubts = reader.locator("#doubts")
    expect(doubts).to_contain_text(f"This page seems to be in {right}.")
    expect_accessible(reader)
    doubts.get_by_role("button", name=f"Read again in {right}").click()
    expect(text_of(reader)).to_contain_text(told)
    expect(doubts.get_by_role("button")).to_have_count(0)
    expect(reader.locator("#facts")).to_contain_text(right)
