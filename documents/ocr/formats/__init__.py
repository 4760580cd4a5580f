"""What a reading can be written as. A format is one file and one line here.

A writer takes the pages of a document in order, None for a page that has not been read, and facts
about the document; it gives the file piece by piece, so that a book need not fit into memory.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from documents.ocr.elements import PageText
from documents.ocr.formats import json, txt

Writer = Callable[[Iterable[PageText | None], Mapping[str, object]], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """``extension`` is without its dot. The text is written in UTF-8."""

    extension: str
    media_type: str
    write: Writer


FORMATS = {
    "txt": Format("txt", "text/plain; charset=utf-8", txt.write),
    "json": Format("json", "application/json", json.write),
}
