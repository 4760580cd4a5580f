"""What the commands of correcting are for: the word in which the caret stands, also where it is new."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import Complaints, NewContext
from tests.browser.test_correcting import (
    FOX,
    LINES,
    SMALL,
    bar,
    begin,
    box_of,
    button,
    change_elsewhere,
    command,
    expect_saved,
    expect_text,
    expect_word,
    field,
    hold,
    letter,
    middle,
    opened,
    said,
    share,
    typed,
    word,
)
from tests.files import save_pdf, says
from tests.people import Person
from tests.sites import Site, wait_until

pytestmark = pytest.mark.browser

REST = " ".join(LINES[1:])
NEW = f"The very quick brown fox {REST}"

# A browser tells of a page that is hidden as it does of one that is seen again.
HIDE = """() => {
    for (const isHidden of [true, false]) {
        Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }
}"""
WRITES = """([key, code]) => {
    const options = { key, code, altKey: true, bubbles: true, cancelable: true };
    return document.activeElement.dispatchEvent(new KeyboardEvent("keydown", options));
}"""


@pytest.fixture
def url(person: Person, tmp_path: Path) -> str:
    """The address of a document of one page, with twelve words."""
    return person.send_and_wait(letter(tmp_path / "fox.png"))


@pytest.fixture
def fox(reader: Page, url: str) -> Page:
    return opened(reader, url)


def type_new(page: Page, text: str, *, key: str = "Alt+a") -> None:
    """Into the field of a new word beside “The”."""
    begin(page)
    page.keyboard.press(key)
    expect(page.get_by_role("textbox", name="New word in line 1")).to_be_focused()
    page.keyboard.type(text)


def type_line(page: Page, text: str) -> None:
    """Into the field of a new line below the first one."""
    begin(page)
    page.keyboard.press("Alt+i")
    expect(page.get_by_role("group", name="Box on the image")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Line 2", exact=True)).to_be_focused()
    page.keyboard.type(text)


def test_a_new_word_is_deleted_and_its_neighbours_stay(fox: Page, person: Person, url: str) -> None:
    type_new(fox, "very")
    fox.keyboard.press("Alt+Delete")
    expect_word(fox, "quick", word=2, line=1)
    expect_text(fox, person, url, FOX)


@pytest.mark.parametrize(("key", "text", "number"), [("Alt+a", "quick", 2), ("Alt+b", "The", 1)])
def test_an_empty_field_of_a_new_word_is_let_go_of(
    fox: Page, person: Person, url: str, key: str, text: str, number: int
) -> None:
    type_new(fox, "", key=key)
    command(fox, "Word", "Delete")
    expect_word(fox, text, word=number, line=1)
    assert said(person, url) == FOX


@pytest.mark.parametrize("key", ["Alt+a", "Alt+b"])
def test_a_new_word_is_split_at_the_caret(fox: Page, person: Person, url: str, key: str) -> None:
    type_new(fox, "verymuch", key=key)
    for _letter in "much":
        fox.keyboard.press("ArrowLeft")
    fox.keyboard.press("Alt+s")
    typed(fox, "much")
    there = f"The very much quick brown fox {REST}" if key == "Alt+a" else f"very much {FOX}"
    expect_text(fox, person, url, there)


@pytest.mark.parametrize(
    ("key", "text"), [("Alt+b", "The not very quick brown fox"), ("Alt+a", "The very not quick brown fox")]
)
def test_another_word_comes_beside_a_new_one(
    fox: Page, person: Person, url: str, key: str, text: str
) -> None:
    type_new(fox, "very")
    fox.keyboard.press(key)
    expect(field(fox)).to_have_value("")
    fox.keyboard.type("not")
    fox.keyboard.press("Enter")
    expect_text(fox, person, url, f"{text} {REST}")


def test_a_command_in_a_new_word_is_for_the_piece_in_which_the_caret_stands(
    fox: Page, person: Person, url: str
) -> None:
    type_new(fox, "very much")
    fox.keyboard.press("Alt+Delete")
    expect_text(fox, person, url, NEW)


def test_a_new_word_is_put_on_ones_own_list(fox: Page) -> None:
    type_new(fox, "very")
    fox.keyboard.press("Alt+k")
    expect_word(fox, "very", word=2, line=1)
    expect(fox.locator("[data-status]")).to_have_text("On your word list.")
    fox.goto("/words/")
    expect(fox.get_by_role("button", name="Remove very")).to_be_visible()


def test_a_new_word_is_joined_with_the_one_behind_it(fox: Page, person: Person, url: str) -> None:
    type_new(fox, "very")
    fox.keyboard.press("Alt+j")
    expect_word(fox, "veryquick", word=2, line=1)
    expect_text(fox, person, url, f"The veryquick brown fox {REST}")


@pytest.mark.parametrize(
    "name", ["Split at the caret", "Join with the next", "Insert before", "Add to my words"]
)
def test_there_is_nothing_to_do_with_a_word_that_is_not_typed_yet(fox: Page, name: str) -> None:
    type_new(fox, "")
    command(fox, "Word", name)
    expect(fox.locator("[data-status]")).to_have_text("Nothing to do here.")
    expect(fox.get_by_role("textbox", name="New word in line 1")).to_be_focused()


def test_the_line_of_a_word_that_is_not_typed_yet_is_there(fox: Page) -> None:
    type_new(fox, "")
    fox.keyboard.press("Alt+l")
    expect(fox.get_by_role("textbox", name="Line 1", exact=True)).to_have_value(LINES[0])


def test_a_word_that_was_emptied_goes_and_the_next_one_stays(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    fox.keyboard.press("Delete")
    fox.keyboard.press("Alt+k")
    expect(fox.locator("[data-status]")).to_have_text("Nothing to do here.")
    fox.keyboard.press("Alt+Delete")
    expect_word(fox, "quick", word=1, line=1)
    expect_text(fox, person, url, FOX.removeprefix("The "))


def test_a_new_line_is_deleted_and_the_one_above_stays(fox: Page, person: Person, url: str) -> None:
    type_line(fox, "Another line")
    fox.keyboard.press("Alt+Shift+D")
    expect_word(fox, "leaps", word=1, line=2)
    expect_text(fox, person, url, FOX)


def test_a_word_of_a_new_line_is_deleted(fox: Page, person: Person, url: str) -> None:
    type_line(fox, "Another fine line")
    for _letter in " line":
        fox.keyboard.press("ArrowLeft")
    fox.keyboard.press("Alt+Delete")
    expect_text(fox, person, url, f"{LINES[0]} Another line {REST}")


def test_a_word_of_a_line_that_is_typed_anew_is_deleted(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    fox.keyboard.press("Alt+l")
    fox.keyboard.type("The slow brown fox")
    for _letter in "n fox":
        fox.keyboard.press("ArrowLeft")
    fox.keyboard.press("Alt+Delete")
    expect_word(fox, "fox", word=3, line=1)
    expect_text(fox, person, url, f"The slow fox {REST}")


def test_a_line_in_which_nothing_is_typed_means_the_word_at_which_one_was(fox: Page) -> None:
    begin(fox)
    for _word in range(2):
        fox.keyboard.press("Tab")
    expect_word(fox, "brown", word=3, line=1)
    fox.keyboard.press("Alt+l")
    fox.keyboard.press("Alt+Enter")
    expect_word(fox, "brown", word=1, line=2)


def test_where_no_word_is_chosen_one_is_asked_to_click_one(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    expect_saved(fox)
    fox.locator("#page-1 .sheet").click(position={"x": 5, "y": 5})
    expect(field(fox)).to_be_hidden()
    command(fox, "Line", "Edit the whole line")
    expect(fox.locator("[data-status]")).to_have_text("Click a word first.")


@pytest.mark.parametrize(("key", "code"), [("ß", "KeyS"), ("@", "KeyL"), ("π", "KeyP"), ("Dead", "KeyI")])
def test_letters_that_are_typed_with_alt_on_a_mac_are_typed(
    fox: Page, person: Person, url: str, key: str, code: str
) -> None:
    begin(fox)
    fox.evaluate("Object.defineProperty(navigator, 'platform', { value: 'MacIntel' })")
    assert fox.evaluate(WRITES, [key, code])
    expect_word(fox, "The", word=1, line=1)
    fox.keyboard.press("Escape")
    expect(word(fox, "The")).to_be_focused()
    assert not fox.evaluate(WRITES, ["å", "KeyA"])  # nothing is typed outside of a field
    expect(fox.get_by_role("textbox", name="New word in line 1")).to_be_focused()


def test_keys_act_by_their_place_where_letters_are_of_another_script(
    fox: Page, person: Person, url: str
) -> None:
    begin(fox)
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The", "That"))
    press = """([key, code, modifier]) => {
        const options = { key, code, [modifier]: true, bubbles: true, cancelable: true };
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", options));
    }"""
    fox.evaluate(press, ["я", "KeyZ", "ctrlKey"])
    expect_word(fox, "The", word=1, line=1)
    expect_text(fox, person, url, FOX)
    fox.evaluate(press, ["ф", "KeyA", "altKey"])
    expect(fox.get_by_role("textbox", name="New word in line 1")).to_be_focused()


def test_a_word_is_typed_on_after_another_window_was_looked_at(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    fox.keyboard.type("Tha")
    fox.evaluate(HIDE)
    expect_text(fox, person, url, FOX.replace("The", "Tha"))
    fox.keyboard.type("t")
    expect_word(fox, "That", word=1, line=1)
    fox.keyboard.press("Tab")
    expect_word(fox, "quick", word=2, line=1)
    expect_text(fox, person, url, FOX.replace("The", "That"))


@pytest.mark.parametrize("text", ["", "Tha t"])
def test_a_word_of_which_no_word_is_made_yet_is_typed_on_too(
    fox: Page, person: Person, url: str, text: str
) -> None:
    begin(fox)
    fox.keyboard.press("Delete")
    fox.keyboard.type(text)
    fox.evaluate(HIDE)
    typed(fox, text)
    fox.keyboard.type("e")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The", f"{text}e"))


@pytest.mark.parametrize(
    ("keys", "first", "then", "line"),
    [
        (("Alt+l",), "That very quick", " brown fox", "That very quick brown fox"),
        (("Alt+a",), "ve", "ry", "The very quick brown fox"),
        (("Alt+b",), "ve", "ry much", "very much The quick brown fox"),
    ],
)
def test_a_line_and_a_new_word_are_typed_on_after_another_window_was_looked_at(
    fox: Page, person: Person, url: str, keys: tuple[str, ...], first: str, then: str, line: str
) -> None:
    begin(fox)
    for key in keys:
        fox.keyboard.press(key)
    fox.keyboard.type(first)
    fox.evaluate(HIDE)
    expect_saved(fox)
    assert first in said(person, url)
    typed(fox, first)
    fox.keyboard.type(then)
    typed(fox, first + then)
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, f"{line} {REST}")


def test_a_mistake_of_the_script_is_told_to_the_browser(fox: Page, complaints: Complaints) -> None:
    begin(fox)
    field(fox).evaluate(
        """field => Object.defineProperty(field, "selectionStart", {
          get() {
            throw new TypeError("broken");
          },
        })"""
    )
    with fox.expect_event("pageerror") as told:
        fox.keyboard.press("Alt+j")
    assert "broken" in str(told.value)
    complaints.forgive("broken")


def test_a_notice_is_not_told_anew_with_each_word_that_is_saved(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.keyboard.insert_text("x" * 201)
    fox.keyboard.press("Tab")
    expect(fox.get_by_role("alert").get_by_role("listitem")).to_have_text(["x" * 201])
    fox.evaluate(
        """() => {
          window.told = 0;
          const watch = new MutationObserver(() => (window.told += 1));
          const notice = document.querySelector("[data-notice]");
          watch.observe(notice, { childList: true, characterData: true, subtree: true });
        }"""
    )
    for text in ("slow", "black"):
        fox.keyboard.type(text)
        fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("quick brown", "slow black"), "Not saved")
    assert fox.evaluate("told") <= 1  # that it is not saved yet
    complaints.forgive("422")


def test_who_is_signed_out_while_they_type_keeps_what_they_typed(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.keyboard.type("That")
    fox.context.clear_cookies(name="ocrsite_session")
    stale = "document.getElementById('page-1').dispatchEvent(new Event('ocrsite:stale', { bubbles: true }))"
    with fox.expect_response("**/pages/1/?*"):
        fox.evaluate(stale)
    fox.wait_for_timeout(200)
    typed(fox, "That")
    fox.keyboard.press("Tab")
    expect(fox.get_by_role("alert")).to_contain_text("You are signed out")
    complaints.forgive("403 (Forbidden)")


def test_words_that_break_off_on_their_way_are_told_as_an_outage(fox: Page, complaints: Complaints) -> None:
    begin(fox)
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    expect_saved(fox)
    change_elsewhere(fox, line=2, word=0, text="cat")
    fox.context.route("**/words*", lambda route: route.fulfill(body="<html>Sign in to the hotel</html>"))
    fox.keyboard.press("Alt+j")
    expect(fox.get_by_role("alert")).to_be_visible()
    expect(fox.locator("[data-status]")).not_to_have_text("Saving…")
    complaints.forgive("409")


def test_a_change_that_is_never_answered_is_told_as_an_outage(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    fox.evaluate("AbortSignal.timeout = () => AbortSignal.abort()")  # it is over
    fox.keyboard.press("Alt+j")
    expect(fox.get_by_role("alert")).to_contain_text("this may not have been done")
    assert said(person, url) == FOX
    complaints.forgive("aborted")


def test_steps_are_undone_and_done_again_over_the_pages(reader: Page, person: Person, tmp_path: Path) -> None:
    file = save_pdf(tmp_path / "book.pdf", says("One two"), says("Three four"), size=SMALL)
    url = person.send_and_wait(file)

    def texts() -> list[str]:
        return [" ".join(page["text"].split()) for page in person.document(url)["pages"]]

    reader.goto(url)
    steps.change_elsewhere(reader, f"{url}pages/2/", line=0, word=1, text="4")
    reader.reload()
    word(reader, "two").click()
    reader.keyboard.press("e")
    typed(reader, "two")
    reader.keyboard.type("2")
    reader.keyboard.press("Tab")
    typed(reader, "Three")
    reader.keyboard.press("Control+z")
    typed(reader, "two")
    assert texts() == ["One two", "Three 4"]
    reader.locator("#page-2 .word").get_by_text("4", exact=True).click()
    typed(reader, "4")
    reader.keyboard.press("Control+Shift+Z")
    typed(reader, "2")
    assert texts() == ["One 2", "Three 4"]


def test_undoing_goes_on_with_the_page_before_where_somebody_else_changed_one(
    reader: Page,
    visit: NewContext,
    site: Site,
    person: Person,
    other: Person,
    complaints: Complaints,
    tmp_path: Path,
) -> None:
    pages = [says(f"{name} is here") for name in ("One", "Two", "Three")]
    url = person.send_and_wait(save_pdf(tmp_path / "book.pdf", *pages, size=SMALL))

    def texts() -> list[str]:
        return [page["text"].split()[-1] for page in person.document(url)["pages"]]

    reader.goto(url)
    reader.keyboard.press("e")
    for number in (1, 2, 2, 3):
        reader.locator(f"#page-{number} .word").last.click()
        expect(field(reader)).to_be_focused()
        reader.keyboard.type(f"{number}")
        reader.keyboard.press("Enter")
        expect_saved(reader)
    wait_until(lambda: texts() == ["1", "2", "3"], seconds=10, what="What was typed")
    share(person, other)
    context = visit(site)
    context.add_cookies(other.cookies())
    another = context.new_page()
    another.goto(url)
    steps.change_elsewhere(another, f"{url}pages/2/", line=0, word=2, text="theirs")
    reader.keyboard.press("Control+z")
    wait_until(lambda: texts() == ["1", "theirs", "here"], seconds=10, what="The first step")
    reader.keyboard.press("Control+z")
    expect(reader.get_by_role("alert")).to_contain_text(f"{other.name} changed this page")
    reader.keyboard.press("Control+z")
    wait_until(lambda: texts() == ["here", "theirs", "here"], seconds=10, what="The step before theirs")
    typed(reader, "here")
    reader.keyboard.press("Control+z")
    expect(reader.locator("[data-status]")).to_have_text("There is nothing to undo.")
    complaints.forgive("409")


def test_sentences_say_words_as_they_are(fox: Page) -> None:
    told = "import('/static/js/sentences.js').then(({ fill }) => fill('{0} of {1}', '$& {1}', '$$'))"
    assert fox.evaluate(told) == "$& {1} of $$"


@pytest.mark.parametrize("leave", ["e", "Correct"])
def test_who_leaves_while_a_box_is_drawn_lets_go_of_the_box_first(fox: Page, leave: str) -> None:
    begin(fox)
    fox.keyboard.press("Alt+x")
    box = fox.get_by_role("group", name="Box of the word")
    expect(box).to_be_focused()
    if leave == "e":
        fox.keyboard.press("e")
    else:
        button(fox, leave).click()
    expect(box).to_be_hidden()
    expect_word(fox, "The", word=1, line=1)
    button(fox, "Correct").click()
    expect(bar(fox)).to_be_hidden()


def test_no_word_lights_up_under_a_box_that_is_drawn(fox: Page) -> None:
    place = middle(box_of(fox, "lazy"))
    begin(fox)
    fox.keyboard.press("Alt+r")
    expect(fox.get_by_role("group", name="Box on the image")).to_be_focused()
    fox.mouse.move(*place)
    expect(fox.locator("#page-1 .word.lit")).to_have_count(0)


def test_letters_for_the_next_word_stay_apart_from_a_word_that_could_not_be_inserted(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    type_new(fox, "very")
    held = hold(fox)
    with fox.expect_request("**/text/"):
        fox.keyboard.press("Tab")
    fox.keyboard.type("slow")
    held.pop().abort()
    expect(field(fox)).to_have_value("very slow")
    fox.context.unroute("**/text/")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, f"The very slow quick brown fox {REST}")
    complaints.forgive("net::ERR_FAILED")
