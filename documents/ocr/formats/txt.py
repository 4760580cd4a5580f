"""Plain text: a line per line, an empty line between paragraphs, a form feed between pages."""

from collections.abc import Iterable, Iterator, Mapping

from documents.ocr.formats.entry import PageEntry

PAGE_BREAK = "\f"


def write(pages: Iterable[PageEntry], _about: Mapping[str, object]) -> Iterator[str]:
    """An unread page is empty, so that the n-th form feed always ends page n."""
    separator = ""
    for entry in pages:
        text = entry.page.text if entry.page else ""
        yield separator + text + ("\n" if text else "")
        separator = PAGE_BREAK
