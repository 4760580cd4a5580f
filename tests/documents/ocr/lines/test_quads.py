import numpy as np
from PIL import Image, ImageDraw

from documents.ocr.elements import Box
from documents.ocr.lines.quads import Quad, ink_rows


def quad(*corners: tuple[float, float]) -> Quad:
    return Quad(np.array(corners, np.float32))


LEVEL = quad((10, 20), (110, 20), (110, 40), (10, 40))
TALL = quad((10, 20), (30, 20), (30, 120), (10, 120))
STEEP = quad((0, 0), (100, 50), (90, 70), (-10, 20))  # falls by half its breadth


def test_a_level_line_is_cut_out_as_it_is() -> None:
    page = np.zeros((60, 200, 3), np.uint8)
    page[20:40, 10:110] = 200
    line = LEVEL.cut(page)
    assert line.shape == (20, 100, 3)
    assert line.min() == 200


def test_a_leaning_line_is_cut_out_level() -> None:
    page = Image.new("RGB", (200, 100))
    ImageDraw.Draw(page).polygon([tuple(corner) for corner in STEEP.corners], fill="white")
    line = STEEP.cut(np.asarray(page))
    assert line.shape[:2] == (22, 111)
    assert line[3:-3, 12:-3].min() > 200


def test_a_vertical_line_is_turned_so_that_its_top_is_left() -> None:
    page = np.zeros((200, 60, 3), np.uint8)
    page[20:70, 10:30] = 255
    line = TALL.cut(page)
    assert line.shape == (20, 100, 3)
    assert line[:, :48].min() == 255
    assert line[:, 52:].max() == 0


def test_a_lone_digit_is_not_turned() -> None:
    digit = quad((10, 20), (30, 20), (30, 58), (10, 58))
    assert not digit.is_vertical
    assert digit.cut(np.zeros((100, 60, 3), np.uint8)).shape == (38, 20, 3)


def test_a_part_is_found_on_the_page_again() -> None:
    assert LEVEL.part((0, 1)) == Box(10, 20, 110, 40)
    assert LEVEL.part((0.25, 0.5)) == Box(35, 20, 60, 40)
    assert LEVEL.part((0, 1), (0.25, 0.5)) == Box(10, 25, 110, 30)
    assert STEEP.part((0.5, 1)) == Box(40, 25, 100, 70)


def test_a_part_of_a_vertical_line_counts_from_its_top() -> None:
    assert TALL.part((0.25, 0.5)) == Box(10, 45, 30, 70)
    assert TALL.part((0, 1), (0, 0.25)) == Box(25, 20, 30, 120)


def test_a_line_without_breadth_has_a_pixel() -> None:
    point = quad((5, 5), (5, 5), (5, 5), (5, 5))
    assert point.size == (1, 1)
    assert point.part((0, 1)) == Box(4, 4, 5, 5)


def test_no_part_reaches_beyond_the_page() -> None:
    width, height = 200, 60
    to_the_edge = quad((100, 40), (width, 40), (width, height), (100, height))
    assert to_the_edge.part((0, 1)) == Box(100, 40, width, height)
    assert to_the_edge.part((1, 1)) == Box(width - 1, 40, width, height)
    below = quad((100, height), (width, height), (width, height), (100, height))
    assert below.part((0, 1)) == Box(100, height - 1, width, height)
    above = quad((0, 0), (100, 0), (100, 0), (0, 0))
    assert above.part((0, 0)) == Box(0, 0, 1, 1)


def test_ink_is_what_differs_from_the_paper() -> None:
    line = np.full((20, 100, 3), 220, np.uint8)
    line[5:15, 10:90:8] = 30
    assert ink_rows(line) == (0.25, 0.75)
    assert ink_rows(255 - line) == (0.25, 0.75)


def test_paper_alone_has_no_rows_to_choose() -> None:
    assert ink_rows(np.full((20, 100, 3), 220, np.uint8)) == (0.0, 1.0)
