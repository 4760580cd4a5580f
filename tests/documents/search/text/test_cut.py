"""The strip of a page's image around a hit."""

from io import BytesIO

import pytest
from PIL import Image

from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.search.text.cut import cut, usual, window_around
from documents.search.text.places import Span

RED = (200, 0, 0)


def span(box: Box, line: Box | None = None) -> Span:
    word = Word("word", 90, box)
    return Span(0, 4, word, Line((word,), line or box))


def scan(scale: float = 1.0) -> tuple[BytesIO, PageText]:
    """A white page of 1000 × 1400 pixels with a red word at (400, 700), as a picture of another size."""
    box = Box(400, 700, 500, 720)
    picture = Image.new("RGB", (1000, 1400), "white")
    picture.paste(RED, box)
    file = BytesIO()
    picture.resize((round(1000 * scale), round(1400 * scale))).save(file, "JPEG", quality=95)
    word = Word("invoice", 90, box)
    page = PageText(1000, 1400, (Block((Line((word,), box),), box),))
    file.seek(0)
    return file, page


def colour_at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    colour = picture.convert("RGB").getpixel((x, y))
    assert isinstance(colour, tuple)
    return colour


def strip(scale: float = 1.0) -> Image.Image:
    file, page = scan(scale)
    content = cut(file, page, [(0, 7)])
    assert content is not None
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("scale", [1.0, 0.5, 2.0])
def test_the_word_stands_in_the_middle_of_the_strip_whatever_the_scale(scale: float) -> None:
    picture = strip(scale)
    assert picture.format == "JPEG"
    assert picture.width == pytest.approx(5 * picture.height, rel=0.05)
    red, green, _blue = colour_at(picture, picture.width // 2, picture.height // 2)
    assert (red > 150, green < 60) == (True, True)


def test_the_hit_is_tinted_and_what_is_around_it_is_not() -> None:
    picture = strip()
    edge_of_hit = colour_at(picture, picture.width // 2, picture.height // 2 - 11)
    beside = colour_at(picture, 10, 10)
    assert edge_of_hit[2] < 190, "the white beside the letters is yellow"
    assert min(beside) > 245


def test_a_range_without_a_word_gives_nothing() -> None:
    file, page = scan()
    assert cut(file, page, [(7, 9)]) is None


def test_ranges_that_lie_elsewhere_do_no_harm() -> None:
    file, page = scan()
    assert cut(file, page, [(0, 7), (100, 200), (3, 1)]) is not None


def test_a_window_never_leaves_the_page() -> None:
    corner = window_around([span(Box(0, 0, 60, 20))], Box(0, 0, 60, 20), 1000, 1400)
    assert (corner.x0, corner.y0) == (0, 0)
    other = window_around([span(Box(950, 1385, 1000, 1400))], Box(950, 1385, 1000, 1400), 1000, 1400)
    assert (other.x1, other.y1) == (1000, 1400)


def test_a_small_page_is_shown_whole() -> None:
    box = Box(0, 0, 60, 40)
    assert window_around([span(box)], box, 60, 40) == Box(0, 0, 60, 40)


def test_short_letters_are_not_shown_larger_than_tall_ones_of_their_line() -> None:
    line = Box(0, 100, 900, 130)
    low = window_around([span(Box(300, 112, 340, 124), line)], Box(300, 112, 340, 124), 1000, 1400)
    tall = window_around([span(Box(300, 100, 340, 130), line)], Box(300, 100, 340, 130), 1000, 1400)
    assert low.height == tall.height


def test_a_line_that_runs_down_the_page_does_not_make_the_strip_as_tall_as_itself() -> None:
    box = Box(500, 300, 530, 330)
    assert window_around([span(box, Box(500, 100, 530, 1300))], box, 1000, 1400).height < 300


def test_a_long_phrase_is_shown_whole() -> None:
    box = Box(100, 100, 900, 120)
    window = window_around([span(box)], box, 1000, 1400)
    assert window.x0 <= box.x0
    assert window.x1 >= box.x1


def test_a_dash_is_shown_as_large_as_the_words_around_it() -> None:
    dash = Box(300, 112, 312, 115)
    assert window_around([span(dash)], dash, 1000, 1400, 24).height > 60
    words = [
        Word(text, 90, Box(0, 0, *size))
        for text, size in (("—", (12, 3)), ("go", (50, 24)), ("so", (48, 25)))
    ]
    assert usual(words) == 24
