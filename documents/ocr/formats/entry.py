"""A page as the writers get it: what was read of it, or why nothing was."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby

from documents.entities.entity import Entity
from documents.ocr.elements import Block, PageText
from documents.ocr.insets import Inset, insets, parts
from documents.ocr.layout.tables import Table, find_tables


@dataclass(frozen=True, slots=True)
class PageError:
    """``code`` is the one of the error in ``documents.errors``, ``message`` its sentence."""

    code: str
    message: str


@dataclass(frozen=True)
class PageEntry:
    """``number`` counts from 1. ``page`` is the current text, None where there is none yet.

    ``state`` (queued, running, done, failed, cancelled) and ``error`` are those of the latest attempt to
    read the page: one that failed may still have the text of an earlier attempt. ``entities`` were found in
    the text. ``source`` is the name of the file that the page came in, empty where it is not known.
    ``tables`` are those in the text; None where nobody looked for them.

    To look for them takes 3 ms on a page of prose, and 0.1 s for a table of a thousand cells; so that is done
    once, and for those formats alone that have tables.
    """

    number: int
    page: PageText | None
    state: str = "done"
    error: PageError | None = None
    entities: Sequence[Entity] = ()
    source: str = ""
    tables: tuple[Inset, ...] | None = None

    @cached_property
    def all_tables(self) -> tuple[Table, ...]:
        """Of the page, in its text or not, which it does not keep."""
        return find_tables(self.page) if self.page else ()

    @cached_property
    def text_tables(self) -> tuple[Inset, ...]:
        """The tables in the text, looked for where nobody did."""
        if self.page is None:
            return ()
        return insets(self.page, self.all_tables) if self.tables is None else self.tables


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says before its first page: ``first`` is that page, ``read`` the first that has a text."""

    first: PageEntry | None
    read: PageText | None


def with_head(pages: Iterable[PageEntry]) -> tuple[Head, Iterator[PageEntry]]:
    """The head, and all of ``pages``. Only those before the first with a text are in memory together."""
    rest = iter(pages)
    begun: list[PageEntry] = []
    for entry in rest:
        begun.append(entry)
        if entry.page:
            return Head(begun[0], entry.page), chain(begun, rest)
    return Head(begun[0] if begun else None, None), iter(begun)


def parts_of(entry: PageEntry) -> Iterator[tuple[Inset | None, list[tuple[int, Block]]]]:
    """The paragraphs of a page, numbered from 1: those beside tables together, and those of each table."""
    if entry.page is None:
        return
    numbered = enumerate(parts(entry.page, entry.text_tables), start=1)
    for table, found in groupby(numbered, key=lambda pair: pair[1].inset):
        yield table, [(number, part.block) for number, part in found]


def utf8(text: str) -> bytes:
    """In UTF-8; half of a surrogate pair, which is no letter, as a question mark."""
    return text.encode(errors="replace")


def title_of(about: Mapping[str, object]) -> str:
    """What ``about`` calls the document: its title, else the name of its file."""
    return str(about.get("title") or about.get("file") or "")
