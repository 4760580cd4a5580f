"""Two facing pages are told from two columns."""

import numpy as np
from PIL import Image

from documents.ocr.clean import rotate
from documents.ocr.clean.look import Look
from documents.ocr.clean.spread import fold


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


def test_pages_that_lie_crooked_to_each_other_are_two(page: Image.Image) -> None:
    found = fold(Look.at(beside(rotate(page, 1.5), rotate(page, -1.5))))
    assert found is not None
    assert abs(found - page.width) <= 120


def test_two_columns_are_one_page(page: Image.Image) -> None:
    assert fold(Look.at(beside(page, page))) is None


def test_a_page_that_is_higher_than_wide_is_one(page: Image.Image) -> None:
    assert fold(Look.at(page)) is None
