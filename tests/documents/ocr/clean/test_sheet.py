"""A sheet on a table is cut out and seen from above; a page without a table is left alone."""

import numpy as np
import pytest
from PIL import Image

from documents.ocr.clean.geometry import box_back
from documents.ocr.clean.look import Look
from documents.ocr.clean.sheet import flat_sheet
from documents.ocr.elements import Box

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


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (40, 30)])
def test_tiny_images(size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, "white")
    assert flat_sheet(image, Look.at(image)) is None
