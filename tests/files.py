"""Pictures and PDFs for tests, made on the spot; good ones and bad ones."""

import struct
import zlib
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from itertools import cycle
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont

CJK_FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
A4 = (595.0, 842.0)  # points


def text_image(
    lines: Sequence[str] = ("Hello world",),
    *,
    size: tuple[int, int] = (600, 200),
    px: int = 40,
    mode: str = "L",
) -> Image.Image:
    """Black lines of ``px`` pixels on white."""
    image = Image.new("RGB", size, "white")
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, px)
    for number, line in enumerate(lines):
        draw.text((px, px + number * px * 3 // 2), line, fill="black", font=font)
    return image.convert(mode)


def columns_image(*rows: tuple[int, int], size: tuple[int, int] = (1100, 1600)) -> Image.Image:
    """Columns of Japanese letters of 40 pixels between each two ``rows``, from right to left."""
    image = Image.new("L", size, 250)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(CJK_FONT, 40)
    letters = cycle("すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて")
    for top, bottom in rows:
        for left in range(size[0] - 160, 150, -70):
            for y in range(top, bottom - 40, 40):
                draw.text((left, y), next(letters), fill=20, font=font)
    return image


def empty_png(width: int, height: int) -> bytes:
    """A black one-bit PNG: 400 megapixels in 48 kB."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row, packer = bytes(1 + (width + 7) // 8), zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def save_pdf(
    path: Path, *contents: bytes, size: tuple[float, float] = A4, password: str | None = None
) -> Path:
    """A PDF with a page per content stream; Helvetica is ``/F``."""
    pdf = pikepdf.new()
    for content in contents:
        page = pdf.add_blank_page()
        page.MediaBox = [0, 0, *(Decimal(side) for side in size)]
        page.Resources = pikepdf.Dictionary(
            Font={
                "/F": pikepdf.Dictionary(
                    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont="/Helvetica"
                )
            }
        )
        page.Contents = pikepdf.Stream(pdf, content)
    encryption = pikepdf.Encryption(user=password, owner="owner") if password else False
    pdf.save(path, encryption=encryption)
    return path


def says(text: str) -> bytes:
    """A content stream that prints ``text`` in large letters near the bottom."""
    return f"BT /F 24 Tf 50 50 Td ({text}) Tj ET".encode()


def save_scan(path: Path, image: Image.Image, *, dpi: float, drawn: bytes = b"") -> Path:
    """A PDF page that ``image`` covers, and what the content stream ``drawn`` puts over it."""
    width, height = (side / dpi * 72 for side in image.size)
    save_pdf(path, f"q {width} 0 0 {height} 0 0 cm /I Do Q ".encode() + drawn, size=(width, height))
    jpeg = BytesIO()
    image.save(jpeg, "JPEG")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        scan = pikepdf.Stream(pdf, jpeg.getvalue())
        scan.Type, scan.Subtype, scan.Filter = "/XObject", pikepdf.Name.Image, pikepdf.Name.DCTDecode
        scan.Width, scan.Height = image.size
        scan.BitsPerComponent = 8
        scan.ColorSpace = pikepdf.Name.DeviceRGB if image.mode == "RGB" else pikepdf.Name.DeviceGray
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(I=pdf.make_indirect(scan))
        pdf.save(path)
    return path


def save_nested(path: Path, *, wide: int = 10, deep: int = 9) -> Path:
    """A small PDF whose page draws a form ``wide`` times, which draws another as often, ``deep`` levels down:
    a thousand million rectangles. PDFium takes all the memory it can get, 2 GB in five seconds."""
    with pikepdf.open(save_pdf(path, b"/X Do " * wide), allow_overwriting_input=True) as pdf:
        form = _form(pdf, b"0 0 1 1 re f")
        for _level in range(deep - 1):
            outer = _form(pdf, b"/X Do " * wide)
            outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
            form = outer
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(X=form)
        pdf.save(path)
    return path


def save_recursive(path: Path) -> Path:
    """A small PDF whose page draws a form that draws itself, twice."""
    with pikepdf.open(save_pdf(path, b"/X Do"), allow_overwriting_input=True) as pdf:
        form = _form(pdf, b"/X Do /X Do")
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(X=form)
        pdf.save(path)
    return path


def save_slow(path: Path) -> Path:
    """A small PDF whose page draws a large image ten thousand times: a quarter of an hour, in 80 MB."""
    save_pdf(path, b"595 0 0 842 0 0 cm " + b"/I Do " * 10_000)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        image = pikepdf.Stream(pdf, zlib.compress(bytes(4000 * 4000)))
        image.Type, image.Subtype, image.Filter = "/XObject", pikepdf.Name.Image, pikepdf.Name.FlateDecode
        image.Width = image.Height = 4000
        image.BitsPerComponent, image.ColorSpace = 8, pikepdf.Name.DeviceGray
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(I=pdf.make_indirect(image))
        pdf.save(path)
    return path


def _form(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    form = pikepdf.Stream(pdf, content)
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 1000, 1000]
    return pdf.make_indirect(form)
