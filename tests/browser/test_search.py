"""From a question to the hit on the image, with the mouse in the drawer."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import picture, tab_to, text_of
from tests.files import save_pdf, says
from tests.people import Person
from tests.sites import Site

pytestmark = pytest.mark.browser

SMALL = (400, 200)  # points


def book(path: Path, pages: int, *, word_on: tuple[int, ...]) -> Path:
    """Pages that say their number; those of ``word_on`` speak of an orchid, too."""
    texts = (says(f"Page {n} of orchids." if n in word_on else f"Page {n}.") for n in range(1, pages + 1))
    return save_pdf(path, *texts, size=SMALL)


def now_on_image(page: Page, number: int) -> Locator:
    return page.locator(f"#page-{number} rect.is-now")


def expect_uncovered(hit: Locator) -> None:
    """Its middle is in sight, and no bar lies over it. An image of hits takes no clicks: its sheet does."""
    expect(hit).to_be_in_viewport()
    assert hit.evaluate("""hit => {
        const box = hit.getBoundingClientRect();
        const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
        return top !== null && hit.closest(".row").contains(top);
    }""")


@pytest.fixture(scope="module")
def person(site: Site, names: Iterator[str]) -> Person:
    """Whose book is read once, for all tests: none of them changes it."""
    return Person(site, next(names))


@pytest.fixture(scope="module")
def orchids(person: Person, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("garden") / "garden.pdf"
    return person.send_and_wait(book(path, 16, word_on=(2, 14)))


def test_a_hit_is_found_and_seen_on_the_image_by_keyboard(reader: Page, orchids: str) -> None:
    reader.reload()
    reader.keyboard.press("/")
    reader.keyboard.type("orchids")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Results for “orchids”")
    expect(reader).to_have_url(re.compile(r"\?q=orchids$"))
    reader.keyboard.press("Escape")
    hits = reader.locator("a.result-hit")
    expect(hits).to_have_count(2)
    expect(hits.first.locator("mark.hit")).to_have_text("orchids")
    expect(hits.first.locator("img")).to_have_js_property("complete", value=True)
    assert hits.first.locator("img").evaluate("image => image.naturalWidth") > 50

    tab_to(reader, reader.locator("a.result-hit", has_text="Page 2"))
    reader.keyboard.press("Enter")
    expect(now_on_image(reader, 2)).to_be_in_viewport()
    expect(text_of(reader, 2).locator("mark.is-now")).to_have_text("orchids")
    expect(reader.get_by_text("Hit 1 of 2")).to_be_visible()
    expect(reader).to_have_url(f"{orchids}?page=2&q=orchids&hit=1")

    # The next one lies on a page that was not there yet.
    reader.keyboard.press("n")
    expect(now_on_image(reader, 14)).to_be_in_viewport()
    expect(reader.get_by_text("Hit 2 of 2")).to_be_visible()
    expect(reader).to_have_url(f"{orchids}?page=14&q=orchids&hit=1")
    reader.keyboard.press("n")
    expect(now_on_image(reader, 2)).to_be_in_viewport()
    reader.keyboard.press("Shift+N")
    expect(now_on_image(reader, 14)).to_be_in_viewport()

    # What is in the address can be sent to somebody.
    expect(reader).to_have_url(f"{orchids}?page=14&q=orchids&hit=1")
    reader.reload()
    expect(now_on_image(reader, 14)).to_be_in_viewport()
    expect(reader.get_by_text("Hit 2 of 2")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_hit_of_a_later_page_is_not_covered(reader: Page, orchids: str, width: int) -> None:
    reader.set_viewport_size({"width": width, "height": 844})
    reader.goto("/?q=orchids")
    reader.locator("a.result-hit", has_text="Page 14").click()
    reader.wait_for_url(f"{orchids}**")
    reader.wait_for_load_state("networkidle")
    expect_uncovered(now_on_image(reader, 14))
    if width > 1000:  # else the text is below its image
        expect_uncovered(text_of(reader, 14).locator("mark.is-now"))


def test_a_document_is_searched_from_its_own_page(reader: Page, orchids: str) -> None:
    reader.goto(orchids)
    field = reader.get_by_role("searchbox", name="Search in this document")
    field.fill("orchids")
    field.press("Enter")
    expect(now_on_image(reader, 2)).to_be_in_viewport()
    strip = reader.get_by_role("navigation", name="Pages")
    expect(strip.get_by_role("link", name="Page 14, with hits")).to_be_attached()
    expect(strip.locator(".has-hits")).to_have_count(2)
    expect(reader).to_have_url(re.compile("&hit=1$"))
    reader.get_by_role("link", name="Next hit").click()
    expect(now_on_image(reader, 14)).to_be_in_viewport()
    field.press("Escape")
    expect(reader).to_have_url(f"{orchids}?page=14")
    expect(reader.locator(".hit")).to_have_count(0)
    expect(text_of(reader, 14)).to_be_in_viewport()


def test_the_field_stays_in_sight_on_a_phone(reader: Page, orchids: str) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(f"{orchids}?q=orch")
    text_of(reader, 2).scroll_into_view_if_needed()
    text_of(reader, 3).scroll_into_view_if_needed()
    field = reader.get_by_role("searchbox", name="Search in this document")
    expect(field).to_be_in_viewport()
    stepper = reader.get_by_role("textbox", name="Page")
    beside = [box["y"] for box in (field.bounding_box(), stepper.bounding_box()) if box]
    assert abs(beside[0] - beside[1]) < 8  # one row: no more of the page is covered than by the stepper


def test_words_and_titles_are_suggested_to_the_keyboard(reader: Page, orchids: str) -> None:
    reader.reload()
    field = reader.get_by_role("combobox", name="Search")
    field.press_sequentially("orc")
    options = reader.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options).to_have_text(["orchids"])
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("orc")

    field.fill("gard")
    expect(options).to_have_text(["garden Document"])
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "false")
    field.press("ArrowUp")
    field.press("Enter")
    expect(reader).to_have_url(orchids)

    field = reader.get_by_role("combobox", name="Search")
    field.press_sequentially("page orch")
    expect(options).to_have_text(["page orchids"])
    field.press("ArrowDown")
    field.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Results for “page orchids”")


def test_a_search_is_saved_and_stands_beside_the_archive(reader: Page, orchids: str) -> None:
    reader.goto("/?q=orchids")
    reader.get_by_text("Save search").click()
    name = reader.get_by_label("Name", exact=True)
    expect(name).to_have_value("orchids")
    name.fill("My flowers")
    name.press("Enter")
    expect(reader.get_by_text("Saved as “My flowers”.")).to_be_visible()
    reader.goto("/")
    reader.get_by_role("navigation", name="Archive").get_by_role("link", name="My flowers").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Results for “orchids”")


def test_the_switch_asks_again_at_once(reader: Page, person: Person, tmp_path: Path) -> None:
    person.send_and_wait(picture(tmp_path / "one.png", "the rnodern art"))
    reader.goto("/?q=modern")
    expect(reader.locator("a.result-hit")).to_contain_text("“modern” read as “rnodern”")
    reader.get_by_label("Forgive misreadings").focus()
    reader.keyboard.press("Space")
    expect(reader.get_by_text("Nothing found")).to_be_visible()
    expect(reader.get_by_label("Forgive misreadings")).to_be_focused()
    expect(reader).to_have_url(re.compile("forgive=0"))
    reader.goto("/?q=modern")
    expect(reader.get_by_label("Forgive misreadings")).not_to_be_checked()


def test_documents_like_one_are_asked_for_when_they_are_wanted(reader: Page, orchids: str) -> None:
    reader.goto(orchids)
    reader.get_by_text("More like this").click()
    expect(reader.get_by_text("No other document has many words in common with this one.")).to_be_visible()


def test_the_count_of_the_question_before_is_not_shown_while_one_types(reader: Page, orchids: str) -> None:
    reader.goto(f"{orchids}?q=orchids")
    told = reader.get_by_text("Hit 1 of 2")
    expect(told).to_be_visible()
    reader.get_by_label("Search in this document").press_sequentially("x")
    expect(told).to_be_hidden()
    reader.keyboard.press("Backspace")
    expect(told).to_be_visible()


def test_a_phone_has_the_side_bar_folded_and_the_walk_at_hand(reader: Page, orchids: str) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto("/?q=orchids")
    links = reader.get_by_role("link", name="All documents")
    expect(links).to_be_hidden()
    reader.locator(".side summary").click()
    expect(links).to_be_visible()
    reader.goto(f"{orchids}?q=orchids")
    expect(reader.get_by_role("link", name="Next hit")).to_be_in_viewport()
    expect(now_on_image(reader, 2)).to_be_in_viewport()


def test_what_is_typed_next_keeps_the_order(reader: Page, orchids: str) -> None:
    reader.goto(f"{orchids.partition('/documents/')[0]}/?q=page&sort=oldest")
    reader.get_by_role("combobox", name="Search").fill("orchids")
    expect(reader).to_have_url(re.compile(r"\?q=orchids&sort=oldest$"))
    expect(reader.get_by_role("link", name="First added")).to_have_attribute("aria-current", "true")


def test_the_saved_search_that_is_asked_is_marked_as_one_types(
    reader: Page, person: Person, orchids: str
) -> None:
    for sort, forgive in (("", "1"), ("title", "1"), ("title", "0")):
        sent = {"q": "page", "sort": sort, "forgive": forgive, "name": f"By {sort} {forgive}"}
        person.post("/searches/", sent)
    reader.goto(f"{orchids.partition('/documents/')[0]}/?q=orchids&sort=title&forgive=1&remember=1")
    marked = reader.locator(".side a[href*='q=page'][aria-current]")
    reader.get_by_role("combobox", name="Search").fill("page")
    expect(marked).to_have_text(["By title 1"])


def test_the_way_back_leads_through_the_searches_and_not_through_letters(reader: Page, orchids: str) -> None:
    reader.reload()
    field, heading = reader.get_by_role("combobox", name="Search"), reader.get_by_role("heading", level=1)
    field.press_sequentially("orch", delay=30)
    expect(reader).to_have_url(re.compile(r"\?q=orch$"))
    field.press_sequentially("ids", delay=30)
    expect(reader).to_have_url(re.compile(r"\?q=orchids$"))
    field.press("Enter")
    field.fill("page 3")
    field.press("Enter")
    expect(heading).to_have_text("Results for “page 3”")
    reader.go_back()
    expect(heading).to_have_text("Results for “orchids”")
    expect(field).to_have_value("orchids")
    reader.go_back()
    expect(heading).to_have_text("Archive")


@pytest.mark.parametrize("question", ["orchids", "zebra"])
def test_a_search_is_saved_on_a_phone(reader: Page, orchids: str, question: str) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(f"/?q={question}")
    reader.get_by_text("Save search").click()
    box = reader.locator(".save-search .menu-panel").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    expect(reader.get_by_label("Name")).to_be_focused()
