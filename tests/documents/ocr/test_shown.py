"""The picture of what an engine saw."""

import pytest
from PIL import Image

from documents.ocr.clean import sheets, tidied
from documents.ocr.clean.prepared import Prepared
from documents.ocr.elements import Box
from documents.ocr.options import Cleaning, Options
from documents.ocr.shown import Shown
from documents.ocr.tiling import Tile

INVERTED = Options(cleaning=Cleaning.INVERT, deskew=False)


def test_facing_pages_stand_side_by_side() -> None:
    shown = Shown(1000)
    shown.whole([Prepared(Image.new("L", (40, 30), 10)), Prepared(Image.new("L", (50, 20), 200))])
    assert shown.image.size == (90, 30)
    assert [shown.image.getpixel((x, 5)) for x in (39, 40)] == [10, 200]


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (5, 5), (200, 7)])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_images_of_any_size_are_shown(size: tuple[int, int], mode: str) -> None:
    for colour in ("white", "black"):
        shown = Shown(3000)
        shown.whole(sheets(tidied(Image.new(mode, size, colour), Options()), 90, Options()))
        assert shown.image.size == (size[1], size[0])


def test_a_large_image_is_shown_smaller_and_stays_as_it_is() -> None:
    page = Image.new("L", (400, 30), 255)
    page.info["icc_profile"] = b"a profile"
    shown = Shown(100)
    shown.whole([Prepared(page)])
    assert (shown.image.size, shown.image.info["icc_profile"]) == ((100, 8), b"a profile")
    assert page.size == (400, 30)


def test_tiles_lie_where_they_belong_and_show_what_was_seen_of_them() -> None:
    page = Image.new("L", (800, 400), 200)
    shown = Shown(200)
    shown.ground(page)
    tile = Tile(own=Box(400, 0, 800, 200), box=Box(360, 0, 800, 240), shared=80)
    seen = page.crop(tile.box).resize((220, 120))
    shown.tile(tile, page.size, seen, sheets(tidied(seen, INVERTED), 0, INVERTED))
    shades = {place: shown.image.convert("L").getpixel(place) for place in [(99, 49), (100, 0), (199, 49)]}
    assert shades == {(99, 49): 200, (100, 0): 55, (199, 49): 55}
    assert shown.image.convert("L").getpixel((150, 51)) == 200


def test_a_tile_that_is_too_small_to_be_seen_is_left_out() -> None:
    page = Image.new("L", (800, 400), 200)
    shown = Shown(10)
    shown.ground(page)
    tile = Tile(own=Box(0, 0, 20, 20), box=Box(0, 0, 30, 30), shared=10)
    shown.tile(tile, page.size, page.crop(tile.box), [])
    assert shown.image.convert("L").getextrema() == (200, 200)


def test_before_anything_was_read_there_is_no_picture() -> None:
    with pytest.raises(ValueError, match="nothing was read"):
        _ = Shown(100).image
