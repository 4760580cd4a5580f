"""What is typed while a field is on its way: by keys, an input method, glass, from the clipboard."""

from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, Route, expect

from tests.browser.conftest import Complaints
from tests.browser.test_commands import REST, type_new
from tests.browser.test_correcting import (
    FOX,
    begin,
    box_of,
    button,
    expect_text,
    expect_word,
    field,
    hold,
    let_go,
    letter,
    middle,
    opened,
    said,
    typed,
    word,
)
from tests.people import Person

pytestmark = pytest.mark.browser

# As a keyboard on glass tells it, of which no key is heard.
TAKE_AWAY = """() => {
    const options = { inputType: "deleteContentBackward", bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new InputEvent("beforeinput", options));
}"""


@pytest.fixture
def url(person: Person, tmp_path: Path) -> str:
    """The address of a document of one page, with twelve words."""
    return person.send_and_wait(letter(tmp_path / "fox.png"))


@pytest.fixture
def fox(reader: Page, url: str) -> Page:
    return opened(reader, url)


def held_join(page: Page) -> list[Route]:
    """“The” is being joined with “quick”, and the site has not answered yet."""
    begin(page)
    held = hold(page)
    with page.expect_request("**/text/"):
        page.keyboard.press("Alt+j")
    return held


def compose(cdp: CDPSession, text: str) -> None:
    """As an input method or a keyboard on glass does, which has not put it in yet."""
    cdp.send(
        "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    )


@pytest.mark.parametrize("is_pasted", [False, True])
def test_what_comes_without_keys_while_a_word_is_saved_is_typed_into_the_next_one(
    fox: Page, person: Person, url: str, is_pasted: bool
) -> None:
    type_new(fox, "new")
    held = hold(fox)
    with fox.expect_request("**/text/"):
        fox.keyboard.press("Enter")
    if is_pasted:
        fox.evaluate("navigator.clipboard.writeText('typed')")
        fox.keyboard.press("Control+v")
    else:
        fox.keyboard.insert_text("typed")
    let_go(fox, held)
    typed(fox, "typed")
    fox.keyboard.press("Enter")
    expect_text(fox, person, url, f"The new typed brown fox {REST}")


def test_what_comes_without_keys_while_words_are_joined_takes_the_place_of_the_joined_word(
    fox: Page, person: Person, url: str
) -> None:
    held = held_join(fox)
    fox.keyboard.insert_text("typed")
    let_go(fox, held)
    typed(fox, "typed")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The quick", "typed"))


@pytest.mark.parametrize("is_answered_first", [False, True])
def test_what_an_input_method_makes_while_words_are_joined_is_typed_there(
    fox: Page, person: Person, url: str, is_answered_first: bool
) -> None:
    """An answer does not break off what is being composed."""
    held = held_join(fox)
    cdp = fox.context.new_cdp_session(fox)
    fox.keyboard.type("a")
    compose(cdp, "k")
    compose(cdp, "か")
    if is_answered_first:
        with fox.expect_response("**/text/"):
            let_go(fox, held)
        fox.wait_for_timeout(300)
        compose(cdp, "かな")
    cdp.send("Input.insertText", {"text": "仮名"})
    fox.keyboard.type("b")
    if not is_answered_first:
        let_go(fox, held)
    typed(fox, "a仮名b")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The quick", "a仮名b"))


def test_what_is_composed_is_put_in_where_a_button_is_pressed(fox: Page, person: Person, url: str) -> None:
    held = held_join(fox)
    compose(fox.context.new_cdp_session(fox), "かな")
    button(fox, "Undo").dispatch_event("pointerdown")
    let_go(fox, held)
    typed(fox, "かな")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The quick", "かな"))


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("End", "Backspace", "Q"), "ThequicQ"),
        (("Home", "Delete", "Q"), "Qhequick"),
        (("End", "ArrowLeft", "Q"), "ThequicQk"),
        (("ArrowLeft", "ArrowRight", "Q"), "TQhequick"),
        (("ArrowRight", "Shift+ArrowLeft", "Shift+ArrowLeft", "Q"), "ThequiQ"),
        (("Home", "Shift+End", "Q"), "Q"),
        (("End", "Q", "Control+Backspace", "a"), "a"),
        (("Backspace", "a", "b", "Control+ArrowLeft", "Q"), "Qab"),
        (("End", "Control+a", "Q"), "Q"),
        (("a", "b", "c", "Control+z"), "ab"),
        (("a", "b", "Control+z", "Control+Shift+Z", "Q"), "abQ"),
        (("a", "Control+z", "Q"), "Q"),
    ],
)
def test_keys_of_editing_act_in_the_field_that_opens(fox: Page, keys: tuple[str, ...], text: str) -> None:
    held = held_join(fox)
    for key in keys:
        fox.keyboard.press(key)
    let_go(fox, held)
    typed(fox, text)


def test_what_was_typed_ahead_is_taken_back_letter_by_letter(fox: Page) -> None:
    held = held_join(fox)
    for key in "abc":
        fox.keyboard.press(key)
    let_go(fox, held)
    typed(fox, "abc")
    for left in ("ab", "a", "Thequick"):
        fox.keyboard.press("Control+z")
        typed(fox, left)


def test_a_letter_is_taken_away_with_all_that_belongs_to_it(fox: Page) -> None:
    held = held_join(fox)
    fox.keyboard.insert_text("ae\u0301👩‍👧")
    for key in ("Backspace", "ArrowLeft", "Q"):
        fox.keyboard.press(key)
    let_go(fox, held)
    typed(fox, "aQe\u0301")


def test_what_glass_takes_away_is_taken_away_in_the_field_that_opens(fox: Page) -> None:
    held = held_join(fox)
    fox.keyboard.insert_text("typed")
    fox.evaluate(TAKE_AWAY)
    let_go(fox, held)
    typed(fox, "type")


def test_keys_for_the_next_word_leave_a_word_that_could_not_be_inserted_as_it_is(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    type_new(fox, "very")
    held = hold(fox)
    with fox.expect_request("**/text/"):
        fox.keyboard.press("Tab")
    for key in ("Backspace", "Home"):
        fox.keyboard.press(key)
    fox.keyboard.insert_text("slow")
    held.pop().abort()
    typed(fox, "very slow")
    fox.context.unroute("**/text/")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, f"The very slow quick brown fox {REST}")
    complaints.forgive("net::ERR_FAILED")


def test_keys_are_for_the_field_again_once_it_is_open(fox: Page) -> None:
    let_go(fox, held_join(fox))
    expect_word(fox, "Thequick", word=1, line=1)
    for key in ("End", "Backspace", "Q"):
        fox.keyboard.press(key)
    fox.keyboard.insert_text("u")
    expect(field(fox)).to_have_value("ThequicQu")


@pytest.mark.parametrize("is_on_image", [False, True])
def test_what_follows_a_click_is_typed_into_the_word_that_was_clicked(
    fox: Page, person: Person, url: str, is_on_image: bool
) -> None:
    """Also letters that are keys of the viewer: “r” turns the page, “e” ends."""
    place = middle(box_of(fox, "dog"))
    held = held_join(fox)
    fox.keyboard.type("abc")
    if is_on_image:
        fox.mouse.click(*place)
    else:
        word(fox, "dog").click()
    fox.keyboard.type("river")
    let_go(fox, held)
    typed(fox, "river")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The quick", "abc").replace("dog", "river"))


def test_what_is_typed_behind_a_click_and_behind_a_command_needs_no_field_yet(
    fox: Page, person: Person, url: str
) -> None:
    begin(fox)
    fox.keyboard.press("Escape")
    expect(field(fox)).to_be_hidden()
    held = hold(fox)
    with fox.expect_request("**/text/"):
        fox.keyboard.press("Alt+j")
    fox.keyboard.type("ever")
    word(fox, "dog").click()
    fox.keyboard.type("river")
    let_go(fox, held)
    typed(fox, "river")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The quick", "ever").replace("dog", "river"))


def test_a_click_on_a_word_that_is_no_more_puts_nothing_into_its_neighbour(
    fox: Page, person: Person, url: str
) -> None:
    held = held_join(fox)
    word(fox, "quick").click()
    fox.keyboard.type("slow")
    let_go(fox, held)
    typed(fox, "Thequick")
    expect_told(fox, "slow")
    assert said(person, url) == FOX.replace("The quick", "Thequick")


@pytest.mark.parametrize("key", ["Alt+j", "Alt+Delete", "Alt+Shift+D", "Alt+ArrowDown"])
def test_what_was_typed_behind_a_command_that_failed_is_told_and_put_in_nowhere(
    fox: Page, person: Person, url: str, complaints: Complaints, key: str
) -> None:
    begin(fox)
    held = hold(fox)
    with fox.expect_request("**/text/"):
        fox.keyboard.press(key)
    fox.keyboard.type("abx")
    for after in ("Backspace", "Tab", "c", "d", "Control+z", "d", "Alt+j", "Enter"):
        fox.keyboard.press(after)
    held.pop().abort()
    fox.context.unroute("**/text/")
    expect_told(fox, "ab", "cd")
    typed(fox, "The")
    expect(fox.get_by_role("alert")).to_contain_text("The site cannot be reached")
    complaints.forgive("net::ERR_FAILED")
    fox.keyboard.type("That")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The", "That", 1), "Not saved")
    expect_told(fox, "ab", "cd")
    button(fox, "Close").click()
    expect(fox.get_by_role("alert")).to_be_hidden()
    expect_text(fox, person, url, FOX.replace("The", "That", 1))


def test_what_follows_a_click_behind_a_command_that_failed_is_typed(
    fox: Page, complaints: Complaints
) -> None:
    held = held_join(fox)
    fox.keyboard.type("ab")
    word(fox, "dog").click()
    fox.keyboard.type("cat")
    held.pop().abort()
    typed(fox, "cat")
    expect_told(fox, "ab")
    complaints.forgive("net::ERR_FAILED")


def test_what_is_typed_for_the_word_behind_one_that_could_not_be_inserted_stays_apart_each_time(
    fox: Page, complaints: Complaints
) -> None:
    type_new(fox, "new")
    held = hold(fox)
    with fox.expect_request("**/text/"):
        fox.keyboard.press("Tab")
    for key in ("a", "b", "Tab", "c", "d"):
        fox.keyboard.press(key)
    with fox.expect_request("**/text/"):
        held.pop().abort()
    fox.wait_for_timeout(100)
    held.pop().abort()
    typed(fox, "new ab cd")
    complaints.forgive("net::ERR_FAILED")


def test_what_is_typed_behind_the_last_word_is_told(fox: Page, person: Person, url: str) -> None:
    begin(fox)
    word(fox, "away").click()
    typed(fox, "away")
    fox.keyboard.press("Alt+a")
    expect(fox.get_by_role("textbox", name="New word in line 3")).to_be_focused()
    fox.keyboard.type("now")
    held = hold(fox)
    with fox.expect_request("**/text/"):
        fox.keyboard.press("Tab")
    for key in ("a", "b", "Tab", "c"):
        fox.keyboard.press(key)
    let_go(fox, held)
    expect_told(fox, "ab", "c")
    expect_text(fox, person, url, f"{FOX} now", "Not saved")


def expect_told(page: Page, *words: str) -> None:
    """That the notice lists `words`, which were put in nowhere."""
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("What you typed next has no place now")
    expect(notice.get_by_role("listitem")).to_have_text(list(words))
