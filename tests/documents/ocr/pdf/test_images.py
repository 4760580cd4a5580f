"""Images as pages: which bytes go in, how they look, how large the page is."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pillow_heif
import pypdfium2 as pdfium
import pytest
from numpy.typing import NDArray
from PIL import Image
from PIL.ExifTags import Base

from documents.ocr.files.load import open_page
from documents.ocr.options import Limits
from documents.ocr.pdf import collecting
from documents.ocr.pdf.places import page_size
from tests.documents.ocr.pdf.made import SRGB, make_pdf, page_of, saved, sketch, source
from tests.pdf_reader import words_by_poppler

A4 = (595, 842)
pillow_heif.register_heif_opener()


@contextmanager
def image_in(path: Path) -> Iterator[pikepdf.PdfImage]:
    """The one image of the first page."""
    with pikepdf.open(path) as pdf:
        [image] = pdf.pages[0].resources.XObject.as_dict().values()
        yield pikepdf.PdfImage(image)


def drawn(path: Path, size: tuple[int, int], index: int = 0) -> NDArray[np.uint8]:
    """The page as readers show it, ``size`` pixels large."""
    with pdfium.PdfDocument(path) as document:
        page = document[index]
        image = page.render(scale=size[0] / page.get_width()).to_pil().convert("RGB").resize(size)
    return np.asarray(image)


def looks_like(path: Path, expected: Image.Image, *, index: int = 0, off: float = 4.0) -> bool:
    difference = drawn(path, expected.size, index).astype(int) - np.asarray(expected.convert("RGB")).astype(
        int
    )
    return float(np.abs(difference).mean()) < off


@pytest.mark.parametrize(("ending", "kind"), [("jpg", "/DCTDecode"), ("jp2", "/JPXDecode")])
def test_what_a_pdf_can_hold_goes_in_byte_for_byte(tmp_path: Path, ending: str, kind: str) -> None:
    path = saved(tmp_path / f"scan.{ending}", sketch())
    with image_in(make_pdf(tmp_path, path)) as image:
        assert image.filters == [kind]
        assert image.obj.read_raw_bytes() == path.read_bytes()


def test_the_pixels_of_a_png_go_in_as_they_are_packed(tmp_path: Path) -> None:
    path = saved(tmp_path / "scan.png", sketch())
    with image_in(make_pdf(tmp_path, path)) as image:
        assert image.obj.read_raw_bytes() in path.read_bytes()


@pytest.mark.parametrize(
    ("name", "mode", "options"),
    [
        ("grey.png", "L", {}),
        ("black.png", "1", {}),
        ("palette.png", "P", {}),
        ("deep.png", "I;16", {}),
        ("colour.tif", "RGB", {"compression": "tiff_lzw"}),
        ("fax.tif", "1", {"compression": "group4"}),
        ("cmyk.tif", "CMYK", {}),
        ("picture.gif", "P", {}),
        ("picture.bmp", "RGB", {}),
        ("picture.ppm", "RGB", {}),
    ],
)
def test_nothing_is_lost_that_was_there(
    tmp_path: Path, name: str, mode: str, options: dict[str, Any]
) -> None:
    image = (
        sketch(mode) if mode != "I;16" else Image.fromarray(np.asarray(sketch("L")).astype(np.uint16) * 257)
    )
    made = make_pdf(tmp_path, saved(tmp_path / name, image, **options))
    with image_in(made) as embedded:
        assert embedded.filters[0] in ("/FlateDecode", "/CCITTFaxDecode")
        assert (embedded.width, embedded.height) == image.size
    assert looks_like(
        made, open_page(tmp_path / name, limits=Limits()).image, off=6.0 if mode in ("CMYK", "1") else 0.5
    )


def test_black_and_white_is_packed_as_a_fax(tmp_path: Path) -> None:
    made = make_pdf(tmp_path, saved(tmp_path / "scan.tif", sketch("1"), compression="tiff_lzw"))
    with image_in(made) as image:
        assert image.filters == ["/CCITTFaxDecode"]


@pytest.mark.parametrize("ending", ["webp", "heic", "avif"])
def test_photos_in_newer_formats_look_as_they_did(tmp_path: Path, ending: str) -> None:
    path = saved(tmp_path / f"photo.{ending}", sketch(), quality=90)
    made = make_pdf(tmp_path, path)
    with image_in(made) as image:
        assert image.filters == ["/DCTDecode"]
    assert looks_like(made, open_page(path, limits=Limits()).image)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_was_transparent_is_paper(tmp_path: Path, mode: str) -> None:
    image = sketch("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    image.paste((0, 0, 0, 255), (20, 20, 150, 60))
    path = saved(tmp_path / "logo.png", image.convert(mode))
    assert looks_like(make_pdf(tmp_path, path), open_page(path, limits=Limits()).image, off=0.5)


def test_a_deep_image_with_transparency_is_made_plain(tmp_path: Path) -> None:
    deep = Path(tmp_path / "deep.png")
    deep.write_bytes(deep_png_with_alpha())
    assert looks_like(make_pdf(tmp_path, deep), open_page(deep, limits=Limits()).image, off=0.5)


def deep_png_with_alpha() -> bytes:
    """16 bits a channel, grey and alpha, which Pillow reads and does not write."""
    rows = b"".join(b"\0" + struct.pack(">HH", 0x8000, 0xFFFF) * 40 for _row in range(30))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 40, 30, 16, 4, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("ending", ["jpg", "png", "tif"])
def test_a_photo_stands_upright(tmp_path: Path, ending: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    path = saved(tmp_path / f"photo.{ending}", sketch(), exif=exif)
    assert looks_like(make_pdf(tmp_path, path), open_page(path, limits=Limits()).image)


@pytest.mark.parametrize(
    ("rotation", "turn"), [(90, Image.Transpose.ROTATE_270), (180, Image.Transpose.ROTATE_180)]
)
def test_a_page_that_lay_on_its_side_was_turned(tmp_path: Path, rotation: int, turn: Image.Transpose) -> None:
    path = saved(tmp_path / "scan.png", sketch(size=(400, 300)), dpi=(300, 150))
    made = make_pdf(tmp_path, path, sources=[source(None, rotation=rotation)])
    assert looks_like(made, sketch(size=(400, 300)).transpose(turn))


def test_every_page_of_a_tiff_is_one(tmp_path: Path) -> None:
    pages = [sketch("1", (300, 400 + 10 * number)) for number in range(3)]
    path = tmp_path / "fax.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="group4", dpi=(200, 100))
    made = make_pdf(tmp_path, path, sources=[source(None, index=index) for index in range(3)])
    with pdfium.PdfDocument(made) as document:
        sizes = [document.get_page_size(index) for index in range(3)]
    assert sizes == [pytest.approx((108, (400 + 10 * number) * 0.72), abs=0.1) for number in range(3)]


@pytest.mark.parametrize("ending", ["png", "jp2"])
def test_what_cannot_go_in_as_it_is_and_cannot_be_read_is_left_empty(tmp_path: Path, ending: str) -> None:
    whole = saved(tmp_path / f"whole.{ending}", sketch()).read_bytes()
    broken = tmp_path / f"broken.{ending}"
    broken.write_bytes(whole[:100])
    with pikepdf.open(make_pdf(tmp_path, broken)) as pdf:
        assert "/XObject" not in pdf.pages[0].resources


def test_a_damaged_page_is_left_empty_and_the_others_stay(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tif"
    broken.write_bytes(saved(tmp_path / "whole.tif", sketch(), compression="tiff_lzw").read_bytes()[:2000])
    good = saved(tmp_path / "good.png", sketch())
    made = make_pdf(tmp_path, broken, good, pages=[page_of(["lost"]), page_of(["found"])])
    with pikepdf.open(made) as pdf:
        assert ["/XObject" in page.resources for page in pdf.pages] == [False, True]


@pytest.mark.parametrize(
    ("pixels", "dpi", "size"),
    [
        ((2480, 3508), (300, 300), A4),
        ((1654, 1169), (200, 100), A4),
        ((3000, 4000), (72, 72), (631, 842)),
        ((4000, 3000), None, (842, 631)),
        ((20_000, 4), (300, 300), (4800, 3)),
    ],
)
def test_a_page_is_as_large_as_its_paper(
    pixels: tuple[int, int], dpi: tuple[int, int] | None, size: tuple[int, int]
) -> None:
    assert tuple(map(round, page_size(pixels, dpi))) == size


def test_a_book_of_images_goes_to_the_disk_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "_PART", 1)
    paths = [saved(tmp_path / f"{width}.png", sketch(size=(width, 400))) for width in (300, 200, 250)]
    with pikepdf.open(make_pdf(tmp_path, *paths)) as pdf:
        assert [page.resources.XObject.Image.Width for page in pdf.pages] == [300, 200, 250]
    assert len(list(tmp_path.glob("[0-9].pdf"))) == 3


def test_of_a_photo_in_several_pictures_the_first_is_the_page(tmp_path: Path) -> None:
    path = tmp_path / "pair.jpg"
    sketch().save(path, "MPO", save_all=True, append_images=[Image.new("RGB", (300, 400), "blue")])
    assert looks_like(make_pdf(tmp_path, path), sketch())


def test_words_lie_on_a_photo_that_was_turned(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    path = saved(tmp_path / "photo.jpg", sketch(size=(3508, 2480)), exif=exif, dpi=(300, 300))
    [word] = words_by_poppler(make_pdf(tmp_path, path, pages=[page_of(["Hello"])]))
    assert word.box == pytest.approx([value * 0.24 for value in (300, 300, 450, 350)], abs=2)


def test_a_profile_of_colours_stays(tmp_path: Path) -> None:
    path = saved(tmp_path / "scan.jpg", sketch(), icc_profile=SRGB)
    with image_in(make_pdf(tmp_path, path)) as image:
        [kind, stream] = image.obj.ColorSpace
        assert (kind, stream.read_bytes()) == (pikepdf.Name.ICCBased, SRGB)
