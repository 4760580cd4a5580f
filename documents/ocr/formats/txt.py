"""Plain text: a line per line, an empty line between paragraphs, a form feed between pages."""

from collections.abc import Iterable, Iterator, Mapping

from documents.ocr.elements import PageText

PAGE_BREAK = "\f"


def write(pages: Iterable[PageText | None], _about: Mapping[str, object]) -> Iterator[str]:
    """An unread page is empty, so that the n-th form feed always ends page n."""
    separator = ""
    for page in pages:
        text = page.text if page else ""
        yield separator + text + ("\n" if text else "")
        separator = PAGE_BREAK
