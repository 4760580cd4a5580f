"""The document page: pages arrive, are stepped through, read again, and taken away."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Complaints
from tests.browser.steps import choose_languages, expect_document, picture, text_of, upload
from tests.files import save_pdf, says
from tests.people import Person
from tests.sites import Site

pytestmark = pytest.mark.browser

SMALL = (400, 200)  # points
LONG = 90_000  # milliseconds, in which a busy machine has read a book


def book(path: Path, pages: int) -> Path:
    return save_pdf(path, *(says(f"This is page {number}.") for number in range(1, pages + 1)), size=SMALL)


def test_pages_arrive_while_the_others_are_still_being_read(reader: Page, tmp_path: Path) -> None:
    upload(reader, book(tmp_path / "book.pdf", 24))
    expect_document(reader, "book")
    expect(reader.get_by_role("progressbar", name="Pages read")).to_be_visible()
    expect(reader.locator("#progress")).to_have_text(re.compile(r"Page \d+ of 24, .+ left"))
    expect(text_of(reader, 1)).to_have_text("This is page 1.")
    assert reader.get_by_role("progressbar", name="Pages read").is_visible()
    expect(reader.get_by_role("progressbar", name="Pages read")).to_be_hidden(timeout=LONG)
    expect(reader.locator("#facts")).to_contain_text("24 pages")
    expect(reader.locator("#facts")).to_contain_text("confidence")
    expect(text_of(reader, 2)).to_have_text("This is page 2.")


def test_a_book_is_walked_through_by_key_button_strip_and_address(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    url = person.send_and_wait(book(tmp_path / "book.pdf", 12))
    reader.goto(f"{url}?page=7")
    expect(text_of(reader, 7)).to_be_in_viewport()
    expect(reader.get_by_label("Page", exact=True)).to_have_value("7")
    for act, number in (
        (lambda: reader.keyboard.press("ArrowRight"), 8),
        (lambda: reader.keyboard.press("k"), 7),
        (lambda: reader.get_by_role("button", name="Next page").click(), 8),
        (lambda: reader.get_by_role("navigation", name="Pages").get_by_role("link").nth(9).click(), 10),
        (lambda: reader.keyboard.press("End"), 12),
    ):
        act()
        expect(text_of(reader, number)).to_have_text(f"This is page {number}.")
        expect(text_of(reader, number)).to_be_in_viewport()
        expect(reader).to_have_url(f"{url}?page={number}")
        expect(reader.locator(".strip [aria-current=page]")).to_have_text(re.compile(rf"\b{number}$"))
    reader.keyboard.press("Home")
    expect(reader).to_have_url(url)
    reader.mouse.move(900, 500)
    reader.mouse.wheel(0, 100_000)
    expect(reader).to_have_url(f"{url}?page=12")


_LEFT_TO_SCROLL = {
    "Home": "scrollY",
    "End": "Math.floor(document.documentElement.scrollHeight - innerHeight - scrollY)",
}


@pytest.mark.parametrize(("key", "number"), [("End", 12), ("Home", 1)])
def test_a_key_pressed_before_the_script_is_there_leads_to_the_same_page(
    reader: Page, person: Person, tmp_path: Path, key: str, number: int
) -> None:
    url = person.send_and_wait(book(tmp_path / "book.pdf", 12))
    left = []

    def press_before(route: Route) -> None:
        expect(text_of(reader, 7)).to_be_attached()
        reader.keyboard.press(key)
        left.append(reader.evaluate(_LEFT_TO_SCROLL[key]))
        route.continue_()

    reader.route("**/reader*.js", press_before)
    reader.goto(f"{url}?page=3")
    # What the browser was still to scroll by, it would scroll by from the page that the script shows.
    assert left == [0]
    expect(text_of(reader, number)).to_have_text(f"This is page {number}.")
    expect(text_of(reader, number)).to_be_in_viewport()
    expect(reader.get_by_label("Page", exact=True)).to_have_value(str(number))


def test_the_words_of_the_page_in_the_address_are_asked_for_once_and_with_the_page(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    url = person.send_and_wait(book(tmp_path / "book.pdf", 3))
    asked = []
    reader.on("request", lambda request: asked.append((request.url, request.resource_type)))
    reader.goto(f"{url}?page=2")
    expect(text_of(reader, 2).locator(".word")).to_have_count(4)
    assert [kind for address, kind in asked if address == f"{url}pages/2/words"] == ["other"]


def test_back_leads_to_the_page_from_which_somebody_jumped(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    url = person.send_and_wait(book(tmp_path / "book.pdf", 9))
    reader.goto(f"{url}?page=2")
    field = reader.get_by_label("Page", exact=True)
    for wanted, number, is_number in (("7", 7, True), ("nonsense", 7, False), ("5000", 9, True)):
        field.fill(wanted)
        field.press("Enter")
        expect(field).to_have_value(str(number))
        is_focused = field.evaluate("field => field === document.activeElement")
        assert is_focused != is_number  # after a jump the keys are for the page again
    expect(text_of(reader, 9)).to_be_in_viewport()
    for number in (7, 2):
        reader.go_back()
        expect(text_of(reader, number)).to_be_in_viewport()
        expect(reader).to_have_url(f"{url}?page={number}")


def test_text_is_copied_and_everything_can_be_taken_away(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    file = book(tmp_path / "Книга.pdf", 3)
    url = person.send_and_wait(file)
    reader.goto(f"{url}?page=2")
    reader.locator("#page-2").get_by_role("button", name="Copy text").click()
    expect(reader.locator("#page-2").get_by_role("button", name="Copied")).to_be_visible()
    assert reader.evaluate("navigator.clipboard.readText()") == "This is page 2."

    with reader.expect_download() as text:
        reader.get_by_role("link", name="Download text").click()
    assert text.value.suggested_filename == "Книга.txt"
    pages = text.value.path().read_bytes().decode().split("\f")
    assert [page.strip() for page in pages if page.strip()] == [f"This is page {n}." for n in (1, 2, 3)]

    def other_format(name: str) -> Path:
        reader.locator(".document-actions summary", has_text="Formats").click()
        with reader.expect_download() as download:
            reader.get_by_role("link", name=name).click()
        reader.keyboard.press("Escape")
        return Path(download.value.path())

    document = json.loads(other_format("Words and boxes (JSON)").read_bytes())
    assert [word["text"] for word in document["pages"][0]["words"]] == ["This", "is", "page", "1."]
    assert other_format("Original file").read_bytes() == file.read_bytes()


def test_a_page_is_read_again_in_another_language_and_the_first_reading_comes_back(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    files = [picture(tmp_path / f"{number}.png", "Привет мир!") for number in (1, 2)]
    url = person.send_and_wait(*files, languages=["eng"])
    reader.goto(url)
    expect(text_of(reader, 2)).not_to_have_text("Привет мир!")
    before = text_of(reader, 2).inner_text()

    reader.get_by_role("link", name="Read again").click()
    reader.get_by_role("button", name="Remove: English").click()
    choose_languages(reader, "Russian")
    reader.get_by_role("textbox", name="Pages").fill("2")
    reader.get_by_role("dialog").get_by_role("button", name="Read again").click()
    expect(text_of(reader, 2)).to_have_text("Привет мир!")
    expect(text_of(reader, 1)).not_to_have_text("Привет мир!")

    reader.get_by_role("link", name="Readings").click()
    runs = reader.get_by_role("dialog", name="Readings").locator(".run")
    expect(runs).to_have_count(2)
    expect(runs.nth(0)).to_contain_text("Russian")
    expect(runs.nth(0)).to_contain_text("1 of 1")
    expect(runs.nth(1)).to_contain_text("English")
    expect(runs.nth(1)).to_contain_text("Tesseract 5")
    runs.nth(1).get_by_role("button").click()
    expect(reader.get_by_text("The document now shows this reading.")).to_be_visible()
    expect(text_of(reader, 2)).to_have_text(before)


def test_a_long_reading_is_cancelled_and_the_rest_read_later(reader: Page, tmp_path: Path) -> None:
    upload(reader, book(tmp_path / "book.pdf", 24))
    expect(text_of(reader, 1)).to_be_visible()
    reader.get_by_role("button", name="Cancel").click()
    expect(reader.locator("#progress")).to_contain_text("The reading was cancelled.")
    reader.reload()
    expect(text_of(reader, 1)).to_have_text("This is page 1.")
    reader.goto(f"{reader.url}?page=24")
    expect(reader.locator("#page-24")).to_contain_text("This page was not read: the reading was cancelled.")
    reader.get_by_role("button", name="Read the rest").click()
    expect(reader.get_by_role("progressbar", name="Pages read")).to_be_visible()
    expect(reader.get_by_role("progressbar", name="Pages read")).to_be_hidden(timeout=LONG)
    reader.keyboard.press("End")
    expect(text_of(reader, 24)).to_have_text("This is page 24.")


def test_a_page_that_failed_says_why_and_is_tried_again_alone(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    good = picture(tmp_path / "good.jpg", "Hello world")
    cut_off = tmp_path / "cut-off.jpg"
    cut_off.write_bytes(good.read_bytes()[:-4000])
    url = person.send_and_wait(good, cut_off)
    reader.goto(url)
    expect(text_of(reader, 1)).to_have_text("Hello world")
    notice = reader.locator("#progress")
    expect(notice).to_contain_text("1 page could not be read. The others are kept.")
    expect(reader.locator("#page-2")).to_contain_text("The picture of this page is damaged or cut off.")

    with reader.expect_navigation():
        notice.get_by_role("button", name="Try again").click()
    expect(notice).to_contain_text("1 page could not be read. The others are kept.")
    expect(text_of(reader, 1)).to_have_text("Hello world")


def test_a_locked_pdf_is_opened_by_the_right_password_only(
    reader: Page, complaints: Complaints, tmp_path: Path
) -> None:
    upload(reader, save_pdf(tmp_path / "locked.pdf", says("A secret letter"), size=SMALL, password="sesame"))
    expect(reader.get_by_role("heading", name="This PDF is locked")).to_be_visible()
    reader.get_by_label("Password of the PDF").fill("guessed")
    reader.get_by_role("button", name="Unlock and read").click()
    expect(reader.get_by_text("That password does not open this PDF.")).to_be_visible()
    complaints.forgive("422")
    reader.goto(reader.url)
    expect(reader.get_by_role("heading", name="This PDF is locked")).to_be_visible()
    reader.get_by_label("Password of the PDF").fill("sesame")
    reader.get_by_role("button", name="Unlock and read").click()
    expect(text_of(reader)).to_have_text("A secret letter")


def test_a_page_says_that_the_site_is_gone_until_it_is_back(
    reader: Page, site: Site, person: Person, complaints: Complaints, tmp_path: Path
) -> None:
    with site.workers_held():
        reader.goto(person.send(picture(tmp_path / "one.png", "Hello world")))
        lost = reader.get_by_role("status").filter(has_text="The connection is lost. Trying again…")
        for failed in (lambda route: route.abort(), lambda route: route.fulfill(status=502)):
            reader.route("**/progress/**", failed)
            expect(lost).to_be_visible()
            reader.unroute("**/progress/**")
            expect(lost).to_have_count(0)
    complaints.forgive("/progress/")
    complaints.forgive("htmx")


def test_a_phone_has_a_word_for_the_other_formats(reader: Page, person: Person, tmp_path: Path) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(person.send(picture(tmp_path / "one.png", "Hello world")))
    reader.locator(".document-actions summary", has_text="Formats").click()
    expect(reader.get_by_role("link", name="Original file")).to_be_visible()


def test_what_else_can_be_done_is_all_in_sight(reader: Page, person: Person, tmp_path: Path) -> None:
    reader.set_viewport_size({"width": 1280, "height": 800})
    reader.goto(person.send_and_wait(picture(tmp_path / "one.png", "Hello world")))
    for menu, last in (("Formats", "Original file"), ("More", "Try cleaning on page 1")):
        reader.locator(".document-actions summary", has_text=menu).click()
        expect(reader.get_by_role("link", name=last)).to_be_in_viewport(ratio=1)
    reader.set_viewport_size({"width": 390, "height": 844})
    assert reader.evaluate("document.documentElement.scrollWidth") == 390


def test_a_blank_page_is_a_success(reader: Page, tmp_path: Path) -> None:
    upload(reader, picture(tmp_path / "blank.png"))
    expect(reader.locator("#page-1")).to_contain_text("No text was found on this page.")
    expect(reader.locator(".notice")).to_have_count(0)


def test_somebody_else_finds_nothing_at_the_address(
    reader: Page, person: Person, other: Person, complaints: Complaints, tmp_path: Path
) -> None:
    url = other.send(picture(tmp_path / "private.png", "Private"))
    assert reader.goto(url).status == 404
    expect(reader.get_by_role("heading", name="There is nothing at this address")).to_be_visible()
    complaints.forgive("404")
