import errno
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import ExifTags, Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from documents.errors import (
    FileDamaged,
    FileMissing,
    FileTooLarge,
    PageDamaged,
    PageMissing,
    PasswordNeeded,
    PasswordWrong,
    TooManyPages,
    TooManyPixels,
    UnknownType,
)
from documents.ocr.files.image_file import damage_as
from documents.ocr.files.load import PageImage, inspect, open_page
from documents.ocr.files.pdf_file import unlock
from documents.ocr.options import MAX_SIDE, Limits
from tests.files import empty_png, save_pdf, save_scan, says, text_image
from tests.project import ROOT

LIMITS = Limits()

# Pillow's format, how to save, mode, media type
FORMATS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "png": ("PNG", {}, "RGB", "image/png"),
    "jpeg": ("JPEG", {"quality": 95}, "RGB", "image/jpeg"),
    "jpeg-cmyk": ("JPEG", {"quality": 95}, "CMYK", "image/jpeg"),
    "bmp": ("BMP", {}, "RGB", "image/bmp"),
    "bmp-1-bit": ("BMP", {}, "1", "image/bmp"),
    "gif": ("GIF", {}, "L", "image/gif"),
    "tiff": ("TIFF", {}, "RGB", "image/tiff"),
    "tiff-big": ("TIFF", {"big_tiff": True}, "L", "image/tiff"),
    "tiff-16-bit": ("TIFF", {}, "I;16", "image/tiff"),
    "tiff-g4": ("TIFF", {"compression": "group4"}, "1", "image/tiff"),
    "tiff-g3": ("TIFF", {"compression": "group3"}, "1", "image/tiff"),
    "tiff-lzw": ("TIFF", {"compression": "tiff_lzw"}, "L", "image/tiff"),
    "tiff-jpeg": ("TIFF", {"compression": "jpeg", "quality": 95}, "RGB", "image/tiff"),
    "webp": ("WEBP", {"lossless": True}, "RGB", "image/webp"),
    "avif": ("AVIF", {"quality": 95}, "RGB", "image/avif"),
    "jp2": ("JPEG2000", {}, "RGB", "image/jp2"),
    "j2k": ("JPEG2000", {"no_jp2": True}, "L", "image/j2c"),
    "heic": ("HEIF", {"quality": 95}, "RGB", "image/heic"),
    "pbm": ("PPM", {}, "1", "image/x-portable-bitmap"),
    "pgm": ("PPM", {}, "L", "image/x-portable-graymap"),
    "pgm-16-bit": ("PPM", {}, "I;16", "image/x-portable-graymap"),
    "ppm": ("PPM", {}, "RGB", "image/x-portable-pixmap"),
}


def encoded(image: Image.Image, name: str) -> bytes:
    plugin, options, mode, _media_type = FORMATS[name]
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 257).convert("I;16")
    pillow_heif.register_heif_opener()
    out = BytesIO()
    image.convert(mode).save(out, plugin, **options)
    return out.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "upload"


def page(path: Path, index: int = 0, *, max_pixels: int | None = None) -> PageImage:
    return open_page(path, index, limits=LIMITS, max_pixels=max_pixels)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_recognised_and_read(path: Path, name: str) -> None:
    path.write_bytes(encoded(text_image(), name))

    info = inspect(path, limits=LIMITS)
    opened = page(path)

    assert (info.media_type, info.page_count, info.is_locked) == (FORMATS[name][3], 1, False)
    assert opened.image.mode in ("L", "RGB")
    assert opened.size == opened.image.size
    difference = ImageChops.difference(opened.image.convert("L"), text_image(mode="1").convert("L"))
    assert sum(difference.histogram()[130:]) < 0.01 * 600 * 200


@pytest.mark.parametrize("name", FORMATS)
def test_image_of_one_pixel(path: Path, name: str) -> None:
    path.write_bytes(encoded(Image.new("L", (1, 1), 255), name))

    assert inspect(path, limits=LIMITS).page_count == 1
    assert page(path).image.convert("L").getpixel((0, 0)) > 250


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow speaks of a corrupt EXIF where a TIFF ends early
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
@pytest.mark.parametrize("name", FORMATS)
def test_truncated_file_is_damaged(path: Path, name: str, share: float) -> None:
    content = encoded(text_image(size=(1200, 900), px=90), name)
    path.write_bytes(content[: int(len(content) * share)])

    with pytest.raises((FileDamaged, PageDamaged)):
        page(path)


@pytest.mark.parametrize("is_cut", [True, False])  # Pillow would complain of the one, libtiff of the other
def test_libraries_do_not_complain_of_damage(path: Path, is_cut: bool) -> None:
    content = encoded(text_image(size=(1200, 900), px=90), "tiff-lzw")
    path.write_bytes(content[:5_000] + (b"" if is_cut else b"\xff" * 100 + content[5_100:]))
    code = (
        "import sys, pathlib; from documents import errors\n"
        "from documents.ocr import options; from documents.ocr.files import load\n"
        "try: load.open_page(pathlib.Path(sys.argv[1]), limits=options.Limits())\n"
        "except errors.InputError as error: print(error.code)"
    )

    said = subprocess.run(
        [sys.executable, "-c", code, path], cwd=ROOT, capture_output=True, check=True, text=True
    )

    assert said.stdout in ("file-damaged\n", "page-damaged\n")
    assert said.stderr == ""


def test_missing_page(path: Path) -> None:
    text_image().save(path, "PNG")

    with pytest.raises(PageMissing) as caught:
        page(path, 1)
    assert caught.value.params == {"number": 2, "pages": 1}


def test_missing_file(path: Path) -> None:
    with pytest.raises(FileMissing):
        page(path)


@pytest.mark.parametrize("read", [inspect, open_page])
def test_bomb_of_400_megapixels_is_refused_from_its_header(path: Path, read: Callable[..., object]) -> None:
    path.write_bytes(empty_png(20_000, 20_000))
    assert path.stat().st_size < 60_000

    with pytest.raises(TooManyPixels) as caught:
        read(path, limits=LIMITS)
    assert caught.value.params == {"megapixels": 400, "limit": 300}


def test_limit_of_pixels_is_the_callers_own(path: Path) -> None:
    path.write_bytes(empty_png(10_000, 10_000))  # Pillow itself would warn, and refuse twice of it

    assert inspect(path, limits=LIMITS).page_count == 1
    with pytest.raises(TooManyPixels):
        inspect(path, limits=Limits(max_pixels=99_999_999))


def test_bomb_in_a_text_chunk_is_refused(path: Path) -> None:
    info = PngInfo()
    info.add_text("comment", "A" * 20_000_000, zip=True)
    text_image().save(path, "PNG", pnginfo=info)

    with pytest.raises(FileDamaged):
        inspect(path, limits=LIMITS)


def test_chunk_that_claims_two_gigabytes_is_not_believed(path: Path) -> None:
    path.write_bytes(empty_png(5, 5)[:33] + b"\x7f\xff\xff\xfftEXt" + bytes(100))
    tracemalloc.start()

    with pytest.raises(FileDamaged):
        inspect(path, limits=LIMITS)

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_pages_of_a_tiff(path: Path) -> None:
    sizes = [(40, 30), (20, 60), (50, 50)]
    first, *others = [Image.new(mode, size) for mode, size in zip(("1", "L", "RGB"), sizes, strict=True)]
    first.save(path, "TIFF", save_all=True, append_images=others)

    assert inspect(path, limits=LIMITS).page_count == 3
    assert [page(path, index).image.size for index in range(3)] == sizes
    with pytest.raises(TooManyPages):
        inspect(path, limits=Limits(max_pages=2))
    with pytest.raises(TooManyPixels):
        inspect(path, limits=Limits(max_pixels=2_000))


def test_reduced_copies_in_a_tiff_are_no_pages(path: Path) -> None:
    frames = [Image.new("L", size) for size in ((40, 40), (20, 20), (60, 60))]
    for frame, kind in zip(frames, (0, 1, 0), strict=True):
        frame.encoderinfo = {"tiffinfo": {254: kind}}
    frames[0].save(path, "TIFF", save_all=True, append_images=frames[1:])

    assert inspect(path, limits=LIMITS).page_count == 2
    assert page(path, 1).image.size == (60, 60)


def test_damaged_page_of_a_tiff_leaves_the_others(path: Path) -> None:
    pages = [Image.new("L", (40 + number, 30), 255) for number in range(3)]
    pages[0].save(path, "TIFF", save_all=True, append_images=pages[1:])
    content = bytearray(path.read_bytes())
    width_of_second = content.index(b"\x00\x01\x04\x00\x01\x00\x00\x00\x29\x00\x00\x00")
    content[width_of_second + 1] = 0xFE  # its ImageWidth becomes another tag
    path.write_bytes(content)

    assert inspect(path, limits=LIMITS).page_count == 3
    assert page(path, 2).image.size == (42, 30)
    with pytest.raises(PageDamaged):
        page(path, 1)


@pytest.mark.parametrize("plugin", ["GIF", "WEBP"])
def test_animation_is_its_first_picture(path: Path, plugin: str) -> None:
    first = text_image(mode="RGB")
    first.save(path, plugin, save_all=True, append_images=[Image.new("RGB", first.size, "red")] * 2)

    assert inspect(path, limits=LIMITS).page_count == 1
    assert page(path).image.getpixel((0, 0)) == (255, 255, 255)


def test_second_picture_of_an_mpo_is_no_page(path: Path) -> None:
    first = text_image(mode="RGB")
    first.save(path, "MPO", save_all=True, append_images=[Image.new("RGB", (30, 30))])

    assert inspect(path, limits=LIMITS).page_count == 1
    assert page(path).image.size == first.size


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_photo_is_upright_also_when_scaled_down(path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", (800, 400)).save(path, "JPEG", exif=exif)

    image = page(path, max_pixels=20_000).image

    assert image.size == ((200, 100) if orientation == 3 else (100, 200))


def test_tiff_is_turned_once(path: Path) -> None:
    Image.new("L", (80, 40)).save(path, "TIFF", tiffinfo={0x0112: 6})

    assert page(path).image.size == (40, 80)


@pytest.mark.parametrize("name", ["jpeg", "png", "tiff-g4", "pgm-16-bit", "gif"])
@pytest.mark.parametrize("size", [(1000, 700), (1, 5000), (5000, 1)])
def test_large_image_is_scaled_down(path: Path, name: str, size: tuple[int, int]) -> None:
    path.write_bytes(encoded(Image.new("L", size, 255), name))

    opened = page(path, max_pixels=3_000)

    width, height = opened.image.size
    assert 0 < width * height <= 3_000
    assert opened.size == size


@pytest.mark.parametrize("size", [(40, 40_000), (40_000, 40)])
def test_long_image_is_scaled_down_and_can_be_looked_at_closer(path: Path, size: tuple[int, int]) -> None:
    Image.new("L", size, 200).save(path, "PNG")
    opened = page(path, max_pixels=20_000_000)

    assert max(opened.image.size) <= MAX_SIDE
    assert opened.size == size
    assert opened.closer


def test_scaling_down_keeps_places(path: Path) -> None:
    image = Image.new("L", (2000, 3000), 255)
    image.paste(0, (800, 1500, 1200, 1700))
    image.save(path, "PNG")

    opened = page(path, max_pixels=500_000)

    box = opened.image.point(lambda value: 255 * (value < 128)).getbbox()
    assert box is not None
    scale = opened.size[0] / opened.image.width
    assert [side * scale for side in box] == pytest.approx([800, 1500, 1200, 1700], abs=4)


@pytest.mark.parametrize(("orientation", "upright"), [(1, (999, 1501)), (3, (999, 1501)), (6, (1501, 999))])
def test_the_size_is_that_of_the_upright_page_in_the_file(
    path: Path, orientation: int, upright: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    Image.new("L", (999, 1501), 255).save(path, "JPEG", exif=exif)
    assert page(path, max_pixels=10_000).size == upright


def test_a_huge_file_that_would_be_read_whole_is_refused(path: Path) -> None:
    text_image().save(path, "WEBP")
    with path.open("ab") as file:
        file.truncate(50_000_001)
    with pytest.raises(FileTooLarge, match="50 MB"):
        inspect(path, limits=LIMITS)


def test_only_a_fitting_colour_profile_stays(path: Path) -> None:
    rgb, grey = (bytes(16) + space + bytes(108) for space in (b"RGB ", b"GRAY"))
    text_image(mode="RGB").save(path, "PNG", icc_profile=rgb, exif=Image.Exif())
    assert page(path).image.info == {"icc_profile": rgb}

    text_image(mode="CMYK").save(path, "TIFF", icc_profile=grey)
    assert page(path).image.info == {}


def test_full_disk_is_no_damage() -> None:
    with pytest.raises(OSError, match="No space"), damage_as(FileDamaged):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


# PDF


class TestInspectPdf:
    def test_counts_pages(self, path: Path) -> None:
        save_pdf(path, says("one"), says("two"))

        info = inspect(path, limits=LIMITS)

        assert (info.media_type, info.extension, info.page_count) == ("application/pdf", ".pdf", 2)

    def test_too_many_pages(self, path: Path) -> None:
        save_pdf(path, *[b""] * 3)

        with pytest.raises(TooManyPages) as caught:
            inspect(path, limits=Limits(max_pages=2))
        assert caught.value.params == {"pages": 3, "limit": 2}

    def test_locked_is_no_error_without_a_password(self, path: Path) -> None:
        save_pdf(path, says("secret"), password="geheim")

        info = inspect(path, limits=LIMITS)

        assert (info.is_locked, info.page_count) == (True, 0)

    @pytest.mark.parametrize("password", ["geheim", "pässwort", "пароль"])
    def test_right_password(self, path: Path, password: str) -> None:
        save_pdf(path, says("secret"), password=password)

        info = inspect(path, limits=LIMITS, password=password)

        assert (info.is_locked, info.page_count) == (False, 1)

    @pytest.mark.parametrize("password", ["falsch", "\udcff", "a\0b"])
    def test_wrong_password(self, path: Path, password: str) -> None:
        save_pdf(path, says("secret"), password="geheim")

        with pytest.raises(PasswordWrong):
            inspect(path, limits=LIMITS, password=password)

    @pytest.mark.parametrize("share", [0.01, 0.4])
    def test_truncated(self, path: Path, share: float) -> None:
        save_pdf(path, says("one"))
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share) + 10])

        with pytest.raises(FileDamaged):
            inspect(path, limits=LIMITS)

    def test_without_pages(self, path: Path) -> None:
        save_pdf(path)

        with pytest.raises(FileDamaged):
            inspect(path, limits=LIMITS)


def test_file_that_only_mentions_pdf_is_damaged_or_unknown(path: Path) -> None:
    path.write_text("This text is about %PDF-1.4 files.")

    with pytest.raises((FileDamaged, UnknownType)):
        inspect(path, limits=LIMITS)


def test_page_of_a_pdf(path: Path) -> None:
    save_scan(path, text_image(size=(1200, 900), px=90), dpi=300)

    opened = page(path)

    assert opened.size == opened.image.size == (1200, 900)


def test_locked_pdf_needs_its_password_before_pages_are_read(path: Path) -> None:
    save_pdf(path, says("secret"), password="geheim")

    with pytest.raises(PasswordNeeded):
        page(path)


def test_unlocked_copy_needs_no_password(tmp_path: Path, path: Path) -> None:
    save_pdf(path, says("secret"), password="geheim")
    target = tmp_path / "open.pdf"

    unlock(path, "geheim", target)

    assert inspect(target, limits=LIMITS).page_count == 1
    assert page(target).image.getextrema()[0] < 50


def test_unlocking_with_a_wrong_password_writes_nothing(tmp_path: Path, path: Path) -> None:
    save_pdf(path, says("secret"), password="geheim")

    with pytest.raises(PasswordWrong):
        unlock(path, "falsch", tmp_path / "open.pdf")
    assert list(tmp_path.iterdir()) == [path]
