"""A text is laid upon its image, whatever size it was written for."""

from dataclasses import replace

import pytest

from documents.errors import TextMisfit
from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.fitting import fitted


def text(width: int, height: int, box: Box, rotation: int = 0) -> PageText:
    block = Block.of([Line.of([Word("a", 90.0, box)])])
    return PageText(width, height, (block,), rotation=rotation)


def box_of(page: PageText) -> Box:
    return page.words[0].box


def test_boxes_are_scaled_to_the_image() -> None:
    page = fitted(text(100, 200, Box(10, 20, 31, 40)), (50, 100))
    assert (page.width, page.height, box_of(page)) == (50, 100, Box(5, 10, 16, 20))


def test_boxes_beyond_the_edge_are_cut() -> None:
    page = fitted(text(100, 200, Box(-10, 190, 300, 250)), (100, 200))
    assert box_of(page) == page.blocks[0].box == Box(0, 190, 100, 200)
    assert box_of(fitted(text(100, 200, Box(300, 300, 400, 400)), (100, 200))) == Box(99, 199, 100, 200)


def test_a_turned_page_is_laid_upon_the_turned_image() -> None:
    page = fitted(text(100, 200, Box(10, 20, 30, 40), rotation=90), (400, 200))
    assert (page.width, page.height, box_of(page)) == (200, 400, Box(20, 40, 60, 80))


def test_a_text_of_unknown_size_has_that_of_the_image() -> None:
    page = fitted(text(0, 0, Box(10, 20, 300, 40)), (100, 200))
    assert (page.width, page.height, box_of(page)) == (100, 200, Box(10, 20, 100, 40))


def test_a_margin_less_is_no_other_shape() -> None:
    assert fitted(text(2100, 2970, Box(0, 0, 2100, 2970)), (2480, 3400)).width == 2480


@pytest.mark.parametrize("size", [(200, 100), (100, 180)])
def test_another_shape_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(TextMisfit, match="100 × 200"):
        fitted(text(100, 200, Box(0, 0, 1, 1)), size)


def test_what_fits_stays_as_it_is() -> None:
    page = replace(text(100, 200, Box(10, 20, 30, 40)), engine="x", languages=("deu",))
    assert fitted(page, (100, 200)) == page
