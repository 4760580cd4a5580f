"""Pages to measure with in many languages, drawn here together with their text: A4, set in 11 points.

The texts are those of ``detection.txt``. Needs the Noto fonts (Debian: ``fonts-noto-core fonts-noto-cjk``).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

TEXTS = Path(__file__).with_name("detection.txt")
UNSPACED = ("jpn", "chi_sim", "chi_tra")
_NOTO = Path("/usr/share/fonts/truetype/noto")
_CJK_FILE = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
CJK = {"jpn": 0, "kor": 1, "chi_sim": 2, "chi_tra": 3}  # the face of each language in that file
_FACES = {"ara": "NotoNaskhArabic", "heb": "NotoSerifHebrew", "hin": "NotoSerifDevanagari"}
_RIGHT_TO_LEFT = ("ara", "heb")
_INCHES = (8.27, 11.69)
_POINT = 1 / 72
_PAPER, _INK = 246, 28


class Rendered(NamedTuple):
    """A page in mode L, and what stands on it."""

    image: Image.Image
    text: str


def texts() -> dict[str, list[str]]:
    """Paragraphs by code."""
    found: dict[str, list[str]] = {}
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            paragraphs = found[line[1:-1]] = []
        else:
            paragraphs.append(line)
    return found


def render(code: str, *, dpi: int = 200, points: float = 11, rounds: int = 2) -> Rendered:
    """The paragraphs of a language, ``rounds`` times, down an A4 page."""
    width, height = (round(side * dpi) for side in _INCHES)
    page = Image.new("L", (width, height), _PAPER)
    px = round(points * _POINT * dpi)
    margin, y = dpi, dpi
    lines: list[str] = []
    for paragraph in texts()[code] * rounds:
        drawn = typeset(page, [paragraph], code, px=px, margin=margin, rows=(y, height - margin), ink=_INK)
        lines += drawn
        y += len(drawn) * pitch(px) + px
    return Rendered(page, "\n".join(lines))


def typeset(
    page: Image.Image,
    paragraphs: Iterable[str],
    code: str,
    *,
    px: int,
    margin: int,
    rows: tuple[int, int],
    ink: int,
) -> list[str]:
    """Draw ``paragraphs`` in letters of ``px`` pixels between two ``rows`` of the page, as far as there is
    room. Returns the lines that were drawn, one `pitch` below the other."""
    font, (y, end) = _font(code, px), rows
    drawn: list[str] = []
    for paragraph in paragraphs:
        for line in _lines(paragraph, code, font, page.width - 2 * margin):
            if y > end - px:
                return drawn
            _draw(page, line, code, font, (margin, y), ink)
            drawn.append(line)
            y += pitch(px)
    return drawn


def pitch(px: int) -> int:
    """Pixels from a line to the next."""
    return round(px * 1.5)


def _draw(
    page: Image.Image, line: str, code: str, font: ImageFont.FreeTypeFont, place: tuple[int, int], ink: int
) -> None:
    pen, (margin, y) = ImageDraw.Draw(page), place
    if code in _RIGHT_TO_LEFT:
        pen.text((page.width - margin, y), line, fill=ink, font=font, anchor="ra", direction="rtl")
    else:
        pen.text((margin, y), line, fill=ink, font=font)


def _font(code: str, px: int) -> ImageFont.FreeTypeFont:
    if code in CJK:
        return ImageFont.truetype(_CJK_FILE, px, index=CJK[code])
    return ImageFont.truetype(_NOTO / f"{_FACES.get(code, 'NotoSerif')}-Regular.ttf", px)


def _lines(text: str, code: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    between = "" if code in UNSPACED else " "
    line = ""
    for word in text if code in UNSPACED else text.split():
        longer = f"{line}{between}{word}" if line else word
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    yield line
