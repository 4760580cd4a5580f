"""What readers do on many pages."""

import base64
import mimetypes
from io import BytesIO
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import CDPSession, JSHandle, Locator, Page, expect

from tests.browser.conftest import NewContext
from tests.files import text_image
from tests.people import Person
from tests.sites import Site

LEGIBLE = 4.5  # https://www.w3.org/TR/WCAG22/#contrast-minimum

_CHANGE = """async ([address, change]) => {
    const { base } = await (await fetch(`${address}words`)).json();
    const body = JSON.stringify({ base, changes: [{ do: "replace", ...change }] });
    const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
    return (await fetch(`${address}text/`, { method: "POST", body, headers })).status;
}"""
_TRANSFER = """([name, type, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name, { type }));
    return transfer;
}"""


def phone(visit: NewContext, site: Site, person: Person, **options: Any) -> Page:
    """A page on the phone of ``person``, 390 pixels wide unless ``options`` say otherwise."""
    size = {"width": 390, "height": 844}
    context = visit(site, **{"viewport": size, "has_touch": True, "is_mobile": True} | options)
    context.add_cookies(person.cookies())
    return context.new_page()


def expect_usable(phone: Page) -> None:
    """Nobody is shut out, and nothing is cut off."""
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    expect_accessible(phone)


def expect_accessible(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def picture(path: Path, *lines: str, format_name: str | None = None) -> Path:
    """Large black lines on white."""
    text_image(lines, size=(900, 300), px=48).save(path, format_name, resolution=150)
    return path


def choose_languages(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("combobox", name="Add a language").fill(name)
        page.get_by_role("option", name=name, exact=True).click()


def upload(page: Page, *files: Path, languages: tuple[str, ...] = ("English",)) -> None:
    page.goto("/upload/")
    page.locator("#files").set_input_files(files)
    choose_languages(page, *languages)
    send(page)


def send(page: Page) -> None:
    page.get_by_role("button", name="Read", exact=True).click()


def text_of(page: Page, number: int = 1) -> Locator:
    return page.locator(f"#page-{number} .words")


def expect_document(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def drop(page: Page, file: Path) -> None:
    """As from the desktop, on the middle of the page."""
    transfer = _transfer(page, file)
    for event in ("dragover", "drop"):
        page.locator("main").dispatch_event(event, {"dataTransfer": transfer})


def change_elsewhere(page: Page, address: str, **change: object) -> None:
    """Replace a word of the page of a document at ``address`` as in another window."""
    assert page.evaluate(_CHANGE, [address, change]) == 200


def touch(cdp: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    """``kind`` as in Chromium's protocol, with all fingers that lie on the glass."""
    fingers = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(points)]
    cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})


def contrast_in(field: Locator) -> float:
    """Between what is written in ``field`` and its ground, as WCAG counts it (1–21)."""
    image = Image.open(BytesIO(field.screenshot())).convert("RGB")
    width, height = image.size
    inner = image.crop((8, height // 4, min(width // 2, 40), height * 3 // 4))  # none of its edges
    colours = sorted(inner.getcolors(inner.width * inner.height) or [], reverse=True)
    ground, *others = (_luminance(colour) for _count, colour in colours)
    return max((max(ground, other) + 0.05) / (min(ground, other) + 0.05) for other in others)


def _luminance(colour: tuple[int, int, int]) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tab_to(page: Page, wanted: Locator) -> None:
    """Reach ``wanted`` with the Tab key alone."""
    for _press in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key does not lead to {wanted}")


def _transfer(page: Page, file: Path) -> JSHandle:
    media_type, _encoding = mimetypes.guess_type(file)
    return page.evaluate_handle(
        _TRANSFER, [file.name, media_type, base64.b64encode(file.read_bytes()).decode()]
    )
