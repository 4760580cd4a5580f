"""Correcting where one reads: by keyboard, by mouse, by finger, and when something goes wrong."""

import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Dialog, FloatRect, Locator, Page, Route, expect

from tests.browser import steps
from tests.browser.conftest import Complaints, NewContext
from tests.browser.steps import text_of
from tests.files import save_pdf, says, text_image
from tests.people import Person
from tests.sites import Site, wait_until

pytestmark = pytest.mark.browser

# What follows from a scroll comes in one of them.
FRAMES = """async () => {
    for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
}"""
SMALL = (400, 200)  # points
LINES = ["The quick brown fox", "leaps over the lazy", "dog and runs away"]
FOX = " ".join(LINES)


def letter(path: Path) -> Path:
    text_image(LINES, size=(900, 500), px=60).save(path)
    return path


@pytest.fixture
def url(person: Person, tmp_path: Path) -> str:
    """The address of a document of one page, with twelve words."""
    return person.send_and_wait(letter(tmp_path / "fox.png"))


@pytest.fixture
def fox(reader: Page, url: str) -> Page:
    return opened(reader, url)


def opened(page: Page, url: str) -> Page:
    # A browser that is told to hold requests does so a moment later: it is told beforehand, of one that
    # never comes.
    page.context.route("**/never/", lambda route: route.abort())
    page.goto(url)
    expect(page.locator("#page-1 .word")).to_have_count(12)
    expect(page.locator("#page-1 .close-up canvas").first).to_be_attached()
    return page


def begin(page: Page) -> None:
    page.keyboard.press("e")
    expect_word(page, "The", word=1, line=1)


def field(page: Page) -> Locator:
    return page.locator(".correct-field")


def expect_word(page: Page, text: str, *, word: int, line: int) -> None:
    there = page.get_by_role("textbox", name=f"Word {word} of line {line}", exact=True)
    expect(there).to_be_focused()
    expect(there).to_have_value(text)
    expect(page.locator("#page-1 .layer-chosen")).to_have_attribute("d", re.compile("M"))


def expect_saved(page: Page, status: str = "Saved") -> None:
    expect(page.locator("[data-status]")).to_have_text(status)


def expect_text(page: Page, person: Person, url: str, text: str, status: str = "Saved") -> None:
    """On the page and at the site, which may take a moment. `status`: where something else is listed."""
    wait_until(lambda: said(person, url) == text, seconds=10, what=f"The text “{text}”")
    expect_saved(page, status)


def said(person: Person, url: str) -> str:
    return " ".join(person.document(url)["pages"][0]["text"].split())


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def word(page: Page, text: str) -> Locator:
    return text_of(page).locator(".word").get_by_text(text, exact=True)


def box_of(page: Page, text: str) -> FloatRect:
    """Where the image shows a word, on the screen."""
    word(page, text).evaluate("element => element.focus({ preventScroll: true })")
    box = page.locator("#page-1 .layer-lit").bounding_box()
    assert box
    return box


def middle(box: FloatRect) -> tuple[float, float]:
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def command(page: Page, menu: str, name: str) -> None:
    page.locator(".correct-row summary").get_by_text(menu, exact=True).click()
    page.locator(".correct-bar .menu-panel:visible").get_by_role("button", name=name).click()


def test_words_are_corrected_by_keyboard_alone(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    expect(field(fox)).to_have_class("correct-field")  # and none of those over the image
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    expect_word(fox, "quick", word=2, line=1)
    expect(field(fox)).to_have_class("correct-field")
    fox.keyboard.type("very quick")
    fox.keyboard.press("Tab")
    expect_word(fox, "brown", word=4, line=1)
    fox.keyboard.press("Delete")
    fox.keyboard.press("Enter")
    expect_word(fox, "fox", word=4, line=1)
    fox.keyboard.press("Enter")
    expect_word(fox, "leaps", word=1, line=2)
    fox.keyboard.press("Shift+Tab")
    expect_word(fox, "fox", word=4, line=1)
    fox.keyboard.type("foxes")
    fox.locator(".correct-row summary").get_by_text("Word", exact=True).click()
    fox.keyboard.press("Escape")  # the menu alone
    expect(fox.locator(".correct-bar details[open]")).to_have_count(0)
    expect_word(fox, "foxes", word=4, line=1)
    fox.keyboard.press("Escape")
    expect_word(fox, "fox", word=4, line=1)
    fox.keyboard.press("Escape")
    expect(word(fox, "fox")).to_be_focused()
    expect(field(fox)).to_be_hidden()
    expect_text(fox, person, url, f"That very quick fox {' '.join(LINES[1:])}")
    fox.reload()
    expect(text_of(fox).locator("p > span").first).to_have_text("That very quick fox")


def typed(page: Page, text: str) -> None:
    """That the field is there, with `text` in it."""
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value(text)


def test_tab_and_enter_go_on_over_the_pages(reader: Page, person: Person, tmp_path: Path) -> None:
    file = save_pdf(tmp_path / "book.pdf", says("One two"), "0 0 m 9 9 l S", says("Three four"), size=SMALL)
    url = person.send_and_wait(file)
    reader.goto(url)
    word(reader, "two").click()
    reader.keyboard.press("e")
    typed(reader, "two")
    reader.keyboard.type("2")
    for key, text in (
        ("Tab", "Three"),
        ("Shift+Tab", "2"),
        ("Enter", "Three"),
        ("Shift+Enter", "2"),
    ):
        reader.keyboard.press(key)
        typed(reader, text)
    reader.keyboard.press("Tab")
    typed(reader, "Three")
    reader.keyboard.type("3")
    for key in ("Tab", "Tab"):  # faster than anybody can look
        reader.keyboard.press(key)
    expect(reader.locator("#page-3 .word").get_by_text("four", exact=True)).to_be_focused()
    expect(field(reader)).to_be_hidden()
    expect_saved(reader)
    pages = [" ".join(page["text"].split()) for page in person.document(url)["pages"]]
    assert pages == ["One 2", "", "3 four"]


def test_tab_leads_from_a_word_to_the_bar_and_back_over_all_pages(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    file = save_pdf(tmp_path / "book.pdf", says("One two"), says("Three four"), size=SMALL)
    reader.goto(person.send_and_wait(file))
    word(reader, "two").click()
    reader.keyboard.press("e")
    typed(reader, "two")
    reader.keyboard.press("Escape")
    expect(word(reader, "two")).to_be_focused()
    first = reader.locator(".correct-row summary").first
    for key, reached in (("Tab", first), ("Shift+Tab", word(reader, "two")), ("Tab", first)):
        reader.keyboard.press(key)
        expect(reached).to_be_focused()


def test_one_word_is_chosen_on_whatever_page(reader: Page, person: Person, tmp_path: Path) -> None:
    file = save_pdf(tmp_path / "book.pdf", says("One two"), says("Three four"), size=SMALL)
    reader.goto(person.send_and_wait(file))
    word(reader, "two").click()
    reader.keyboard.press("e")
    typed(reader, "two")
    reader.keyboard.press("Tab")
    typed(reader, "Three")
    expect(reader.locator(".word.chosen")).to_have_count(1)
    expect(reader.locator(".layer-chosen[d^=M]")).to_have_count(1)


@pytest.mark.parametrize("is_doubtful_only", [False, True])
def test_what_is_typed_while_the_next_page_comes_is_typed_there(
    reader: Page, person: Person, tmp_path: Path, is_doubtful_only: bool
) -> None:
    url = person.send_and_wait(
        save_pdf(tmp_path / "book.pdf", says("One two"), says("Three four"), size=SMALL)
    )
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    reader.context.route("**/pages/2/words", hold)
    reader.goto(url)
    reader.evaluate("localStorage.setItem('ocrsite-below', '100')")
    reader.reload()
    word(reader, "two").click()
    reader.keyboard.press("e")
    typed(reader, "two")
    if is_doubtful_only:
        only_doubtful(reader)
        field(reader).focus()
    reader.keyboard.press("Tab")
    reader.keyboard.type("Third")
    reader.keyboard.press("Tab")
    reader.keyboard.type("fourth")
    for route in held:
        route.continue_()
    typed(reader, "fourth")
    reader.keyboard.press("Enter")
    expect_saved(reader)
    wait_until(
        lambda: person.document(url)["pages"][1]["text"].split() == ["Third", "fourth"],
        seconds=10,
        what="What was typed",
    )


def test_a_page_that_could_not_be_read_is_passed(reader: Page, person: Person, tmp_path: Path) -> None:
    first, damaged, last = (tmp_path / f"{number}.jpg" for number in (1, 2, 3))
    for path, line in ((first, "One two"), (damaged, "Cut off"), (last, "Three four")):
        steps.picture(path, line)
    damaged.write_bytes(damaged.read_bytes()[:-4000])
    reader.goto(person.send_and_wait(first, damaged, last))
    word(reader, "two").click()
    reader.keyboard.press("e")
    typed(reader, "two")
    for key, text in (("Tab", "Three"), ("Shift+Tab", "two")):
        reader.keyboard.press(key)
        typed(reader, text)


def test_spaces_of_no_width_are_none(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    fox.keyboard.type("T\ufeffhat\u200b")
    fox.keyboard.press("Tab")
    expect_word(fox, "quick", word=2, line=1)
    fox.keyboard.press("Alt+b")
    fox.keyboard.type("\u2060")
    fox.keyboard.press("Tab")
    expect_word(fox, "quick", word=2, line=1)
    expect(fox.get_by_role("alert")).to_be_hidden()
    expect_text(fox, person, url, FOX.replace("The", "That"))


def test_who_ends_where_no_text_is_seen_can_begin_again(fox: Page) -> None:
    fox.get_by_role("button", name="Image only").click()
    begin(fox)
    fox.get_by_role("button", name="Done").click()
    expect(fox.get_by_role("button", name="Correct", exact=True)).to_be_focused()


def test_words_and_lines_are_split_joined_inserted_moved_by_keys(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    fox.keyboard.press("Home")
    fox.keyboard.press("ArrowRight")
    for key, value, at in (
        ("Alt+s", "he", (2, 1)),
        ("Shift+Tab", "T", (1, 1)),
        ("Alt+j", "The", (1, 1)),
        ("Alt+ArrowDown", "The", (1, 2)),
        ("Alt+ArrowUp", "The", (1, 1)),
        ("Tab", "quick", (2, 1)),
        ("Alt+Enter", "quick", (1, 2)),
        ("Shift+Tab", "The", (1, 1)),
        ("Alt+Shift+J", "The", (1, 1)),
        ("Alt+Delete", "quick", (1, 1)),
    ):
        fox.keyboard.press(key)
        expect_word(fox, value, word=at[0], line=at[1])
    fox.keyboard.press("Alt+b")
    expect(fox.get_by_role("textbox", name="New word in line 1")).to_be_focused()
    fox.keyboard.type("A")
    fox.keyboard.press("Tab")
    expect_word(fox, "quick", word=2, line=1)
    fox.keyboard.press("Alt+l")
    expect(fox.get_by_role("textbox", name="Line 1", exact=True)).to_have_value("A quick brown fox")
    fox.keyboard.type("A slow brown fox")
    fox.keyboard.press("Tab")
    expect_word(fox, "leaps", word=1, line=2)
    fox.keyboard.press("Alt+Shift+D")
    expect_word(fox, "dog", word=1, line=2)
    expect_text(fox, person, url, "A slow brown fox dog and runs away")


def test_changes_are_undone_and_done_again(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    for text in ("That", "slow"):
        fox.keyboard.type(text)
        fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The quick", "That slow"))
    fox.keyboard.press("Control+z")
    expect_word(fox, "quick", word=2, line=1)
    fox.get_by_role("button", name="Undo").click()
    expect_word(fox, "The", word=1, line=1)
    expect_text(fox, person, url, FOX)
    expect(fox.get_by_role("button", name="Undo")).to_be_disabled()
    fox.keyboard.press("Control+Shift+Z")
    expect_word(fox, "That", word=1, line=1)
    expect_text(fox, person, url, FOX.replace("The", "That"))


def test_where_there_is_nothing_to_undo_the_bar_says_so_for_a_moment(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    status, undo, redo = fox.locator("[data-status]"), button(fox, "Undo"), button(fox, "Redo")
    begin(fox)
    expect(undo).to_be_disabled()
    expect(redo).to_be_disabled()
    fox.keyboard.press("Control+z")
    expect(status).to_have_text("There is nothing to undo.")
    expect_word(fox, "The", word=1, line=1)
    assert complaints == []  # the site was not asked
    fox.keyboard.press("Control+Shift+Z")
    expect(status).to_have_text("There is nothing to redo.")
    expect(fox.get_by_role("alert")).to_be_hidden()
    expect_saved(fox)
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The", "That"))
    fox.reload()
    fox.keyboard.press("e")
    expect_word(fox, "That", word=1, line=1)
    expect(undo).to_be_enabled()
    fox.keyboard.press("Control+z")
    expect_word(fox, "The", word=1, line=1)
    expect(redo).to_be_enabled()
    complaints.forgive("409")


def test_what_was_refused_is_over_with_the_next_thing_that_works(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    person.post(f"{url}trash/", {})
    fox.keyboard.press("Alt+j")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("This was not saved")
    expect(fox.locator("[data-status]")).to_have_text("Saved")  # all that was typed
    person.post(f"{url}restore/", {})
    fox.keyboard.press("Alt+j")
    expect_word(fox, "Thequick", word=1, line=1)
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, FOX.replace("The quick", "Thequick"))
    complaints.forgive("404")


def test_a_word_that_is_too_long_is_not_said_to_be_saved(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.keyboard.insert_text("x" * 201)
    fox.keyboard.press("Tab")
    expect(fox.get_by_role("alert").get_by_role("listitem")).to_have_text(["x" * 201])
    expect(fox.locator("[data-status]")).to_have_text("Not saved")
    expect_word(fox, "quick", word=2, line=1)
    fox.keyboard.type("slow")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("quick", "slow"), "Not saved")
    fox.get_by_role("alert").get_by_role("button", name="Close").click()
    expect_saved(fox)
    complaints.forgive("422")


@pytest.mark.parametrize("typed", ["", "slow"])
def test_a_word_is_still_meant_where_the_words_before_it_go_back(
    fox: Page, person: Person, url: str, complaints: Complaints, typed: str
) -> None:
    """“a xxx…” for “The” moved it on; refused, it lets all words go back under the field that is open."""
    begin(fox)
    held = hold(fox)
    fox.keyboard.insert_text("a " + "x" * 201)
    fox.keyboard.press("Tab")
    expect_word(fox, "quick", word=3, line=1)
    let_go(fox, held)
    notice = fox.get_by_role("alert")
    expect(notice.get_by_role("listitem")).to_have_text(["a " + "x" * 201])
    fox.context.unroute("**/text/")
    fox.keyboard.type(typed)
    fox.keyboard.press("Tab")
    notice.get_by_role("button", name="Close").click()
    done(fox)
    expect(bar(fox)).to_be_hidden()
    expect_text(fox, person, url, FOX.replace("quick", typed or "quick"))
    complaints.forgive("422")


def test_undoing_leads_to_the_line_that_was_moved(fox: Page, person: Person, url: str) -> None:
    word(fox, "runs").click()
    fox.keyboard.press("e")
    expect_word(fox, "runs", word=3, line=3)
    for key, line in (("Alt+ArrowUp", 2), ("Alt+ArrowUp", 1), ("Control+z", 2), ("Control+z", 3)):
        fox.keyboard.press(key)
        expect_word(fox, "runs", word=3, line=line)
    fox.keyboard.press("Alt+m")
    expect(fox.get_by_label("Before which line?")).to_be_focused()
    fox.keyboard.press("Home")
    fox.keyboard.press("Enter")
    expect_word(fox, "runs", word=3, line=1)
    word(fox, "lazy").click()
    expect_word(fox, "lazy", word=4, line=3)
    for key, line in (("Control+z", 3), ("Control+Shift+Z", 1)):
        fox.keyboard.press(key)
        expect_word(fox, "dog", word=1, line=line)
    expect_text(fox, person, url, " ".join([LINES[2], *LINES[:2]]))


def test_a_line_goes_past_the_next_one_of_another_paragraph(fox: Page, person: Person, url: str) -> None:
    change_elsewhere(fox, do="move-line", line=2, block=1, at=0)
    fox.reload()
    expect(text_of(fox).locator("p")).to_have_text([" ".join(LINES[:2]), LINES[2]], use_inner_text=True)
    word(fox, "leaps").click()
    fox.keyboard.press("e")
    for key, line, order in (
        ("Alt+ArrowDown", 3, (0, 2, 1)),
        ("Alt+ArrowUp", 2, (0, 1, 2)),
        ("Alt+ArrowUp", 1, (1, 0, 2)),
    ):
        fox.keyboard.press(key)
        expect_word(fox, "leaps", word=1, line=line)
        expect_text(fox, person, url, " ".join(LINES[at] for at in order))
    fox.keyboard.press("Alt+ArrowUp")
    expect(fox.locator("[data-status]")).to_have_text("Nothing to do here.")
    fox.keyboard.press("Alt+s")
    expect(fox.locator("[data-status]")).to_contain_text("put the caret into it")


def test_words_are_corrected_by_mouse_in_the_text_and_on_the_image(
    fox: Page, person: Person, url: str
) -> None:
    places = {text: middle(box_of(fox, text)) for text in ("lazy", "dog")}
    fox.get_by_role("button", name="Correct", exact=True).click()
    word(fox, "brown").click()
    expect_word(fox, "brown", word=3, line=1)
    field(fox).fill("big brown")
    word(fox, "fox").click()
    expect_word(fox, "fox", word=5, line=1)
    fox.mouse.click(*places["lazy"])
    expect_word(fox, "lazy", word=4, line=2)
    box = field(fox).bounding_box()
    assert box
    assert box["y"] > places["lazy"][1]
    assert abs(middle(box)[0] - places["lazy"][0]) < 5
    field(fox).fill("sleepy")
    command(fox, "Word", "Insert after")
    expect(fox.get_by_role("textbox", name="New word in line 2")).to_be_focused()
    fox.keyboard.type("old")
    fox.mouse.click(*places["dog"])
    expect_word(fox, "dog", word=1, line=3)
    command(fox, "Word", "Join with the next")
    expect_word(fox, "dogand", word=1, line=3)
    fox.get_by_role("button", name="Done").click()
    expect(field(fox)).to_be_hidden()
    wanted = "The quick big brown fox leaps over the sleepy old dogand runs away"
    wait_until(lambda: said(person, url) == wanted, seconds=10, what="The text")


def words_at(person: Person, url: str) -> dict[str, list[int]]:
    words = person.document(url)["pages"][0]["words"]
    return {one["text"]: [one[side] for side in ("x0", "y0", "x1", "y1")] for one in words}


def test_the_box_of_a_word_is_moved_by_keys_and_by_mouse(fox: Page, person: Person, url: str) -> None:
    before = words_at(person, url)["The"]
    begin(fox)
    fox.keyboard.press("Alt+x")
    frame = fox.get_by_role("group", name="Box of the word")
    expect(frame).to_be_focused()
    for key in ("ArrowRight", "Shift+ArrowDown", "Alt+ArrowRight"):
        fox.keyboard.press(key)
    fox.keyboard.press("Enter")
    expect_word(fox, "The", word=1, line=1)
    x0, y0, x1, y1 = before
    moved = [x0 + 1, y0 + 10, x1 + 2, y1 + 10]
    wait_until(lambda: words_at(person, url)["The"] == moved, seconds=10, what="The box")
    command(fox, "Word", "Move its box")
    corner = frame.locator("span").last.bounding_box()
    assert corner
    fox.mouse.move(*middle(corner))
    fox.mouse.down()
    fox.mouse.move(middle(corner)[0] + 30, middle(corner)[1] + 20, steps=3)
    fox.mouse.up()
    fox.keyboard.press("Escape")
    expect_word(fox, "The", word=1, line=1)
    assert words_at(person, url)["The"] == moved
    command(fox, "Word", "Move its box")
    fox.mouse.move(*middle(corner))
    fox.mouse.down()
    fox.mouse.move(middle(corner)[0] + 30, middle(corner)[1] + 20, steps=3)
    fox.mouse.up()
    fox.keyboard.press("Enter")
    wait_until(lambda: words_at(person, url)["The"][2] > x1 + 20, seconds=10, what="The box")
    assert words_at(person, url)["The"][:2] == moved[:2]


def test_a_line_is_drawn_and_typed(fox: Page, person: Person, url: str) -> None:
    word(fox, "dog").click()
    fox.keyboard.press("e")
    expect_word(fox, "dog", word=1, line=3)
    command(fox, "Line", "Insert below")
    frame = fox.get_by_role("group", name="Box on the image")
    expect(frame).to_be_focused()
    sheet = fox.locator("#page-1 .sheet").bounding_box()
    assert sheet
    x, y = sheet["x"] + 40, sheet["y"] + sheet["height"] - 50
    fox.mouse.move(x, y)
    fox.mouse.down()
    fox.mouse.move(x + 200, y + 30, steps=4)
    fox.mouse.up()
    fox.keyboard.press("Enter")
    expect(fox.get_by_role("textbox", name="Line 4")).to_be_focused()
    fox.keyboard.type("The end.")
    fox.keyboard.press("Enter")
    expect_text(fox, person, url, f"{FOX} The end.")
    end = words_at(person, url)["end."]
    assert end[0] > 80
    assert end[1] > 350


def test_the_first_line_of_an_emptied_page_keeps_the_place(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    for line in (3, 2, 1):
        fox.keyboard.press("Alt+Shift+D")
        expect(text_of(fox).locator("p > span")).to_have_count(line - 1)
    expect(fox.get_by_role("region", name="Correct")).to_be_focused()
    fox.keyboard.press("Alt+i")
    expect(fox.get_by_role("group", name="Box on the image")).to_be_focused()
    fox.keyboard.press("Enter")
    fox.keyboard.type("Anew")
    fox.keyboard.press("Enter")
    expect(word(fox, "Anew")).to_be_focused()
    expect_text(fox, person, url, "Anew")


def only_doubtful(page: Page) -> None:
    page.locator(".correct-row summary").get_by_text("Page", exact=True).click()
    page.get_by_label("Tab to doubtful words only").check()


def test_the_doubtful_words_are_corrected_one_after_the_other(fox: Page, person: Person, url: str) -> None:
    fox.evaluate("localStorage.setItem('ocrsite-below', '100')")
    fox.reload()
    count = fox.locator("[data-doubtful]")
    expect(count).to_have_text("12")
    begin(fox)
    fox.keyboard.press("Tab")
    expect_word(fox, "quick", word=2, line=1)
    fox.keyboard.press("Enter")  # it is right
    expect_word(fox, "brown", word=3, line=1)
    fox.keyboard.press("Tab")
    expect(count).to_have_text("11")
    only_doubtful(fox)
    word(fox, "The").click()
    expect_word(fox, "The", word=1, line=1)
    fox.keyboard.press("Tab")
    expect_word(fox, "brown", word=3, line=1)
    fox.keyboard.press("Escape")
    fox.keyboard.press("d")
    expect_word(fox, "fox", word=4, line=1)
    word(fox, "away").click()
    expect_word(fox, "away", word=4, line=3)
    fox.keyboard.press("Tab")  # there is no other one
    expect(word(fox, "away")).to_be_focused()
    expect_text(fox, person, url, FOX)


def test_search_finds_the_corrected_word_at_once_and_its_hits_follow(
    fox: Page, person: Person, url: str
) -> None:
    opened(fox, f"{url}?q=zebra+OR+leaps")
    expect(text_of(fox).locator("mark.hit")).to_have_text(["leaps"])
    fox.keyboard.press("e")
    fox.keyboard.type("zebra")
    fox.keyboard.press("Tab")
    expect(text_of(fox).locator("mark.hit")).to_have_text(["zebra", "leaps"])
    expect(fox.locator("#page-1 .layer-hits rect")).to_have_count(2)
    expect_word(fox, "quick", word=2, line=1)
    assert "fox" in person.get("/?q=zebra").text


def test_a_page_is_marked_as_proofread_and_opened_again(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    fox.keyboard.press("Alt+p")
    expect(fox.locator("#page-1 .row-head").get_by_text("proofread")).to_be_visible()
    fox.reload()
    begin(fox)
    fox.keyboard.press("Alt+p")
    expect(fox.locator("#page-1 .row-head").get_by_text("proofread")).to_have_count(0)


def test_the_same_misreading_is_looked_for_elsewhere(fox: Page, url: str) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    fox.on("dialog", answer)
    word(fox, "lazy").click()
    fox.keyboard.press("e")
    expect_word(fox, "lazy", word=4, line=2)
    fox.keyboard.type("idle")
    fox.keyboard.press("Alt+g")
    expect(fox).to_have_url(f"{url}misreadings/?from=lazy&to=idle")
    assert asked == []  # whether to leave
    fox.get_by_role("main").get_by_role("link", name="fox", exact=True).click()
    expect_word(fox, "idle", word=4, line=2)


def test_a_line_is_moved_far_in_one_step(fox: Page, person: Person, url: str) -> None:
    word(fox, "runs").click()
    fox.keyboard.press("e")
    expect_word(fox, "runs", word=3, line=3)
    fox.keyboard.press("Alt+m")
    lines = fox.get_by_role("dialog", name="Move the line").get_by_label("Before which line?")
    expect(lines).to_be_focused()
    expect(lines.locator("option")).to_have_text([*LINES, "At the end of the page"])
    steps.expect_accessible(fox)
    fox.keyboard.press("Home")
    fox.keyboard.press("Enter")
    expect_word(fox, "runs", word=3, line=1)
    expect_text(fox, person, url, " ".join([LINES[2], *LINES[:2]]))
    command(fox, "Line", "Move to…")
    lines.select_option("At the end of the page")
    fox.get_by_role("button", name="Move", exact=True).click()
    expect_word(fox, "runs", word=3, line=3)
    expect_text(fox, person, url, FOX)
    command(fox, "Line", "Move to…")
    fox.keyboard.press("Escape")
    expect_word(fox, "runs", word=3, line=3)
    fox.keyboard.press("Control+z")
    expect_text(fox, person, url, " ".join([LINES[2], *LINES[:2]]))


def test_a_word_of_ones_own_is_no_doubt_any_more(fox: Page) -> None:
    fox.evaluate("localStorage.setItem('ocrsite-below', '100')")
    fox.reload()
    expect(fox.locator("[data-doubtful]")).to_have_text("12")
    begin(fox)
    fox.keyboard.press("Alt+k")
    expect(fox.locator("[data-doubtful]")).to_have_text("11")
    fox.goto("/words/")
    expect(fox.get_by_role("button", name="Remove The")).to_be_visible()


def change_elsewhere(page: Page, **change: object) -> None:
    base = page.locator("#reader").get_attribute("data-base")
    steps.change_elsewhere(page, f"{base}pages/1/", **change)


def take_over(page: Page) -> None:
    page.get_by_role("alert").get_by_role("button", name="Show the new text and keep mine").click()


def type_line_too_late(page: Page) -> None:
    """“Another line” for the first one, in which somebody else says “That” meanwhile."""
    begin(page)
    change_elsewhere(page, line=0, word=0, text="That")
    page.keyboard.press("Alt+l")
    page.keyboard.type("Another line")
    page.keyboard.press("Tab")


def test_who_comes_second_is_told_and_loses_nothing(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    change_elsewhere(fox, line=0, word=0, text="Two That")
    for text in ("Then", "slow"):
        fox.keyboard.type(text)
        fox.keyboard.press("Tab")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text(f"{person.name} changed this page (")
    expect(notice.get_by_role("listitem")).to_have_text(["Then", "slow"])
    notice.get_by_role("button", name="Copy").click()
    assert fox.evaluate("navigator.clipboard.readText()") == "Then\nslow"
    assert said(person, url) == FOX.replace("The", "Two That", 1)
    take_over(fox)
    expect(notice).to_contain_text("no longer on the page")
    expect(notice.get_by_role("listitem")).to_have_text(["Then"])
    wait_until(lambda: "Two That slow brown" in said(person, url), seconds=10, what="What still fits")
    expect(text_of(fox).locator("p > span").first).to_contain_text("Two That slow")
    complaints.forgive("409")


def test_a_line_that_cannot_be_saved_is_shown_to_be_copied(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    type_line_too_late(fox)
    notice = fox.get_by_role("alert")
    expect(notice.get_by_role("listitem")).to_have_text(["Another line"])
    expect(fox.get_by_role("textbox", name="Line 1")).to_have_value("Another line")
    take_over(fox)
    expect_word(fox, "That", word=1, line=1)
    expect(notice).to_contain_text("Somebody changed this line")
    expect(notice).to_contain_text(f"{person.name} changed this page last")
    expect(notice.get_by_role("listitem")).to_have_text(["Another line"])
    assert said(person, url) == FOX.replace("The", "That", 1)
    notice.get_by_role("button", name="Close").click()
    expect(notice).to_be_hidden()
    complaints.forgive("409")


def test_an_answer_settles_all_pages_that_somebody_else_changed(
    reader: Page, person: Person, tmp_path: Path, complaints: Complaints
) -> None:
    file = save_pdf(tmp_path / "book.pdf", says("One two"), says("Three four"), size=SMALL)
    url = person.send_and_wait(file)
    reader.goto(url)
    word(reader, "One").click()
    reader.keyboard.press("e")
    for number, (text, mine) in enumerate([("One", "1"), ("Three", "3")], start=1):
        typed(reader, text)
        steps.change_elsewhere(reader, f"{url}pages/{number}/", line=0, word=1, text="theirs")
        reader.keyboard.type(mine)
        reader.keyboard.press("Tab")
        typed(reader, ["two", "four"][number - 1])
        if number == 1:
            reader.keyboard.press("Tab")
    notice = reader.get_by_role("alert")
    expect(notice.get_by_role("listitem")).to_have_text(["1", "3"])
    expect(notice.locator("[data-typed]").get_by_role("link")).to_have_text(["Page 1", "Page 2"])
    expect(notice.locator("[data-why]")).to_have_text(
        re.compile(f"^Page 2 · {person.name} changed this page")
    )
    steps.expect_accessible(reader)
    notice.get_by_role("link", name="Page 1").click()
    expect(reader.locator("#page-number")).to_have_value("1")
    expect(reader.locator("#page-1")).to_be_in_viewport()
    take_over(reader)
    expect(notice).to_be_hidden()
    expect_saved(reader)
    pages = [" ".join(page["text"].split()) for page in person.document(url)["pages"]]
    assert pages == ["1 theirs", "3 theirs"]
    complaints.forgive("409")


@pytest.mark.parametrize("escapes", [1, 2])
@pytest.mark.parametrize(
    ("key", "typed", "line"),
    [("Alt+l", "Another line", "Another line"), ("Alt+a", "very", "The very quick brown fox")],
)
def test_what_is_listed_is_saved_although_the_field_is_left(
    fox: Page, person: Person, url: str, complaints: Complaints, key: str, typed: str, line: str, escapes: int
) -> None:
    begin(fox)
    change_elsewhere(fox, line=2, word=0, text="cat")
    fox.keyboard.press(key)
    fox.keyboard.type(typed)
    fox.keyboard.press("Tab")
    notice = fox.get_by_role("alert")
    expect(notice.get_by_role("listitem")).to_have_text([typed])
    for _press in range(escapes):
        fox.keyboard.press("Escape")
    take_over(fox)
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, f"{line} {LINES[1]} cat and runs away")
    complaints.forgive("409")


def test_what_was_refused_stays_listed_beside_what_meets_a_conflict(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    long = "x" * 300
    fox.keyboard.type(long)
    fox.keyboard.press("Tab")
    notice = fox.get_by_role("alert")
    expect(notice.get_by_role("listitem")).to_have_text([long])
    change_elsewhere(fox, line=2, word=0, text="cat")
    fox.keyboard.type("slow")
    fox.keyboard.press("Tab")
    expect(notice.get_by_role("listitem")).to_have_text(["slow", long])
    take_over(fox)
    expect(notice.get_by_role("listitem")).to_have_text([long])
    expect_text(fox, person, url, FOX.replace("quick", "slow").replace("dog", "cat"), "Not saved")
    with fox.expect_event("dialog") as asked:
        fox.close(run_before_unload=True)
    asked.value.dismiss()
    notice.get_by_role("button", name="Close").click()
    expect(notice).to_be_hidden()
    complaints.forgive("409")
    complaints.forgive("422")


@pytest.mark.parametrize(
    ("key", "typed", "line"),
    [("Alt+l", "Another line", "Another line"), ("Alt+a", "very", "The very quick brown fox")],
)
def test_what_is_typed_into_a_line_that_stands_as_it_did_is_saved(
    fox: Page, person: Person, url: str, complaints: Complaints, key: str, typed: str, line: str
) -> None:
    begin(fox)
    change_elsewhere(fox, line=2, word=0, text="cat")
    fox.keyboard.press(key)
    fox.keyboard.type(typed)
    fox.keyboard.press("Tab")
    take_over(fox)
    expect(fox.get_by_role("alert")).to_be_hidden()
    expect(field(fox)).to_be_focused()
    expect_text(fox, person, url, f"{line} {LINES[1]} cat and runs away")
    complaints.forgive("409")


def done(page: Page) -> None:
    button(page, "Done").click()


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Correct")


def hold(page: Page) -> list[Route]:
    """Changes that stay on their way."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.context.route("**/text/", keep)
    return held


def let_go(page: Page, held: list[Route]) -> None:
    for _try in range(200):
        if held:
            break
        page.wait_for_timeout(50)
    held.pop().continue_()
    page.context.unroute("**/text/")


def lose_answer(page: Page, part: str = "") -> None:
    """The next change arrives, and nobody hears so."""
    page.evaluate(
        """ending => {
          const { fetch } = window;
          window.fetch = async (address, ...rest) => {
            if (!String(address).endsWith(ending)) return fetch(address, ...rest);
            window.fetch = fetch;
            await fetch(address, ...rest);
            throw new TypeError("Failed to fetch");
          };
        }""",
        f"/text/{part}",
    )


def test_who_is_done_is_told_of_a_conflict_that_comes_after(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    change_elsewhere(fox, line=2, word=0, text="cat")
    held = hold(fox)
    fox.keyboard.type("That")
    done(fox)
    expect(field(fox)).to_be_hidden()
    expect(fox.locator("[data-status]")).to_have_text("Saving…")
    expect(bar(fox)).to_be_visible()
    let_go(fox, held)
    notice = fox.get_by_role("alert")
    for _time in range(2):
        expect(notice).to_contain_text(f"{person.name} changed this page (")
        expect(notice.get_by_role("listitem")).to_have_text(["That"])
        expect(notice).to_be_focused()
        expect(fox.locator("[data-status]")).to_have_text("Some of it is not saved yet. See the notice.")
        done(fox)
    steps.expect_accessible(fox)
    take_over(fox)
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, FOX.replace("The", "That", 1).replace("dog", "cat"))
    done(fox)
    expect(bar(fox)).to_be_hidden()
    complaints.forgive("409")


def test_who_is_done_is_told_of_a_word_that_is_refused(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.keyboard.insert_text("x" * 201)
    done(fox)
    notice = fox.get_by_role("alert")
    expect(notice.get_by_role("listitem")).to_have_text(["x" * 201])
    expect(notice).to_be_focused()
    assert said(person, url) == FOX
    notice.get_by_role("button", name="Close").click()
    done(fox)
    expect(bar(fox)).to_be_hidden()
    complaints.forgive("422")


def test_who_is_signed_out_and_done_still_sees_what_is_not_saved(fox: Page, complaints: Complaints) -> None:
    begin(fox)
    fox.context.clear_cookies(name="ocrsite_session")
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    notice = fox.get_by_role("alert")
    expect(notice.get_by_role("listitem")).to_have_text(["That"])
    notice.get_by_role("button", name="Close").click()
    expect(notice).to_be_hidden()
    fox.keyboard.press("Escape")
    fox.keyboard.press("e")
    expect(notice.get_by_role("listitem")).to_have_text(["That"])
    expect(notice).to_be_focused()
    expect(bar(fox)).to_be_visible()
    complaints.forgive("403 (Forbidden)")


def test_who_may_not_change_the_page_any_more_closes_the_notice_and_is_done(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.context.route("**/text/", lambda route: route.fulfill(status=403, body="Forbidden"))
    fox.keyboard.type("The very")
    fox.keyboard.press("Tab")
    expect_word(fox, "quick", word=3, line=1)
    notice = fox.get_by_role("alert")
    expect(notice.get_by_role("listitem")).to_have_text(["The very"])
    done(fox)
    expect(notice).to_be_focused()
    expect(bar(fox)).to_be_visible()
    notice.get_by_role("button", name="Close").click()
    expect(notice).to_be_hidden()
    expect_saved(fox)
    expect(text_of(fox).locator("p > span").first).to_have_text(LINES[0])
    done(fox)
    expect(bar(fox)).to_be_hidden()
    assert said(person, url) == FOX
    complaints.forgive("403 (Forbidden)")


@pytest.mark.parametrize(
    ("keys", "name", "line"),
    [
        ((), "Word 2 of line 1", "The slow brown fox"),
        (("Alt+a",), "New word in line 1", "The quick slow brown fox"),
        (("Alt+l",), "Line 1", "slow"),
    ],
)
def test_what_is_typed_stays_in_its_place_where_the_notice_is_closed(
    fox: Page, person: Person, url: str, complaints: Complaints, keys: tuple[str, ...], name: str, line: str
) -> None:
    begin(fox)
    fox.context.route("**/text/", lambda route: route.fulfill(status=403, body="Forbidden"))
    fox.keyboard.type("The very")
    fox.keyboard.press("Tab")
    expect_word(fox, "quick", word=3, line=1)
    for key in keys:
        fox.keyboard.press(key)
    expect(field(fox)).to_have_accessible_name(name.replace("Word 2", "Word 3"))
    fox.keyboard.type("slow")
    fox.get_by_role("alert").get_by_role("button", name="Close").click()
    expect(field(fox)).to_have_accessible_name(name)
    typed(fox, "slow")
    fox.context.unroute("**/text/")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, f"{line} {' '.join(LINES[1:])}")
    complaints.forgive("403 (Forbidden)")


def test_what_no_longer_fits_stays_listed_for_who_is_done(fox: Page, complaints: Complaints) -> None:
    begin(fox)
    change_elsewhere(fox, line=0, word=0, text="Two That")
    fox.keyboard.type("Then")
    fox.keyboard.press("Tab")
    take_over(fox)
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("no longer on the page")
    done(fox)
    expect(notice).to_be_focused()
    expect(notice.get_by_role("listitem")).to_have_text(["Then"])
    complaints.forgive("409")


def test_who_is_done_without_a_connection_stays_until_all_is_saved(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.context.route("**/text/", lambda route: route.abort())
    fox.keyboard.type("That")
    for _time in range(2):
        done(fox)
        expect(bar(fox)).to_be_focused()
        expect(fox.locator("[data-status]")).to_contain_text("No connection.")
    fox.context.unroute("**/text/")
    fox.evaluate("dispatchEvent(new Event('online'))")
    expect_text(fox, person, url, FOX.replace("The", "That"))
    done(fox)
    expect(bar(fox)).to_be_hidden()
    complaints.forgive("net::ERR_FAILED")


LOST = [
    (("Alt+a",), "very", f"The very {FOX[4:]}"),
    (("Alt+b",), "The", f"The {FOX}"),
    (("Alt+l",), "Another line", f"Another line {' '.join(LINES[1:])}"),
    (("Alt+i", "Enter"), "between", " ".join([LINES[0], "between", *LINES[1:]])),
]


def type_unanswered(page: Page, keys: tuple[str, ...], typed: str) -> Locator:
    """What arrives is said to be lost. Gives the notice."""
    begin(page)
    lose_answer(page)
    for key in keys:
        page.keyboard.press(key)
    expect(field(page)).to_have_accessible_name(re.compile("^(New word in l|L)ine"))
    page.keyboard.type(typed)
    page.keyboard.press("Tab")
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("may not have been done")
    expect(page.locator("[data-status]")).to_have_text("Perhaps not saved")
    expect(notice.get_by_role("listitem")).to_have_text([typed])
    return notice


@pytest.mark.parametrize("is_changed_elsewhere", [False, True])
@pytest.mark.parametrize(("keys", "typed", "text"), LOST)
def test_what_was_saved_and_not_answered_is_not_made_twice(
    fox: Page,
    person: Person,
    url: str,
    complaints: Complaints,
    keys: tuple[str, ...],
    typed: str,
    text: str,
    is_changed_elsewhere: bool,
) -> None:
    notice = type_unanswered(fox, keys, typed)
    if is_changed_elsewhere:
        change_elsewhere(fox, line=1 + text.count("between") + 1, word=0, text="cat")
        text = text.replace("dog", "cat")
    fox.keyboard.press("Tab")
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, text)
    complaints.forgive("409")


@pytest.mark.parametrize("typed", ["fi\ufffene", "\ufb01ne"])
def test_what_the_site_spells_otherwise_and_did_not_answer_is_not_made_twice(
    fox: Page, person: Person, url: str, complaints: Complaints, typed: str
) -> None:
    notice = type_unanswered(fox, ("Alt+b",), typed)
    fox.keyboard.press("Tab")
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, f"fine {FOX}")
    complaints.forgive("409")


def test_what_was_saved_and_not_answered_is_seen_with_the_next_word(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    notice = type_unanswered(fox, ("Alt+a",), "very")
    for _press in range(2):
        fox.keyboard.press("Escape")
    word(fox, "dog").click()
    expect_word(fox, "dog", word=1, line=3)
    fox.keyboard.type("cat")
    fox.keyboard.press("Tab")
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, f"The very {FOX[4:]}".replace("dog", "cat"))
    complaints.forgive("409")


def test_a_line_that_an_unanswered_one_moved_on_is_still_the_one_that_is_meant(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    notice = type_unanswered(fox, ("Alt+i", "Enter"), "between")
    for _press in range(2):
        fox.keyboard.press("Escape")
    word(fox, "runs").click()
    expect_word(fox, "runs", word=3, line=3)
    held = hold(fox)
    fox.keyboard.type("ran")
    fox.keyboard.press("Alt+l")
    expect(field(fox)).to_have_accessible_name(re.compile("^Line"))
    fox.keyboard.press("End")
    fox.keyboard.type(" fast")
    fox.keyboard.press("Tab")
    let_go(fox, held)
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, f"{LINES[0]} between {LINES[1]} dog and ran away fast")
    complaints.forgive("409")


def test_what_was_saved_and_not_answered_is_settled_with_the_new_text(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    notice = type_unanswered(fox, ("Alt+a",), "very")
    fox.context.route("**/words", lambda route: route.abort())
    fox.keyboard.press("Tab")
    expect(notice).to_contain_text("changed this page")
    fox.context.unroute("**/words")
    take_over(fox)
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, f"The very {FOX[4:]}")
    complaints.forgive("409")
    complaints.forgive("net::ERR_FAILED")


@pytest.mark.parametrize(("keys", "typed", "text"), LOST)
def test_what_is_typed_on_takes_the_place_of_what_was_saved_and_not_answered(
    fox: Page, person: Person, url: str, complaints: Complaints, keys: tuple[str, ...], typed: str, text: str
) -> None:
    notice = type_unanswered(fox, keys, typed)
    fox.keyboard.press("End")
    fox.keyboard.type(" more")
    fox.keyboard.press("Tab")
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, text.replace(typed, f"{typed} more", 1))
    complaints.forgive("409")


def test_what_is_typed_on_stands_once_where_the_new_text_is_asked_for(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    notice = type_unanswered(fox, ("Alt+a",), "very")
    fox.keyboard.press("End")
    fox.keyboard.type(" very")
    fox.context.route("**/words", lambda route: route.abort())
    fox.keyboard.press("Tab")
    expect(notice.get_by_role("listitem")).to_have_text(["very very"])
    fox.context.unroute("**/words")
    take_over(fox)
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, f"The very very {FOX[4:]}")
    complaints.forgive("409")
    complaints.forgive("net::ERR_FAILED")


def test_what_is_typed_into_a_word_that_a_lost_join_took_away_is_not_said_to_be_saved(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    lose_answer(fox)
    fox.keyboard.press("Alt+j")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("may not have been done")
    expect_word(fox, "The", word=1, line=1)
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    expect(notice.get_by_role("listitem")).to_have_text(["That"])
    expect(notice).to_contain_text("no longer on the page")
    expect(fox.locator("[data-status]")).to_have_text("Not saved")
    assert said(person, url) == FOX.replace("The quick", "Thequick")
    notice.get_by_role("button", name="Close").click()
    expect_saved(fox)
    complaints.forgive("409")


@pytest.mark.parametrize("escapes", [0, 2])
@pytest.mark.parametrize(("keys", "typed", "text"), LOST)
def test_what_was_saved_and_not_answered_is_undone(
    fox: Page,
    person: Person,
    url: str,
    complaints: Complaints,
    keys: tuple[str, ...],
    typed: str,
    text: str,
    escapes: int,
) -> None:
    notice = type_unanswered(fox, keys, typed)
    wait_until(lambda: said(person, url) == text, seconds=10, what="What nobody was told of")
    for _press in range(escapes):
        fox.keyboard.press("Escape")
    with fox.expect_response(lambda answer: answer.url.endswith("/text/undo/") and answer.ok):
        button(fox, "Undo").click()
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, FOX)
    complaints.forgive("409")


def test_a_join_that_was_saved_and_not_answered_is_undone_and_that_is_not_done_twice(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The", "That"))
    expect_word(fox, "quick", word=2, line=1)
    lose_answer(fox)
    fox.keyboard.press("Alt+j")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("may not have been done")
    expect_word(fox, "quick", word=2, line=1)
    fox.keyboard.press("Control+z")
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, FOX.replace("The", "That"))
    fox.keyboard.press("Alt+Delete")
    expect_text(fox, person, url, FOX.replace("The quick", "That"))
    lose_answer(fox, "undo/")
    fox.keyboard.press("Control+z")
    expect(notice).to_contain_text("may not have been done")
    fox.keyboard.press("Control+z")
    expect(notice).to_be_hidden()
    fox.keyboard.press("Alt+Delete")  # once that is over
    expect_text(fox, person, url, FOX.replace("The quick", "That"))
    complaints.forgive("409")


@pytest.mark.parametrize(("keys", "typed", "text"), LOST)
def test_who_inserts_another_word_is_not_told_that_they_changed_the_page_themselves(
    fox: Page, person: Person, url: str, complaints: Complaints, keys: tuple[str, ...], typed: str, text: str
) -> None:
    notice = type_unanswered(fox, keys, typed)
    for _press in range(2):
        fox.keyboard.press("Escape")
    word(fox, "dog").click()
    expect(field(fox)).to_have_value("dog")
    fox.keyboard.press("Alt+a")
    expect(field(fox)).to_have_accessible_name(re.compile("^New word"))
    fox.keyboard.type("barks")
    fox.keyboard.press("Tab")
    expect(field(fox)).to_have_value("and")
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, text.replace("dog", "dog barks"))
    complaints.forgive("409")


def test_who_inserts_a_word_after_a_join_that_was_not_answered_is_not_told_so_either(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    lose_answer(fox)
    fox.keyboard.press("Alt+j")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("may not have been done")
    word(fox, "dog").click()
    expect(field(fox)).to_have_value("dog")
    fox.keyboard.press("Alt+b")
    expect(field(fox)).to_have_accessible_name(re.compile("^New word"))
    fox.keyboard.type("the")
    fox.keyboard.press("Tab")
    expect(field(fox)).to_have_value("dog")
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, FOX.replace("The quick", "Thequick").replace("dog", "the dog"))
    complaints.forgive("409")


def test_what_is_to_be_drawn_is_told_while_something_is_saved(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    held = hold(fox)
    fox.keyboard.type("That")
    fox.keyboard.press("Alt+x")
    status = fox.locator("[data-status]")
    expect(status).to_contain_text("Drag the box")
    let_go(fox, held)
    expect(fox.locator("[data-do=undo]")).to_be_enabled()  # the answer is there
    expect(status).to_contain_text("Drag the box")
    fox.keyboard.press("Escape")
    expect_text(fox, person, url, FOX.replace("The", "That"))


def test_back_from_the_same_misreading_is_back_at_the_word(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    pages = [says(f"{name} is here") for name in ("One", "Two", "Three")]
    reader.goto(person.send_and_wait(save_pdf(tmp_path / "book.pdf", *pages, size=SMALL)) + "?page=3")
    reader.locator("#page-3 .word", has_text="here").click()
    reader.keyboard.press("e")
    typed(reader, "here")
    reader.keyboard.press("Alt+g")
    reader.wait_for_url("**/misreadings/?**")
    reader.go_back()
    expect(reader.get_by_role("textbox", name="Word 3 of line 1", exact=True)).to_be_focused()
    typed(reader, "here")
    expect(reader.locator("#page-number")).to_have_value("3")


def test_correct_everywhere_leads_back_to_the_word_at_which_one_was(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    pages = [says(f"{name} is here") for name in ("One", "Two", "Three")]
    reader.goto(person.send_and_wait(save_pdf(tmp_path / "book.pdf", *pages, size=SMALL)) + "?page=3")
    reader.locator("#page-3 .word", has_text="here").click()
    reader.keyboard.press("e")
    typed(reader, "here")
    reader.keyboard.press("Escape")
    reader.evaluate("scrollTo(0, 0)")
    expect(reader.locator("#page-number")).to_have_value("1")
    reader.locator("summary").get_by_text("More", exact=True).click()
    reader.get_by_role("link", name="Correct everywhere").click()
    reader.wait_for_url("**/misreadings/")
    reader.locator(".page-head a").click()
    expect(reader.get_by_role("textbox", name="Word 3 of line 1", exact=True)).to_be_focused()
    expect(reader.locator("#page-number")).to_have_value("3")


def test_a_notice_names_the_page_where_another_one_is_in_sight(
    reader: Page, person: Person, tmp_path: Path, complaints: Complaints
) -> None:
    file = save_pdf(tmp_path / "book.pdf", says("One two"), says("Three four"), size=SMALL)
    url = person.send_and_wait(file)
    reader.goto(url)
    word(reader, "two").click()
    reader.keyboard.press("e")
    typed(reader, "two")
    steps.change_elsewhere(reader, f"{url}pages/1/", line=0, word=0, text="theirs")
    held = hold(reader)
    reader.keyboard.type("2")
    reader.keyboard.press("Tab")
    typed(reader, "Three")
    expect(reader.locator("#page-number")).to_have_value("2")
    let_go(reader, held)
    why = reader.get_by_role("alert").locator("[data-why]")
    expect(why).to_have_text(re.compile(f"^Page 1 · {person.name} changed this page"))
    why.get_by_role("link", name="Page 1").click()
    expect(reader.locator("#page-number")).to_have_value("1")
    complaints.forgive("409")


def test_the_heads_of_document_and_page_say_how_sure_the_corrected_text_is(
    fox: Page, person: Person, url: str
) -> None:
    heads = fox.locator(".facts-confidence"), fox.locator("#page-1 .confidence")
    for head in heads:
        expect(head).not_to_have_text("confidence 100%")
    begin(fox)
    fox.keyboard.press("Alt+l")
    fox.keyboard.type("Another line")
    fox.keyboard.press("Tab")
    expect_word(fox, "leaps", word=1, line=2)
    for _line in range(2):
        fox.keyboard.press("Alt+Shift+D")
    expect_text(fox, person, url, "Another line")
    for head in heads:
        expect(head).to_have_text("confidence 100%")


def test_who_undoes_too_late_sees_the_new_text(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The", "That"))
    change_elsewhere(fox, line=2, word=0, text="cat")
    fox.keyboard.press("Control+z")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("You see the new text")
    expect(notice).not_to_contain_text("saved")
    expect(word(fox, "cat")).to_be_visible()
    expect_word(fox, "quick", word=2, line=1)
    expect_text(fox, person, url, FOX.replace("The", "That").replace("dog", "cat"))
    notice.get_by_role("button", name="Close").click()
    expect(notice).to_be_hidden()
    complaints.forgive("409")


def test_a_new_text_that_cannot_be_had_now_is_asked_for_again(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    type_line_too_late(fox)
    notice = fox.get_by_role("alert")
    fox.context.route("**/words", lambda route: route.abort())
    take_over(fox)
    expect(notice).to_contain_text("The site cannot be reached")
    expect(fox.get_by_role("textbox", name="Line 1")).to_have_value("Another line")
    fox.context.unroute("**/words")
    take_over(fox)
    expect_word(fox, "That", word=1, line=1)
    expect(notice.get_by_role("listitem")).to_have_text(["Another line"])
    assert said(person, url) == FOX.replace("The", "That", 1)
    complaints.forgive("409")
    complaints.forgive("net::ERR_FAILED")


def test_an_outage_is_over_once_the_new_text_is_shown(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    change_elsewhere(fox, line=0, word=0, text="That")
    fox.context.route("**/text/", lambda route: route.abort())
    fox.keyboard.type("Then")
    fox.keyboard.press("Tab")
    expect(fox.locator("[data-status]")).to_contain_text("No connection.")
    fox.context.unroute("**/text/")
    fox.evaluate("dispatchEvent(new Event('online'))")
    take_over(fox)
    expect(fox.get_by_role("alert")).to_contain_text("no longer on the page")
    expect_word(fox, "quick", word=2, line=1)
    fox.keyboard.press("Alt+j")
    expect_word(fox, "quickbrown", word=2, line=1)
    expect_text(fox, person, url, FOX.replace("The quick brown", "That quickbrown"), "Not saved")
    complaints.forgive("409")
    complaints.forgive("net::ERR_FAILED")


def test_what_is_typed_without_a_connection_is_kept_and_saved_later(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.context.route("**/text/", lambda route: route.abort())
    for text in ("That", "slow"):
        fox.keyboard.type(text)
        fox.keyboard.press("Tab")
    expect(fox.locator("[data-status]")).to_contain_text("No connection.")
    fox.keyboard.press("Alt+j")
    expect(fox.get_by_role("alert")).to_contain_text("The site cannot be reached")
    with fox.expect_event("dialog") as asked:
        fox.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    assert said(person, url) == FOX
    fox.context.unroute("**/text/")
    fox.evaluate("dispatchEvent(new Event('online'))")
    expect_text(fox, person, url, FOX.replace("The quick", "That slow"))
    complaints.forgive("net::ERR_FAILED")


def test_what_is_told_of_an_outage_is_over_once_the_line_is_saved(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.context.route("**/text/", lambda route: route.abort())
    fox.keyboard.press("Alt+l")
    fox.keyboard.type("Another line")
    fox.keyboard.press("Enter")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("The site cannot be reached")
    expect(notice.get_by_role("listitem")).to_have_text(["Another line"])
    fox.context.unroute("**/text/")
    expect(fox.get_by_role("textbox", name="Line 1")).to_have_value("Another line")
    fox.keyboard.press("Enter")
    expect_word(fox, "leaps", word=1, line=2)
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, f"Another line {' '.join(LINES[1:])}")
    complaints.forgive("net::ERR_FAILED")


def test_what_may_not_have_been_done_is_not_told_to_be_saved(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.context.route(re.compile("/(text/|words)"), lambda route: route.abort())
    fox.keyboard.press("Alt+j")
    notice = fox.get_by_role("alert")
    status = fox.locator("[data-status]")
    expect(notice).to_contain_text("may not have been done")
    expect(status).to_have_text("Perhaps not saved")
    with fox.expect_event("requestfailed"):
        notice.get_by_role("button", name="Close").click()
    expect(notice).to_be_hidden()
    expect(status).to_have_text("Perhaps not saved")
    fox.context.unroute(re.compile("/(text/|words)"))
    fox.evaluate("dispatchEvent(new Event('online'))")
    expect(notice).to_contain_text("The site can be reached again; this was not done.")
    expect_saved(fox)
    fox.keyboard.press("Alt+j")
    expect_text(fox, person, url, FOX.replace("The quick", "Thequick"))
    expect(notice).to_be_hidden()
    complaints.forgive("net::ERR_FAILED")


def test_what_was_done_and_not_answered_is_shown_once_the_site_answers(
    fox: Page, person: Person, url: str
) -> None:
    begin(fox)
    lose_answer(fox)
    fox.keyboard.press("Alt+j")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("may not have been done")
    expect(fox.locator("[data-status]")).to_have_text("Perhaps not saved")
    notice.get_by_role("button", name="Close").click()
    expect_word(fox, "Thequick", word=1, line=1)
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, FOX.replace("The quick", "Thequick"))


def test_what_somebody_else_did_meanwhile_is_told_once_the_site_answers(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.context.route("**/text/", lambda route: route.abort())
    fox.keyboard.press("Alt+j")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("may not have been done")
    fox.context.unroute("**/text/")
    for text in ("cat", "bear"):
        change_elsewhere(fox, line=2, word=0, text=text)
    fox.evaluate("dispatchEvent(new Event('online'))")
    expect(notice).to_contain_text("This page was changed meanwhile. You see the new text")
    expect(word(fox, "bear")).to_be_visible()
    expect_text(fox, person, url, FOX.replace("dog", "bear"))
    complaints.forgive("net::ERR_FAILED")


@pytest.mark.parametrize("gone", [{"name": "ocrsite_session"}, {}], ids=["session", "all cookies"])
def test_who_is_signed_out_meanwhile_signs_in_again_in_another_window(
    fox: Page, person: Person, url: str, complaints: Complaints, gone: dict[str, str]
) -> None:
    begin(fox)
    fox.context.clear_cookies(**gone)
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("You are signed out")
    expect(notice.get_by_role("listitem")).to_have_text(["That"])
    expect(notice.get_by_role("link", name="Sign in")).to_have_attribute("target", "_blank")
    steps.expect_accessible(fox)
    assert said(person, url) == FOX
    fox.context.clear_cookies()
    session = [one for one in person.cookies() if one["name"] == "ocrsite_session"]
    fox.context.add_cookies(session)  # the token comes with the next page
    with fox.context.new_page() as elsewhere:
        elsewhere.goto(url)
    fox.evaluate("dispatchEvent(new Event('focus'))")
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, FOX.replace("The", "That"))
    complaints.forgive("403 (Forbidden)")


def share(person: Person, other: Person) -> None:
    """What `person` has may be changed by `other`, too."""
    [shared] = set(re.findall(r"/collections/\d+/", person.get("/collections/").text))
    person.post(f"{shared}invite/", {"name": other.name, "role": "editor"})
    [invitation] = re.findall(r'action="(/invitations/\d+/)"', other.get("/").text)
    other.post(invitation, {"answer": "accept"})


def test_what_waits_is_not_saved_for_who_signs_in_meanwhile(
    fox: Page, person: Person, other: Person, url: str, complaints: Complaints
) -> None:
    share(person, other)
    begin(fox)
    fox.context.route("**/text/", lambda route: route.abort())
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    expect(fox.locator("[data-status]")).to_contain_text("No connection.")
    fox.context.clear_cookies()
    fox.context.add_cookies(other.cookies())
    fox.context.unroute("**/text/")
    with fox.context.new_page() as theirs:
        theirs.goto(url)
        theirs.keyboard.press("e")
        expect(theirs.get_by_role("button", name="Undo")).to_be_disabled()
        expect(theirs.get_by_role("alert")).to_be_hidden()
    notice = fox.get_by_role("alert")
    fox.evaluate("dispatchEvent(new Event('online'))")
    expect(notice).to_contain_text("You are signed out")
    expect(notice.get_by_role("listitem")).to_have_text(["That"])
    assert said(person, url) == FOX
    fox.context.clear_cookies()
    fox.context.add_cookies(person.cookies())
    fox.evaluate("dispatchEvent(new Event('focus'))")
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, FOX.replace("The", "That"))
    complaints.forgive("403 (Forbidden)")
    complaints.forgive("net::ERR_FAILED")


def test_a_part_of_the_page_is_read_again_and_put_in(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    fox.keyboard.type("Wrong")
    fox.keyboard.press("Alt+r")
    expect(fox.get_by_role("group", name="Box on the image")).to_be_focused()
    fox.keyboard.press("Enter")
    dialog = fox.get_by_role("dialog", name="Read a part again")
    expect(dialog.get_by_role("combobox", name="Add a language")).to_be_visible()
    dialog.get_by_label("What is in it").select_option("A column")
    dialog.get_by_role("button", name="Read", exact=True).click()
    told = dialog.get_by_text("Nothing is changed yet.")
    expect(told).to_contain_text("Putting it in replaces 1 word that somebody corrected.")
    expect(dialog.get_by_role("img", name="The part as it was read")).to_be_visible()
    steps.expect_accessible(fox)
    assert said(person, url).startswith("Wrong")
    dialog.get_by_role("button", name="Put it in").click()
    expect_word(fox, "The", word=1, line=1)
    expect_text(fox, person, url, FOX)


def test_the_languages_of_a_part_are_chosen_beforehand_and_told_afterwards(fox: Page) -> None:
    begin(fox)
    dialog = read_again(fox)
    expect(dialog.get_by_text("Read in English with a confidence of")).to_be_visible()
    expect(dialog.locator(".chip")).to_have_text(["English×"])
    dialog.get_by_role("button", name="Remove: English").click()
    expect(dialog.locator(".chip")).to_have_text(["Detect"])
    dialog.get_by_role("button", name="Read", exact=True).click()
    expect(dialog.get_by_text("Read in English with a confidence of")).to_be_visible()
    fox.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    dialog = read_again(fox)
    expect(dialog.locator(".chip")).to_have_text(["Detect"])  # as this person chose
    fox.keyboard.press("Escape")
    fox.locator("section.row").first.evaluate("row => (row.dataset.readIn = 'rus')")
    dialog = read_again(fox)
    expect(dialog.locator(".chip")).to_have_text(["Russian×"])  # another page may be in another language


def test_a_part_that_comes_too_late_is_kept_to_be_put_in(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.keyboard.type("Wrong")
    fox.keyboard.press("Alt+r")
    expect(fox.get_by_role("group", name="Box on the image")).to_be_focused()
    fox.keyboard.press("Enter")
    dialog = fox.get_by_role("dialog", name="Read a part again")
    dialog.get_by_role("button", name="Read", exact=True).click()
    expect(dialog.get_by_text("Nothing is changed yet.")).to_be_visible()
    change_elsewhere(fox, line=2, word=0, text="cat")
    dialog.get_by_role("button", name="Put it in").click()
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text(f"{person.name} changed this page")
    expect(notice).to_contain_text("not in the text yet")
    expect(notice).to_contain_text("The quick brown fox")  # what was read
    expect(word(fox, "cat")).to_be_visible()
    steps.expect_accessible(fox)
    assert said(person, url) == FOX.replace("The", "Wrong", 1).replace("dog", "cat")
    notice.get_by_role("button", name="Put it in").click()
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, FOX)
    complaints.forgive("409")


def read_again(page: Page) -> Locator:
    """The dialog with a part that was read again."""
    page.keyboard.press("Alt+r")
    expect(page.get_by_role("group", name="Box on the image")).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Read a part again")
    dialog.get_by_role("button", name="Read", exact=True).click()
    return dialog


def test_a_part_and_typed_words_are_listed_side_by_side(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.keyboard.type("Wrong")
    fox.keyboard.press("Tab")
    long = "x" * 300
    fox.keyboard.type(long)
    fox.keyboard.press("Tab")
    notice = fox.get_by_role("alert")
    expect(notice.get_by_role("listitem")).to_have_text([long])
    dialog = read_again(fox)
    expect(dialog.get_by_text("Nothing is changed yet.")).to_be_visible()
    change_elsewhere(fox, line=2, word=0, text="cat")
    dialog.get_by_role("button", name="Put it in").click()
    expect(notice).to_contain_text("not in the text yet")
    expect(notice.get_by_role("listitem")).to_have_text([long])
    notice.get_by_role("button", name="Put it in").click()
    expect(notice.get_by_role("button", name="Put it in")).to_be_hidden()
    expect(notice.get_by_role("listitem")).to_have_text([long])
    wait_until(lambda: said(person, url).startswith(LINES[0]), seconds=10, what="The part")
    complaints.forgive("409")
    complaints.forgive("422")


def test_a_part_in_hand_is_put_in_though_another_one_was_read(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.keyboard.type("Wrong")
    dialog = read_again(fox)
    expect(dialog.get_by_text("Nothing is changed yet.")).to_be_visible()
    change_elsewhere(fox, line=2, word=0, text="cat")
    dialog.get_by_role("button", name="Put it in").click()
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("not in the text yet")
    dialog = read_again(fox)
    expect(dialog.get_by_text("Nothing is changed yet.")).to_be_visible()
    fox.keyboard.press("Escape")
    notice.get_by_role("button", name="Put it in").click()
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, FOX)
    complaints.forgive("409")


def test_leaving_with_a_part_in_hand_is_asked_about(fox: Page, complaints: Complaints) -> None:
    begin(fox)
    dialog = read_again(fox)
    expect(dialog.get_by_text("Nothing is changed yet.")).to_be_visible()
    change_elsewhere(fox, line=2, word=0, text="cat")
    dialog.get_by_role("button", name="Put it in").click()
    expect(fox.get_by_role("alert")).to_contain_text("not in the text yet")
    with fox.expect_event("dialog") as asked:
        fox.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    complaints.forgive("409")


def test_who_is_signed_out_meanwhile_keeps_the_list(fox: Page, complaints: Complaints) -> None:
    begin(fox)
    fox.context.clear_cookies(name="ocrsite_session")
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    notice = fox.get_by_role("alert")
    expect(notice.get_by_role("listitem")).to_have_text(["That"])
    fox.keyboard.press("Alt+k")
    expect_word(fox, "quick", word=2, line=1)
    expect(notice.get_by_role("listitem")).to_have_text(["That"])
    complaints.forgive("403 (Forbidden)")


def test_who_is_signed_out_is_told_so_where_a_part_cannot_be_read(fox: Page, complaints: Complaints) -> None:
    begin(fox)
    fox.context.clear_cookies(name="ocrsite_session")
    dialog = read_again(fox)
    expect(dialog.locator("[data-said]")).to_contain_text("You are signed out.")
    complaints.forgive("403 (Forbidden)")


@pytest.mark.parametrize(("width", "height"), [(844, 390), (390, 360)])
def test_a_notice_leaves_room_for_the_field_in_a_low_window(
    visit: NewContext, site: Site, person: Person, url: str, complaints: Complaints, width: int, height: int
) -> None:
    size = {"width": width, "height": height}
    phone = opened(steps.phone(visit, site, person, viewport=size), url)
    begin(phone)
    change_elsewhere(phone, line=2, word=0, text="cat")
    phone.keyboard.press("Alt+l")
    phone.keyboard.type("Another line " * 9)
    phone.keyboard.press("Tab")
    notice = phone.get_by_role("alert")
    expect(notice.get_by_role("listitem")).to_have_count(1)
    for name in ("Copy", "Show the new text and keep mine"):
        expect(button(phone, name)).to_be_in_viewport(ratio=1)
    phone.evaluate(FRAMES)
    box = field(phone).bounding_box()
    assert box
    hit = "([x, y]) => document.elementFromPoint(x, y).matches('.correct-field')"
    assert phone.evaluate(hit, middle(box))
    steps.expect_accessible(phone)
    complaints.forgive("409")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_phone_corrects_by_touch(
    visit: NewContext, site: Site, person: Person, url: str, colours: str
) -> None:
    phone = opened(steps.phone(visit, site, person, color_scheme=colours), url)
    phone.get_by_role("button", name="Correct", exact=True).tap()
    expect_word(phone, "The", word=1, line=1)
    phone.locator("#page-1 .word", has_text="runs").tap()
    expect_word(phone, "runs", word=3, line=3)
    expect(field(phone)).to_be_in_viewport()
    assert field(phone).evaluate("input => parseFloat(getComputedStyle(input).fontSize)") >= 16
    field(phone).select_text()
    assert steps.contrast_in(field(phone)) >= steps.LEGIBLE
    field(phone).fill("walks")
    phone.locator(".correct-row summary").get_by_text("Word", exact=True).tap()
    phone.get_by_role("button", name="Join with the next").tap()
    expect_word(phone, "walksaway", word=3, line=3)
    command(phone, "Word", "Move its box")
    expect(phone.get_by_role("group", name="Box of the word")).to_be_in_viewport()
    phone.get_by_role("button", name="Cancel").tap()
    expect_word(phone, "walksaway", word=3, line=3)
    bar = phone.locator(".correct-bar").bounding_box()
    assert bar
    assert bar["y"] + bar["height"] == pytest.approx(844, abs=1)
    steps.expect_usable(phone)
    expect_text(phone, person, url, FOX.replace("runs away", "walksaway"))


def test_the_page_that_is_corrected_is_the_one_that_is_read(
    visit: NewContext, site: Site, person: Person, tmp_path: Path
) -> None:
    file = save_pdf(tmp_path / "book.pdf", says("One two"), says("Three four"), size=SMALL)
    phone = steps.phone(visit, site, person)
    phone.goto(person.send_and_wait(file))
    phone.get_by_role("button", name="Correct", exact=True).tap()
    typed(phone, "One")
    phone.locator("#page-2 .word", has_text="four").tap()
    typed(phone, "four")
    phone.evaluate("scrollBy(0, -160)")  # the page before is under the bar again
    phone.evaluate(FRAMES)
    expect(field(phone)).to_be_in_viewport()
    expect(phone.locator("#page-number")).to_have_value("2")
    word(phone, "two").tap()
    typed(phone, "two")
    expect(phone.locator("#page-number")).to_have_value("1")


def test_axe_finds_nothing_while_one_corrects(fox: Page) -> None:
    begin(fox)
    bar = fox.locator(".correct-bar").bounding_box()
    assert bar
    assert (bar["x"], bar["width"]) == (0, fox.evaluate("document.documentElement.clientWidth"))
    for menu in ("Word", "Line", "Page"):
        fox.locator(".correct-row summary").get_by_text(menu, exact=True).click()
        steps.expect_accessible(fox)
    fox.keyboard.press("Alt+x")
    steps.expect_accessible(fox)


def test_who_may_only_look_is_offered_no_correcting(
    visit: NewContext, site: Site, person: Person, other: Person, tmp_path: Path
) -> None:
    shared = person.post("/collections/", {"name": f"Shared by {person.name}"}).url
    person.post(f"{shared}invite/", {"name": other.name, "role": "viewer"})
    [invitation] = re.findall(r'action="(/invitations/\d+/)"', other.get("/").text)
    other.post(invitation, {"answer": "accept"})
    collection = shared.rstrip("/").rpartition("/")[2]
    url = person.send_and_wait(letter(tmp_path / "fox.png"), collection=collection)
    context = visit(site)
    context.add_cookies(other.cookies())
    looking = context.new_page()
    methods: list[str] = []
    looking.on("request", lambda request: methods.append(request.method))
    for address in (url, f"{url}?correct=1"):
        opened(looking, address)
        for key in ("e", "Enter", "F2", "Alt+a", "Delete", "Alt+Delete", "Alt+Enter", "Control+z"):
            word(looking, "quick").focus()
            looking.keyboard.press(key)
        word(looking, "brown").dblclick()
        looking.evaluate(FRAMES)
        expect(field(looking)).to_have_count(0)
        expect(button(looking, "Correct")).to_have_count(0)
    looking.keyboard.press("?")
    keys = looking.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys).to_contain_text("Next doubtful word")
    expect(keys).not_to_contain_text("Correct words")
    expect(keys).not_to_contain_text("Undo a correction")
    assert set(methods) == {"GET"}
    assert said(person, url) == FOX


def vertical(path: Path, *lines: str) -> Path:
    """Japanese in columns from the right, each letter below the one before."""
    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 48)
    image = Image.new("L", (600, 800), 255)
    draw = ImageDraw.Draw(image)
    for column, line in enumerate(lines):
        for row, sign in enumerate(line):
            draw.text((480 - 100 * column, 60 + 54 * row), sign, font=font, fill=0)
    image.save(path, dpi=(300, 300))
    return path


def test_a_page_whose_lines_run_down_is_corrected(reader: Page, person: Person, tmp_path: Path) -> None:
    lines = ("東京の図書館は毎日", "新しい本を読むこと", "電車で学校に行きます")
    url = person.send_and_wait(vertical(tmp_path / "tate.png", *lines), languages=["jpn"])
    assert said(person, url) == " ".join(lines)
    reader.goto(url)
    expect(text_of(reader)).to_contain_text(lines[0])
    reader.keyboard.press("e")
    expect_word(reader, "東京", word=1, line=1)
    reader.keyboard.type("京都")
    reader.keyboard.press("Tab")
    expect_word(reader, "の", word=2, line=1)
    reader.keyboard.press("Alt+a")
    expect(field(reader)).to_have_value("")
    reader.keyboard.type("大")
    reader.keyboard.press("Tab")
    expect_word(reader, "図書", word=4, line=1)
    expect_text(reader, person, url, " ".join(("京都の大図書館は毎日", *lines[1:])))
    before, new, after = person.document(url)["pages"][0]["words"][1:4]
    assert before["y0"] < new["y0"] < after["y1"]
    assert abs(new["y1"] - after["y0"]) < 5  # pixels; the engine's boxes touch
    assert abs(new["x0"] - before["x0"]) < 5
    word(reader, "京都").click()
    reader.keyboard.press("Alt+a")  # behind the first word, whose box the engine makes as long as its line
    reader.keyboard.type("駅")
    reader.keyboard.press("Tab")
    expect_text(reader, person, url, " ".join(("京都駅の大図書館は毎日", *lines[1:])))
    new, after = person.document(url)["pages"][0]["words"][1:3]
    assert abs(new["y0"] - after["y0"]) < 5
