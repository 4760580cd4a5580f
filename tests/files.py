"""Pictures and PDFs for tests, made on the spot; good ones and bad ones."""

import struct
import zlib
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont

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
