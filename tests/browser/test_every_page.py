"""What holds for every page: it shuts nobody out, fits a phone, and speaks French."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, NewContext
from tests.files import save_pdf, says, text_image
from tests.people import Person
from tests.sites import PEOPLE, Prepared, Site, running_site, wait_until

pytestmark = pytest.mark.browser

# All that a reader reads or hears: texts of elements, labels, hints.
_TEXTS = """() => {
    const texts = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (!parent.closest("script, style, template, kbd, .words, [dir=auto], .tongues")) {
            texts.add(walker.currentNode.data.replace(/\\s+/g, " ").replace(/^[ ·]+|[ ·]+$/g, ""));
        }
    }
    for (const name of ["aria-label", "placeholder", "alt", "title"]) {
        for (const element of document.querySelectorAll(`[${name}]`)) texts.add(element.getAttribute(name));
    }
    texts.add(document.title.replace(" · ocrsite", ""));
    return [...texts].filter((text) => /\\p{L}{3}/u.test(text));
}"""
# Names, and what is written alike in both languages.
_SHARED = re.compile(
    r"ocrsite|reader-\d+|tax/(2024, 2023)?|(1 )?notes?|Collections?|Suggestions|Notes?|Date|good|locked"
    r"|Formats?|API|PDF|DOCX|CSV|JSON|hOCR|(ALTO|PAGE)( XML)?"
    r"|sheets|Tesseract( .*)?|Hello|, page \d+|Archives?|Images?( .*)?"
    r"|Pages?( \d+.*)?|\d+ (pages?|documents?).*"
)


@dataclass(frozen=True)
class Archive:
    """A site with a document in each state; the workers stand still, so that they stay in it."""

    site: Site
    full: Person
    empty: Person
    done: str
    failed: str
    locked: str
    running: str
    waiting: str
    trashed: str
    change: str

    @property
    def pages(self) -> dict[str, tuple[Person | None, str]]:
        """Who sees it, and its address."""
        return {
            "sign in": (None, "/accounts/login/"),
            "welcome": (None, "/welcome/"),
            "no such page, signed out": (None, "/nothing/"),
            "archive, empty": (self.empty, "/"),
            "archive": (self.full, "/"),
            "results": (self.full, "/?q=hello+OR+page"),
            "results, nothing found": (self.full, "/?q=nothing&forgive=0"),
            "results, not all understood": (self.full, "/?q=helo+before:x"),
            "how to search": (self.full, "/search/help/"),
            "saved searches": (self.full, "/searches/"),
            "saved searches, none": (self.empty, "/searches/"),
            "document, searched": (self.full, f"{self.done}?q=hello"),
            "documents alike": (self.full, f"{self.done}like/"),
            "found in a text": (self.full, f"{self.done}found/"),
            "duplicates": (self.full, "/duplicates/"),
            "upload": (self.full, "/upload/"),
            "document": (self.full, self.done),
            "document, failed": (self.full, self.failed),
            "document, locked": (self.full, self.locked),
            "document, being read": (self.full, self.running),
            "document, waiting": (self.full, self.waiting),
            "readings": (self.full, f"{self.done}runs/"),
            "read again": (self.full, f"{self.done}runs/new/"),
            "title, date, collection": (self.full, f"{self.done}edit/"),
            "history": (self.full, f"{self.done}history/"),
            "texts of a page": (self.full, f"{self.done}pages/1/history/"),
            "tables of a page": (self.full, f"{self.done}pages/1/tables/"),
            "try cleaning": (self.full, f"{self.done}pages/1/cleaning/"),
            "compare texts": (self.full, f"{self.done}pages/1/compare/"),
            "compare readings": (self.full, f"{self.done}compare/"),
            "correct a page": (self.full, f"{self.done}pages/1/edit/"),
            "correct everywhere": (self.full, f"{self.done}misreadings/"),
            "correct everywhere, found": (self.full, f"{self.done}misreadings/?from=Hello&to=Hallo"),
            "notes": (self.full, f"{self.done}notes/"),
            "collections": (self.full, "/collections/"),
            "tags": (self.full, "/tags/"),
            "proofreading": (self.full, "/review/"),
            "proofreading, nothing to do": (self.empty, "/review/"),
            "page, proofread": (self.full, f"{self.done.replace('/documents/', '/review/')}1/?word=0-0"),
            "page, looked over": (self.full, f"{self.done.replace('/documents/', '/review/')}1/?from=9-0"),
            "word list": (self.full, "/words/"),
            "word list, none": (self.empty, "/words/"),
            "trash": (self.full, "/trash/"),
            "trash, empty": (self.empty, "/trash/"),
            "document, in the trash": (self.full, self.trashed),
            "document, looked at in the trash": (self.full, self.trashed.replace("/documents/", "/trash/")),
            "bulk changes": (self.full, "/bulk/"),
            "bulk changes, none": (self.empty, "/bulk/"),
            "bulk change, over": (self.full, self.change),
            "no such page": (self.full, "/nothing/"),
            "password": (self.full, "/accounts/password/"),
            "API tokens": (self.full, "/accounts/tokens/"),
        }


@pytest.fixture(scope="module")
def archive(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("archive")
    with running_site(prepared.with_people, folder / "data") as site:
        full, empty = Person(site, PEOPLE[0]), Person(site, PEOPLE[1])
        good, bad, sheets = folder / "good.png", folder / "bad.jpg", folder / "sheets.pdf"
        text_image(["Hello world", "rn rn Iıl| 0O"], size=(900, 300)).save(good)
        text_image(["Hello world"]).save(bad)
        bad.write_bytes(bad.read_bytes()[:-3000])
        save_pdf(sheets, *(says(f"This is page {number}.") for number in range(1, 61)))
        locked = save_pdf(folder / "locked.pdf", says("Locked"), password="sesame")
        done, failed = full.send(good), full.send(good, bad)
        full.finished(done)
        full.post(f"{done}tags/", {"tags": "tax/2024, 2023"})
        full.post("/searches/", {"q": "hello"})
        full.post("/words/", {"word": "1 2 3"})
        full.post(f"{done}notes/", {"text": "1 2 3"})
        full.finished(failed)
        trashed = full.send_and_wait(good)
        change = full.post("/bulk/", {"kind": "trash", "document": trashed.split("/")[-2]}).url
        wait_until(lambda: "is in the trash" in full.get(change).text, seconds=30, what="The trash")
        running = full.send(sheets)
        wait_until(lambda: full.document(running)["pages_done"] > 1, seconds=30, what="Two pages")
        with site.workers_held():
            waiting = full.send(good)
            yield Archive(
                site, full, empty, done, failed, full.send(locked), running, waiting, trashed, change
            )


Walk = Callable[..., Iterator[tuple[str, Page]]]


@pytest.fixture
def walk(archive: Archive, visit: NewContext, complaints: Complaints) -> Walk:
    """Goes through all pages, each in the browser of who sees it; gives their names."""

    def walk(**options: object) -> Iterator[tuple[str, Page]]:
        browsers: dict[Person | None, Page] = {}
        for name, (person, address) in archive.pages.items():
            if person not in browsers:
                browsers[person] = signed_in(visit, archive, person, **options)
            browsers[person].goto(address)
            yield name, browsers[person]
        complaints.forgive("40")  # the pages that say so

    return walk


def signed_in(visit: NewContext, archive: Archive, person: Person | None, **options: object) -> Page:
    context = visit(archive.site, **options)
    if person:
        context.add_cookies(person.cookies())
    return context.new_page()


def test_axe_finds_nothing_by_day_and_by_night(walk: Walk) -> None:
    found = {}
    for name, page in walk(reduced_motion="reduce"):
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)
            results = Axe().run(page)
            if results.violations_count:
                found[name, colours] = results.generate_report()
    assert not found, "\n".join(f"{where}: {report}" for where, report in found.items())


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens_over_a_page(
    archive: Archive, visit: NewContext, colours: str
) -> None:
    page = signed_in(visit, archive, archive.full, color_scheme=colours, reduced_motion="reduce")
    page.goto(archive.done)
    for opener, dialog in (("u", "Upload"), ("?", "Keyboard shortcuts")):
        page.keyboard.press(opener)
        expect(page.get_by_role("dialog", name=dialog)).to_be_visible()
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        page.keyboard.press("Escape")
    for menu in ("Formats", "More"):
        page.locator(".document-actions summary", has_text=menu).click()
        assert Axe().run(page).violations_count == 0
        page.keyboard.press("Escape")


def test_nothing_is_wider_than_a_phone(archive: Archive, walk: Walk) -> None:
    widths = {
        name: page.evaluate("document.documentElement.scrollWidth")
        for name, page in walk(viewport={"width": 390, "height": 844})
    }
    assert widths == dict.fromkeys(archive.pages, 390)


def test_every_page_speaks_french(walk: Walk) -> None:
    untranslated = {}
    for (name, english), (_name, french) in zip(walk(locale="en-GB"), walk(locale="fr-FR"), strict=True):
        assert french.locator("html").get_attribute("lang") == "fr"
        shared = set(english.evaluate(_TEXTS)) & set(french.evaluate(_TEXTS))
        if left := {text for text in shared if not _SHARED.fullmatch(text)}:
            untranslated[name] = left
    assert untranslated == {}


def test_the_language_is_switched_at_the_foot_of_the_page_and_stays(reader: Page) -> None:
    reader.get_by_role("button", name="Français").click()
    expect(reader.locator("html")).to_have_attribute("lang", "fr")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Du papier au texte")
    reader.goto("/upload/")
    expect(reader.locator("html")).to_have_attribute("lang", "fr")
    reader.get_by_role("button", name="English").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Upload")
