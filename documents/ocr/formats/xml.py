"""XML written piece by piece: elements are opened by ``with``, and what is finished is taken away."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

# All but the Char of https://www.w3.org/TR/xml/#charsets.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_WITHOUT_END = frozenset(("meta",))  # of those that are written here

Attributes = Mapping[str, object]
"""Values are written as ``str`` has them; those that are None are left out."""


class _HtmlGenerator(XMLGenerator):
    """Writes ``<meta/>`` but ``<title></title>``."""

    def startElement(self, name: str, attrs: "AttributesImpl[str]") -> None:  # noqa: N802 — the parent's name
        super().startElement(name, attrs)
        if name not in _WITHOUT_END:
            self._finish_pending_start_element()  # type: ignore[attr-defined]


class Xml:
    """One XML document, each element on a line of its own.

    ``is_html`` writes what HTML parsers take, too: no blanks but those of the text, and end tags as there.
    """

    def __init__(self, *, is_html: bool = False) -> None:
        self._out = StringIO()
        self._is_html = is_html
        self._depth = 0
        generator = _HtmlGenerator if is_html else XMLGenerator
        self._generator = generator(self._out, "utf-8", short_empty_elements=True)
        self._generator.startDocument()
        if is_html:
            self._out.write("<!DOCTYPE html>\n")

    @contextmanager
    def element(self, name: str, attributes: Attributes | None = None) -> Iterator[None]:
        """An element around what is written inside."""
        self._break_line()
        self._generator.startElement(name, _written(attributes))
        self._depth += 1
        yield
        self._depth -= 1
        self._break_line()
        self._generator.endElement(name)

    def leaf(self, name: str, attributes: Attributes | None = None, text: str = "") -> None:
        """An element with nothing but ``text`` in it."""
        self._break_line()
        self._generator.startElement(name, _written(attributes))
        self.text(text)
        self._generator.endElement(name)

    def text(self, text: str) -> None:
        if text:
            self._generator.characters(allowed(text))

    def taken(self) -> bytes:
        """What was written since this was asked before, in UTF-8."""
        piece = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        return piece.encode()

    def _break_line(self) -> None:
        if self._depth and not self._is_html:
            self._generator.ignorableWhitespace("\n" + " " * self._depth)


def share(confidence: float | None) -> str | None:
    """From 0 to 1, as ALTO and PAGE have confidences; None where it is not known."""
    return None if confidence is None else f"{confidence / 100:.4g}"


def allowed(text: str) -> str:
    """NFC, with U+FFFD for what XML has no room for: control characters, halves of surrogate pairs."""
    return _FORBIDDEN.sub("\ufffd", unicodedata.normalize("NFC", text))


def _written(attributes: Attributes | None) -> "AttributesImpl[str]":
    given = ((name, value) for name, value in (attributes or {}).items() if value is not None)
    return AttributesImpl(
        {name: allowed(value) if isinstance(value, str) else str(value) for name, value in given}
    )
