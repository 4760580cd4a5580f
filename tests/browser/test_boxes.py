"""Boxes that are drawn on the image, and parts of a page that are read again."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator, Page, Request, expect

from tests.browser import steps
from tests.browser.conftest import Complaints, NewContext
from tests.files import text_image
from tests.people import Person
from tests.sites import Site, wait_until

pytestmark = pytest.mark.browser

# The viewer measures itself anew in one of them.
FRAMES = """async () => {
    for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
}"""
# A key is pressed so many frames after what watches the size of the sheet heard of another one.
RESIZED = """async (sheet, frames) => {
    const frame = () => new Promise(requestAnimationFrame);
    const heard = new Promise((resolve) => {
        let times = 0;
        const sizes = new ResizeObserver(() => {
            times += 1;
            if (times > 1) resolve(sizes.disconnect());
        });
        sizes.observe(sheet.querySelector(".close-up"));
    });
    for (let once = 0; once < 2; once += 1) await frame();
    sheet.style.width = `${sheet.clientWidth - 40}px`;
    await heard;
    for (let passed = 0; passed < frames; passed += 1) await frame();
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "+" }));
}"""
IN_SHEET = """box => {
    const sheet = box.closest(".row").querySelector(".sheet");
    const [inner, outer] = [box, sheet].map((one) => one.getBoundingClientRect());
    const isBeside = inner.left < outer.left - 4 || inner.right > outer.right + 4;
    return !isBeside && inner.top >= outer.top - 4 && inner.bottom <= outer.bottom + 4;
}"""
TO_READ = """async ([module, words]) => {
    const [{ boxToRead }, { Words }] = await Promise.all([import(module), import(words)]);
    const line = (...box) => [...box, [["word", 90, ...box, 0]]];
    const page = { base: 1, width: 1000, height: 1000 };
    const blocks = [[4, 100, 400, 180, 2], [10, 186, 400, 226, 1], [412, 100, 900, 180, 1]];
    const column = [line(4, 100, 400, 140), line(4, 144, 300, 180), line(10, 186, 400, 226)];
    const read = new Words({ ...page, blocks, lines: [...column, line(412, 100, 900, 180)] });
    return [0, 1, 2, 3].map((at) => boxToRead(read, at));
}"""
LINES = ["The quick brown fox", "leaps over the lazy", "dog and runs away"]


@pytest.fixture
def url(person: Person, tmp_path: Path) -> str:
    """The address of a document of one page, with one block of three lines."""
    path = tmp_path / "fox.png"
    text_image(LINES, size=(900, 500), px=60).save(path)
    return person.send_and_wait(path)


@pytest.fixture
def fox(reader: Page, url: str) -> Page:
    return opened(reader, url)


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator("#page-1 .word")).to_have_count(12)
    expect(page.locator("#page-1 .close-up canvas").first).to_be_attached()
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.get_by_role("textbox", name="Word 1 of line 1")).to_be_focused()
    return page


def frame(page: Page) -> Locator:
    return page.get_by_role("group", name=re.compile("^Box o[nf] the"))


def rect(place: Locator) -> FloatRect:
    box = place.bounding_box()
    assert box
    return box


def draw(page: Page, first: tuple[float, float], last: tuple[float, float]) -> None:
    page.mouse.move(*first)
    page.mouse.down()
    page.mouse.move(*last, steps=4)
    page.mouse.up()


def line_box(page: Page, number: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Two corners around a line of the image, on the screen."""
    image = rect(page.locator("#page-1 .sheet img"))
    tall = image["height"] / 6
    top = image["y"] + image["height"] * (0.1 + 0.17 * (number - 1))
    return (image["x"] + 5, top), (image["x"] + image["width"] - 5, top + tall)


def test_a_box_is_drawn_at_once_even_within_the_proposed_one(fox: Page) -> None:
    fox.keyboard.press("Alt+r")
    expect(frame(fox)).to_be_focused()
    expect(fox.locator("[data-status]")).to_have_text("Draw a box on the image.")
    proposed = rect(frame(fox))
    first = proposed["x"] + proposed["width"] * 0.2, proposed["y"] + proposed["height"] * 0.6
    draw(fox, first, (first[0] + 100, first[1] + 20))
    drawn = rect(frame(fox))
    assert (drawn["x"], drawn["y"]) == pytest.approx(first, abs=4)
    assert (drawn["width"], drawn["height"]) == pytest.approx((100, 20), abs=5)
    handle = rect(frame(fox).locator("span").first)
    middle = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    draw(fox, middle, (middle[0] + 30, middle[1] - 40))
    moved = rect(frame(fox))
    assert (moved["x"], moved["y"]) == pytest.approx((drawn["x"] + 30, drawn["y"] - 40), abs=3)
    assert moved["width"] == pytest.approx(drawn["width"], abs=1)
    steps.expect_accessible(fox)


def test_the_proposed_box_has_a_margin_for_the_edges_of_letters(fox: Page, url: str) -> None:
    words = fox.evaluate("async (url) => (await fetch(url)).json()", f"{url}pages/1/words")
    heights = sorted(line[3] - line[1] for line in words["lines"])
    margin = heights[len(heights) // 2] // 4
    x0, y0, x1, y1 = words["blocks"][0][:4]
    fox.keyboard.press("Alt+r")
    expect(frame(fox)).to_be_focused()
    fox.keyboard.press("Enter")
    dialog = fox.get_by_role("dialog", name="Read a part again")
    with fox.expect_request(lambda request: request.url.endswith("/region/")) as sent:
        dialog.get_by_role("button", name="Read", exact=True).click()
    asked = sent.value.post_data_json
    assert asked
    assert asked["box"] == [x0 - margin, y0 - margin, x1 + margin, y1 + margin]


def test_the_margin_of_a_proposed_box_leaves_the_page_and_other_blocks_alone(fox: Page) -> None:
    module = fox.evaluate("document.querySelector('script[type=module][src*=reader]').src")
    folder = module.split("/js/")[0] + "/js/"
    modules = [folder + "correcting/region.js", folder + "reader/words.js"]
    first, second, below, beside = fox.evaluate(TO_READ, modules)
    assert first == second == [0, 90, 406, 183]  # a quarter of 40 pixels, but half of 12 and of 6 of them
    assert below == [0, 183, 406, 236]
    assert beside == [406, 80, 920, 200]


def test_another_box_of_a_word_is_drawn_beside_the_old_one(fox: Page, person: Person, url: str) -> None:
    fox.keyboard.press("Alt+x")
    expect(frame(fox)).to_be_focused()
    first, last = line_box(fox, 3)
    before = rect(frame(fox))
    fox.mouse.click(*last)
    expect(frame(fox)).to_be_focused()
    fox.keyboard.press("Shift+ArrowDown")
    moved = rect(frame(fox))
    assert moved["y"] > before["y"] + 2
    assert (moved["x"], moved["height"]) == pytest.approx((before["x"], before["height"]), abs=1)
    draw(fox, first, last)
    drawn = rect(frame(fox))
    assert (drawn["x"], drawn["y"]) == pytest.approx(first, abs=4)
    middle = drawn["x"] + drawn["width"] / 2, drawn["y"] + drawn["height"] / 2
    draw(fox, middle, (middle[0], middle[1] - 20))  # within it, it is taken
    assert rect(frame(fox))["y"] == pytest.approx(drawn["y"] - 20, abs=3)
    steps.expect_accessible(fox)
    fox.keyboard.press("Enter")
    expect(fox.get_by_role("textbox", name="Word 1 of line 1")).to_be_focused()
    wait_until(
        lambda: person.document(url)["pages"][0]["words"][0]["y0"] > 150, seconds=5, what="The new box"
    )


@pytest.mark.parametrize("key", ["Escape", "Enter"])
def test_keys_act_on_the_box_wherever_the_focus_is(fox: Page, key: str) -> None:
    fox.keyboard.press("Alt+i")
    expect(frame(fox)).to_be_focused()
    fox.locator("#page-1 .word", has_text="runs").click()
    expect(frame(fox)).not_to_be_focused()
    fox.keyboard.press(key)
    expect(frame(fox)).to_be_hidden()
    name = "Word 1 of line 1" if key == "Escape" else "Line 2"
    expect(fox.get_by_role("textbox", name=name, exact=True)).to_be_focused()


def test_a_box_begins_where_one_looks(reader: Page, url: str) -> None:
    reader.emulate_media(reduced_motion="reduce")  # at once, then
    fox = opened(reader, url)
    fox.keyboard.press("Escape")
    for key in ("+", "Shift+ArrowRight", "Shift+ArrowDown"):
        for _press in range(5):
            fox.keyboard.press(key)
    expect(fox.locator("#page-1 .sheet")).to_have_class("sheet is-close")
    fox.keyboard.press("Alt+r")
    expect(frame(fox)).to_be_focused()
    wait_until(lambda: frame(fox).evaluate(IN_SHEET), seconds=10, what="The box within the sheet")


def test_a_finger_draws_and_is_told_of_no_keys(
    visit: NewContext, site: Site, person: Person, url: str
) -> None:
    phone = opened(steps.phone(visit, site, person), url)
    phone.locator(".correct-row summary").get_by_text("Page", exact=True).tap()
    phone.get_by_role("button", name="Read a part again").tap()
    expect(phone.locator("[data-status]")).to_have_text("Draw a box on the image.")
    expect(phone.locator(".correct-row")).not_to_contain_text("Enter", use_inner_text=True)
    expect(frame(phone)).to_be_in_viewport()
    steps.expect_usable(phone)
    proposed = rect(frame(phone))
    x, y = proposed["x"] + proposed["width"] * 0.2, proposed["y"] + proposed["height"] * 0.4
    cdp = phone.context.new_cdp_session(phone)
    steps.touch(cdp, "touchStart", (x, y))
    for step in range(1, 5):
        steps.touch(cdp, "touchMove", (x + 25 * step, y + 5 * step))
    steps.touch(cdp, "touchEnd")
    drawn = rect(frame(phone))
    assert (drawn["x"], drawn["y"]) == pytest.approx((x, y), abs=4)
    assert (drawn["width"], drawn["height"]) == pytest.approx((100, 20), abs=5)
    phone.get_by_role("button", name="Use this box").click()
    expect(phone.get_by_role("dialog", name="Read a part again")).to_be_visible()
    steps.expect_usable(phone)


def test_a_part_is_read_in_the_languages_that_are_chosen_last(fox: Page, person: Person, url: str) -> None:
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    fox.on("request", note)
    fox.keyboard.press("Alt+r")
    draw(fox, *line_box(fox, 2))
    fox.keyboard.press("Enter")
    dialog = fox.get_by_role("dialog", name="Read a part again")
    expect(dialog.get_by_role("listitem")).to_have_text("English×")
    read, put = (dialog.get_by_role("button", name=name, exact=True) for name in ("Read", "Put it in"))
    read.click()
    expect(put).to_be_in_viewport()
    dialog.get_by_role("button", name="Remove: English").click()
    expect(put).to_be_hidden()
    expect(dialog.get_by_role("listitem")).to_have_text("Detect")
    read.click()
    expect(put).to_be_in_viewport()
    sent = [request.post_data_json for request in asked if request.url.endswith("/region/")]
    assert [part["languages"] for part in sent if part] == [["eng"], ["detect"]]
    put.click()
    expect(fox.get_by_role("textbox", name="Word 1 of line 1")).to_be_focused()
    wait_until(
        lambda: person.document(url)["pages"][0]["words"][0]["text"] == "The", seconds=5, what="The text"
    )


def letter(path: Path) -> Path:
    """A page whose letters are small on the screen."""
    lines = [f"line {number} of the quick brown fox and the lazy dog" for number in range(1, 41)]
    text_image(lines, size=(1700, 2400), px=36).save(path)
    return path


def expect_readable(page: Page) -> None:
    """The word that is typed can be made out on the image, above what covers the lower end of the window."""
    chosen = page.locator("#page-1 .layer-chosen")
    expect(chosen).to_be_in_viewport()
    wait_until(lambda: rect(chosen)["height"] > 16, seconds=5, what="A word of that size")
    bar = rect(page.locator(".correct-bar"))
    assert rect(chosen)["y"] + rect(chosen)["height"] < bar["y"]


def test_the_image_comes_close_to_the_word_that_is_typed_and_goes_back(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    url = person.send_and_wait(letter(tmp_path / "letter.png"))
    reader.goto(url)
    expect(reader.locator("#page-1 .close-up canvas").first).to_be_attached()
    reader.keyboard.press("e")
    expect(reader.get_by_role("textbox", name="Word 1 of line 1", exact=True)).to_be_focused()
    expect_readable(reader)
    reader.keyboard.press("Alt+i")  # with the whole page in sight again
    expect(frame(reader)).to_be_focused()
    line, proposed = rect(reader.locator("#page-1 .layer-chosen")), rect(frame(reader))
    assert proposed["height"] < 24  # and still below the line
    assert proposed["y"] == pytest.approx(line["y"] + line["height"], abs=6)
    reader.keyboard.press("Escape")
    reader.locator("#page-1 .words p > span").nth(30).locator(".word", has_text="brown").click()
    expect(reader.get_by_role("textbox", name="Word 6 of line 31", exact=True)).to_be_focused()
    expect_readable(reader)
    reader.set_viewport_size({"width": 1000, "height": 720})
    reader.evaluate(FRAMES)
    reader.get_by_role("button", name="Done").click()
    expect(reader.locator("#page-1 .sheet")).not_to_contain_class("is-close")


def test_a_phone_shows_the_word_above_the_text_that_is_typed(
    visit: NewContext, site: Site, person: Person, tmp_path: Path, complaints: Complaints
) -> None:
    url = person.send_and_wait(letter(tmp_path / "letter.png"))
    phone = steps.phone(visit, site, person)
    phone.goto(url)
    expect(phone.locator("#page-1 .close-up canvas").first).to_be_attached()
    phone.get_by_role("button", name="Correct", exact=True).tap()
    expect(phone.get_by_role("textbox", name="Word 1 of line 1", exact=True)).to_be_focused()
    chosen = phone.locator("#page-1 .layer-chosen")
    wait_until(lambda: rect(chosen)["height"] > 16, seconds=5, what="A word of that size")
    wait_until(lambda: chosen.evaluate(IN_SHEET), seconds=5, what="The word on the part of the image")
    phone.locator("#page-1 .words p > span").nth(30).locator(".word", has_text="brown").tap()
    field = phone.get_by_role("textbox", name="Word 6 of line 31", exact=True)
    expect(field).to_be_focused()
    expect_readable(phone)
    sheet = rect(phone.locator("#page-1 .sheet"))
    assert rect(field)["y"] >= sheet["y"] + sheet["height"]
    steps.expect_usable(phone)
    last = rect(phone.get_by_role("button", name="Done"))
    assert last["y"] == pytest.approx(rect(phone.get_by_role("button", name="Undo"))["y"], abs=8)
    bar = phone.locator(".correct-bar")
    phone.evaluate("by => scrollBy(0, -by)", rect(bar)["y"] - rect(field)["y"] - 60)
    steps.change_elsewhere(phone, f"{url}pages/1/", line=0, word=0, text="That")
    field.fill("red")
    field.press("Enter")
    expect(phone.get_by_role("alert")).to_be_visible()
    field = phone.get_by_role("textbox", name="Word 7 of line 31", exact=True)
    wait_until(
        lambda: rect(field)["y"] + rect(field)["height"] <= rect(bar)["y"],
        seconds=5,
        what="The field above what the bar has to say",
    )
    complaints.forgive("409")


def test_the_field_of_a_short_word_leaves_the_next_one_free(fox: Page) -> None:
    word = fox.locator("#page-1 .word")
    shown = rect(word.get_by_text("dog", exact=True))
    word.get_by_text("dog", exact=True).click()
    field = fox.get_by_role("textbox", name="Word 1 of line 3", exact=True)
    expect(field).to_be_focused()
    assert rect(field)["width"] <= shown["width"] + 10
    assert rect(field)["x"] + rect(field)["width"] <= rect(word.get_by_text("and", exact=True))["x"] + 4


@pytest.mark.parametrize("frames", [0, 1])
def test_who_comes_closer_while_the_image_gets_another_size_stays_there(fox: Page, frames: int) -> None:
    fox.get_by_role("button", name="Done").click()
    sheet = fox.locator("#page-1 .sheet")
    expect(sheet).not_to_contain_class("is-close")
    sheet.evaluate(RESIZED, frames)
    fox.evaluate(FRAMES)
    expect(sheet).to_contain_class("is-close")
    assert sheet.evaluate("sheet => sheet.classList.contains('is-close')")


def test_closer_goes_to_the_words(reader: Page, person: Person, tmp_path: Path) -> None:
    image = text_image(["Left", "Left", "Left"], size=(1400, 900), px=50)
    image.save(tmp_path / "left.png")
    reader.goto(person.send_and_wait(tmp_path / "left.png"))
    expect(reader.locator("#page-1 .word")).to_have_count(3)
    expect(reader.locator("#page-1 .close-up canvas").first).to_be_attached()
    for _press in range(5):
        reader.keyboard.press("+")
    expect(reader.locator("#page-1 .sheet")).to_contain_class("is-close")
    reader.locator("#page-1 .word").nth(1).evaluate("element => element.focus({ preventScroll: true })")
    expect(reader.locator("#page-1 .layer-lit")).to_be_in_viewport()
