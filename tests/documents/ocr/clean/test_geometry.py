import numpy as np
import pytest
from PIL import Image

from documents.ocr.clean import rotate
from documents.ocr.clean.geometry import (
    Projective,
    Route,
    box_back,
    boxes_back,
    cut,
    scale,
    turn,
    turned_size,
)
from documents.ocr.elements import Box


@pytest.mark.parametrize("degrees", [0.5, -7, 12, 33, 90, 180, 270, -90])
def test_box_is_mapped_back(degrees: float) -> None:
    image, box = Image.new("L", (600, 400), 255), Box(100, 300, 160, 330)
    image.paste(0, box)
    turned = rotate(image, degrees)
    found = turned.point(lambda value: 255 * (value < 128)).getbbox()
    assert found is not None
    assert turned.size == turned_size(degrees, image.size)

    back = box_back(turn(degrees, image.size), Box(*found), image.size)

    slack = 0 if degrees % 90 == 0 else 2 + 60 * abs(np.sin(2 * np.radians(degrees)))
    assert back.x0 <= box.x0 + 2
    assert back.y0 <= box.y0 + 2
    assert back.x1 >= box.x1 - 2
    assert back.y1 >= box.y1 - 2
    assert np.abs(np.subtract(back, box)).max() <= slack


@pytest.mark.parametrize("degrees", [3, -12, 90, 45])
def test_box_mapped_back_stays_on_the_image(degrees: float) -> None:
    width, height = turned_size(degrees, (600, 400))

    for box in (Box(0, 0, 1, 1), Box(width - 1, height - 1, width, height), Box(0, 0, width, height)):
        back = box_back(turn(degrees, (600, 400)), box, (600, 400))
        assert 0 <= back.x0 < back.x1 <= 600
        assert 0 <= back.y0 < back.y1 <= 400


def test_a_route_is_undone_from_its_end() -> None:
    """An image of 600 × 400, of which half was cut off on the left, and the rest made twice as large."""
    route = Route((cut(300, 0), scale((300, 400), (600, 800)), turn(90, (600, 800))))

    assert box_back(route, Box(0, 0, 20, 40), (600, 400)) == Box(300, 390, 320, 400)


def test_points_come_forth_to_where_they_came_back_from() -> None:
    leaning = Projective(np.array([[1.1, 0.1, 5], [0.05, 0.9, 3], [1e-4, 2e-4, 1]]))
    route = Route((cut(30, 10), leaning, scale((300, 400), (600, 800)), turn(7, (600, 800))))
    points = np.array([(0.5, 0.5), (200, 30), (599.5, 799.5)])
    assert np.allclose(route.forth(route.back(points)), points)


def test_without_steps_nothing_moves() -> None:
    assert box_back(Route(), Box(1, 2, 3, 4), (10, 10)) == Box(1, 2, 3, 4)
    assert boxes_back(Route(), [], (10, 10)) == []
