import numpy as np
import pytest
from PIL import Image, ImageDraw

from documents.ocr.elements import Box
from documents.ocr.tiling import Tile, busiest, tiles

LETTER = 20.0


def columns_of_lines(size: tuple[int, int], columns: int, *, pitch: int = 40) -> Image.Image:
    """Bars as high as letters for lines of text, in columns that are 60 pixels apart."""
    image = Image.new("L", size, 255)
    draw, breadth = ImageDraw.Draw(image), size[0] // columns
    for column in range(columns):
        for y in range(10 + 7 * column, size[1] - 30, pitch):
            draw.rectangle((column * breadth + 30, y, (column + 1) * breadth - 30, y + 20), fill=0)
    return image


def cut(image: Image.Image, *, widest: int = 1000, highest: int = 10_000, most: int = 300_000) -> list[Tile]:
    return tiles(image, image.size, letter=LETTER, widest=widest, highest=highest, most=most)


def test_tiles_fill_the_page_and_do_not_overlap() -> None:
    owned = np.zeros((1500, 1700), np.uint8)
    for tile in cut(columns_of_lines((1700, 1500), 3)):
        owned[tile.own.y0 : tile.own.y1, tile.own.x0 : tile.own.x1] += 1
    assert (owned == 1).all()


def test_cuts_run_between_columns_and_between_lines() -> None:
    image = columns_of_lines((1800, 1200), 3)
    paper = np.asarray(image) == 255
    for tile in cut(image):
        assert tile.own.x0 in (0, 600, 1200) or abs(tile.own.x0 % 600 - 300) > 270
        assert paper[tile.own.y0, tile.own.x0 : tile.own.x1].all()


def test_tiles_are_no_larger_than_they_may_be() -> None:
    for tile in cut(columns_of_lines((3000, 2500), 2), widest=800, most=200_000):
        assert tile.own.width <= 800
        assert tile.own.width * tile.own.height <= 200_000


def test_tiles_of_a_narrow_page_are_no_higher_than_they_may_be() -> None:
    parts = cut(columns_of_lines((200, 9000), 1), highest=2000, most=1_000_000)
    assert len(parts) > 4
    assert max(part.box.height for part in parts) <= 2000


@pytest.mark.parametrize("wide", [3, 15])
def test_every_word_belongs_to_one_tile_that_shows_it_whole(wide: int) -> None:
    """Also where nothing is white, so that cuts go through words, ``wide`` heights of a letter wide."""
    parts = cut(columns_of_lines((900, 900), 1, pitch=24), widest=400, most=90_000)
    for x, y in np.random.default_rng(1).integers(0, 840, (300, 2)):
        word = Box(int(x), int(y), min(int(x) + wide * 20, 900), int(y) + 20)
        (owner,) = [part for part in parts if part.owns(word)]
        assert owner.box.x0 <= word.x0
        assert owner.box.x1 >= word.x1
        assert owner.box.y0 <= word.y0
        assert owner.box.y1 >= word.y1


def test_tiles_without_ink_are_left_out() -> None:
    image = columns_of_lines((800, 400), 1)
    page = Image.new("L", (800, 4000), 255)
    page.paste(image, (0, 3600))
    assert min(tile.own.y1 for tile in cut(page, most=400_000)) > 3600


def test_cuts_found_on_a_small_picture_hold_for_the_page() -> None:
    image = columns_of_lines((1800, 1200), 3)
    small = tiles(image.reduce(2), image.size, letter=LETTER, widest=1000, highest=10_000, most=300_000)
    assert np.array([tile.own for tile in small]) == pytest.approx(
        np.array([tile.own for tile in cut(image)]), abs=60
    )


def test_busiest_places_are_those_with_letters() -> None:
    page = Image.new("L", (2000, 2000), 255)
    page.paste(Image.new("L", (2000, 600), 90))  # a plain dark area
    page.paste(columns_of_lines((400, 300), 1), (1300, 1200))
    places = busiest(page, (400, 300), 3)
    assert abs(places[0].x0 - 1300) < 60
    assert abs(places[0].y0 - 1200) < 60


def test_a_blank_page_has_no_busy_place() -> None:
    assert busiest(Image.new("L", (500, 300), 255), (100, 100), 3) == []
