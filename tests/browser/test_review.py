"""Proofreading: a page by keyboard, by touch, and what becomes of it when something goes wrong."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import steps
from tests.browser.conftest import Complaints, NewContext
from tests.browser.steps import picture, tab_to
from tests.people import Person
from tests.sites import Site

pytestmark = pytest.mark.browser

# The engine is sure of what it reads in a test; from now on it is not.
_DOUBT = """
from dataclasses import replace
from documents.models import Document, Transcription
from documents.ocr.packing import pack
from documents.services import index
document = Document.objects.get(pk={key!r})
for reading in Transcription.objects.filter(page__document=document):
    page = reading.page_text
    blocks = [
        replace(block, lines=tuple(
            replace(line, words=tuple(replace(word, confidence=40.0) for word in line.words))
            for line in block.lines
        ))
        for block in page.blocks
    ]
    doubted = replace(page, blocks=tuple(blocks))
    Transcription.objects.filter(pk=reading.pk).update(packed=pack(doubted), mean_confidence=40.0)
index.write_pages(document.pages.values_list("pk", flat=True), is_anew=True)
"""


@pytest.fixture
def doubtful(site: Site, person: Person, tmp_path: Path) -> str:
    """The address of a document of one page, of which every word is doubtful."""
    url = person.send_and_wait(picture(tmp_path / "letter.png", "Hello world,", "here you are"))
    site.manage("shell", "-c", _DOUBT.format(key=key_of(url)))
    return url


def key_of(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def at_work(url: str) -> str:
    return f"/review/{key_of(url)}/1/"


def text(person: Person, url: str) -> str:
    return " ".join(person.document(url)["pages"][0]["text"].split())


def saves(site: Site, url: str) -> int:
    """How often a person's text of the document was saved."""
    key = key_of(url).replace("-", "")
    [(count,)] = site.rows(
        "SELECT count(*) FROM documents_transcription AS text JOIN documents_page AS page"
        " ON page.id = text.page_id WHERE page.document_id = ? AND text.source = 'person'",
        key,
    )
    return int(count)


def expect_word(reader: Page, word: str, count: str) -> None:
    expect(reader.get_by_label("The word", exact=True)).to_have_value(word)
    expect(reader.get_by_label("The word", exact=True)).to_be_focused()
    expect(reader.locator("#count")).to_have_text(f"Word {count}")


def look(reader: Page) -> None:
    """As long as somebody needs to see what is there: shorter presses answer what was there before."""
    reader.wait_for_timeout(400)


def answer(reader: Page, *words: str) -> None:
    """Type what some words are, one after the other."""
    for word in words:
        reader.keyboard.type(word)
        reader.keyboard.press("Enter")


def leave(reader: Page) -> None:
    reader.keyboard.press("Escape")
    expect(reader.get_by_role("heading", level=1, name="Proofreading")).to_be_visible()


def test_a_page_is_proofread_by_keyboard_alone(
    reader: Page, site: Site, person: Person, doubtful: str
) -> None:
    reader.goto("/review/")
    tab_to(reader, reader.get_by_role("link", name="Proofread this page"))
    reader.keyboard.press("Enter")
    expect_word(reader, "Hello", "1 of 5")
    reader.keyboard.type("Hallo")
    expect(reader.get_by_role("button", name="Correct it")).to_be_visible()
    reader.keyboard.press("Enter")
    expect_word(reader, "world,", "2 of 5")
    expect(reader.get_by_role("button", name="It is right")).to_be_visible()
    reader.keyboard.press("Shift+Enter")
    expect_word(reader, "Hallo", "1 of 5")
    for _word in range(2):
        reader.keyboard.press("Enter")
    expect_word(reader, "here", "3 of 5")
    reader.keyboard.press("ArrowDown")
    expect_word(reader, "you", "4 of 5")
    reader.keyboard.press("Delete")
    expect(reader.get_by_role("button", name="There is no word")).to_be_visible()
    for _word in range(2):
        reader.keyboard.press("Enter")
    expect(reader.get_by_text("1 doubtful word was left open.")).to_be_visible()
    assert (text(person, doubtful), saves(site, doubtful)) == ("Hallo world, here are", 1)
    reader.keyboard.press("Control+Enter")
    expect(reader.get_by_text("Page 1 of “letter” is proofread.")).to_be_visible()
    expect(reader.get_by_text("There is nothing to proofread")).to_be_visible()


def test_escape_leaves_and_nothing_is_lost(reader: Page, person: Person, doubtful: str) -> None:
    reader.goto(at_work(doubtful))
    expect_word(reader, "Hello", "1 of 5")
    answer(reader, "Hallo")
    expect_word(reader, "world,", "2 of 5")
    leave(reader)
    assert text(person, doubtful).startswith("Hallo")
    reader.get_by_role("link", name="Proofread this page").click()
    expect_word(reader, "world,", "1 of 4")
    reader.keyboard.press("PageDown")
    expect(reader.get_by_text("the pages that you skipped")).to_be_visible()
    reader.get_by_role("button", name="Bring the skipped pages back").click()
    expect(reader.get_by_text("1 page left")).to_be_visible()


def test_a_browser_that_closes_while_the_site_is_gone_keeps_what_was_typed(
    reader: Page, person: Person, doubtful: str, complaints: Complaints
) -> None:
    context = reader.context
    context.route("**/text/", lambda route: route.abort())
    reader.goto(at_work(doubtful))
    expect_word(reader, "Hello", "1 of 5")
    answer(reader, "Hallo")
    expect_word(reader, "world,", "2 of 5")
    reader.keyboard.type("wor")
    reader.keyboard.press("Escape")
    expect(reader.get_by_text("The connection is lost.")).to_be_visible()
    assert text(person, doubtful).startswith("Hello")
    reader.close()  # what it still sends then may pass by the interception

    context.unroute("**/text/")
    again = context.new_page()
    again.goto(at_work(doubtful))
    expect_word(again, "wor", "1 of 4")
    assert text(person, doubtful).startswith("Hallo world,")
    complaints.forgive("net::ERR_FAILED")


def test_what_somebody_else_changed_meanwhile_is_told_and_the_rest_is_saved(
    reader: Page, person: Person, doubtful: str, complaints: Complaints
) -> None:
    reader.goto(at_work(doubtful))
    change_elsewhere(reader, line=1, word=2, text="was")
    answer(reader, "Hallo", "World")
    leave(reader)
    assert text(person, doubtful) == "Hallo World here you was"
    complaints.forgive("409")


def test_an_answer_to_a_word_that_somebody_else_changed_is_not_lost_in_silence(
    reader: Page, person: Person, doubtful: str, complaints: Complaints
) -> None:
    reader.goto(at_work(doubtful))
    change_elsewhere(reader, line=0, word=0, text="Hullo")
    answer(reader, "Hallo", "World")
    reader.keyboard.press("Escape")
    expect(reader.locator("#not-saved")).to_have_text(
        "Somebody else changed these words meanwhile, so yours were not saved: Hallo. "
        "All else that you typed is kept."
    )
    leave(reader)
    assert text(person, doubtful) == "Hullo World here you are"
    complaints.forgive("409")


def test_an_answer_that_was_left_over_and_fits_no_more_is_told(
    reader: Page, person: Person, doubtful: str, complaints: Complaints
) -> None:
    context = reader.context
    context.route("**/text/", lambda route: route.abort())
    reader.goto(at_work(doubtful))
    expect_word(reader, "Hello", "1 of 5")
    answer(reader, "Hallo", "World")
    expect_word(reader, "here", "3 of 5")
    reader.close()

    context.unroute("**/text/")
    again = context.new_page()
    again.goto("/")
    page = f"/documents/{key_of(doubtful)}/pages/1/"
    steps.change_elsewhere(again, page, line=0, word=0, text="Hullo")
    again.goto(at_work(doubtful))
    expect(again.locator("#not-saved")).to_contain_text("so yours were not saved: Hallo.")
    expect_word(again, "here", "1 of 3")
    assert text(person, doubtful) == "Hullo World here you are"
    again.reload()
    expect_word(again, "here", "1 of 3")
    expect(again.locator("#not-saved")).to_be_hidden()  # it was told
    complaints.forgive("net::ERR_FAILED")


def test_who_was_signed_out_is_told_that_the_words_are_kept_and_they_are(
    reader: Page, person: Person, doubtful: str, complaints: Complaints
) -> None:
    reader.goto(at_work(doubtful))
    expect_word(reader, "Hello", "1 of 5")
    answer(reader, "Hallo")
    expect_word(reader, "world,", "2 of 5")
    reader.context.clear_cookies(name="ocrsite_session")
    reader.keyboard.press("Escape")
    expect(reader.locator("#not-saved")).to_contain_text("you are signed out")
    expect(reader.locator("#not-saved")).to_contain_text(
        "kept in this browser, and saved when you are signed in"
    )
    assert text(person, doubtful).startswith("Hello")
    reader.context.add_cookies(person.cookies())
    reader.goto(at_work(doubtful))
    expect_word(reader, "world,", "1 of 4")
    assert text(person, doubtful).startswith("Hallo world,")
    complaints.forgive("409")  # the page that is left and the one that comes may both save


def change_elsewhere(reader: Page, **change: object) -> None:
    expect(reader.get_by_label("The word", exact=True)).to_be_focused()
    texts = reader.locator("[data-texts]").get_attribute("data-texts") or ""
    steps.change_elsewhere(reader, texts.removesuffix("text/"), **change)


def test_a_word_of_ones_own_is_no_doubt_any_more(reader: Page, doubtful: str) -> None:
    reader.goto(at_work(doubtful))
    expect_word(reader, "Hello", "1 of 5")
    reader.keyboard.press("Enter")
    expect_word(reader, "world,", "2 of 5")
    look(reader)
    reader.get_by_role("button", name="Add to my words").click()
    expect_word(reader, "here", "3 of 5")
    reader.goto("/words/")
    expect(reader.get_by_role("button", name="Remove world")).to_be_visible()


def test_who_goes_on_while_a_word_becomes_their_own_answers_the_word_that_is_shown(
    reader: Page, person: Person, doubtful: str
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    reader.route("**/words/", hold)
    reader.goto(at_work(doubtful))
    expect_word(reader, "Hello", "1 of 5")
    look(reader)
    reader.get_by_role("button", name="Add to my words").click()
    reader.get_by_role("button", name="Leave it open").click()
    expect_word(reader, "world,", "2 of 5")
    with reader.expect_response("**/words/"):
        held[0].continue_()
    reader.keyboard.press("Enter")
    expect_word(reader, "here", "3 of 5")
    leave(reader)
    assert text(person, doubtful) == "Hello world, here you are"


def test_an_answer_whose_arrival_nobody_heard_of_is_saved_once(
    reader: Page, person: Person, site: Site, doubtful: str, complaints: Complaints
) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    reader.goto(at_work(doubtful))
    expect_word(reader, "Hello", "1 of 5")
    reader.route("**/text/", lose)
    answer(reader, "Hello dear", "world")
    reader.keyboard.press("Escape")
    expect(reader.get_by_text("The connection is lost.")).to_be_visible()
    reader.unroute("**/text/")
    leave(reader)
    assert (text(person, doubtful), saves(site, doubtful)) == ("Hello dear world here you are", 1)
    complaints.forgive("net::ERR_FAILED")
    complaints.forgive("409")


def test_answers_that_wait_are_saved_once_by_two_windows(
    reader: Page, person: Person, site: Site, doubtful: str, complaints: Complaints
) -> None:
    reader.goto(at_work(doubtful))
    expect_word(reader, "Hello", "1 of 5")
    answer(reader, "Hello dear", "world,")
    expect_word(reader, "here", "3 of 5")
    second = reader.context.new_page()
    second.goto(at_work(doubtful))
    expect_word(second, "here", "1 of 3")
    reader.bring_to_front()
    leave(reader)
    assert (text(person, doubtful), saves(site, doubtful)) == ("Hello dear world, here you are", 1)
    complaints.forgive("409")


def test_a_double_click_answers_one_word(reader: Page, doubtful: str) -> None:
    reader.goto(at_work(doubtful))
    expect_word(reader, "Hello", "1 of 5")
    look(reader)
    reader.get_by_role("button", name="It is right").dblclick()
    expect_word(reader, "world,", "2 of 5")
    reader.keyboard.press("Enter")
    expect_word(reader, "here", "3 of 5")


def test_who_clicks_fast_answers_each_word_that_was_in_sight(reader: Page, doubtful: str) -> None:
    reader.goto(at_work(doubtful))
    expect_word(reader, "Hello", "1 of 5")
    reader.get_by_role("button", name="It is right").hover()
    for count, (word, place) in enumerate(
        (("world,", "2 of 5"), ("here", "3 of 5"), ("you", "4 of 5")), start=1
    ):
        look(reader)
        reader.mouse.down(
            click_count=count
        )  # as browsers count clicks that follow each other within half a second
        reader.mouse.up(click_count=count)
        expect_word(reader, word, place)


def test_a_key_that_is_held_answers_one_word(reader: Page, doubtful: str) -> None:
    reader.goto(at_work(doubtful))
    right = reader.get_by_role("button", name="It is right")
    for word, count, place in (("Hello", "1 of 5", None), ("world,", "2 of 5", right)):
        expect_word(reader, word, count)
        if place:
            place.focus()
        for _press in range(3):
            reader.keyboard.down("Enter")
        reader.keyboard.up("Enter")
    expect_word(reader, "here", "3 of 5")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_phone_has_all_of_it_under_the_thumb(
    visit: NewContext, site: Site, person: Person, doubtful: str, colours: str
) -> None:
    phone = steps.phone(visit, site, person, color_scheme=colours)
    phone.goto(at_work(doubtful))
    field = phone.get_by_label("The word", exact=True)
    expect(field).to_have_value("Hello")
    steps.expect_usable(phone)
    assert steps.contrast_in(field) >= steps.LEGIBLE  # selected
    field.fill("Hallo")
    look(phone)
    phone.get_by_role("button", name="Correct it").tap()
    expect(field).to_have_value("world,")
    phone.get_by_role("button", name="Back").tap()
    expect(field).to_have_value("Hallo")
    for _word in range(5):
        phone.get_by_role("button", name="Leave it open").tap()
    expect(phone.get_by_text("4 doubtful words were left open.")).to_be_visible()
    steps.expect_usable(phone)
    phone.get_by_role("button", name="Proofread: the page is right").tap()
    expect(phone.get_by_text("is proofread.")).to_be_visible()
    assert text(person, doubtful).startswith("Hallo")
