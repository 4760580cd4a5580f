"""What a Word document is besides its text: the list of its parts, its title, its styles."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from documents.ocr.formats.xml import Attributes, Xml
from documents.ocr.languages import tags
from documents.ocr.layout.roles import Role

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = "word/document.xml"


class Style(NamedTuple):
    """``name`` is one that Word has by itself, so that its list of contents and its menus know it."""

    name: str
    title: str
    size: int  # half points
    bold: bool


STYLES = {
    Role.TITLE: Style("Heading1", "heading 1", 32, bold=True),
    Role.HEADING: Style("Heading2", "heading 2", 26, bold=True),
    Role.CAPTION: Style("Caption", "caption", 18, bold=False),
    Role.FOOTNOTE: Style("FootnoteText", "footnote text", 18, bold=False),
    Role.PAGE_NUMBER: Style("Footer", "footer", 18, bold=False),
}
"""Paragraphs that are set otherwise than the text."""

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "/word/document.xml": f"{_WORD_TYPE}.document.main+xml",
    "/word/styles.xml": f"{_WORD_TYPE}.styles+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}
# Word asks for a country beside the language of Chinese.
_COUNTRIES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
_EAST_ASIAN = frozenset(("ja", "ko", "zh"))
_RIGHT_TO_LEFT = frozenset(("ar", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"))


def package(title: str, codes: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The name and the content of each part but the document itself. ``codes`` are those of its languages."""
    yield "[Content_Types].xml", _content_types()
    to_document, to_core = f"{_OFFICE}/officeDocument", f"{_PACKAGE}/relationships/metadata/core-properties"
    yield "_rels/.rels", _relations([(to_document, DOCUMENT), (to_core, "docProps/core.xml")])
    yield "word/_rels/document.xml.rels", _relations([(f"{_OFFICE}/styles", "styles.xml")])
    yield "docProps/core.xml", _core(title)
    yield "word/styles.xml", _styles(tags(codes))


def _content_types() -> bytes:
    xml = Xml()
    with xml.element("Types", {"xmlns": f"{_PACKAGE}/content-types"}):
        relations = "application/vnd.openxmlformats-package.relationships+xml"
        xml.leaf("Default", {"Extension": "rels", "ContentType": relations})
        for part, content_type in _TYPES.items():
            xml.leaf("Override", {"PartName": part, "ContentType": content_type})
    return xml.taken()


def _relations(targets: Iterable[tuple[str, str]]) -> bytes:
    xml = Xml()
    with xml.element("Relationships", {"xmlns": f"{_PACKAGE}/relationships"}):
        for number, (kind, target) in enumerate(targets, start=1):
            xml.leaf("Relationship", {"Id": f"rId{number}", "Type": kind, "Target": target})
    return xml.taken()


def _core(title: str) -> bytes:
    xml = Xml()
    names = {
        "xmlns:cp": f"{_PACKAGE}/metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    }
    with xml.element("cp:coreProperties", names):
        xml.leaf("dc:title", text=title)
    return xml.taken()


def _styles(languages: Sequence[str]) -> bytes:
    """Text of 11 points with 6 points below a paragraph, in the fonts of the reader's program."""
    xml = Xml()
    with xml.element("w:styles", {"xmlns:w": NAMESPACE}):
        with xml.element("w:docDefaults"):
            with xml.element("w:rPrDefault"), xml.element("w:rPr"):
                xml.leaf("w:sz", {"w:val": 22})
                xml.leaf("w:szCs", {"w:val": 22})
                xml.leaf("w:lang", _spelling(languages))
            with xml.element("w:pPrDefault"), xml.element("w:pPr"):
                xml.leaf("w:spacing", {"w:after": 120})
        with xml.element("w:style", {"w:type": "paragraph", "w:default": 1, "w:styleId": "Normal"}):
            xml.leaf("w:name", {"w:val": "Normal"})
        for at, style in enumerate(STYLES.values()):
            _write_style(xml, style, level=at if "Heading" in style.name else None)
        _write_table_style(xml)
    return xml.taken()


def _write_style(xml: Xml, style: Style, *, level: int | None) -> None:
    with xml.element("w:style", {"w:type": "paragraph", "w:styleId": style.name}):
        xml.leaf("w:name", {"w:val": style.title})
        if level is not None:
            with xml.element("w:pPr"):
                xml.leaf("w:keepNext")
                xml.leaf("w:outlineLvl", {"w:val": level})
        with xml.element("w:rPr"):
            if style.bold:
                xml.leaf("w:b")
                xml.leaf("w:bCs")
            xml.leaf("w:sz", {"w:val": style.size})
            xml.leaf("w:szCs", {"w:val": style.size})


def _write_table_style(xml: Xml) -> None:
    """Thin lines around all cells."""
    with xml.element("w:style", {"w:type": "table", "w:styleId": "TableGrid"}):
        xml.leaf("w:name", {"w:val": "Table Grid"})
        with xml.element("w:tblPr"), xml.element("w:tblBorders"):
            for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
                xml.leaf(f"w:{side}", {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": "auto"})


def _spelling(languages: Sequence[str]) -> Attributes:
    """The first language of each kind that Word tells apart."""
    main = {tag: tag.partition("-")[0] for tag in languages if not tag.startswith("und")}
    eastern = [_COUNTRIES.get(tag, tag) for tag, one in main.items() if one in _EAST_ASIAN]
    bidi = [tag for tag, one in main.items() if one in _RIGHT_TO_LEFT]
    others = [tag for tag, one in main.items() if one not in _EAST_ASIAN | _RIGHT_TO_LEFT]
    firsts = {"w:val": others[:1], "w:eastAsia": eastern[:1], "w:bidi": bidi[:1]}
    return {name: "".join(first) for name, first in firsts.items() if first}
