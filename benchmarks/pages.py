"""Pages to measure with, drawn here: A4 at 300 dpi, set like a book, a little noisy like a scan.

The words are the commonest of English, drawn by how often they occur, so that the engine's dictionary
works as on real text. Needs the DejaVu fonts, and for PDFs pikepdf: ``bin/test`` installs both.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from random import Random

import pikepdf
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
SIZE = (2480, 3508)  # A4 at 300 dpi
_POINTS = (595, 842)  # A4
_MARGIN = 250
_LINE = 74  # pixels from one to the next
_WORDS = """
the of and to in that was his he it with is for as had you not be her on at by which have or from this him
but all she they were my are me one their so an said them we who would been will no when there if more out
up into do any your what has man could other than our some very time upon about may its only now like little
then can made should did us such great before must two these see know over much down after first good men
own never most old shall day where those came come himself way work life without go make well through being
long say might how am too again under house many hand every between water country father night morning
letter table window garden
""".split()  # noqa: SIM905


def draw(random: Random, *, size: tuple[int, int] = SIZE, noise: float = 0.04) -> Image.Image:
    """One page, mode L; of A4, it has about 780 words."""
    page = Image.new("L", size, 248)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(FONT, 46)
    for y in range(_MARGIN, size[1] - _MARGIN, _LINE):
        if random.random() < 0.08:
            continue  # the gap between two paragraphs
        pen.text((_MARGIN, y), _line(random, font, size[0] - 2 * _MARGIN), fill=30, font=font)
    grain = Image.frombytes("L", size, random.randbytes(size[0] * size[1]))
    return Image.blend(page, grain.filter(ImageFilter.BoxBlur(1)), noise)


def draw_note(random: Random, lines: int) -> Image.Image:
    """A small image of some lines, mode L."""
    return draw(random, size=(1400, 2 * _MARGIN + lines * _LINE))


def draw_all(folder: Path, count: int) -> list[Path]:
    """``count`` pages as PNG files of ``folder``, the same ones each time."""
    random = Random(20_000)  # noqa: S311
    paths = []
    for number in range(1, count + 1):
        path = folder / f"page-{number:03d}.png"
        draw(random).save(path, compress_level=1, dpi=(300, 300))
        paths.append(path)
    return paths


def bind(path: Path, page_count: int) -> Path:
    """A PDF: of every five pages three are scans in grey, one is a scan in colour and one is set in type."""
    random = Random(500)  # noqa: S311
    scans = _scans(random)
    with pikepdf.new() as book:
        for number in range(page_count):
            page = book.add_blank_page(page_size=_POINTS)
            if number % 5 == 4:
                _set_in_type(book, page, random)
            else:
                _cover(book, page, *next(scans))
        book.save(path)
    return path


def _scans(random: Random) -> Iterator[tuple[bytes, str]]:
    """JPEG files and their colour spaces, over and over: a book needs no more than a few."""
    grey = [(_jpeg(draw(random)), "/DeviceGray") for _ in range(3)]
    colour = (_jpeg(ImageOps.colorize(draw(random), "#203a6b", "#fdf6e3")), "/DeviceRGB")
    return cycle([*grey, colour])


def _jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=90)
    return file.getvalue()


def _cover(book: pikepdf.Pdf, page: pikepdf.Page, scan: bytes, colour_space: str) -> None:
    picture = pikepdf.Stream(
        book,
        scan,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=SIZE[0],
        Height=SIZE[1],
        BitsPerComponent=8,
        ColorSpace=pikepdf.Name(colour_space),
        Filter=pikepdf.Name.DCTDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=picture))
    page.Contents = pikepdf.Stream(book, b"%d 0 0 %d 0 0 cm /Scan Do" % _POINTS)


def _set_in_type(book: pikepdf.Pdf, page: pikepdf.Page, random: Random) -> None:
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Times-Roman")
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    lines = (" ".join(islice(_words(random), 14)) for _ in range(40))
    text = " ".join(f"({line}) Tj T*" for line in lines)
    page.Contents = pikepdf.Stream(book, f"BT /F 11 Tf 18 TL 60 780 Td {text} ET".encode())


def _line(random: Random, font: ImageFont.FreeTypeFont, width: int) -> str:
    """Words that fill ``width`` pixels, or nearly."""
    line = ""
    for word in _words(random):
        longer = f"{line} {word}".lstrip()
        if font.getlength(longer) > width:
            return line
        line = longer
    raise AssertionError


def _words(random: Random) -> Iterator[str]:
    weights = [1 / rank for rank in range(1, len(_WORDS) + 1)]
    while True:
        yield from random.choices(_WORDS, weights, k=50)
