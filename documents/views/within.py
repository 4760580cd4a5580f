"""A question asked of one document: its hits on each page, and the walk from hit to hit."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from accounts.models import User
from documents.models import Document, Page
from documents.ocr.elements import PageText
from documents.ocr.insets import Inset
from documents.search.find import pages_with_hits
from documents.search.hits import hits_in
from documents.search.index.candidates import EVERYWHERE, Bounds
from documents.search.question import Question
from documents.search.results import PageHits
from documents.search.suggestions import going_on
from documents.search.text.places import Hit
from documents.views.asking import Asked


@dataclass(frozen=True, slots=True)
class Row:
    """A page as the reader shows it, with its text and the tables in it unpacked; the walk stands at its hit
    ``now``, 0 for at none."""

    page: Page
    read: PageText | None = None
    hits: tuple[Hit, ...] = ()
    now: int = 0
    tables: tuple[Inset, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """The hit ``hit`` of page ``page``, both counted from 1."""

    page: int
    hit: int


@dataclass(frozen=True, slots=True)
class Walk:
    """All ``pages`` with hits, and where one stands: at hit ``hit`` of page ``page``, 0 for at none."""

    pages: tuple[PageHits, ...]
    page: int
    hit: int

    @property
    def total(self) -> int:
        return sum(page.count for page in self.pages)

    @property
    def position(self) -> int:
        """Of the hit among all of the document, from 1; 0 where one stands at none."""
        if not self.hit:
            return 0
        return self.hit + sum(page.count for page in self.pages if page.number < self.page)

    @property
    def next(self) -> Step | None:
        """After the last hit comes the first one again; None where there is none at all."""
        if 0 < self.hit < self._count_here:
            return Step(self.page, self.hit + 1)
        after = [page for page in self.pages if page.number > self.page] or self.pages[:1]
        return Step(after[0].number, 1) if after else None

    @property
    def previous(self) -> Step | None:
        if self.hit > 1:
            return Step(self.page, self.hit - 1)
        before = [page for page in self.pages if page.number < self.page] or self.pages[-1:]
        return Step(before[-1].number, before[-1].count) if before else None

    @property
    def _count_here(self) -> int:
        return next((page.count for page in self.pages if page.number == self.page), 0)

    @property
    def numbers(self) -> set[int]:
        """Of the pages with hits."""
        return {page.number for page in self.pages}

    @property
    def counts(self) -> list[list[int]]:
        """Number of each page with hits and how many, which reads as JSON."""
        return [[page.number, page.count] for page in self.pages]


def answered(user: User, document: Document, asked: Asked) -> tuple[Asked, tuple[PageHits, ...]]:
    """The pages of ``document`` with hits; none where nothing is asked.

    And by which question: ``asked``, or where nothing has it, words that begin so, as in the archive.
    """
    found = _found(user, document, asked)
    longer = "" if found else going_on(asked.text)
    if not longer:
        return asked, found
    question = replace(asked, text=longer)
    others = _found(user, document, question)
    return (question, others) if others else (asked, found)


def rows_of(
    user: User, document: Document, pages: Iterable[Page], asked: Asked, numbers: Collection[int]
) -> list[Row]:
    """``pages`` of ``document``, those of the ``numbers`` that ``asked`` finds with the hits on each."""
    question = Question.of(user, asked.text, is_forgiving=asked.is_forgiving, within=document)
    return [_row(page, question, has_hits=page.number in numbers) for page in pages]


def row_of(user: User, document: Document, page: Page, asked: Asked) -> Row:
    """``page`` of ``document`` with the hits on it, if ``asked`` finds it."""
    found = _found(user, document, asked, Bounds(above=page.pk - 1, below=page.pk + 1))
    return rows_of(user, document, [page], asked, [one.number for one in found])[0]


def _found(user: User, document: Document, asked: Asked, bounds: Bounds = EVERYWHERE) -> tuple[PageHits, ...]:
    if not asked.text:
        return ()
    return pages_with_hits(user, document, asked.text, is_forgiving=asked.is_forgiving, bounds=bounds)


def _row(page: Page, question: Question, *, has_hits: bool) -> Row:
    if page.current is None:
        return Row(page)
    read, tables = page.current.text_with_tables
    return Row(page, read, hits_in(question, page.current, read) if has_hits else (), tables=tables)
