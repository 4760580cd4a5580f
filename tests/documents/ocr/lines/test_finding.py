import numpy as np
import pytest

from documents.ocr.lines.finding import Floats, chances, find, outlines
from documents.ocr.lines.quads import Pixels

INK = 0.0  # of what a network gets, -1 is black and 1 white


def dark(images: Floats) -> Floats:
    """In place of a network: what is black is inside a line for sure."""
    return (images[0, 0] < INK).astype(np.float32)


def white(height: int, width: int) -> Pixels:
    return np.full((height, width, 3), 255, np.uint8)


def page_with(*bars: tuple[int, int, int, int], height: int = 1000, width: int = 800) -> Pixels:
    page = white(height, width)
    for x0, y0, x1, y1 in bars:
        page[y0:y1, x0:x1] = 0
    return page


def test_a_line_reaches_a_little_beyond_what_the_network_draws_of_it() -> None:
    [quad] = find(page_with((100, 200, 500, 230)), dark)
    growth = 400 * 30 * 1.6 / (2 * 430)
    left, top = quad.corners[0]
    right, bottom = quad.corners[2]
    assert (left, top) == pytest.approx((100 - growth, 200 - growth), abs=3)
    assert (right, bottom) == pytest.approx((500 + growth, 230 + growth), abs=3)


def test_no_line_reaches_beyond_the_page() -> None:
    [quad] = find(page_with((0, 0, 800, 40)), dark)
    assert quad.corners.min() == 0
    assert quad.corners[:, 0].max() == 800


def test_a_blank_page_has_no_lines() -> None:
    assert find(white(600, 400), dark) == []


def test_what_is_thin_or_unlikely_is_no_line() -> None:
    inside = np.zeros((200, 200), np.float32)
    inside[20:21, 10:150] = 1
    inside[100:120, 10:150] = 0.4
    assert outlines(inside) == []
    inside[100:120, 10:150] = 0.6
    assert len(outlines(inside)) == 1


def test_corners_go_clockwise_from_the_top_left() -> None:
    inside = np.zeros((200, 300), np.float32)
    inside[50:70, 40:250] = 1
    [(top_left, top_right, bottom_right, bottom_left)] = outlines(inside)
    assert top_left[0] < top_right[0]
    assert top_left[1] < bottom_left[1]
    assert bottom_right.tolist() > bottom_left.tolist()
    assert bottom_right[1] > top_right[1]


def test_a_page_seen_in_bands_is_seen_whole() -> None:
    seen = list[tuple[int, ...]]()

    def network(images: Floats) -> Floats:
        seen.append(images.shape)
        return dark(images)

    page = np.random.default_rng(1).integers(0, 255, (1984, 1408, 3), np.uint8)
    assert (chances(page, network) == (page[:, :, 0] < 128)).all()
    assert len(seen) > 1
    assert max(height * width for _one, _three, height, width in seen) < 1_300_000


def test_the_network_sees_what_stands_beyond_a_band() -> None:
    def edges(images: Floats) -> Floats:
        found = dark(images)
        found[0] = found[-1] = 1  # a network is unsure of what it sees in part
        return found

    inside = chances(white(1984, 1408), edges)
    assert inside[1:-1].max() == 0


@pytest.mark.parametrize("size", [(20, 60), (30, 2000), (3000, 100), (5000, 4000), (1, 1)])
def test_a_network_gets_sides_that_it_can_take(size: tuple[int, int]) -> None:
    def network(images: Floats) -> Floats:
        _one, _three, height, width = images.shape
        assert height % 32 == width % 32 == 0
        assert 32 <= height * width < 1_300_000
        return dark(images)

    assert find(white(*size), network) is not None


def test_a_line_as_wide_as_its_page_is_found_where_it_stands() -> None:
    [quad] = find(page_with((40, 8, 1900, 26), height=34, width=2000), dark)
    assert 0 <= quad.corners[:, 1].min() <= 8
    assert 26 <= quad.corners[:, 1].max() <= 34
