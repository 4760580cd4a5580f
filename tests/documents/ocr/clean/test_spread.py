"""Two facing pages are told from two columns."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from documents.ocr.clean import rotate
from documents.ocr.clean.look import Look
from documents.ocr.clean.spread import fold
from tests.files import text_image


def beside(left: Image.Image, right: Image.Image) -> Image.Image:
    both = Image.new("L", (left.width + right.width, max(left.height, right.height)), 255)
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    return both


def test_a_fold_that_is_seen_parts_two_pages(page: Image.Image) -> None:
    both = np.array(beside(page, page))
    both[:, page.width - 8 : page.width + 8] //= 2
    found = fold(Look.at(Image.fromarray(both)))
    assert found is not None
    assert abs(found - page.width) <= 10


@pytest.mark.parametrize("depth", [0.15, 0.75])
def test_a_soft_fold_parts_two_pages(page: Image.Image, depth: float) -> None:
    shade = 1 - depth * np.exp(-(((np.arange(2 * page.width) - page.width) / 20) ** 2))
    both = Image.fromarray((np.asarray(beside(page, page)) * shade).astype(np.uint8))
    found = fold(Look.at(both))
    assert found is not None
    assert abs(found - page.width) <= 10


def ruled(both: Image.Image, *, columns: list[int], rows: tuple[int, int], width: int) -> Image.Image:
    table = both.copy()
    for x in columns:
        ImageDraw.Draw(table).line((x, rows[0], x, rows[1]), fill=60, width=width)
    return table


def test_a_sharp_rule_is_no_fold(page: Image.Image) -> None:
    assert fold(Look.at(ruled(beside(page, page), columns=[page.width], rows=(0, 1754), width=4))) is None


def test_a_rule_among_others_is_no_fold(page: Image.Image) -> None:
    table = ruled(beside(page, page), columns=[620, page.width, 1860], rows=(0, 1754), width=16)
    assert fold(Look.at(table.filter(ImageFilter.GaussianBlur(3)))) is None


def test_a_rule_that_ends_before_the_text_is_no_fold(page: Image.Image) -> None:
    table = ruled(beside(page, page), columns=[page.width], rows=(500, 1754), width=16)
    assert fold(Look.at(table.filter(ImageFilter.GaussianBlur(3)))) is None


def test_a_heading_across_the_middle_stands_on_one_page(page: Image.Image) -> None:
    both = np.array(beside(page, page))
    both[:, page.width - 8 : page.width + 8] //= 2
    titled = Image.fromarray(both)
    titled.paste(text_image(["Ledger of the harbour"], size=(900, 140), px=56), (page.width - 400, 0))
    assert fold(Look.at(titled)) is None


def test_pages_that_lie_crooked_to_each_other_are_two(page: Image.Image) -> None:
    found = fold(Look.at(beside(rotate(page, 1.5), rotate(page, -1.5))))
    assert found is not None
    assert abs(found - page.width) <= 120


def test_two_columns_are_one_page(page: Image.Image) -> None:
    assert fold(Look.at(beside(page, page))) is None


def test_a_page_that_is_higher_than_wide_is_one(page: Image.Image) -> None:
    assert fold(Look.at(page)) is None
