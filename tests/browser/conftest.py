"""A real site and a real browser. Each test has a reader with an archive of their own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebError, expect

from tests.people import Person
from tests.sites import PEOPLE, Prepared, Site, running_site

# Playwright's event loop runs in the thread of the tests, in which Django then refuses its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Of the real Tesseract on a machine that does other things too; what is there at once costs no wait.
PATIENCE = 20_000  # milliseconds
expect.set_options(timeout=PATIENCE)

# Chromium's word for a page whose reader goes elsewhere before its words are shown, or whose machine is busy.
_IN_HASTE = "was preloaded using link preload but not used within a few seconds"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    quiet = ("quic", "background-networking", "component-update", "sync", "gpu")
    arguments = ["--no-sandbox", "--no-first-run", *(f"--disable-{feature}" for feature in quiet)]
    return {"executable_path": "/usr/bin/chromium", "args": arguments}


@pytest.fixture(scope="session")
def site(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(prepared.with_people, tmp_path_factory.mktemp("browsed") / "data") as site:
        yield site


class Complaints(list[str]):
    """What browsers had to complain of: errors of scripts, violations of the policy, missing files."""

    def hear(self, context: BrowserContext) -> BrowserContext:
        context.on("console", self._console)
        context.on("weberror", self._weberror)
        return context

    def forgive(self, part: str) -> None:
        """What the test itself provoked."""
        self[:] = [complaint for complaint in self if part not in complaint]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and _IN_HASTE not in message.text:
            self.append(f"{message.text} ({message.location['url']})")

    def _weberror(self, error: WebError) -> None:
        self.append(str(error.error))


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    complaints = Complaints()
    yield complaints
    assert complaints == []


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def visit(browser: Browser, complaints: Complaints) -> Iterator[NewContext]:
    """Opens a browser of its own: cookies, size, colours and scripts as one says."""
    contexts = []

    def visit(site: Site, **options: Any) -> BrowserContext:
        context = browser.new_context(**{"base_url": site.url, "locale": "en-GB"} | options)
        context.set_default_timeout(PATIENCE)
        contexts.append(complaints.hear(context))
        return context

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def names() -> Iterator[str]:
    return iter(PEOPLE)


@pytest.fixture
def person(site: Site, names: Iterator[str]) -> Person:
    """Somebody new, who can prepare by HTTP what the reader finds."""
    return Person(site, next(names))


@pytest.fixture
def other(site: Site, names: Iterator[str]) -> Person:
    """Somebody else."""
    return Person(site, next(names))


@pytest.fixture
def reader(visit: NewContext, site: Site, person: Person) -> Page:
    """The browser of that person, signed in, at their empty archive."""
    context = visit(site, permissions=["clipboard-read", "clipboard-write"])
    context.add_cookies(person.cookies())
    page = context.new_page()
    page.goto("/")
    return page


@pytest.fixture
def new_site(prepared: Prepared, tmp_path: Path) -> Iterator[Site]:
    """A site on which nobody has an account."""
    with running_site(prepared.without_people, tmp_path / "data") as site:
        yield site
