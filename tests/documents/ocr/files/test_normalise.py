from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.files.normalise import normalise
from tests.files import text_image


def levels(image: Image.Image) -> list[int]:
    assert image.mode == "L"
    return np.asarray(image).ravel().tolist()


@pytest.mark.parametrize(
    "mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "LAB", "RGBX", "PA", "I;16"]
)
def test_every_mode_becomes_grey_or_colour(mode: str) -> None:
    result = normalise(Image.new(mode, (3, 2)))

    assert result.mode in ("L", "RGB")
    assert result.size == (3, 2)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_what_is_normal_stays(mode: str) -> None:
    image = text_image(mode=mode)

    assert normalise(image) is image


@pytest.mark.parametrize("mode", ["LA", "RGBA", "PA"])
def test_transparent_parts_become_white(mode: str) -> None:
    image = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    image.putpixel((1, 0), (0, 0, 0, 255))

    assert levels(normalise(image.convert(mode)).convert("L")) == [255, 0]


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_white_letters_without_a_ground_stand_on_black(mode: str) -> None:
    image = Image.new("RGBA", (3, 1), (255, 255, 255, 0))
    image.putpixel((1, 0), (255, 255, 255, 255))
    assert levels(normalise(image.convert(mode)).convert("L")) == [0, 255, 0]


def test_a_png_of_two_colours_whose_black_is_transparent_stays_as_it_is(tmp_path: Path) -> None:
    image = Image.new("1", (2, 1))
    image.putpixel((1, 0), 1)
    image.save(tmp_path / "a.png", transparency=0)
    with Image.open(tmp_path / "a.png") as opened:
        assert levels(normalise(opened).convert("L")) == [0, 255]


def test_what_is_transparent_all_over_is_white() -> None:
    assert levels(normalise(Image.new("LA", (2, 1), (0, 0)))) == [255, 255]


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_transparent_colour_of_a_png_becomes_white(tmp_path: Path, mode: str) -> None:
    black_and_grey = Image.new("L", (2, 1))
    black_and_grey.putpixel((1, 0), 100)
    image = black_and_grey.convert(mode)
    image.save(tmp_path / "a.png", transparency=(0, 0, 0) if mode == "RGB" else image.getpixel((0, 0)))

    with Image.open(tmp_path / "a.png") as opened:
        result = normalise(opened).convert("L")

    assert levels(result)[0] == 255


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([[0, 32768, 65535]], np.uint16), [0, 128, 255]),
        (np.array([[0, 2048, 4095]], np.uint16), [0, 128, 255]),  # 12 bits in 16
        (np.array([[0, 40, 200]], np.uint16), [0, 40, 200]),  # 8 bits in 16
        (np.array([[0, 30000, 60000]], np.int32), [0, 117, 233]),  # nearly full: not stretched
        (np.array([[0, 0, 0]], np.uint16), [0, 0, 0]),
        (np.array([[0, 0.5, 1]], np.float32), [0, 128, 255]),
        (np.array([[0, 0.25, 0.5]], np.float32), [0, 64, 128]),
        (np.array([[-1, 0, 1]], np.float32), [0, 128, 255]),
        (np.array([[np.nan, np.inf, 1]], np.float32), [0, 0, 255]),
        (np.array([[-30000, 35535, 35535]], np.int32), [0, 255, 255]),
    ],
)
def test_deep_samples_fill_8_bits(values: NDArray[Any], expected: list[int]) -> None:
    assert levels(normalise(Image.fromarray(values))) == expected


def test_big_endian_samples() -> None:
    image = Image.frombytes("I;16B", (2, 1), b"\x00\x00\xff\xff")

    assert levels(normalise(image)) == [0, 255]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_is_turned_as_its_exif_says(tmp_path: Path, orientation: int) -> None:
    upright = Image.new("L", (64, 32), 255)
    upright.paste(0, (0, 0, 16, 8))  # a black corner at the top left
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / "a.png", exif=exif)

    with Image.open(tmp_path / "a.png") as opened:
        result = normalise(opened)

    assert result.tobytes() == upright.tobytes()


def test_broken_exif_is_ignored() -> None:
    image = text_image()
    image.info["exif"] = b"Exif\0\0MM\0\xff broken"

    assert normalise(image) is image


def test_inverted_cmyk_of_adobe(tmp_path: Path) -> None:
    text_image(mode="CMYK").save(tmp_path / "a.jpg", quality=95)
    assert b"Adobe" in (tmp_path / "a.jpg").read_bytes()

    with Image.open(tmp_path / "a.jpg") as opened:
        result = normalise(opened)

    assert result.mode == "RGB"
    assert np.abs(np.asarray(result.convert("L"), np.int16) - np.asarray(text_image(), np.int16)).max() < 30
