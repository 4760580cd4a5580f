"""Parts of images, each decoded by a process of its own."""

import os
import select
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageChops, ImageStat

from documents.errors import DrawingKilled, PageDamaged, PageTooComplex
from documents.ocr.elements import Box
from documents.ocr.files import excerpts, image_file, load
from documents.ocr.files.apart import program
from documents.ocr.files.excerpts import Stored, excerpt
from documents.ocr.files.load import PageImage, open_page
from documents.ocr.options import Limits
from tests.files import empty_png
from tests.project import ROOT

LIMITS = Limits()
SIZE = (301, 203)
PART = Box(20, 30, 150, 190)


def painted() -> Image.Image:
    """Colours that run across and down, so that a part of the wrong place shows."""
    slope = Image.linear_gradient("L")
    return Image.merge("RGB", (slope.rotate(90).resize(SIZE), slope.resize(SIZE), Image.new("L", SIZE, 90)))


def deep(bits: int) -> Image.Image:
    samples = np.asarray(painted().convert("L")).astype(np.uint16)
    return Image.fromarray(samples << (bits - 8))


def translucent() -> Image.Image:
    image = painted()
    image.putalpha(Image.linear_gradient("L").resize(SIZE))
    return image


def floats() -> Image.Image:
    return Image.fromarray(np.asarray(painted().convert("L"), np.float32) / 255)


def smaller(path: Path) -> PageImage:
    return open_page(path, limits=LIMITS, max_pixels=20_000)


def closer(opened: PageImage, size: tuple[int, int]) -> Image.Image:
    assert opened.closer
    return opened.closer(PART, size)


def difference(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.mark.parametrize(
    ("name", "image", "options"),
    [
        ("a.png", painted(), {}),
        ("grey.png", painted().convert("L"), {}),
        ("palette.png", painted().quantize(64), {}),
        ("one-bit.png", painted().convert("1"), {}),
        ("translucent.png", translucent(), {}),
        ("grey-translucent.png", translucent().convert("LA"), {}),
        ("12-bits.png", deep(12), {}),
        ("16-bits.png", deep(16), {}),
        ("12-bits.tif", deep(12), {}),
        ("floats.tif", floats(), {}),
        ("a.tif", painted(), {}),
        ("lzw.tif", painted(), {"compression": "tiff_lzw"}),
        ("big.tif", painted(), {"big_tiff": True}),
        ("g4.tif", painted().convert("1"), {"compression": "group4"}),
        ("cmyk.tif", painted().convert("CMYK"), {}),
        ("cmyk.jpg", painted().convert("CMYK"), {"quality": 95}),
        ("progressive.jpg", painted(), {"quality": 95, "progressive": True}),
        ("a.bmp", painted(), {}),
        ("a.webp", painted(), {"lossless": True}),
        ("a.jp2", painted(), {}),
    ],
)
def test_part_of_any_format_is_what_stands_there(
    tmp_path: Path, name: str, image: Image.Image, options: dict[str, Any]
) -> None:
    image.save(tmp_path / name, **options)
    whole = open_page(tmp_path / name, limits=LIMITS).image

    part = closer(smaller(tmp_path / name), (PART.width, PART.height))

    assert part.mode == whole.mode
    assert difference(part, whole.crop(PART)) < 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("extension", ["jpg", "tif", "png", "webp"])
def test_part_of_a_turned_image_is_upright(tmp_path: Path, orientation: int, extension: str) -> None:
    exif, path = Image.Exif(), tmp_path / f"turned.{extension}"
    exif[ExifTags.Base.Orientation] = orientation
    painted().save(path, exif=exif, quality=95)
    whole = open_page(path, limits=LIMITS).image
    opened = smaller(path)

    part = closer(opened, (65, 80))

    assert opened.size == whole.size
    assert difference(part, whole.crop(PART).resize((65, 80), Image.Resampling.HAMMING)) < 3


def save_with_late_exif(path: Path, orientation: int) -> None:
    """A PNG whose eXIf chunk stands between its pixels and its end."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    data = b"eXIf" + exif.tobytes().removeprefix(b"Exif\0\0")
    painted().save(path, "PNG")
    content = path.read_bytes()
    chunk = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    path.write_bytes(content[:-12] + chunk + content[-12:])


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("is_large", [False, True])
def test_part_of_a_png_that_tells_at_its_end_how_it_is_turned_is_upright(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orientation: int, *, is_large: bool
) -> None:
    path = tmp_path / "turned.png"
    save_with_late_exif(path, orientation)
    whole = open_page(path, limits=LIMITS).image
    if is_large:
        monkeypatch.setattr(load, "_LARGE", 20_001)
        monkeypatch.setattr(image_file, "read", None)
    opened = smaller(path)

    assert opened.size == whole.size
    assert difference(opened.image, whole.resize(opened.image.size, Image.Resampling.HAMMING)) < 3
    assert difference(closer(opened, (130, 160)), whole.crop(PART)) < 3


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.bmp"])
def test_large_image_is_made_smaller_by_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    painted().save(tmp_path / name, icc_profile=b"")
    expected = smaller(tmp_path / name)
    monkeypatch.setattr(load, "_LARGE", 20_001)
    monkeypatch.setattr(image_file, "read", None)

    large = smaller(tmp_path / name)

    assert (large.size, large.image.size) == (expected.size, expected.image.size)
    assert difference(large.image, expected.image) < 2


@pytest.mark.parametrize("name", ["cut.png", "cut.jpg", "cut.tif", "cut.bmp"])
def test_what_is_cut_off_is_damaged(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    noise = np.random.default_rng(5).integers(0, 255, (203, 301), np.uint8)
    Image.fromarray(noise).save(path)
    plugin = {"tif": "TIFF", "jpg": "JPEG"}.get(path.suffix[1:], path.suffix[1:].upper())
    path.write_bytes(path.read_bytes()[:20_000])

    with pytest.raises(PageDamaged):
        excerpt(Stored(path, plugin, 0, SIZE, 1), Box(0, 0, *SIZE), SIZE, timeout=30)


def test_time_is_limited(tmp_path: Path) -> None:
    painted().save(tmp_path / "a.png")

    with pytest.raises(PageTooComplex):
        excerpt(Stored(tmp_path / "a.png", "PNG", 0, SIZE, 1), PART, (130, 160), timeout=0.001)


def test_part_whose_process_was_killed_may_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted().save(tmp_path / "a.png")
    monkeypatch.setattr(excerpts, "program", lambda _module: ["sh", "-c", "kill -9 $$"])

    with pytest.raises(DrawingKilled):
        excerpt(Stored(tmp_path / "a.png", "PNG", 0, SIZE, 1), PART, (130, 160), timeout=60)


def test_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    endless = tmp_path / "endless.png"
    os.mkfifo(endless)
    code = (
        "import sys, pathlib; from documents.ocr.elements import Box\n"
        "from documents.ocr.files.excerpts import Stored, excerpt\n"
        "stored = Stored(pathlib.Path(sys.argv[1]), 'PNG', 0, (9, 9), 1)\n"
        "excerpt(stored, Box(0, 0, 9, 9), (9, 9), timeout=600)"
    )
    with (
        subprocess.Popen([sys.executable, "-c", code, endless], cwd=ROOT) as parent,
        endless.open("wb") as written,  # once the child reads it
    ):
        reader = select.poll()
        reader.register(written, 0)  # tells of nothing but that nobody reads any more
        assert reader.poll(0) == []
        parent.kill()
        parent.wait()
        assert reader.poll(60_000)


def test_part_of_a_huge_image_takes_the_memory_of_that_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(empty_png(17_000, 17_000))  # 289 MB of grey
    limited = ["sh", "-c", 'ulimit -v 280000; exec "$@"', "sh"]  # kilobytes
    monkeypatch.setattr(excerpts, "program", lambda module: limited + program(module))

    part = excerpt(
        Stored(path, "PNG", 0, (17_000, 17_000), 1), Box(0, 0, 17_000, 2_000), (170, 20), timeout=60
    )

    assert part.getextrema() == (0, 0)
