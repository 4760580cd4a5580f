"""Plain text: a line per line, an empty line between paragraphs, a form feed between pages."""

from collections.abc import Iterable, Iterator, Mapping

from documents.ocr.formats.entry import PageEntry, utf8
from documents.ocr.hyphens import join_hyphens

PAGE_BREAK = "\f"


def write(pages: Iterable[PageEntry], _about: Mapping[str, object]) -> Iterator[bytes]:
    """An unread page is empty, so that the n-th form feed always ends page n."""
    return joined(entry.page.text if entry.page else "" for entry in pages)


def write_joined(pages: Iterable[PageEntry], _about: Mapping[str, object]) -> Iterator[bytes]:
    """With words whole that the ends of lines divide."""
    return joined(join_hyphens(entry.page.text) if entry.page else "" for entry in pages)


def joined(texts: Iterable[str]) -> Iterator[bytes]:
    """The ``texts`` of pages as one file."""
    separator = ""
    for text in texts:
        yield utf8(separator + text + ("\n" if text else ""))
        separator = PAGE_BREAK
