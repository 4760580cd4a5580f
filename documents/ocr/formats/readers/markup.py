"""XML and HTML of any origin as small trees, one page at a time.

Nothing outside of the file is ever fetched, entities of the file's own are refused, and depth and number of
elements are bounded: a hostile file costs no more than a large honest one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html.entities import html5
from xml.parsers import expat

from lxml import etree

from documents.errors import FileTooLarge, TextDamaged, TextTooComplex, TextUnsafe

_DEEPEST = 100  # elements inside each other; ALTO and PAGE need about 15
_MOST_PARTS = 300_000  # elements and texts of one page, of up to 500 bytes; a full newspaper page has 60,000
_MOST_TOPS = 20_000  # pages, and what stands in the head of the file
_LARGEST_HTML = 8  # megabytes; libxml2 goes on for ever in a comment of more than 10
_LONGEST_TAG = 3 << 20  # bytes
_CHUNK = 1 << 20  # bytes

# Not allowed in XML, yet now and then in an engine's text.
_CONTROL = bytes((*range(9), 11, 12, *range(14, 32)))


@dataclass(slots=True)
class Element:
    """``name`` and the names of attributes are without prefix; ``content`` is text and elements in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: "list[Element | str]" = field(default_factory=list)

    def get(self, name: str) -> str:
        """The value of an attribute; empty where there is none."""
        return self.attributes.get(name, "")

    @property
    def children(self) -> "list[Element]":
        return [part for part in self.content if isinstance(part, Element)]

    def named(self, *names: str) -> "list[Element]":
        """The children of these names."""
        return [child for child in self.children if child.name in names]

    def all(self, *names: str) -> "Iterator[Element]":
        """The elements of these names (none: of any) in this one, itself included, as the file has them."""
        for part in self._parts():
            if isinstance(part, Element) and (not names or part.name in names):
                yield part

    @property
    def text(self) -> str:
        """All text inside."""
        return "".join(part for part in self._parts() if isinstance(part, str))

    def _parts(self) -> "Iterator[Element | str]":
        waiting: list[Element | str] = [self]
        while waiting:
            part = waiting.pop()
            yield part
            if isinstance(part, Element):
                waiting.extend(reversed(part.content))


IsTop = Callable[[Element], bool]


def elements_of_xml(data: bytes, is_top: IsTop, *, ignored: Collection[str] = ()) -> Iterator[Element]:
    """The outermost elements for which ``is_top`` (asked before there is anything in them), each whole.

    Those whose names are ``ignored`` are left out of them. Raises TextDamaged, TextUnsafe, TextTooComplex.
    """
    builder = _Builder(is_top, ignored)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.SkippedEntityHandler = builder.skipped
    parser.EntityDeclHandler = _refuse_entity
    pieces = _pieces(data if _is_wide(data) else data.translate(None, _CONTROL))
    try:
        for number, piece in enumerate(pieces, start=1):
            parser.Parse(piece, False)  # noqa: FBT003 — its own signature
            # A tag that does not end is looked at from its start again with each piece.
            if number * _CHUNK - parser.CurrentByteIndex > _LONGEST_TAG:
                raise TextTooComplex
            yield from builder.taken()
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise TextDamaged(line=error.lineno) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows, or of several bytes a letter
        raise TextDamaged(line=1) from error


def elements_of_html(data: bytes, is_top: IsTop) -> Iterator[Element]:
    """As `elements_of_xml`, of HTML that is no XML: end tags may be missing, names are in lower case.

    Raises FileTooLarge, too.
    """
    if len(data) > _LARGEST_HTML * 1_000_000:
        raise FileTooLarge(limit_mb=_LARGEST_HTML)
    builder = _Builder(is_top, ())
    parser = etree.HTMLParser(target=builder, encoding=_encoding(data))
    try:
        for piece in _pieces(data.translate(None, _CONTROL)):
            parser.feed(piece)
            yield from builder.taken()
        parser.close()
    except etree.LxmlError as error:
        raise TextDamaged(line=getattr(error, "lineno", None) or 1) from error
    yield from builder.taken()


def local(name: str) -> str:
    """A name without the prefix of its namespace."""
    return name.rpartition(":")[2]


def _pieces(data: bytes) -> Iterator[bytes]:
    return (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))


def _is_wide(data: bytes) -> bool:
    """Whether it is in UTF-16."""
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]


def _encoding(data: bytes) -> str | None:
    """UTF-8 where it can be that; else what the file says of itself."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _refuse_entity(*_declared: object) -> None:
    raise TextUnsafe


class _Builder:
    """What parsers tell of a file, kept as trees; what lies outside of tops is forgotten."""

    def __init__(self, is_top: IsTop, ignored: Collection[str]) -> None:
        self._is_top = is_top
        self._ignored = ignored
        self._inside_ignored = 0
        self._open: list[Element] = []
        self._depth = 0
        self._parts = 0
        self._tops = 0
        self._whole: list[Element] = []

    def taken(self) -> list[Element]:
        """The tops that are whole since this was asked before."""
        whole, self._whole = self._whole, []
        return whole

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TextTooComplex
        element = Element(local(name), {local(key): value for key, value in attributes.items()})
        if self._inside_ignored or element.name in self._ignored:
            self._inside_ignored += 1
            return
        if self._open:
            self._add(element)
        elif self._is_top(element):
            self._add_top()
        else:
            return
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._depth -= 1
        if self._inside_ignored:
            self._inside_ignored -= 1
            return
        if not self._open:
            return
        element = self._open.pop()
        if not self._open:
            self._whole.append(element)
            self._parts = 0

    def data(self, text: str) -> None:
        if self._open and not self._inside_ignored:
            self._add(text)

    def skipped(self, name: str, is_parameter: bool) -> None:  # noqa: FBT001 — expat's signature
        """An entity such as ``&nbsp;``, which XHTML has from a file that is not fetched."""
        if not is_parameter:
            self.data(html5.get(f"{name};", ""))

    def close(self) -> None:
        """The end of an HTML file; a page that is still open then is lost, as it is not whole."""

    def _add_top(self) -> None:
        self._tops += 1
        if self._tops > _MOST_TOPS:
            raise TextTooComplex

    def _add(self, part: Element | str) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise TextTooComplex
        self._open[-1].content.append(part)
