"""Fonts for text that is searched and copied but not seen.

Every character has the same glyph: nothing to see, half as wide as it is high. So the place of a word depends
on the numbers in the page alone, and a font takes some hundred bytes for any script. What a character is says
the ToUnicode map, which holds just the characters in use.

The fonts of a document differ in one thing, how far their letters reach above and below the baseline. They
share one font program, in which each has its glyph.
"""

import struct
from collections.abc import Iterator, Sequence

from pikepdf import Dictionary, Name, Object, Pdf, Stream

EM = 1000  # units of the font program; a font of size 1 is as high
ASPECT = 0.5  # how wide a letter is

_ADVANCE = int(EM * ASPECT)
_NAME = Name.OcrsiteGlyphless
_MOST_CODES = 0xFFFF  # of two bytes; 0 has the glyph for what is missing, which PDF/A does not allow
_PAIRS_AT_ONCE = 100  # in one section of a map (Adobe technical note 5014, section 1.4.1)

_Reach = tuple[int, int]  # above and below the baseline, units


class _Codes(dict[str, bytes]):
    """Characters in the order in which they came, each with its code in hexadecimal digits; without digits
    those that come when all codes are taken."""

    def __missing__(self, letter: str) -> bytes:
        if len(self) == _MOST_CODES:
            return b""
        return self.setdefault(letter, b"%04X" % (len(self) + 1))


class GlyphlessFonts:
    """The fonts of one PDF, which learn their characters while pages are written; `finish` comes last."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._codes = _Codes()
        self._names: dict[_Reach, bytes] = {}
        self._objects: dict[bytes, Object] = {}

    def encode(self, text: str) -> bytes:
        """``text`` as a string of a content stream."""
        return b"<%s>" % b"".join(map(self._codes.__getitem__, text))

    def reaching(self, above: int, below: int) -> bytes:
        """The name of the font whose letters reach so far from the baseline (units), at least one unit."""
        # poppler takes 0 for unknown, and guesses.
        reach = max(1, above), max(1, below)
        if reach not in self._names:
            name = b"/OcrsiteText%d" % (len(self._names) + 1)
            self._names[reach] = name
            self._objects[name] = self._pdf.make_indirect(Dictionary())
        return self._names[reach]

    def object(self, name: bytes) -> Object:
        """The font called ``name``, for the resources of a page."""
        return self._objects[name]

    def finish(self) -> None:
        """Fill in the fonts, now that all characters are known."""
        program = self._stream(font_program(list(self._names)))
        to_unicode = self._stream(b"\n".join(_unicode_map(self._codes)))
        for glyph, (reach, name) in enumerate(self._names.items(), start=1):
            self._objects[name].update(
                Dictionary(
                    Type=Name.Font,
                    Subtype=Name.Type0,
                    BaseFont=_NAME,
                    Encoding=Name("/Identity-H"),
                    DescendantFonts=[self._pdf.make_indirect(self._descendant(reach, glyph, program))],
                    ToUnicode=to_unicode,
                )
            )

    def _descendant(self, reach: _Reach, glyph: int, program: Object) -> Dictionary:
        above, below = reach
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=_NAME,
            Flags=4,  # symbolic: it has an encoding of its own
            FontBBox=[0, -below, _ADVANCE, above],
            ItalicAngle=0,
            Ascent=above,
            Descent=-below,
            CapHeight=above,
            StemV=80,
            FontFile2=program,
        )
        return Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=_NAME,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=self._pdf.make_indirect(descriptor),
            DW=_ADVANCE,
            # Any code has the one glyph.
            CIDToGIDMap=self._stream(b"\0\0" + glyph.to_bytes(2, "big") * len(self._codes)),
        )

    def _stream(self, content: bytes) -> Object:
        return self._pdf.make_indirect(Stream(self._pdf, content, Length1=len(content)))


def _unicode_map(codes: _Codes) -> Iterator[bytes]:
    """A ToUnicode CMap (ISO 32000-1, 9.10.3)."""
    yield (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange"
    )
    pairs = [b"<%s> <%s>" % (code, _utf_16(letter)) for letter, code in codes.items()]
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        section = pairs[start : start + _PAIRS_AT_ONCE]
        yield b"\n".join((b"%d beginbfchar" % len(section), *section, b"endbfchar"))
    yield b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def _utf_16(letter: str) -> bytes:
    return letter.encode("utf-16-be").hex().upper().encode()


def font_program(reaches: Sequence[_Reach]) -> bytes:
    """A TrueType font with the tables that a PDF asks for (ISO 32000-1, 9.9) and a glyph for each of
    ``reaches``, after the one for what is missing.

    A glyph is a line without breadth from corner to corner: PDFium leaves out text without extent.
    """
    outlines = [_outline(above, below) for above, below in reaches]
    above, below = (max(parts, default=EM) for parts in zip(*reaches, strict=True)) if reaches else (EM, 0)
    ends = [0, 0]
    for outline in outlines:
        ends.append(ends[-1] + len(outline) // 2)
    glyphs = len(outlines) + 1
    return _font_file(
        {
            b"glyf": b"".join(outlines) or bytes(4),
            # Version, revision, checksum, magic, flags, units; two dates; bounds; style, least size, …
            b"head": struct.pack(
                ">IIIIHH QQ hhhh HHhhh",
                *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0b1011, EM),
                *(0, 0),
                *(0, -below, _ADVANCE, above),
                *(0, 8, 2, 0, 0),
            ),
            # Version, ascent, descent, gap, widest, bearings, extent, slope, …, number of widths
            b"hhea": struct.pack(
                ">IhhhHhhh hhh 8x hH", 0x10000, above, -below, 0, _ADVANCE, 0, 0, _ADVANCE, 1, 0, 0, 0, 1
            ),
            b"hmtx": struct.pack(">H", _ADVANCE) + bytes(2 * glyphs),
            b"loca": struct.pack(f">{len(ends)}H", *ends),
            # Version, glyphs, points, contours, …, zones
            b"maxp": struct.pack(">IHHHHHH 16x", 0x10000, glyphs, 2, 1, 0, 0, 2),
        }
    )


def _outline(above: int, below: int) -> bytes:
    """One contour, its bounds, its last point, no instructions; two points: their flags, x and y as steps."""
    outline = struct.pack(">hhhhh HH BB", 1, 0, -below, _ADVANCE, above, 1, 0, 1, 1)
    outline += struct.pack(">hhhh", 0, _ADVANCE, -below, above + below)
    return outline + bytes(-len(outline) % 4)


def _font_file(tables: dict[bytes, bytes]) -> bytes:
    """A directory, then each table at a multiple of four (OpenType 1.9, “Organization of a Font”)."""
    power = len(tables).bit_length() - 1
    search = 16 << power
    directory = struct.pack(">IHHHH", 0x10000, len(tables), search, power, 16 * len(tables) - search)
    body = b""
    start = len(directory) + 16 * len(tables)
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += tag + struct.pack(">III", checksum, start + len(body), len(table))
        body += padded
    return directory + body
