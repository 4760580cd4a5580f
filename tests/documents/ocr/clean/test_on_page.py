"""A prepared page lies on the page that it was made of: every word where it was."""

import numpy as np
import pytest
from PIL import Image

from documents.ocr.clean import rotate, sheets, tidied
from documents.ocr.clean.on_page import on_page
from documents.ocr.elements import Cure
from documents.ocr.options import Cleaning, Options

AUTO = Options()


def laid(image: Image.Image, rotation: int = 0, options: Options = AUTO) -> tuple[Image.Image, list[str]]:
    """The page as it was prepared, and what was done."""
    prepared = sheets(tidied(image, options), rotation, options)
    done = [treatment.cure for sheet in prepared for treatment in sheet.treatments]
    return on_page(rotate(image, rotation), rotation, prepared), done


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of their pixels, in shades of grey."""
    shades = (np.asarray(image.convert("L"), np.int16) for image in (one, other))
    return float(np.abs(np.subtract(*shades)).mean())


def bent(page: Image.Image) -> Image.Image:
    pixels = np.asarray(page)
    x, rows = np.arange(page.width), np.arange(page.height)[:, np.newaxis]
    rows = np.rint(rows - 60 * np.exp(-4 * x / page.width))
    return Image.fromarray(pixels[np.clip(rows, 0, page.height - 1).astype(int), x])


def on_a_table(page: Image.Image) -> Image.Image:
    table = Image.new("L", (page.width + 500, page.height + 600), 40)
    paper = Image.new("L", page.size, 255).rotate(-7, expand=True)
    table.paste(page.rotate(-7, expand=True), (120, 150), paper)
    return table


def test_a_page_of_which_nothing_was_done_is_the_page(page: Image.Image) -> None:
    for rotation in (0, 90, 180, 270):
        options = Options(cleaning=Cleaning.NONE, deskew=False)
        assert unlike(laid(page, rotation, options)[0], rotate(page, rotation)) == 0


@pytest.mark.parametrize("rotation", [0, 90])
def test_what_was_straightened_lies_as_crooked_as_it_was(page: Image.Image, rotation: int) -> None:
    crooked = rotate(page, 5)
    result, done = laid(rotate(crooked, -rotation), rotation)
    assert done == [Cure.STRAIGHTENED]
    assert result.size == crooked.size
    # A pixel beside its place, print differs by 7 shades in the mean.
    assert unlike(result, crooked) < 3


def test_lines_that_were_made_level_are_bent_again(page: Image.Image) -> None:
    curled = bent(page)
    result, done = laid(curled)
    assert done == [Cure.LEVELLED]
    assert unlike(result, curled) < 3


def test_what_was_done_to_the_light_is_seen(page: Image.Image) -> None:
    result, done = laid(rotate(page, 5).point(lambda value: value // 4))
    assert done == [Cure.EVENED, Cure.STRAIGHTENED]
    assert unlike(result, rotate(page, 5)) < 5


def test_what_was_cut_away_is_dark(page: Image.Image) -> None:
    table = on_a_table(page)
    result, done = laid(table)
    assert done == [Cure.SHEET]
    middle = (500, 500, 900, 1500)
    assert unlike(result.crop(middle), table.crop(middle)) < 3
    assert np.asarray(result.crop((0, 0, 100, 100))).max() == 16


def test_facing_pages_lie_beside_each_other_with_a_line_between_them(page: Image.Image) -> None:
    both = Image.new("RGB", (2 * page.width, page.height), "white")
    for x, degrees in ((0, 2), (page.width, -2)):
        both.paste(rotate(page, degrees).resize(page.size).convert("RGB"), (x, 0))
    both.paste("grey", (page.width - 6, 0, page.width + 6, page.height))
    result, done = laid(both)
    assert done == [Cure.SPLIT, Cure.STRAIGHTENED] * 2
    assert result.mode == "RGB"
    for x in (0, page.width):
        half = (x + 40, 0, x + page.width - 40, page.height)
        assert unlike(result.crop(half), both.crop(half)) < 3
    fold = np.asarray(result.convert("L").crop((page.width - 20, 0, page.width + 20, page.height)))
    assert (fold.min(axis=1) == 96).all()


@pytest.mark.parametrize("size", [(1, 1), (1, 700), (700, 1), (17, 33)])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_pages_of_any_size_have_one(size: tuple[int, int], mode: str) -> None:
    image = Image.new(mode, size, "white")
    assert laid(image, 90)[0].size == (size[1], size[0])


def test_the_colour_profile_comes_along(page: Image.Image) -> None:
    coloured = page.convert("RGB")
    coloured.info["icc_profile"] = b"a profile"
    assert laid(coloured)[0].info["icc_profile"] == b"a profile"
