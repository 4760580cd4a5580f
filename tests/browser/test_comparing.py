"""What became of a page's text: its history, other readings, and one correction in many places."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, NewContext
from tests.browser.steps import expect_accessible, tab_to, text_of
from tests.files import save_pdf, says
from tests.people import Person
from tests.sites import Site

pytestmark = pytest.mark.browser

# A person has no page to type a correction on in this test: it is made as the services make it.
_CORRECT = """
from documents.models import Page
from documents.ocr.correcting.operations import ReplaceWord
from documents.services.correct import correct
page = Page.objects.select_related("document", "current").get(document={document!r}, number={number})
correct(
    user=page.document.uploaded_by,
    page=page,
    current_id=page.current_id,
    operations=[ReplaceWord(0, {word}, {text!r})],
)
"""

Correct = Callable[..., None]


@pytest.fixture
def url(person: Person, tmp_path: Path) -> str:
    """A document of two pages."""
    pages = [says("Green apples and pears."), says("Red apples, no pears.")]
    return person.send_and_wait(save_pdf(tmp_path / "fruit.pdf", *pages, size=(500, 200)))


@pytest.fixture
def correct(site: Site, url: str) -> Correct:
    def correct(text: str, *, word: int, number: int = 1) -> None:
        document = url.split("/")[-2]
        site.manage("shell", "-c", _CORRECT.format(document=document, number=number, word=word, text=text))

    return correct


def read_again(person: Person, url: str) -> None:
    person.post(f"{url}runs/new/", {"languages": ["fra"]})
    person.finished(url)


def test_an_earlier_text_is_looked_at_and_shown_again(reader: Page, url: str, correct: Correct) -> None:
    correct("plums", word=3)
    reader.goto(url)
    reader.locator(".document-actions summary", has_text="More").click()
    reader.get_by_role("link", name="Texts of page 1", exact=True).click()
    expect(reader.get_by_role("heading", name="Corrected")).to_be_visible()
    expect(reader.locator(".changed-lines del")).to_contain_text("pears.")
    expect(reader.locator(".changed-lines ins")).to_contain_text("plums")
    expect_accessible(reader)
    reader.get_by_role("button", name="Restore the text of").click()
    expect(reader.get_by_text("The page shows this text again.")).to_be_visible()
    expect(reader.get_by_role("heading", name="Restored: English")).to_be_visible()
    reader.get_by_role("link", name="fruit").click()
    expect(text_of(reader)).to_have_text("Green apples and pears.")


def test_some_words_of_a_waiting_reading_are_taken_by_keyboard(
    reader: Page, person: Person, url: str, correct: Correct
) -> None:
    correct("Blue", word=0)
    correct("plums", word=3)
    correct("cherries", word=3, number=2)
    read_again(person, url)
    reader.goto(url)
    expect(reader.get_by_text("2 pages that were corrected or proofread have a new reading")).to_be_visible()
    reader.get_by_role("link", name="Decide").click()
    expect(reader.get_by_text("2 differences")).to_be_visible()
    expect(reader.locator(".cut")).to_have_count(2)
    expect_accessible(reader)
    tab_to(reader, reader.get_by_role("checkbox", name="gone: plums"))
    reader.keyboard.press("Space")
    tab_to(reader, reader.get_by_role("button", name="Take ticked"))
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", name="Page 2: a new reading waits")).to_be_visible()
    reader.get_by_role("button", name="Keep my text").click()
    expect(text_of(reader, 2)).to_have_text("Red apples, no cherries")
    expect(text_of(reader, 1)).to_have_text("Blue apples and pears.")
    expect(reader.get_by_text("new reading that waits")).to_have_count(0)


def test_who_is_too_late_finds_the_ticks_again(
    reader: Page, person: Person, url: str, correct: Correct, complaints: Complaints
) -> None:
    correct("plums", word=3)
    read_again(person, url)
    reader.goto(f"{url}pages/1/compare/")
    reader.get_by_role("checkbox", name="All on this screen").check()
    expect(reader.get_by_role("checkbox", name="gone: plums")).to_be_checked()
    correct("Blue", word=0)
    reader.get_by_role("button", name="Take ticked").click()
    expect(reader.get_by_role("alert")).to_contain_text("What you ticked is still ticked below")
    expect(reader.get_by_role("checkbox", name="gone: plums")).to_be_checked()
    expect(reader.get_by_role("checkbox", name="gone: Blue")).not_to_be_checked()
    expect_accessible(reader)
    reader.get_by_role("button", name="Take ticked").click()
    expect(text_of(reader)).to_have_text("Blue apples and pears.")
    complaints.forgive("409")


def test_a_reading_is_chosen_for_each_page(reader: Page, person: Person, url: str) -> None:
    read_again(person, url)
    reader.goto(url)
    reader.get_by_role("link", name="Readings").click()
    reader.get_by_role("link", name="Compare readings").click()
    row = reader.locator("#page-2")
    expect(row.get_by_text("B is shown")).to_be_visible()
    expect_accessible(reader)
    reader.get_by_role("button", name="Use A for page 2").click()
    expect(reader.get_by_text("Page 2 now shows this reading.")).to_be_visible()
    expect(row.get_by_text("A is shown")).to_be_visible()
    expect(reader.locator("#page-1").get_by_text("B is shown")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_word_is_corrected_everywhere_and_taken_back(
    visit: NewContext, site: Site, person: Person, url: str, has_script: bool
) -> None:
    context = visit(site, java_script_enabled=has_script)
    context.add_cookies(person.cookies())
    page = context.new_page()
    page.goto(f"{url}misreadings/")
    page.get_by_label("Word as it was read").fill("apples")
    page.get_by_label("Right word").fill("figs")
    page.get_by_role("button", name="Find the places").click()
    expect(page.get_by_text("2 places")).to_be_visible()
    expect(page.locator(".cut")).to_have_count(2)
    page.get_by_role("checkbox", name="apples,").uncheck()
    page.get_by_role("button", name="Correct ticked").click()
    expect(page.get_by_text("Corrected on 1 page.")).to_be_visible()
    expect(text_of(page, 1)).to_have_text("Green figs and pears.")
    expect(text_of(page, 2)).to_have_text("Red apples, no pears.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back on 1 page.")).to_be_visible()
    expect(text_of(page, 1)).to_have_text("Green apples and pears.")


def test_who_corrects_everywhere_goes_on_where_they_were(reader: Page, url: str) -> None:
    def expect_back_on_page_2(told: str) -> None:
        expect(reader.get_by_text(told)).to_be_in_viewport()
        expect(reader.locator("#page-2 > .correct-field")).to_be_focused()
        expect(reader.locator("#page-number")).to_have_value("2")

    reader.goto(f"{url}?page=2")
    reader.keyboard.press("e")
    expect(reader.get_by_role("textbox", name="Word 1 of line 1")).to_have_value("Red")
    reader.keyboard.press("Tab")
    reader.keyboard.type("figs,")
    reader.keyboard.press("Alt+g")
    reader.get_by_label("Word as it was read").fill("pears")
    reader.get_by_label("Right word").fill("plums")
    reader.get_by_role("button", name="Find the places").click()
    reader.get_by_role("button", name="Correct ticked").click()
    expect_back_on_page_2("Corrected on 2 pages.")
    expect(text_of(reader, 2)).to_contain_text("figs, no plums.")
    reader.locator(".message").get_by_role("button", name="Undo").click()
    expect_back_on_page_2("Taken back on 2 pages.")
    expect(text_of(reader, 2)).to_contain_text("figs, no pears.")


def test_undoing_takes_back_what_was_corrected_everywhere_as_one(reader: Page, url: str) -> None:
    def expect_at(number: int, text: str) -> None:
        expect(reader.locator(f"#page-{number} > .correct-field")).to_be_focused()
        expect(reader.locator(".correct-field")).to_have_value(text)

    reader.goto(f"{url}?page=2")
    reader.keyboard.press("e")
    expect_at(2, "Red")
    reader.keyboard.type("Blue")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Alt+g")
    reader.get_by_label("Word as it was read").fill("pears")
    reader.get_by_label("Right word").fill("plums")
    reader.get_by_role("button", name="Find the places").click()
    reader.get_by_role("button", name="Correct ticked").click()
    expect(reader.get_by_text("Corrected on 2 pages.")).to_be_visible()
    expect_at(2, "apples,")
    reader.keyboard.type("figs,")
    reader.keyboard.press("Tab")
    expect_at(2, "no")
    reader.keyboard.press("Control+z")
    expect_at(2, "apples,")
    reader.keyboard.press("Control+z")
    expect(reader.get_by_text("Taken back on 2 pages.")).to_be_visible()
    expect_at(2, "apples,")
    expect(text_of(reader, 1)).to_have_text("Green apples and pears.")
    expect(text_of(reader, 2)).to_contain_text("no pears.")
    reader.keyboard.press("Control+z")
    expect_at(2, "Red")


def test_all_of_it_works_without_a_script(
    visit: NewContext, site: Site, person: Person, url: str, correct: Correct
) -> None:
    correct("plums", word=3)
    read_again(person, url)
    context = visit(site, java_script_enabled=False)
    context.add_cookies(person.cookies())
    page = context.new_page()
    page.goto(f"{url}pages/1/compare/")
    expect(page.get_by_text("All on this screen")).to_be_hidden()
    page.get_by_role("checkbox", name="gone: plums").check()
    page.get_by_role("button", name="Take ticked").click()
    expect(text_of(page)).to_have_text("Green apples and pears.")
    page.goto(f"{url}pages/1/history/")
    page.get_by_role("link", name="What changed in the text of").nth(1).click()
    expect(page.locator(".changed-lines ins")).to_contain_text("plums")
    page.get_by_role("button", name="Restore the text of").nth(1).click()
    expect(page.get_by_text("The page shows this text again.")).to_be_visible()
