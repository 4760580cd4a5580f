"""Take the pictures of the README anew: ``.venv/bin/python -m docs.screenshots``, after ``bin/test``.

A site of its own is started, with the sample documents under the titles that people might give them.
"""  # noqa: INP001 -- a script among the pages

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.people import Person
from tests.project import ROOT
from tests.sites import PEOPLE, prepare, running_site

TARGET = ROOT / "docs" / "screenshots"
SAMPLES = {
    "columns.png": "The night train",
    "receipt.jpg": "Corner Bakery, 19 October",
    "minutes.pdf": "Minutes of the garden club",
    "letter.png": "Letter to the reading room",
}
_CALLED_ANNA = f"""
User.objects.filter(username={PEOPLE[0]!r}).update(username="anna")
Collection.objects.filter(name={PEOPLE[0]!r}).update(name="anna")
"""
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 780},
    "device_scale_factor": 2,
    "is_mobile": True,
}


def main() -> None:
    settings.configure()  # for Django's encoder of forms; the site has its own
    with TemporaryDirectory() as folder:
        prepared = prepare(Path(folder))
        with (
            running_site(prepared.with_people, Path(folder) / "site") as site,
            sync_playwright() as playwright,
        ):
            site.manage("shell", "-c", _CALLED_ANNA)
            person = Person(site, PEOPLE[0])
            letter = [_read(person, name, title) for name, title in SAMPLES.items()][-1]
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            _take("archive", _open(browser, person, "/", **DESK))
            _take("search", _open(browser, person, "/?q=garden+OR+the", **DESK))
            _take("document", _open(browser, person, letter, **DESK))
            _take("document-dark", _open(browser, person, letter, color_scheme="dark", **DESK))
            _take("document-phone", _open(browser, person, letter, **PHONE))
            _take("correcting", _correcting(_open(browser, person, letter, **DESK)))
            _take("upload", _with_files(_open(browser, person, "/upload/", **DESK)))
            browser.close()


def _read(person: Person, name: str, title: str) -> str:
    url = person.send(ROOT / "documents" / "samples" / name, languages=["detect"], title=title)
    person.finished(url, seconds=120)
    return url


def _open(browser: Browser, person: Person, address: str, **options: Any) -> Page:
    context = browser.new_context(base_url=person.site.url, locale="en-GB", **options)
    context.add_cookies(person.cookies())  # type: ignore[arg-type]  # a TypedDict that is not exported
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    return page


def _with_files(page: Page) -> Page:
    page.locator("#files").set_input_files([ROOT / "documents" / "samples" / name for name in SAMPLES])
    for language in ("English", "Russian"):
        page.get_by_role("combobox", name="Add a language").fill(language)
        page.get_by_role("option", name=language, exact=True).click()
    page.wait_for_timeout(500)  # the previews
    return page


def _correcting(page: Page) -> Page:
    page.get_by_role("button", name="Correct", exact=True).click()
    page.locator(".row .word").nth(12).click()
    page.wait_for_timeout(1500)  # the image comes close
    return page


def _take(name: str, page: Page) -> None:
    """With 256 colours, which is enough for paper and ink and a third of the size."""
    image = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    image.quantize(256, dither=Image.Dither.NONE).save(TARGET / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
