"""Whether a file is the text of a page that another program made, told from its content."""

import re
from pathlib import Path
from typing import NamedTuple

from documents.errors import FileMissing, TextUnknown


class TextType(NamedTuple):
    media_type: str
    extension: str  # with its dot


HOCR = TextType("text/vnd.hocr+html", ".hocr")
ALTO = TextType("application/alto+xml", ".alto.xml")
PAGE = TextType("application/vnd.prima.page+xml", ".page.xml")
_ROOTS = {"html": HOCR, "alto": ALTO, "pcgts": PAGE}

_HEAD_LENGTH = 1 << 16  # comments and instructions of any length may stand before the first element
_PROLOG = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z]\w*)")


def text_type(path: Path) -> TextType | None:
    """None for a file that is neither XML nor HTML.

    Raises TextUnknown for another kind of these, FileMissing, OSError.
    """
    try:
        with path.open("rb") as file:
            head = _decoded(file.read(_HEAD_LENGTH))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise FileMissing(name=path.name) from error
    if not head.lstrip().startswith("<"):
        return None
    place = 0
    while found := _PROLOG.match(head, place):
        place = found.end()
    root = _ROOT.match(head, place)
    kind = _ROOTS.get(root[1].lower()) if root else None
    if kind is None:
        raise TextUnknown
    return kind


def _decoded(head: bytes) -> str:
    """Markup is ASCII in all encodings but UTF-16."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\0", "utf-16-le")):
        if head.startswith(mark):
            return head.decode(encoding, errors="replace").lstrip("\ufeff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
