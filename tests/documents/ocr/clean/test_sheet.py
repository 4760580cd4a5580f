"""A sheet on a table is cut out and seen from above; a page without a table is left alone."""

import numpy as np
import pytest
from PIL import Image, ImageFilter, ImageOps

from documents.ocr.clean.geometry import box_back
from documents.ocr.clean.look import Look
from documents.ocr.clean.sheet import flat_sheet
from documents.ocr.clean.turning import rotate
from documents.ocr.elements import Box
from tests.files import text_image

SIZE = (1400, 1900)
TABLE = (70, 50, 40)
# Eight factors as Pillow takes them, by which the sheet is seen at an angle.
SEEN = (1.15, 0.06, -190.0, -0.04, 1.12, -90.0, 0.00005, -0.00002)


def seen(sheet: Image.Image, ground: tuple[int, int, int] = TABLE) -> Image.Image:
    way = (SIZE, Image.Transform.PERSPECTIVE, SEEN, Image.Resampling.BICUBIC)
    mask = Image.new("L", sheet.size, 255).transform(*way)
    return Image.composite(sheet.convert("RGB").transform(*way), Image.new("RGB", SIZE, ground), mask)


def whole(image: Image.Image) -> Box:
    return Box(0, 0, *image.size)


def test_a_sheet_is_cut_out_of_its_table(page: Image.Image) -> None:
    photo = seen(page)
    step = flat_sheet(photo, Look.at(photo))
    assert step is not None
    pixels = np.asarray(step.image.convert("L"))
    assert (pixels > 200).mean() > 0.9
    assert np.median(pixels[:5]) > 200
    assert abs(step.image.width / step.image.height - page.width / page.height) < 0.1


def test_points_of_the_sheet_lie_where_it_was_seen(page: Image.Image) -> None:
    marked = page.copy()
    marked.paste(0, (600, 1500, 640, 1540))
    photo = seen(marked)
    step = flat_sheet(photo, Look.at(photo))
    assert step is not None
    assert step.way is not None
    lower = step.image.convert("L").crop((0, step.image.height * 3 // 4, *step.image.size))
    found = lower.point(lambda value: 255 * (value < 60)).getbbox()
    assert found is not None
    top = step.image.height * 3 // 4
    back = box_back(step.way, Box(found[0], found[1] + top, found[2], found[3] + top), SIZE)
    assert np.asarray(photo.convert("L").crop(back)).mean() < 60


def test_a_sheet_in_the_shade_is_told_from_a_brown_table(page: Image.Image) -> None:
    shade = np.ones((page.height, page.width))
    shade[700:, 500:] = 0.25
    photo = seen(Image.fromarray((np.asarray(page) * shade).astype(np.uint8)))
    assert flat_sheet(photo, Look.at(photo)) is not None


@pytest.mark.parametrize("ground", [(60, 60, 64), (170, 128, 86)])
def test_a_sheet_under_a_soft_shadow_is_cut_out_whole(
    page: Image.Image, ground: tuple[int, int, int]
) -> None:
    """The shadow falls across table and paper, which is as dark there as the table in the light."""
    photo = seen(page, ground)
    alone = flat_sheet(photo, Look.at(photo))
    shade = Image.new("L", SIZE, 255)
    shade.paste(95, (0, 1000, *SIZE))
    soft = np.asarray(shade.filter(ImageFilter.GaussianBlur(60)), np.float32)[..., np.newaxis] / 255
    shaded = Image.fromarray((np.asarray(photo) * soft).astype(np.uint8))
    step = flat_sheet(shaded, Look.at(shaded))
    assert step is not None
    assert alone is not None
    assert np.abs(np.subtract(step.image.size, alone.image.size)).max() < 20


def panel(page: Image.Image) -> Image.Image:
    """A dark heading from edge to edge, with light letters."""
    dark = page.copy()
    dark.paste(30, (0, 0, page.width, 400))
    dark.paste(page.crop((0, 40, page.width, 240)).point(lambda value: 255 - value), (0, 100))
    return dark


def test_a_page_without_a_table_is_left_alone(page: Image.Image) -> None:
    in_half_shade = page.copy()
    in_half_shade.paste(page.crop((500, 0, *page.size)).point(lambda value: value // 4), (500, 0))
    for image in (page, panel(page), in_half_shade, page.point(lambda value: 255 - value)):
        assert flat_sheet(image, Look.at(image)) is None


def heading(words: str, size: tuple[int, int], colour: tuple[int, int, int]) -> Image.Image:
    """White on colour."""
    return ImageOps.colorize(text_image([words], size=size, px=56), "white", colour)


@pytest.mark.parametrize("colour", [(20, 40, 90), (150, 30, 30), (30, 30, 30)])
def test_a_dark_heading_is_not_cut_off(page: Image.Image, colour: tuple[int, int, int]) -> None:
    titled = page.convert("RGB")
    titled.paste(heading("ACME Furniture", (page.width, 195), colour))
    assert flat_sheet(titled, Look.at(titled)) is None


@pytest.mark.parametrize("colour", [(120, 20, 20), (40, 60, 120), (120, 120, 120)])
def test_a_white_panel_is_not_cut_out_of_a_flyer(page: Image.Image, colour: tuple[int, int, int]) -> None:
    flyer = heading("SALE", SIZE, colour)
    flyer.paste(page.crop((0, 0, 1240, 1500)), (80, 250))
    assert flat_sheet(flyer, Look.at(flyer)) is None


def test_noise_at_the_edge_of_a_sheet_is_no_heading(page: Image.Image) -> None:
    noise = np.random.default_rng(5).normal(0, 38, (SIZE[1], SIZE[0], 1))
    noisy = Image.fromarray(np.clip(np.asarray(seen(page)) + noise, 0, 255).astype(np.uint8))
    assert flat_sheet(noisy, Look.at(noisy)) is not None


@pytest.mark.parametrize("edge", [0.3, 0.7])
@pytest.mark.parametrize("turned", [0, 90])
def test_lines_that_run_on_in_the_shade_are_no_table(page: Image.Image, edge: float, turned: int) -> None:
    """Though the middle of each lies in the light."""
    shaded = page.copy()
    left = round(edge * page.width)
    shaded.paste(page.crop((left, 0, *page.size)).point(lambda value: value * 2 // 5), (left, 0))
    image = rotate(shaded, turned)
    assert flat_sheet(image, Look.at(image)) is None


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (40, 30)])
def test_tiny_images(size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, "white")
    assert flat_sheet(image, Look.at(image)) is None
