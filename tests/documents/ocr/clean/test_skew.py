from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from documents.ocr.clean import rotate, skew
from documents.ocr.clean.geometry import turned_size
from tests.files import text_image

SENTENCE = "The quick brown fox jumps over the lazy dog, and so on."


@pytest.fixture(scope="module")
def table() -> Image.Image:
    image = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(image)
    for y in range(150, 1650, 60):
        draw.line((100, y, 1140, y), fill=0, width=3)
    for x in range(100, 1200, 260):
        draw.line((x, 150, x, 1590), fill=0, width=3)
    return image


@pytest.mark.parametrize("degrees", [1, -1, 3, -3, 7, -7, 12, -12, 14.5])
@pytest.mark.parametrize("subject", ["page", "table"])
def test_skew_is_found(request: pytest.FixtureRequest, subject: str, degrees: float) -> None:
    crooked = rotate(request.getfixturevalue(subject), degrees)

    assert skew(crooked) == pytest.approx(degrees, abs=0.1)
    assert skew(crooked.convert("RGB")) == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("degrees", [0, 0.2, -0.2])
@pytest.mark.parametrize("subject", ["page", "table"])
def test_straight_page_is_left_alone(request: pytest.FixtureRequest, subject: str, degrees: float) -> None:
    assert skew(rotate(request.getfixturevalue(subject), degrees)) == 0.0


def test_skew_is_found_under_shadow_and_on_a_dark_table(page: Image.Image) -> None:
    shadow = np.linspace(0.3, 1, page.width)[None, :]
    photo = Image.new("L", (1600, 2100), 40)
    photo.paste(Image.fromarray((np.asarray(page) * shadow).astype(np.uint8)), (180, 170))

    assert skew(rotate(photo, 4)) == pytest.approx(4, abs=0.15)


def test_one_line_is_enough() -> None:
    assert skew(rotate(text_image([SENTENCE], size=(1400, 200)), 2)) == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize("gap", [25, 40, 55, 70])
@pytest.mark.parametrize("degrees", [0, -2, 5])
def test_skew_of_a_form_is_that_of_its_lines_and_not_of_its_upright_rules(gap: int, degrees: float) -> None:
    form = Image.new("L", (2480, 1750), 250)
    form.paste(text_image([SENTENCE] * 4, size=(1200, 200), px=34), (150, 80))
    for x in range(120, 2400, gap):
        ImageDraw.Draw(form).line((x, 600, x, 1650), fill=30, width=4)

    assert skew(rotate(form, degrees)) == pytest.approx(degrees, abs=0.2)


@pytest.mark.parametrize("word", ["invoice", "Hello", "12345", "/// VAT", "Yay", "VAT 12345", "Привет мир!"])
@pytest.mark.parametrize("px", [16, 24, 40])
def test_shape_of_a_word_is_no_skew(word: str, px: int) -> None:
    assert skew(text_image([word], size=(px * 12, px * 4), px=px)) == 0.0


def picture_without_text() -> Image.Image:
    random = np.random.default_rng(0)
    hills = sum(
        cv2.GaussianBlur(random.normal(0, 1, (900, 1200)), (0, 0), size) * size
        for size in (100.0, 40.0, 15.0, 4.0)
    )
    return Image.fromarray(cv2.normalize(hills, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8))


def ring() -> Image.Image:
    image = Image.new("L", (1000, 1000), 255)
    ImageDraw.Draw(image).ellipse((150, 150, 850, 850), outline=0, width=20)
    return image


def noise() -> Image.Image:
    return Image.effect_noise((1000, 800), 90)


def blank() -> Image.Image:
    return Image.new("L", (1240, 1754), 255)


@pytest.mark.parametrize("image", [picture_without_text, ring, noise, blank])
def test_no_lines_no_skew(image: Callable[[], Image.Image]) -> None:
    assert skew(image()) == 0.0


def test_beyond_15_degrees_nothing_is_claimed(page: Image.Image) -> None:
    assert skew(rotate(page, 20)) == 0.0


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (2, 2)])
def test_tiny_images(size: tuple[int, int]) -> None:
    image = Image.new("L", size, 255)

    assert skew(image) == 0.0
    assert rotate(image, 5).size == turned_size(5, size)


def test_straightened_page_is_straight(page: Image.Image) -> None:
    crooked = rotate(page, 5)

    assert skew(rotate(crooked, -skew(crooked))) == 0.0
