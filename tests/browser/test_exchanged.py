"""What is open or waits means the same word, line and place after the text of the page was exchanged."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from documents.ocr.elements import Block, Box, Line, PageText, Word
from tests.browser.conftest import Complaints
from tests.browser.test_correcting import (
    FOX,
    LINES,
    bar,
    begin,
    change_elsewhere,
    done,
    expect_saved,
    expect_text,
    expect_word,
    field,
    hold,
    let_go,
    letter,
    lose_answer,
    opened,
    said,
    take_over,
    type_unanswered,
    typed,
    word,
    words_at,
)
from tests.documents.ocr.formats.pages import written
from tests.people import Person
from tests.sites import Site, wait_until

pytestmark = pytest.mark.browser

HEAD = {"do": "insert-line", "line": 0, "text": "Head line", "box": [60, 5, 400, 50]}


@pytest.fixture
def url(person: Person, tmp_path: Path) -> str:
    """The address of a document of one page, with twelve words."""
    return person.send_and_wait(letter(tmp_path / "fox.png"))


@pytest.fixture
def fox(reader: Page, url: str) -> Page:
    return opened(reader, url)


@pytest.fixture
def receipt(reader: Page, person: Person, tmp_path: Path) -> tuple[Page, str]:
    """A page of four lines, open, with its address. Two equal numbers overlap by 9 of 27 pixels."""
    lines = (
        Line.of([Word("Receipt", 90, Box(40, 20, 180, 47))]),
        Line.of([Word("DISC", 90, Box(40, 60, 110, 87)), Word("0.00", 90, Box(300, 60, 360, 87))]),
        Line.of([Word("TAX", 90, Box(40, 78, 100, 105)), Word("0.00", 90, Box(302, 78, 362, 105))]),
        Line.of([Word("Thanks", 90, Box(40, 130, 150, 157))]),
    )
    page = PageText(500, 300, (Block.of(lines),), ("eng",), 0, "tesseract", "5.3.0")
    image, text = tmp_path / "receipt.png", tmp_path / "receipt.hocr"
    Image.new("L", (500, 300), "white").save(image)
    text.write_bytes(written("hocr", page))
    url = person.send_and_wait(image, text)
    reader.goto(url)
    expect(reader.locator("#page-1 .word")).to_have_count(6)
    expect(reader.locator("#page-1 .close-up canvas").first).to_be_attached()
    return reader, url


def at_lower_number(page: Page) -> None:
    page.keyboard.press("e")
    page.locator("#page-1 .words .word").get_by_text("0.00", exact=True).nth(1).click()
    expect_word(page, "0.00", word=2, line=3)


def test_of_two_equal_numbers_the_one_that_is_meant_is_corrected(
    receipt: tuple[Page, str], person: Person, complaints: Complaints
) -> None:
    page, url = receipt
    at_lower_number(page)
    change_elsewhere(page, do="insert-line", line=0, text="Head", box=[20, 2, 200, 16])
    page.keyboard.type("1.23")
    page.keyboard.press("Tab")
    take_over(page)
    expect_text(page, person, url, "Head Receipt DISC 0.00 TAX 1.23 Thanks")
    complaints.forgive("409")


def test_a_number_that_somebody_else_changed_is_not_taken_for_the_equal_one_above_it(
    receipt: tuple[Page, str], person: Person, complaints: Complaints
) -> None:
    page, url = receipt
    at_lower_number(page)
    change_elsewhere(page, line=2, word=1, text="5.00")
    page.keyboard.type("1.23")
    page.keyboard.press("Tab")
    take_over(page)
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("no longer on the page")
    expect(notice.get_by_role("listitem")).to_have_text(["1.23"])
    assert said(person, url) == "Receipt DISC 0.00 TAX 5.00 Thanks"
    complaints.forgive("409")


def test_a_number_that_somebody_else_took_away_is_not_taken_for_the_equal_one_below_it(
    receipt: tuple[Page, str], person: Person, complaints: Complaints
) -> None:
    page, url = receipt
    page.keyboard.press("e")
    page.locator("#page-1 .words .word").get_by_text("0.00", exact=True).first.click()
    expect_word(page, "0.00", word=2, line=2)
    change_elsewhere(page, do="delete", line=1, word=1, count=1)
    page.keyboard.type("1.23")
    page.keyboard.press("Tab")
    take_over(page)
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("no longer on the page")
    expect(notice.get_by_role("listitem")).to_have_text(["1.23"])
    assert said(person, url) == "Receipt DISC TAX 0.00 Thanks"
    complaints.forgive("409")


def test_a_new_line_that_arrived_and_was_changed_by_somebody_else_is_not_made_twice(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    type_unanswered(fox, ("Alt+i", "Enter"), "between")
    change_elsewhere(fox, line=1, word=0, text="betwixt")
    fox.keyboard.press("Enter")
    take_over(fox)
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("Somebody changed this line")
    expect(notice.get_by_role("listitem")).to_have_text(["between"])
    assert said(person, url) == f"{LINES[0]} betwixt {LINES[1]} {LINES[2]}"
    complaints.forgive("409")


def test_a_new_line_below_one_that_somebody_else_changed_is_listed(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    for key in ("Alt+i", "Enter"):
        fox.keyboard.press(key)
    expect(field(fox)).to_have_accessible_name("Line 2")
    change_elsewhere(fox, line=0, word=0, text="That")
    fox.keyboard.type("between")
    fox.keyboard.press("Enter")
    take_over(fox)
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("Somebody changed this line")
    expect(notice.get_by_role("listitem")).to_have_text(["between"])
    assert said(person, url) == FOX.replace("The", "That", 1)
    complaints.forgive("409")


@pytest.mark.parametrize(
    ("key", "text", "then"),
    [("Alt+Delete", "The brown fox", "brown"), ("Alt+j", "The quickbrown fox", "quickbrown")],
)
def test_a_command_that_arrived_without_an_answer_is_done_once_when_it_is_given_again(
    fox: Page, person: Person, url: str, complaints: Complaints, key: str, text: str, then: str
) -> None:
    begin(fox)
    word(fox, "quick").click()
    expect_word(fox, "quick", word=2, line=1)
    lose_answer(fox)
    fox.keyboard.press(key)
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("may not have been done")
    fox.keyboard.press(key)
    fox.keyboard.press("Tab")  # once that is over
    expect_word(fox, "fox", word=3, line=1)
    expect(notice).to_be_hidden()
    fox.keyboard.press("Shift+Tab")
    expect_word(fox, then, word=2, line=1)
    expect_text(fox, person, url, f"{text} {LINES[1]} {LINES[2]}")
    complaints.forgive("409")


def test_another_command_after_one_that_was_not_answered_is_done_at_once(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    lose_answer(fox)
    fox.keyboard.press("Alt+j")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("may not have been done")
    word(fox, "dog").click()
    expect_word(fox, "dog", word=1, line=3)
    fox.keyboard.press("Alt+Delete")
    expect_text(fox, person, url, FOX.replace("The quick", "Thequick").replace("dog ", ""))
    expect_word(fox, "and", word=1, line=3)
    expect(notice).to_be_hidden()
    complaints.forgive("409")


@pytest.mark.parametrize("key", ["Alt+Delete", "Alt+p"])
def test_a_command_for_what_an_unanswered_one_changed_is_not_done(
    fox: Page, person: Person, url: str, complaints: Complaints, key: str
) -> None:
    begin(fox)
    lose_answer(fox)
    fox.keyboard.press("Alt+j")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("may not have been done")
    fox.keyboard.press(key)
    sentence = "This page was changed meanwhile. You see the new text; nothing else was done."
    expect(notice.locator("[data-why]")).to_have_text(sentence)
    expect_text(fox, person, url, FOX.replace("The quick", "Thequick"))
    complaints.forgive("409")


def test_a_join_takes_no_word_that_was_not_seen(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    leave_unanswered(fox, ("Alt+a",), "very", at="The")
    fox.keyboard.press("Alt+j")
    expect(fox.get_by_role("alert")).to_contain_text(
        "The next word is another one by now. You see the new text"
    )
    expect_word(fox, "The", word=1, line=1)
    assert said(person, url) == FOX.replace("The", "The very")
    fox.keyboard.press("Alt+j")
    expect_text(fox, person, url, FOX.replace("The", "Thevery"))
    complaints.forgive("409")


def test_a_join_takes_no_line_that_was_not_seen(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    leave_unanswered(fox, ("Alt+i", "Enter"), "between", at="The")
    fox.keyboard.press("Alt+Shift+J")
    expect(fox.get_by_role("alert")).to_contain_text(
        "The next line is another one by now. You see the new text"
    )
    expect_word(fox, "The", word=1, line=1)
    assert lines_of(person, url) == [LINES[0], "between", *LINES[1:]]
    fox.keyboard.press("Alt+Shift+J")
    joined = [f"{LINES[0]} between", *LINES[1:]]
    wait_until(lambda: lines_of(person, url) == joined, seconds=10, what="The longer line")
    complaints.forgive("409")


def test_a_join_behind_a_word_that_was_not_answered_takes_the_word_that_was_seen(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    leave_unanswered(fox, ("Alt+a",), "very", at="quick")
    fox.keyboard.press("Alt+j")
    expect_text(fox, person, url, FOX.replace("The quick brown", "The very quickbrown"))
    expect_word(fox, "quickbrown", word=3, line=1)
    expect(fox.get_by_role("alert")).to_be_hidden()
    complaints.forgive("409")


def leave_unanswered(page: Page, keys: tuple[str, ...], typed: str, *, at: str) -> None:
    """What was ``typed`` arrived, and is not seen; one is ``at`` another word of the first line by then."""
    type_unanswered(page, keys, typed)
    for _press in range(2):
        page.keyboard.press("Escape")
    word(page, at).click()
    expect_word(page, at, word=LINES[0].split().index(at) + 1, line=1)


def lines_of(person: Person, url: str) -> list[str]:
    text = str(person.document(url)["pages"][0]["text"])
    return [line for line in text.splitlines() if line]


@pytest.fixture
def crowd(reader: Page, person: Person, tmp_path: Path) -> tuple[Page, str]:
    """A page of one line, open, with its address. All its words have one box, and two say the same."""
    words = [Word(text, 90, Box(40, 60, 360, 100)) for text in ("no", "no", "book", "tree")]
    page = PageText(500, 300, (Block.of((Line.of(words),)),), ("eng",), 0, "tesseract", "5.3.0")
    image, text = tmp_path / "crowd.png", tmp_path / "crowd.hocr"
    Image.new("L", (500, 300), "white").save(image)
    text.write_bytes(written("hocr", page))
    url = person.send_and_wait(image, text)
    reader.goto(url)
    expect(reader.locator("#page-1 .word")).to_have_count(4)
    expect(reader.locator("#page-1 .close-up canvas").first).to_be_attached()
    return reader, url


@pytest.mark.parametrize(
    ("change", "listed", "text"),
    [
        ({"do": "insert", "line": 0, "word": 0, "text": "Yes"}, [], "Yes no of book tree"),
        ({"do": "delete", "line": 0, "word": 1}, ["of"], "no book tree"),
    ],
)
def test_of_words_in_one_box_that_say_the_same_the_one_that_is_meant_is_corrected(
    crowd: tuple[Page, str],
    person: Person,
    complaints: Complaints,
    change: dict[str, object],
    listed: list[str],
    text: str,
) -> None:
    page, url = crowd
    page.keyboard.press("e")
    page.locator("#page-1 .words .word").get_by_text("no", exact=True).nth(1).click()
    expect_word(page, "no", word=2, line=1)
    change_elsewhere(page, **change)
    page.keyboard.type("of")
    page.keyboard.press("Tab")
    take_over(page)
    notice = page.get_by_role("alert")
    if listed:
        expect(notice).to_contain_text("no longer on the page")
    else:
        expect(notice).to_be_hidden()
    expect(notice.get_by_role("listitem")).to_have_text(listed)
    wait_until(lambda: said(person, url) == text, seconds=10, what=f"The text “{text}”")
    complaints.forgive("409")


def test_the_next_of_equal_words_in_one_box_comes_after_the_one_that_was_corrected(
    crowd: tuple[Page, str], person: Person
) -> None:
    page, url = crowd
    page.keyboard.press("e")
    expect_word(page, "no", word=1, line=1)
    for text, following in (("yes", "no"), ("of", "book")):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
        typed(page, following)
    expect_word(page, "book", word=3, line=1)
    expect_text(page, person, url, "yes of book tree")


def test_a_correction_that_arrived_without_an_answer_is_not_told_as_lost(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    lose_answer(fox)
    fox.keyboard.type("Then")
    fox.keyboard.press("Tab")
    expect(bar(fox)).to_contain_text("No connection")
    change_elsewhere(fox, line=2, word=0, text="cat")
    take_over(fox)
    expect(fox.get_by_role("alert")).to_be_hidden()
    expect_text(fox, person, url, f"Then quick brown fox {LINES[1]} cat and runs away")
    complaints.forgive("409")


def correct_below_an_unanswered_line(page: Page) -> list[Route]:
    """“between” is the second line at the site; here “ran” for “runs”, behind it, is still on its way."""
    type_unanswered(page, ("Alt+i", "Enter"), "between")
    for _press in range(2):
        page.keyboard.press("Escape")
    word(page, "runs").click()
    expect_word(page, "runs", word=3, line=3)
    held = hold(page)
    page.keyboard.type("ran")
    page.keyboard.press("Tab")
    expect_word(page, "away", word=4, line=3)
    return held


@pytest.mark.parametrize(
    ("key", "name", "text"),
    [
        ("Alt+l", "Line {}", "dog and then"),
        ("Alt+b", "New word in line {}", "dog and ran dog and then away"),
    ],
)
def test_a_field_that_is_open_stays_at_its_line_when_lines_come_above_it(
    fox: Page, person: Person, url: str, complaints: Complaints, key: str, name: str, text: str
) -> None:
    held = correct_below_an_unanswered_line(fox)
    fox.keyboard.press(key)
    expect(field(fox)).to_have_accessible_name(name.format(3))
    fox.keyboard.type("dog and then")
    let_go(fox, held)
    expect(field(fox)).to_have_accessible_name(name.format(4))
    typed(fox, "dog and then")
    fox.keyboard.press("Enter")
    expect_text(fox, person, url, f"{LINES[0]} between {LINES[1]} {text}")
    complaints.forgive("409")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("Alt+Shift+D", f"{LINES[0]} between {LINES[1]}"),
        ("Alt+Delete", f"{LINES[0]} between {LINES[1]} dog and ran"),
        ("Alt+ArrowUp", f"{LINES[0]} between dog and ran away {LINES[1]}"),
    ],
)
def test_a_command_is_about_the_word_in_the_field_when_lines_came_above_it(
    fox: Page, person: Person, url: str, complaints: Complaints, key: str, text: str
) -> None:
    held = correct_below_an_unanswered_line(fox)
    let_go(fox, held)
    expect_word(fox, "away", word=4, line=4)
    fox.keyboard.press(key)
    expect_text(fox, person, url, text)
    complaints.forgive("409")


def refuse(page: Page, *keys: str) -> None:
    """A word that became two goes back. Before that the next one is in the field, and `keys` are pressed."""
    begin(page)
    held = hold(page)
    page.keyboard.insert_text("a " + "x" * 201)
    page.keyboard.press("Tab")
    expect_word(page, "quick", word=3, line=1)
    for key in keys:
        page.keyboard.press(key)
    let_go(page, held)
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_text(["a " + "x" * 201])


@pytest.mark.parametrize(
    ("key", "line"),
    [("Alt+Delete", "The brown fox"), ("Alt+j", "The quickbrown fox")],
)
def test_a_command_is_about_the_word_in_the_field_when_words_before_it_went_back(
    fox: Page, person: Person, url: str, complaints: Complaints, key: str, line: str
) -> None:
    refuse(fox)
    expect_word(fox, "quick", word=2, line=1)
    fox.keyboard.press(key)
    expect_text(fox, person, url, f"{line} {' '.join(LINES[1:])}", "Not saved")
    complaints.forgive("422")


def test_a_line_that_is_typed_anew_stays_the_same_when_words_in_it_went_back(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    refuse(fox, "Alt+l", "s", "l")
    typed(fox, "sl")
    fox.keyboard.type("ow")
    fox.keyboard.press("Enter")
    expect_text(fox, person, url, f"slow {' '.join(LINES[1:])}", "Not saved")
    complaints.forgive("422")


def test_a_new_line_stays_where_it_is_when_words_above_it_went_back(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    refuse(fox, "Alt+i", "Enter")
    expect(field(fox)).to_have_accessible_name("Line 2")
    fox.keyboard.type("between")
    fox.keyboard.press("Enter")
    expect_text(fox, person, url, f"{LINES[0]} between {LINES[1]} {LINES[2]}", "Not saved")
    complaints.forgive("422")


def test_a_box_is_of_the_same_word_when_words_before_it_went_back(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    before = words_at(person, url)
    refuse(fox, "Alt+x")
    frame = fox.get_by_role("group", name="Box of the word")
    expect(frame).to_be_focused()
    fox.keyboard.press("ArrowRight")
    fox.keyboard.press("Enter")
    expect_word(fox, "quick", word=2, line=1)
    x0, y0, x1, y1 = before["quick"]
    wait_until(lambda: words_at(person, url)["quick"] == [x0 + 1, y0, x1 + 1, y1], seconds=10, what="The box")
    assert words_at(person, url)["brown"] == before["brown"]
    complaints.forgive("422")


def test_who_is_shown_the_new_text_is_at_the_same_word(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    word(fox, "dog").click()
    expect_word(fox, "dog", word=1, line=3)
    change_elsewhere(fox, **HEAD)
    fox.keyboard.press("Alt+Delete")
    expect(fox.get_by_role("alert")).to_contain_text("nothing else was done")
    expect_word(fox, "dog", word=1, line=4)
    fox.keyboard.press("Alt+Delete")
    expect_text(fox, person, url, f"Head line {FOX}".replace("dog ", ""))
    complaints.forgive("409")


def read_again(page: Page) -> None:
    page.get_by_role("link", name="Read again").click()
    page.get_by_role("dialog").get_by_role("button", name="Read again").click()
    expect(page.locator("#page-1[data-open]")).to_be_attached()
    expect(page.locator("#page-1 .word")).to_have_count(12)
    expect(page.locator("#page-1 .close-up canvas").first).to_be_attached()


def test_a_reading_that_ends_leaves_what_is_typed_in_its_field(
    fox: Page, person: Person, url: str, site: Site, complaints: Complaints
) -> None:
    with site.workers_held():
        read_again(fox)
        begin(fox)
        fox.keyboard.type("half")
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("This page was read again.")
    typed(fox, "half")
    assert said(person, url) == FOX
    take_over(fox)
    expect(notice).to_be_hidden()
    expect_text(fox, person, url, FOX.replace("The", "half"))
    expect(text_in(fox)).to_have_text(re.compile("^half quick"))
    word(fox, "brown").click()
    fox.keyboard.type("red")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The", "half").replace("brown", "red"))
    expect(notice).to_be_hidden()
    done(fox)
    expect(bar(fox)).to_be_hidden()
    expect(fox.locator("#page-1[data-open]")).to_have_count(0)


def text_in(page: Page) -> Locator:
    return page.locator("#page-1 .words p > span").first


def test_where_nothing_is_typed_the_field_goes_on_in_the_new_reading(
    fox: Page, person: Person, url: str, site: Site
) -> None:
    with site.workers_held():
        read_again(fox)
        begin(fox)
        fox.keyboard.press("Tab")
        expect_word(fox, "quick", word=2, line=1)
    notice = fox.get_by_role("alert")
    expect(notice).to_contain_text("This page was read again. You see the new text")
    expect_word(fox, "quick", word=2, line=1)
    fox.keyboard.type("slow")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("quick", "slow"))
    expect(notice).to_be_hidden()


@pytest.mark.parametrize(
    ("first", "line"),
    [("Then \u200e", "Then slow red fox"), ("Th\u0085en", "Th en slow red fox"), ("\u200e", "slow red fox")],
)
def test_what_waits_is_for_its_words_where_some_of_it_cannot_be_seen(
    fox: Page, person: Person, url: str, first: str, line: str
) -> None:
    begin(fox)
    held = hold(fox)
    fox.keyboard.insert_text(first)
    fox.keyboard.press("Tab")
    for text in ("slow", "red"):
        expect(field(fox)).to_be_focused()
        fox.keyboard.type(text)
        fox.keyboard.press("Tab")
    let_go(fox, held)
    expect_text(fox, person, url, f"{line} {' '.join(LINES[1:])}")


def test_a_part_of_a_word_that_is_written_from_the_right_is_still_meant_once_it_is_saved(
    fox: Page, person: Person, url: str
) -> None:
    begin(fox)
    held = hold(fox)
    fox.keyboard.insert_text("אב גד")
    fox.keyboard.press("Tab")
    expect_word(fox, "quick", word=3, line=1)
    fox.keyboard.press("Shift+Tab")
    expect_word(fox, "גד", word=2, line=1)
    let_go(fox, held)
    expect_saved(fox)
    fox.keyboard.insert_text("הו")
    fox.keyboard.press("Tab")
    expect_text(fox, person, url, FOX.replace("The", "אב הו"))


def test_who_closes_the_notice_is_back_at_the_word(fox: Page, complaints: Complaints) -> None:
    begin(fox)
    fox.keyboard.insert_text("x" * 201)
    done(fox)
    notice = fox.get_by_role("alert")
    expect(notice).to_be_focused()
    close = notice.get_by_role("button", name="Close")
    close.focus()
    fox.keyboard.press("Enter")
    expect(notice).to_be_hidden()
    expect_saved(fox)
    expect(word(fox, "The")).to_be_focused()
    complaints.forgive("422")


def test_who_has_the_new_text_shown_is_back_at_the_word(
    fox: Page, person: Person, url: str, complaints: Complaints
) -> None:
    begin(fox)
    change_elsewhere(fox, **HEAD)
    fox.keyboard.type("That")
    done(fox)
    notice = fox.get_by_role("alert")
    expect(notice).to_be_focused()
    notice.get_by_role("button", name="Show the new text and keep mine").focus()
    fox.keyboard.press("Enter")
    expect_text(fox, person, url, f"Head line {FOX.replace('The', 'That')}")
    expect(word(fox, "That")).to_be_focused()
    complaints.forgive("409")
