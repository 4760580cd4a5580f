"""Ways to clean an image: each does what it says, and nothing moves."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from documents.ocr.clean import cleaned
from documents.ocr.options import Cleaning, Options
from documents.ocr.reading import read_page
from tests.files import text_image

LINES = ("Human beings are born free", "and equal in dignity", "and rights.")
TEXT = "\n".join(LINES)


@pytest.fixture(scope="module")
def letter() -> Image.Image:
    return text_image(LINES, size=(800, 300), px=40, mode="RGB")


def pixels(image: Image.Image) -> NDArray[np.int32]:
    return np.asarray(image.convert("L")).astype(np.int32)


def shaded(image: Image.Image) -> Image.Image:
    """Under a lamp at the left: the right is nearly as dark as the ink at the left."""
    light = np.linspace(1.0, 0.15, image.width)[np.newaxis, :, np.newaxis]
    ground = np.asarray(image.convert("RGB")).astype(np.float32) * 0.6 + 100
    return Image.fromarray((ground * light).astype(np.uint8))


def text_of(image: Image.Image, cleaning: Cleaning) -> str:
    return read_page(image, Options(languages=("eng",), cleaning=cleaning)).text


@pytest.mark.parametrize("cleaning", Cleaning)
@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("size", [(1, 1), (3, 2500), (701, 299)])
def test_an_image_keeps_its_size(cleaning: Cleaning, mode: str, size: tuple[int, int]) -> None:
    image = Image.new(mode, size, "white")
    image.info["icc_profile"] = b"profile"
    result = cleaned(image, cleaning)
    assert (result.size, result.info["icc_profile"]) == (size, b"profile")
    assert result.mode == ("L" if cleaning is Cleaning.BLACK_AND_WHITE else mode)


def test_nothing_is_done_where_nothing_is_asked(letter: Image.Image) -> None:
    assert cleaned(letter, Cleaning.NONE) is letter


def test_the_light_is_even_where_there_was_a_shadow(letter: Image.Image) -> None:
    dark = shaded(letter)
    corners = pixels(dark)[:20, -20:], pixels(cleaned(dark, Cleaning.EVEN))[:20, -20:]
    assert corners[0].mean() < 60
    assert corners[1].mean() > 240
    assert pixels(cleaned(dark, Cleaning.EVEN)).min() < 140


def test_black_and_white_has_no_other_colours_and_keeps_the_letters(letter: Image.Image) -> None:
    result = pixels(cleaned(shaded(letter), Cleaning.BLACK_AND_WHITE))
    assert set(np.unique(result)) == {0, 255}
    ink = pixels(letter) < 128
    assert ((result == 0) == ink).mean() > 0.98


def test_black_and_white_is_the_same_wherever_an_image_is_cut_for_it() -> None:
    tall = text_image(["line"] * 60, size=(300, 2400), px=26)
    whole = pixels(cleaned(tall, Cleaning.BLACK_AND_WHITE))
    assert ((whole == 0) == (pixels(tall) < 128)).mean() > 0.98
    assert (whole[1000:1050] == 0).any()


def test_specks_go(letter: Image.Image) -> None:
    dotted = pixels(letter).astype(np.uint8)
    dotted[5::9, 7::9] = 0
    result = pixels(cleaned(Image.fromarray(dotted), Cleaning.DENOISE))
    assert (result[:30] == 255).all()
    assert ((result < 128) == (pixels(letter) < 128)).mean() > 0.98


def test_edges_get_sharper(letter: Image.Image) -> None:
    def steepest(image: Image.Image) -> int:
        return int(np.abs(np.diff(pixels(image), axis=1)).max())

    blurred = letter.filter(ImageFilter.GaussianBlur(3))
    assert steepest(cleaned(blurred, Cleaning.SHARPEN)) > 1.4 * steepest(blurred)


def test_light_letters_on_a_dark_ground_are_read_once_both_are_exchanged(letter: Image.Image) -> None:
    dark = cleaned(letter, Cleaning.INVERT)
    assert pixels(dark)[0, 0] == 0
    assert text_of(dark, Cleaning.INVERT) == TEXT


def test_a_page_with_a_shadow_is_read_in_even_light(letter: Image.Image) -> None:
    assert text_of(shaded(letter), Cleaning.EVEN) == TEXT
