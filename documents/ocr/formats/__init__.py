"""What a reading can be written as. A format is one file and one line here.

A writer takes the pages of a document in order, and facts about the document; it gives the file piece
by piece, so that a book need not fit into memory.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from documents.ocr.formats import json, txt
from documents.ocr.formats.entry import PageEntry, PageError

__all__ = ["FORMATS", "Format", "PageEntry", "PageError"]

Writer = Callable[[Iterable[PageEntry], Mapping[str, object]], Iterator[str]]


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
