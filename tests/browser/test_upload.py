"""Files go in, by every door of the page, and come out as text."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Complaints
from tests.browser.steps import (
    choose_languages,
    drop,
    expect_accessible,
    expect_document,
    picture,
    send,
    tab_to,
    text_of,
    upload,
)
from tests.files import save_pdf, says
from tests.people import Person

pytestmark = pytest.mark.browser

LONG = 90_000  # milliseconds, in which a busy machine has read a file of each format
LINES = ["Hello world", "Привет мир!"]
FORMATS = {"png": "PNG", "bmp": "BMP", "jpg": "JPEG", "tif": "TIFF", "webp": "WEBP", "pdf": "PDF"}


def test_a_russian_picture_is_read_exactly(reader: Page, person: Person, tmp_path: Path) -> None:
    upload(reader, picture(tmp_path / "привет.png", "Привет мир!"), languages=("Russian",))
    expect_document(reader, "привет")
    expect(text_of(reader)).to_have_text("Привет мир!")
    assert person.get(f"{reader.url}download/txt").body.decode().strip() == "Привет мир!"


@pytest.mark.parametrize("languages", [(), ("English", "Russian")], ids=["detected", "chosen"])
def test_two_languages_in_one_picture_are_read_exactly_in_every_format(
    reader: Page, person: Person, tmp_path: Path, languages: tuple[str, ...]
) -> None:
    files = [
        picture(tmp_path / f"{ending}.{ending}", *LINES, format_name=name) for ending, name in FORMATS.items()
    ]
    upload(reader, *files, languages=languages)
    expect(reader.get_by_role("heading", level=1, name="Archive")).to_be_visible()
    expect(reader.locator(".card")).to_have_count(len(FORMATS))
    expect(reader.locator(".card .state, .card progress")).to_have_count(0, timeout=LONG)
    read = {}
    for link in reader.locator(".card-link").all():
        document = person.document(str(link.get_attribute("href")))
        read[document["title"]] = document["pages"][0]["text"].split("\n")
    assert {title: [line for line in lines if line] for title, lines in read.items()} == dict.fromkeys(
        FORMATS, LINES
    )


def test_a_huge_picture_has_no_preview_and_the_others_do(reader: Page, tmp_path: Path) -> None:
    """A browser would take a gigabyte for it, and stand still meanwhile."""
    Image.new("1", (10_000, 8_000), 1).save(tmp_path / "poster.png")
    picture(tmp_path / "letter.png", "Hello world")
    reader.get_by_role("link", name="Upload").first.click()
    reader.locator("input[type=file]").first.set_input_files(
        [tmp_path / "poster.png", tmp_path / "letter.png"]
    )
    rows = reader.locator(".file")
    expect(rows.filter(has_text="letter.png").locator(".file-picture img")).to_be_visible()
    expect(rows.filter(has_text="poster.png").locator(".file-picture svg")).to_be_visible()


def test_texts_come_along_with_their_pictures(reader: Page, tmp_path: Path) -> None:
    """One is called like its picture, one names it inside, one belongs to none."""
    hocr = "<html><div class='ocr_page' title='image {}; bbox 0 0 100 100'><p>{}</p></div></html>"
    line = "<span class='ocr_line' title='bbox 10 40 90 60'>{}</span>"
    files = []
    for word in ("first", "second", "third"):
        with Image.new("L", (200, 200), "white") as blank:
            blank.save(tmp_path / f"{word}.png")
        files.append(tmp_path / f"{word}.png")
    for name, image, text in (("first", "", "One"), ("other", "second.png", "Two"), ("lost", "x", "None")):
        (tmp_path / f"{name}.hocr").write_text(hocr.format(image, line.format(text)))
        files.append(tmp_path / f"{name}.hocr")
    reader.goto("/upload/")
    reader.locator("#files").set_input_files(files)
    choose_languages(reader, "English")
    send(reader)
    lost = reader.locator(".file", has_text="lost.hocr")
    expect(lost).to_contain_text("This is the text of an image that did not come with it.")
    for name in ("first.hocr", "second.png"):
        expect(reader.locator(".file", has_text=name).get_by_role("link", name="Open")).to_be_visible()
    reader.locator(".file", has_text="other.hocr").get_by_role("link", name="Open").click()
    expect_document(reader, "second")
    expect(text_of(reader)).to_have_text("Two")


def test_several_pictures_become_one_document_in_the_order_they_were_put_in(
    reader: Page, tmp_path: Path
) -> None:
    files = [picture(tmp_path / f"{word}.png", f"The {word} page") for word in ("second", "first", "third")]
    reader.goto("/upload/")
    reader.locator("#files").set_input_files(files)
    choose_languages(reader, "English")
    reader.get_by_label("Read all images as one document, in this order").check()
    up = reader.get_by_role("button", name="Move up: first.png")
    up.press("Enter")
    expect(up).to_be_focused()
    expect(reader.locator(".file", has_text="first.png").get_by_role("status")).to_contain_text("1 of 3")
    reader.get_by_label("Title", exact=True).fill("In order")
    send(reader)
    expect_document(reader, "In order")
    for number, word in enumerate(("first", "second", "third"), start=1):
        expect(text_of(reader, number)).to_have_text(f"The {word} page")


def test_a_file_dropped_on_the_archive_is_read(reader: Page, tmp_path: Path) -> None:
    drop(reader, picture(tmp_path / "dropped.png", "Dropped here"))
    expect(reader.get_by_role("dialog", name="Upload").get_by_text("dropped.png")).to_be_visible()
    send(reader)
    expect_document(reader, "dropped")
    expect(text_of(reader)).to_have_text("Dropped here")


def test_a_picture_pasted_from_the_clipboard_is_read(reader: Page) -> None:
    reader.evaluate(
        """async () => {
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [700, 200];
            const context = canvas.getContext("2d");
            context.fillStyle = "white";
            context.fillRect(0, 0, 700, 200);
            context.fillStyle = "black";
            context.font = "48px DejaVu Sans";
            context.fillText("Pasted here", 50, 100);
            const blob = await new Promise((done) => canvas.toBlob(done));
            await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
        }"""
    )
    reader.keyboard.press("Control+v")
    expect(reader.get_by_role("dialog", name="Upload").locator(".file")).to_have_count(1)
    send(reader)
    expect(text_of(reader)).to_have_text("Pasted here")


def test_a_bad_file_leaves_the_good_one_alone_and_says_what_is_wrong(
    reader: Page, complaints: Complaints, tmp_path: Path
) -> None:
    words = tmp_path / "words.png"
    words.write_text("Only words, no picture")
    upload(reader, picture(tmp_path / "good.png", "Hello world"), words)
    good, bad = reader.locator(".file").all()
    expect(bad).to_contain_text(
        "This file is neither an image nor a PDF that can be read here. Save it as PDF, PNG, JPEG or TIFF."
    )
    good.get_by_role("link", name="Open").click()
    expect(text_of(reader)).to_have_text("Hello world")
    complaints.forgive("422")


def test_the_command_that_installs_a_language_is_copied(reader: Page) -> None:
    reader.goto("/upload/")
    reader.get_by_role("combobox", name="Add a language").fill("Cherokee")
    advice = reader.locator(".advice p").first
    expect(advice).to_contain_text("Cherokee (chr) is not installed. To install it:")
    advice.get_by_role("button", name="Copy").click()
    expect(advice.get_by_role("button", name="Copied")).to_be_visible()
    command = reader.evaluate("navigator.clipboard.readText()")
    assert command == advice.locator("code").inner_text()
    assert command.startswith("sudo ")


def test_a_language_that_is_not_installed_can_be_read_about_beside_those_that_are(reader: Page) -> None:
    reader.goto("/upload/")
    reader.get_by_role("combobox", name="Add a language").fill("germ")
    german = reader.get_by_role("option", name="German", exact=True)
    advice = reader.locator(".advice p").first
    expect(advice).to_contain_text("is not installed. To install it:")
    listed, told = german.bounding_box(), advice.bounding_box()
    assert listed
    assert told
    assert listed["y"] + listed["height"] <= told["y"]
    german.click()
    expect(reader.locator(".chip")).to_have_text(["German×"])
    expect(advice).to_have_count(0)


def test_a_language_that_is_chosen_stays_so_when_it_is_picked_again(reader: Page) -> None:
    reader.goto("/upload/")
    choose_languages(reader, "French")
    field = reader.get_by_role("combobox", name="Add a language")
    for pick in (lambda: reader.get_by_role("option", name="French").click(), lambda: field.press("Enter")):
        field.fill("French")
        pick()
        expect(reader.locator(".chip")).to_have_text(["French×"])
        expect(reader.get_by_text("French is already chosen.")).to_be_visible()
        expect(field).to_have_value("")
    reader.get_by_role("button", name="Remove: French").click()
    expect(reader.locator(".chip")).to_have_text(["Detect, page by page"])


def test_the_list_of_languages_covers_no_button(reader: Page) -> None:
    reader.goto("/upload/")
    reader.get_by_role("combobox", name="Add a language").click()
    expect(reader.get_by_role("option", name="English", exact=True)).to_be_visible()
    send(reader)
    expect(reader.get_by_role("alert")).to_have_text("Choose at least one file.")
    expect(reader.get_by_role("listbox")).to_have_count(0)


def test_a_command_is_copied_where_the_clipboard_refuses_and_the_button_keeps_the_focus(reader: Page) -> None:
    reader.goto("/upload/")
    reader.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    reader.get_by_role("combobox", name="Add a language").fill("Cherokee")
    advice = reader.locator(".advice p").first
    tab_to(reader, advice.get_by_role("button", name="Copy"))
    reader.keyboard.press("Enter")
    expect(advice.get_by_role("button", name="Copied")).to_be_focused()
    assert reader.evaluate("navigator.clipboard.readText()") == advice.locator("code").inner_text()


def test_a_locked_pdf_among_others_asks_for_its_password(
    reader: Page, complaints: Complaints, tmp_path: Path
) -> None:
    words = tmp_path / "words.png"
    words.write_text("Only words, no picture")
    upload(reader, save_pdf(tmp_path / "locked.pdf", says("Secret"), password="sesame"), words)
    reader.get_by_role("link", name="Locked: enter its password").click()
    expect(reader.get_by_label("Password of the PDF")).to_be_visible()
    complaints.forgive("422")


def test_an_empty_file_is_listed_as_empty(reader: Page, tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    reader.goto("/upload/")
    reader.locator("#files").set_input_files(tmp_path / "empty.png")
    expect(reader.locator(".file-size")).to_have_text("0.0 KB")


def test_sizes_are_those_of_other_pages(reader: Page, tmp_path: Path) -> None:
    sizes = [1, 1000, 1536, 999_000, 5_500_000]
    files = [tmp_path / f"{at}.png" for at in range(len(sizes))]
    for file, byte_size in zip(files, sizes, strict=True):
        file.write_bytes(bytes(byte_size))
    reader.goto("/upload/")
    reader.locator("#files").set_input_files(files)
    told = ["1.0 KB", "1.0 KB", "1.5 KB", "999.0 KB", "5.5 MB"]
    expect(reader.locator(".file-size")).to_have_text(told)


def test_how_much_of_a_file_was_sent_is_shown(reader: Page, tmp_path: Path) -> None:
    Image.effect_noise((1000, 1000), 50).save(tmp_path / "noise.bmp")
    network = reader.context.new_cdp_session(reader)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 50_000}
    network.send("Network.emulateNetworkConditions", slow)
    upload(reader, tmp_path / "noise.bmp")
    expect(reader.get_by_role("progressbar", name="Sent")).to_be_visible()
    expect(reader.locator(".file-status")).to_have_text(re.compile(r"[1-9]\d?% sent"))
    network.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
    expect_document(reader, "noise")


def test_nothing_chosen_is_said_and_nothing_sent(reader: Page) -> None:
    reader.goto("/upload/")
    send(reader)
    expect(reader.get_by_role("alert")).to_have_text("Choose at least one file.")


def test_the_languages_are_remembered(reader: Page, tmp_path: Path) -> None:
    upload(reader, picture(tmp_path / "one.png", "Bonjour"), languages=("French", "German"))
    expect_document(reader, "one")
    reader.goto("/upload/")
    expect(reader.locator(".chip")).to_have_text(["French×", "German×"])


def test_a_file_that_could_not_be_kept_is_sent_again(
    reader: Page, complaints: Complaints, tmp_path: Path
) -> None:
    def storage_is_down(route: Route) -> None:
        error = {"file": "one.png", "code": "storage-down", "message": "It does not answer.", "command": ""}
        route.fulfill(status=503, json={"documents": [], "errors": [error | {"retryable": True}]})

    reader.goto("/upload/")
    reader.locator("#files").set_input_files(picture(tmp_path / "one.png", "Hello world"))
    choose_languages(reader, "English")
    reader.route("**/upload/", storage_is_down)
    send(reader)
    expect(reader.locator(".file-status")).to_have_text("It does not answer.")
    complaints.forgive("503")
    reader.unroute("**/upload/")
    reader.get_by_role("button", name="Try again").click()
    expect_document(reader, "one")


def test_a_language_takes_the_place_of_those_of_the_last_time(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    person.send(picture(tmp_path / "letter.png", "Hello world"), languages=["rus", "fra"])
    reader.goto("/upload/")
    chips = reader.locator(".chip")
    preset = reader.get_by_text("Preselected.")
    expect(chips).to_contain_text(["French", "Russian"])
    expect(preset).to_be_visible()
    expect_accessible(reader)
    choose_languages(reader, "German")
    expect(chips).to_contain_text(["German"])
    expect(reader.get_by_text("In place of: French, Russian")).to_be_visible()
    expect(preset).to_have_count(0)
    choose_languages(reader, "French")  # a second one is added
    expect(chips).to_contain_text(["French", "German"])
    assert reader.locator("input[name=languages]:checked").evaluate_all(
        "boxes => boxes.map((box) => box.value)"
    ) == ["fra", "deu"]


def test_languages_of_the_last_time_that_one_has_touched_stay(
    reader: Page, person: Person, tmp_path: Path
) -> None:
    person.send(picture(tmp_path / "letter.png", "Hello world"), languages=["rus", "fra"])
    reader.goto("/upload/")
    reader.get_by_role("button", name="Remove: Russian").click()
    choose_languages(reader, "German")
    expect(reader.locator(".chip")).to_contain_text(["French", "German"])
