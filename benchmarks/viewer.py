"""What it takes to open a page of 1,500 words, alone and in a book of 1,000 pages, and to draw it anew.

    python benchmarks/viewer.py [--words 1500] [--pages 1000] [--runs 9]

*server* is the time until the whole answer is there, *words* the same for the words of the page.
*interactive* is when, counted from the start of the navigation, each word of the page can be pointed at, in
Chromium with an empty cache; the first time after its start does not count. *redraw* is the time from a move
of the slider to the next picture, *cut* what the pieces of an A4 page of 300 dpi take, once. Needs what
``bin/test`` installs.
"""

import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pages
from chromium import OPTIONS, PROGRAM, Chromium
from correcting import make
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from site_under_test import HOST, Site, command_line, serving
from visitor import Visitor

from documents import storage
from documents.models import Document, Page
from documents.services import pieces

# Playwright's event loop runs in this thread, in which Django then refuses its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

_SIZE = 1280, 800
_WHEN_READY = "performance.getEntriesByName('ocrsite:words')[0]?.startTime ?? 0"
_LOOK, _LONGEST = 0.1, 30  # seconds
_INTERACTIVE = """async () => {
    for (;;) {
        const [mark] = performance.getEntriesByName("ocrsite:words");
        if (mark) return mark.startTime;
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}"""
_REDRAW = """async () => {
    const slider = document.querySelector("#below");
    const started = performance.now();
    slider.value = slider.value === "80" ? "90" : "80";
    slider.dispatchEvent(new Event("input"));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - started;
}"""
_ALL_LAYERS = "localStorage.setItem('ocrsite-layers', 'words lines blocks confidence doubtful')"


def book(site: Site, page_count: int, words: int, scan: Path) -> Document:
    """Its pages show one scan."""
    document = make(site.user, page_count, words, Random(1))  # noqa: S311
    original = storage.original_name(document.pk, 0, ".png")
    document.originals.update(file=storage.save_file(scan, original, move=False))
    pictures = {
        kind: storage.save_bytes(_picture(scan, size), storage.picture_name(document.pk, 1, kind))
        for kind, size in (("image", (1414, 2000)), ("thumbnail", (226, 320)))
    }
    document.pages.update(width=pages.SIZE[0], height=pages.SIZE[1], **pictures)
    return document


def _picture(scan: Path, size: tuple[int, int]) -> bytes:
    file = BytesIO()
    with Image.open(scan) as image:
        image.resize(size).save(file, "JPEG", quality=80)
    return file.getvalue()


def address(document: Document, rest: str = "") -> str:
    return f"/documents/{document.pk}/{rest}"


def times(work: Callable[[], object], runs: int) -> list[float]:
    """In milliseconds, after a first time that does not count."""
    work()
    taken = []
    for _run in range(runs):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def interactive(chromium: Chromium, site: Site, document: Document, runs: int) -> list[float]:
    cookies = {settings.SESSION_COOKIE_NAME: _session(site)}
    taken = []
    for _run in range(runs + 1):
        with chromium.page(_url(site, document), cookies, _SIZE) as session:
            end = time.monotonic() + _LONGEST
            while not (when := chromium.value(session, _WHEN_READY)):
                if time.monotonic() > end:
                    raise TimeoutError("The words of the page do not come.")
                time.sleep(_LOOK)
            taken.append(float(str(when)))
    return taken[1:]


def redraws(browser: Browser, site: Site, document: Document, runs: int) -> list[float]:
    with _signed_in(browser, site) as context:
        page = context.new_page()
        page.goto(_url(site, document))
        page.evaluate(_ALL_LAYERS)
        page.reload()
        page.evaluate(_INTERACTIVE)
        page.wait_for_load_state("networkidle")
        return [float(page.evaluate(_REDRAW)) for _run in range(runs)]


def _signed_in(browser: Browser, site: Site) -> BrowserContext:
    context = browser.new_context(viewport={"width": _SIZE[0], "height": _SIZE[1]})
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": _session(site), "url": _url(site)}])
    return context


def _session(site: Site) -> str:
    client = Client()
    client.force_login(site.user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _url(site: Site, document: Document | None = None) -> str:
    return f"http://{HOST}:{site.port}{address(document) if document else '/'}"


def report(name: str, values: list[float]) -> None:
    print(f"{name:28} {statistics.median(values):7.1f} ms ({min(values):.1f}–{max(values):.1f})")


def main() -> None:
    options = command_line(__doc__, words=1500, pages=1000, runs=9).parse_args()
    with TemporaryDirectory() as folder, serving(workers=1) as site:
        scan = pages.draw_all(Path(folder), 1)[0]
        books = {f"{count:5} pages": book(site, count, options.words, scan) for count in (1, options.pages)}
        visitor = Visitor(site)
        for name, document in books.items():
            for what, place in (("server", ""), ("words", "pages/1/words")):
                report(f"{what} {name}", times(partial(visitor.get, address(document, place)), options.runs))
        with Chromium() as chromium:
            for name, document in books.items():
                report(f"interactive {name}", interactive(chromium, site, document, options.runs))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=PROGRAM, args=OPTIONS)
            for name, document in books.items():
                report(f"redraw {name}", redraws(browser, site, document, options.runs))
        page = Page.objects.select_related("original").get(document=document, number=1)
        start = time.perf_counter()
        pieces.prepare(page=page)
        report("cut", [1000 * (time.perf_counter() - start)])


if __name__ == "__main__":
    main()
