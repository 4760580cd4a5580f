"""Where else in a document a word was misread in the same way. A part of ``selectors``."""

from dataclasses import dataclass

from django.db.models import QuerySet

from documents.models import Document, Page
from documents.ocr.correcting.misreadings import Place, core, places

MOST_PLACES = 500
MOST_PAGES = 100  # a page takes 30 ms to correct
_AT_ONCE = 50
_MOST_LOOKED_AT = 1000  # 5 ms each; the letters of a short word stand within many others


@dataclass(frozen=True, slots=True)
class OnPage:
    """The places of a page that has some, in its current text."""

    page: Page
    places: list[Place]


@dataclass(frozen=True, slots=True)
class Misreadings:
    """``is_all`` is False where there are more pages than are looked at together."""

    pages: list[OnPage]
    is_all: bool

    @property
    def count(self) -> int:
        return sum(len(found.places) for found in self.pages)


def same_misreadings(document: Document, *, wrong: str, right: str) -> Misreadings:
    """Words of ``document`` that read ``wrong`` where a person corrected it to ``right``, page by page."""
    found: list[OnPage] = []
    left = MOST_PLACES
    for looked_at, page in enumerate(_pages_with(document, wrong).iterator(_AT_ONCE)):
        if not left or len(found) == MOST_PAGES or looked_at == _MOST_LOOKED_AT:
            return Misreadings(found, is_all=False)
        on_page = on(page, wrong, right)[:left]
        left -= len(on_page)
        if on_page:
            found.append(OnPage(page, on_page))
    return Misreadings(found, is_all=left > 0)


def on(page: Page, wrong: str, right: str) -> list[Place]:
    """The places on one page."""
    return list(places(page.current.page_text, wrong, right)) if page.current else []


def _pages_with(document: Document, wrong: str) -> QuerySet[Page]:
    with_letters = document.pages.filter(current__text__contains=core(wrong))
    return with_letters.select_related("document", "current").order_by("number")
