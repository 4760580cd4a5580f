"""A part of a page, cut out and read by itself."""

import pytest
from PIL import Image

from documents.ocr.clean import rotate
from documents.ocr.elements import Box
from documents.ocr.files.load import PageImage
from documents.ocr.options import Layout, Options
from documents.ocr.parts import cut_out, read_part
from tests.doubles import EchoEngine
from tests.files import text_image

ENGLISH = Options(languages=("eng",))
SECOND_LINE = Box(30, 90, 580, 150)


@pytest.fixture(scope="module")
def letter() -> Image.Image:
    return text_image(["first words here", "second words here", "third words here"], size=(600, 240), px=40)


def words(
    image: Image.Image, part: Box, *, rotation: int = 0, size: tuple[int, int] | None = None
) -> list[str]:
    opened = PageImage(image, size or image.size)
    read = read_part(cut_out(opened, rotation, part), Options(languages=("eng",), layout=Layout.LINE))
    for block in read.blocks:
        assert Box.around([block.box, part]) == part  # nothing sticks out
    return [word.text for word in read.words]


def test_only_the_part_is_read(letter: Image.Image) -> None:
    assert words(letter, SECOND_LINE) == ["second", "words", "here"]


def test_boxes_are_those_of_the_page(letter: Image.Image) -> None:
    cut = cut_out(PageImage(letter, letter.size), 0, SECOND_LINE)
    first = read_part(cut, Options(languages=("eng",), layout=Layout.LINE)).words[0]
    assert first.text == "second"
    assert abs(first.box.x0 - 42) <= 4
    assert 100 <= first.box.y0 < first.box.y1 <= 150


def test_a_page_that_was_turned_is_cut_as_it_is_shown(letter: Image.Image) -> None:
    assert words(rotate(letter, 270), SECOND_LINE, rotation=90) == ["second", "words", "here"]


def test_it_is_told_as_a_page_in_the_languages_that_were_found_on_it(letter: Image.Image) -> None:
    opened = PageImage(rotate(letter, 270), (480, 1200))
    read = read_part(cut_out(opened, 90, Box(0, 0, 1200, 480)), Options(engine="tesseract"))
    assert (read.width, read.height, read.rotation, read.languages) == (1200, 480, 90, ("eng",))


def test_a_page_that_was_opened_smaller_is_cut_in_its_own_pixels(letter: Image.Image) -> None:
    twice = Box(*(2 * side for side in SECOND_LINE))
    assert words(letter, twice, size=(1200, 480)) == ["second", "words", "here"]


def test_a_part_at_the_edge_of_the_page_is_as_large_as_it_can_be(letter: Image.Image) -> None:
    cut = cut_out(PageImage(letter, (300, 120)), 0, Box(299, 119, 300, 120))
    assert cut.image.size == (2, 2)


def test_what_an_engine_says_beyond_the_part_is_kept_inside(echo: EchoEngine) -> None:
    part = Box(10, 10, 18, 18)
    [block] = read_part(cut_out(PageImage(Image.new("L", (50, 50), 255), (50, 50)), 0, part), ENGLISH).blocks
    assert Box.around([block.box, part]) == part
    assert all(word.box.width >= 1 and word.box.height >= 1 for word in block.lines[0].words)
