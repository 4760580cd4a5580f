"""Looking closely: the image of a page and its words are one thing."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import FloatRect, Locator, Page, Route, expect

from tests.browser.conftest import Complaints, NewContext
from tests.browser.steps import text_of, touch
from tests.files import text_image
from tests.people import Person
from tests.sites import Site, wait_until

pytestmark = pytest.mark.browser

LINES = ["The quick brown fox", "leaps over the lazy", "dog and runs away"]


def sheet(page: Page, number: int = 1) -> Locator:
    return page.locator(f"#page-{number} .sheet")


def layer(page: Page, name: str, number: int = 1) -> Locator:
    return sheet(page, number).locator(f".layer-{name}")


def word(page: Page, text: str, number: int = 1) -> Locator:
    return text_of(page, number).locator(".word").get_by_text(text, exact=True)


def scale(page: Page) -> float:
    """Screen pixels for one of the page, across or down."""
    matrix = sheet(page).locator(".overlay > g").get_attribute("transform")
    assert matrix
    numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", matrix)]
    return max(abs(numbers[0]), abs(numbers[1]))


def box_of(page: Page, text: str) -> FloatRect:
    """Where the image shows a word, on the screen."""
    word(page, text).hover()
    expect(layer(page, "lit")).to_have_attribute("d", re.compile("M"))
    box = layer(page, "lit").bounding_box()
    assert box
    return box


def middle(box: FloatRect) -> tuple[float, float]:
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def at_rest(thing: Locator) -> FloatRect:
    """Where it is once the image has come to stand still."""
    before = None
    while (box := thing.bounding_box()) is None or box != before:
        before = box
        thing.page.wait_for_timeout(400)
    return box


def opened(page: Page, url: str) -> Page:
    """With the first page ready to be looked at closely."""
    page.goto(url)
    expect(sheet(page).locator(".close-up canvas").first).to_be_attached()
    expect(word(page, "fox")).to_be_visible()
    return page


@pytest.fixture
def fox(reader: Page, person: Person, tmp_path: Path) -> Page:
    """A page with twelve words, large enough to be cut into pieces."""
    path = tmp_path / "fox.png"
    text_image(LINES, size=(3000, 1100), px=180).save(path)
    return opened(reader, person.send_and_wait(path))


def test_a_word_and_its_box_light_up_together(fox: Page) -> None:
    box = box_of(fox, "brown")
    assert layer(fox, "lit").evaluate("path => path.getBBox().width") == pytest.approx(560, abs=80)
    fox.mouse.move(0, 0)
    expect(layer(fox, "lit")).to_have_attribute("d", "")
    fox.mouse.move(*middle(box))
    expect(text_of(fox).locator(".lit")).to_have_text("brown")
    fox.mouse.click(*middle(box))
    expect(text_of(fox).locator(".chosen")).to_have_text("brown")
    word(fox, "leaps").click()
    expect(text_of(fox).locator(".chosen")).to_have_text("leaps")


def test_the_keyboard_walks_from_word_to_word(fox: Page) -> None:
    word(fox, "quick").focus()
    for key, text in (
        ("ArrowRight", "brown"),
        ("ArrowLeft", "quick"),
        ("ArrowDown", "over"),
        ("ArrowUp", "quick"),
    ):
        fox.keyboard.press(key)
        expect(word(fox, text)).to_be_focused()
        expect(text_of(fox).locator(".lit")).to_have_text(text)
    fox.keyboard.press("Enter")
    expect(text_of(fox).locator(".chosen")).to_have_text("quick")


def test_the_image_is_zoomed_turned_and_fitted_by_keys(fox: Page) -> None:
    at_rest = scale(fox)
    with fox.expect_response(re.compile(r"/pieces/\w+/0/\d+-\d+\.jpg")) as piece:
        for _press in range(6):
            fox.keyboard.press("+")
    assert piece.value.status == 200
    assert piece.value.headers["cache-control"] == "private, max-age=31536000, immutable"
    expect(sheet(fox)).to_have_class(re.compile("is-close"))
    wait_until(lambda: scale(fox) > 6 * at_rest, seconds=10, what="The other size")
    fox.keyboard.press("-")
    wait_until(lambda: scale(fox) < 10 * at_rest, seconds=10, what="The other size")
    fox.keyboard.press("w")
    expect(sheet(fox)).not_to_have_class(re.compile("is-close"))
    assert scale(fox) == pytest.approx(at_rest)
    fox.keyboard.press("r")
    wait_until(lambda: scale(fox) > 2 * at_rest, seconds=10, what="The other size")
    turned = sheet(fox).bounding_box()
    assert turned
    assert turned["height"] > turned["width"]
    fox.keyboard.press("0")
    wait_until(lambda: _bottom(fox) <= 720, seconds=10, what="The whole page in sight")
    for _press in range(3):
        fox.keyboard.press("r")
    expect(sheet(fox)).not_to_have_class(re.compile("is-close"))


def _bottom(page: Page) -> float:
    box = sheet(page).bounding_box()
    assert box
    return box["y"] + box["height"]


def test_boxes_stay_on_their_words_however_the_image_lies(fox: Page) -> None:
    fox.keyboard.press("0")
    fox.keyboard.press("r")
    wait_until(lambda: _bottom(fox) <= 720, seconds=10, what="The whole page in sight")
    fox.mouse.move(*middle(box_of(fox, "lazy")))
    expect(text_of(fox).locator(".lit")).to_have_text("lazy")
    dark = fox.evaluate("""() => {
        const canvas = document.querySelector("#page-1 .close-up canvas");
        const box = document.querySelector("#page-1 .layer-lit").getBoundingClientRect();
        const { left, top } = canvas.getBoundingClientRect();
        const ratio = canvas.width / canvas.clientWidth;
        const at = [box.left - left, box.top - top, box.width, box.height];
        const { data } = canvas.getContext("2d").getImageData(...at.map((side) => Math.round(side * ratio)));
        return data.filter((value, index) => index % 4 === 0 && value < 128).length / (data.length / 4);
    }""")
    assert 0.1 < dark < 0.5  # letters on paper


def test_layers_are_switched_and_remembered(fox: Page) -> None:
    expect(layer(fox, "words")).to_be_hidden()
    menu = fox.get_by_label("More of the view")
    menu.click()
    for name, label in (
        ("words", "Boxes of words"),
        ("lines", "Boxes of lines"),
        ("blocks", "Boxes of paragraphs"),
    ):
        fox.get_by_label(label).check()
        expect(layer(fox, name)).to_be_visible()
    fox.get_by_label("Boxes of lines").uncheck()
    fox.keyboard.press("Escape")
    fox.reload()
    expect(layer(fox, "words")).to_be_visible()
    expect(layer(fox, "lines")).to_be_hidden()
    assert layer(fox, "words").evaluate("path => path.getAttribute('d').split('M').length - 1") == 12
    fox.keyboard.press("b")
    expect(layer(fox, "words")).to_be_hidden()


def test_the_slider_says_what_is_doubtful_and_a_key_leads_there(fox: Page) -> None:
    count = fox.locator("[data-doubtful]")
    expect(count).to_have_text("0")
    fox.keyboard.press("d")
    expect(fox.get_by_role("status").filter(has_text="No doubtful word on this page")).to_be_visible()
    fox.get_by_label("More of the view").click()
    fox.get_by_label("Doubtful below").fill("100")
    fox.keyboard.press("Escape")
    expect(count).to_have_text("12")
    expect(text_of(fox).locator(".unsure")).to_have_count(12)
    for key, text in (("d", "The"), ("d", "quick"), ("d", "brown"), ("D", "quick")):
        fox.keyboard.press(key)
        expect(text_of(fox).locator(".chosen")).to_have_text(text)
        expect(word(fox, text)).to_be_focused()
    fox.get_by_role("button", name="Next doubtful word").click()
    expect(text_of(fox).locator(".chosen")).to_have_text("brown")
    fox.reload()
    expect(count).to_have_text("12")


def test_a_word_is_brought_into_the_frame_while_the_zoom_still_runs(fox: Page) -> None:
    fox.evaluate("localStorage.setItem('ocrsite-below', '100')")
    opened(fox, fox.url)
    for key in "+++D":
        fox.keyboard.press(key)
    expect(text_of(fox).locator(".chosen")).to_have_text("away")
    box, frame = at_rest(layer(fox, "chosen")), sheet(fox).bounding_box()
    assert frame
    assert middle(box) == pytest.approx(middle(frame), abs=10)


def test_image_and_text_of_a_word_are_in_sight_beside_a_long_text(fox: Page) -> None:
    text_of(fox).evaluate("words => (words.style.fontSize = '150px')")
    for text in ("away", "The"):
        word(fox, text).click()
        expect(layer(fox, "chosen")).to_be_in_viewport(ratio=1)
        expect(word(fox, text)).to_be_in_viewport()


def test_a_doubtful_word_is_looked_for_on_later_pages(reader: Page, person: Person, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.png" for number in range(1, 8)]
    for file in files[:-1]:
        Image.new("L", (600, 200), "white").save(file)
    text_image(["fox"]).save(files[-1])
    reader.goto(person.send_and_wait(*files))
    reader.evaluate("localStorage.setItem('ocrsite-below', '100')")
    reader.reload()
    expect(reader.locator("[data-doubtful]")).to_have_text("–")
    reader.keyboard.press("d")
    expect(text_of(reader, 7).locator(".chosen")).to_have_text("fox")
    expect(text_of(reader, 7)).to_be_in_viewport()
    expect(reader.get_by_label("Page", exact=True)).to_have_value("7")


def test_pages_far_away_give_back_what_their_words_take(reader: Page, person: Person, tmp_path: Path) -> None:
    files = [tmp_path / f"{number:02}.png" for number in range(1, 25)]
    for file in files:
        Image.new("L", (300, 100), "white").save(file)
    for file in (files[0], files[11]):
        text_image(["fox"]).save(file)
    reader.goto(person.send_and_wait(*files))
    first, middle_one = text_of(reader), text_of(reader, 12)
    expect(first.locator(".word")).to_have_count(1)
    turn_to(reader, 12)
    expect(middle_one.locator(".word")).to_have_count(1)
    reader.keyboard.press("Home")
    reader.get_by_label("More of the view").click()
    reader.get_by_label("Doubtful below").fill("100")
    reader.keyboard.press("Escape")
    expect(first.locator(".unsure")).to_have_count(1)
    expect(middle_one.locator(".unsure")).to_have_count(0)
    turn_to(reader, 12)
    expect(middle_one.locator(".unsure")).to_have_count(1)
    reader.keyboard.press("End")
    expect(first.locator(".word")).to_have_count(0)
    expect(first).to_have_text("fox")
    reader.keyboard.press("Home")
    expect(first.locator(".word.unsure")).to_have_text("fox")
    word(reader, "fox").hover()
    expect(layer(reader, "lit")).to_have_attribute("d", re.compile("M"))


def turn_to(page: Page, number: int) -> None:
    page.get_by_label("Page", exact=True).fill(str(number))
    page.keyboard.press("Enter")


def test_a_page_that_is_asked_for_twice_stays_alive(fox: Page) -> None:
    fox.evaluate("""() => {
        const row = document.getElementById("page-1");
        row.dataset.open = "";
        row.classList.add("is-of-before");
        const options = { detail: { pages: [1] } };
        for (const time of [1, 2]) document.body.dispatchEvent(new CustomEvent("ocrsite:pages", options));
    }""")
    expect(fox.locator(".is-of-before")).to_have_count(0)
    fox.wait_for_load_state("networkidle")
    expect(sheet(fox).locator(".close-up canvas").first).to_be_attached()
    box_of(fox, "brown")


def test_words_are_selected_on_the_image_and_copied(fox: Page) -> None:
    start, end = box_of(fox, "brown"), box_of(fox, "over")
    fox.keyboard.press("s")
    fox.mouse.move(*middle(start))
    fox.mouse.down()
    fox.mouse.move(*middle(end), steps=3)
    fox.mouse.up()
    expect(fox.get_by_role("status").filter(has_text="Words copied: 4")).to_be_visible()
    assert fox.evaluate("navigator.clipboard.readText()") == "brown fox\nleaps over"
    fox.keyboard.press("s")
    expect(layer(fox, "selected")).to_have_attribute("d", "")


def test_views_are_switched_and_remembered(fox: Page) -> None:
    for name, has_image, has_text, has_typed in (
        ("Image only", True, False, False),
        ("Text only", False, True, False),
        ("Text over the image", True, False, True),
    ):
        fox.get_by_role("button", name=name).click()
        expect(sheet(fox).locator("img")).to_be_visible(visible=has_image)
        expect(text_of(fox)).to_be_visible(visible=has_text)
        expect(sheet(fox).locator(".typed text").first).to_be_visible(visible=has_typed)
        expect(fox.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
    fox.reload()
    typed = sheet(fox).locator(".typed text")
    expect(typed).to_have_count(12)
    read_out = sheet(fox).aria_snapshot()
    assert all(word in read_out for word in ("quick", "brown", "fox"))
    fox.evaluate("""() => {
        const [first, last] = [1, 4].map((at) => document.querySelectorAll(".typed text")[at].firstChild);
        getSelection().setBaseAndExtent(last, 2, first, 1);
    }""")
    fox.keyboard.press("Control+c")
    assert fox.evaluate("navigator.clipboard.readText()") == "quick brown fox\nleaps"
    fox.keyboard.press("v")
    expect(text_of(fox)).to_be_visible()
    expect(sheet(fox).locator("img")).to_be_visible()


def test_text_over_the_image_has_one_size_and_baseline_in_a_line(fox: Page) -> None:
    fox.get_by_role("button", name="Text over the image").click()
    typed = sheet(fox).locator(".typed text")
    expect(typed).to_have_count(12)
    places = typed.evaluate_all(
        "texts => texts.map((text) => ['font-size', 'y'].map((name) => text.getAttribute(name)))"
    )
    assert places[0] == places[1] == places[2] == places[3] != places[4]


def test_a_page_is_shown_as_the_engine_saw_it(reader: Page, person: Person, tmp_path: Path) -> None:
    """Here it was dark and crooked; boxes stay on their words."""
    path = tmp_path / "crooked.png"
    lines = ["The quick brown fox jumps over", "the lazy dog and runs away into"] * 4
    crooked = text_image(lines, size=(1400, 700), px=48).rotate(-3, fillcolor="white")
    crooked.point(lambda value: value // 4).save(path)
    page = opened_first(reader, person.send_and_wait(path))
    assert _shades(page)[-1] < 100
    page.get_by_label("More of the view").click()
    page.get_by_label("As the engine saw it").check()
    tilted = sheet(page).locator(".overlay > g > g")
    expect(tilted).to_have_attribute("transform", re.compile(r"rotate\(-3"))
    expect(sheet(page)).to_have_class(re.compile("is-close"))
    wait_until(lambda: _shades(page)[-1] > 230, seconds=10, what="White paper")
    page.keyboard.press("Escape")
    word(page, "brown").first.hover()
    expect(layer(page, "lit")).to_have_attribute("d", re.compile("M"))
    of_word = _shades(page, ".layer-lit")
    assert 0.1 < sum(shade < 128 for shade in of_word) / len(of_word) < 0.5  # letters on paper
    page.keyboard.press("o")
    expect(tilted).to_have_attribute("transform", "")
    expect(sheet(page)).not_to_have_class(re.compile("is-close"))
    page.keyboard.press("o")
    expect(tilted).to_have_attribute("transform", re.compile(r"rotate\(-3"))


def _shades(page: Page, place: str = "img") -> list[int]:
    """What the viewer shows of the first page there: the red of each pixel, from dark to light."""
    shades: list[int] = page.evaluate(
        """(place) => {
        const sheet = document.querySelector("#page-1 .sheet");
        const canvas = sheet.querySelector(".close-up canvas");
        const box = sheet.querySelector(place).getBoundingClientRect();
        const { left, top } = canvas.getBoundingClientRect();
        const ratio = canvas.width / canvas.clientWidth;
        const at = [box.left - left, box.top - top, box.width, box.height];
        const copy = new OffscreenCanvas(canvas.width, canvas.height)
            .getContext("2d", { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(...at.map((side) => Math.round(side * ratio)));
        return [...data.filter((value, index) => index % 4 === 0)].sort((one, other) => one - other);
    }""",
        place,
    )
    return shades


def test_what_one_should_know_of_the_page_as_the_engine_saw_it_is_told(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    path = tmp_path / "table.png"
    table = Image.new("RGB", (1300, 1100), (60, 45, 30))
    table.paste(text_image(LINES, size=(900, 700), px=60).convert("RGB"), (200, 200))
    table.save(path)
    page = opened_first(reader, person.send_and_wait(path))
    page.get_by_label("More of the view").click()
    page.get_by_label("As the engine saw it").check()
    expect(page.get_by_text("What is dark was cut away.")).to_be_visible()
    page.get_by_label("As the engine saw it").uncheck()
    expect(page.get_by_text("What is dark was cut away.")).to_be_hidden()


def test_a_server_that_is_busy_is_not_taken_for_a_page_that_is_lost(
    fox: Page, complaints: Complaints
) -> None:
    answers: list[int] = []

    def refuse(route: Route) -> None:
        answers.append(503)
        route.fulfill(status=503, headers={"Retry-After": "0"})

    fox.route("**/cleaned/*/", refuse)
    fox.get_by_label("More of the view").click()
    fox.get_by_label("As the engine saw it").check()
    expect(fox.get_by_text("The server is busy with other pages. Try again in a moment.")).to_be_visible()
    assert len(answers) > 1
    fox.unroute("**/cleaned/*/")
    fox.route("**/cleaned/*/", lambda route: route.fulfill(status=503))
    fox.get_by_label("As the engine saw it").uncheck()
    fox.get_by_label("As the engine saw it").check()
    expect(fox.get_by_text("The page cannot be shown like this now.")).to_be_visible()
    fox.unroute("**/cleaned/*/")
    fox.get_by_label("As the engine saw it").uncheck()
    fox.get_by_label("As the engine saw it").check()
    expect(fox.get_by_text("Nothing had to be cleaned.")).to_be_visible()
    complaints.forgive("503")


def opened_first(page: Page, url: str) -> Page:
    page.goto(url)
    expect(sheet(page).locator(".close-up canvas").first).to_be_attached()
    return page


def test_a_page_of_which_nothing_was_done_says_so(fox: Page) -> None:
    fox.get_by_label("More of the view").click()
    fox.get_by_label("As the engine saw it").check()
    expect(fox.get_by_text("Nothing had to be cleaned.")).to_be_visible()
    expect(sheet(fox)).not_to_have_class(re.compile("is-close"))
    fox.get_by_label("As the engine saw it").uncheck()
    fox.keyboard.press("Escape")
    fox.keyboard.press("o")
    expect(fox.locator(".said")).to_have_text("Nothing had to be cleaned.")


def test_a_hit_is_shown_where_one_looks_closely(fox: Page) -> None:
    fox.goto(f"{fox.url}?q=quick+OR+away")
    expect(sheet(fox).locator(".close-up canvas").first).to_be_attached()
    for _press in range(5):
        fox.keyboard.press("+")
    fox.wait_for_timeout(600)  # until the image stands still
    for key in ("n", "n"):
        fox.keyboard.press(key)
        now = fox.locator("#page-1 rect.is-now")
        expect(now).to_be_in_viewport()
        outer, inner = sheet(fox).bounding_box(), now.bounding_box()
        assert outer
        assert inner
        x, y = middle(inner)
        assert outer["x"] < x < outer["x"] + outer["width"]
        assert outer["y"] < y < outer["y"] + outer["height"]


@pytest.fixture
def phone(visit: NewContext, site: Site, person: Person, tmp_path: Path) -> Page:
    """The fox on a small screen for fingers."""
    path = tmp_path / "fox.png"
    text_image(LINES, size=(900, 900), px=60).save(path)
    url = person.send_and_wait(path)
    size = {"width": 390, "height": 844}
    context = visit(site, viewport=size, has_touch=True, is_mobile=True, permissions=["clipboard-read"])
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_cookies(person.cookies())
    page = opened(context.new_page(), url)
    sheet(page).scroll_into_view_if_needed()
    return page


def test_two_fingers_bring_the_image_closer_and_one_moves_it(phone: Page) -> None:
    cdp = phone.context.new_cdp_session(phone)
    at_rest, scrolled = scale(phone), phone.evaluate("scrollY")
    box = sheet(phone).bounding_box()
    assert box
    x, y = middle(box)
    touch(cdp, "touchStart", (x - 20, y), (x + 20, y))
    for step in range(1, 7):
        touch(cdp, "touchMove", (x - 20 - 10 * step, y), (x + 20 + 10 * step, y))
    touch(cdp, "touchEnd")
    wait_until(lambda: scale(phone) > 2 * at_rest, seconds=10, what="The other size")
    touch(cdp, "touchStart", (x, y))
    for step in range(1, 7):
        touch(cdp, "touchMove", (x, y - 10 * step))
    touch(cdp, "touchEnd")
    assert phone.evaluate("scrollY") == scrolled


def test_a_long_press_selects_words(phone: Page) -> None:
    places = {text: layer_box(phone, text) for text in ("quick", "fox")}
    cdp = phone.context.new_cdp_session(phone)
    touch(cdp, "touchStart", middle(places["quick"]))
    expect(layer(phone, "selected")).to_have_attribute("d", re.compile("M"))
    touch(cdp, "touchMove", middle(places["fox"]))
    touch(cdp, "touchEnd")
    expect(phone.get_by_role("status").filter(has_text="Words copied: 3")).to_be_visible()
    assert phone.evaluate("navigator.clipboard.readText()") == "quick brown fox"


def layer_box(page: Page, text: str) -> FloatRect:
    """Where the image shows a word, found without a mouse."""
    word(page, text).evaluate("element => element.focus({ preventScroll: true })")
    box = layer(page, "lit").bounding_box()
    assert box
    return box


def test_a_phone_has_all_tools_in_reach(phone: Page) -> None:
    phone.get_by_label("More of the view").click()
    for name in ("Turn", "Whole page", "Select words on the image"):
        expect(phone.get_by_role("button", name=name).filter(visible=True)).to_have_count(1)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    results = Axe().run(phone)
    assert results.violations_count == 0, results.generate_report()


def test_on_a_small_screen_the_tools_stay_in_sight_and_serve_the_page_that_is_read(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.png" for number in (1, 2)]
    for file in files:
        text_image(LINES, size=(900, 900), px=60).save(file)
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(f"{person.send_and_wait(*files)}?page=2")
    expect(word(reader, "fox", 2)).to_be_visible()
    reader.get_by_label("More of the view").click()
    reader.get_by_label("Doubtful below").fill("100")
    reader.keyboard.press("Escape")
    tools = reader.locator(".tools")
    expect(tools).to_be_in_viewport(ratio=1)
    tools.get_by_role("button", name="Next doubtful word").click()
    expect(text_of(reader, 2).locator(".chosen")).to_have_text("The")
    expect(tools).to_be_in_viewport(ratio=1)


def test_axe_finds_nothing_in_any_view(fox: Page) -> None:
    for view in ("Image only", "Text only", "Text over the image", "Image and text"):
        fox.get_by_role("button", name=view).click()
        results = Axe().run(fox)
        assert results.violations_count == 0, results.generate_report()
    fox.keyboard.press("+")
    fox.get_by_label("More of the view").click()
    results = Axe().run(fox)
    assert results.violations_count == 0, results.generate_report()


def test_the_screen_is_filled_and_given_back(fox: Page) -> None:
    heading = fox.get_by_role("heading", level=1)
    fox.keyboard.press("f")
    expect(heading).to_be_hidden()
    expect(sheet(fox)).to_be_visible()
    fox.keyboard.press("f")
    expect(heading).to_be_visible()


def test_the_keys_are_listed(fox: Page) -> None:
    fox.keyboard.press("?")
    help_ = fox.get_by_role("dialog", name="Keyboard shortcuts")
    expect(help_).to_contain_text("Next doubtful word")
    fox.keyboard.press("+")  # a dialog has the keyboard for itself
    expect(sheet(fox)).not_to_have_class(re.compile("is-close"))


def test_without_a_script_there_is_the_image_and_the_text(
    visit: NewContext, site: Site, fox: Page, person: Person
) -> None:
    context = visit(site, java_script_enabled=False)
    context.add_cookies(person.cookies())
    page = context.new_page()
    page.goto(urlsplit(fox.url).path)
    expect(sheet(page).get_by_role("img", name="Image of page 1")).to_be_visible()
    expect(text_of(page)).to_contain_text("The quick brown fox")
    expect(page.get_by_role("button", name="Image only")).to_have_count(0)


def test_a_viewer_that_cannot_be_loaded_leaves_the_page_readable(
    reader: Page, person: Person, complaints: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "fox.png"
    text_image(LINES, size=(900, 400), px=60).save(path)
    url = person.send_and_wait(path)
    reader.route("**/openseadragon*", lambda route: route.abort())
    reader.goto(url)
    box_of(reader, "brown")
    expect(reader.locator(".close-up")).to_have_count(0)
    complaints.clear()
