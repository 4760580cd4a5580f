import pytest
from PIL import Image, ImageDraw, ImageOps

from documents.ocr.ink import has_columns, letter_height
from tests.files import text_image

LINES = ["Human beings are born free", "and equal in dignity and rights"] * 9


@pytest.mark.parametrize("px", [16, 40, 90])
def test_the_height_of_letters_is_that_of_most(px: int) -> None:
    """Half of the letters of this font are 0.55 of its size high, most of the others 0.75."""
    height = letter_height(text_image(LINES, size=(20 * px, 30 * px), px=px))
    assert height is not None
    assert 0.5 * px <= height <= 0.8 * px


def test_white_letters_on_black_are_measured_alike() -> None:
    page = text_image(LINES, size=(800, 1200), px=30, mode="RGB")
    assert letter_height(ImageOps.invert(page)) == letter_height(page)


def test_a_large_page_with_a_lone_line_is_measured() -> None:
    page = Image.new("L", (2000, 3000), 255)
    page.paste(text_image(["Contents"], size=(600, 120), px=60), (600, 0))
    height = letter_height(page)
    assert height is not None
    assert 30 <= height <= 60


def test_upright_rules_are_no_letters() -> None:
    form = Image.new("L", (2500, 2000), 250)
    form.paste(text_image(["Kassenbuch 1921"], size=(700, 80), px=40), (300, 60))
    for x in range(120, 2400, 70):
        ImageDraw.Draw(form).line((x, 200, x, 1900), fill=30, width=6)
    height = letter_height(form)
    assert height is not None
    assert 20 <= height <= 40


def test_nothing_has_no_height() -> None:
    assert letter_height(Image.new("L", (1, 1), 0)) is None
    assert letter_height(Image.new("RGB", (3000, 2000), "white")) is None


@pytest.mark.parametrize("px", [16, 30])
def test_columns_are_told_from_one_column(px: int) -> None:
    column = text_image(LINES, size=(18 * px, 30 * px), px=px)
    two = Image.new("L", (36 * px, 30 * px), 255)
    two.paste(column, (0, 0))
    two.paste(column, (18 * px, 0))
    assert not has_columns(column)
    assert has_columns(two)
    ImageDraw.Draw(two).line((18 * px, 0, 18 * px, 30 * px), fill=0, width=3)
    assert has_columns(two.convert("RGB"))


@pytest.mark.parametrize("image", [Image.new("L", (1, 1), 0), Image.new("L", (300, 200), 255)])
def test_where_nothing_is_there_are_no_columns(image: Image.Image) -> None:
    assert not has_columns(image)
