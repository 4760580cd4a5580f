from collections.abc import Callable, Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from documents.ocr.clean.look import Look
from documents.ocr.elements import Block, Box, Line, Word, lines_of, words_of
from documents.ocr.engines.tesseract import Tesseract
from documents.ocr.options import Layout
from documents.ocr.reading import moved
from documents.ocr.second_look import with_lost_lines
from tests.files import FONT, text_image

PAGE = [
    "All human beings are born free",
    "and equal in dignity and rights.",
    "They are endowed with reason",
    "and conscience and should act",
]

ReadRow = Callable[[Box, Layout], list[Word]]


@pytest.fixture(scope="module")
def letter() -> Image.Image:
    return text_image(PAGE, size=(1000, 400), px=40)


@pytest.fixture(scope="module")
def whole(letter: Image.Image) -> tuple[Block, ...]:
    return Tesseract().read(letter, ["eng"], timeout=60)


def rows_of(letter: Image.Image) -> tuple[ReadRow, list[Box]]:
    """What reads a row of the page, and the rows that it was asked for."""
    asked = list[Box]()

    def read(row: Box, layout: Layout) -> list[Word]:
        asked.append(row)
        words = words_of(Tesseract().read(letter.crop(row), ["eng"], timeout=60, layout=layout))
        return [Word(word.text, word.confidence, on_page(word.box, row)) for word in words]

    return read, asked


def on_page(box: Box, row: Box) -> Box:
    return Box(box.x0 + row.x0, box.y0 + row.y0, box.x1 + row.x0, box.y1 + row.y0)


def of_lines(*lines: Line) -> tuple[Block, ...]:
    return (Block.of(lines),)


def texts(blocks: Sequence[Block]) -> list[str]:
    return [line.text for line in lines_of(blocks)]


def never(row: Box, _layout: Layout) -> list[Word]:
    pytest.fail(f"{row} was read again")


def test_a_line_that_was_left_out_is_read_where_it_stands(
    letter: Image.Image, whole: tuple[Block, ...]
) -> None:
    first, second, *rest = lines_of(whole)
    read, asked = rows_of(letter)
    found = with_lost_lines(of_lines(first, *rest), Look.at(letter), read)
    assert texts(found) == PAGE
    assert len(asked) == 1
    again = next(line for line in lines_of(found) if line.text == second.text)
    assert again.box == pytest.approx(second.box, abs=12)


def test_of_a_line_whose_end_was_left_out_the_end_is_read(
    letter: Image.Image, whole: tuple[Block, ...]
) -> None:
    first, *rest = lines_of(whole)
    read, _asked = rows_of(letter)
    found = with_lost_lines(of_lines(Line.of(first.words[:2]), *rest), Look.at(letter), read)
    assert sorted(word for text in texts(found) for word in text.split()) == sorted(" ".join(PAGE).split())


def test_lines_that_lie_in_each_other_become_one(letter: Image.Image, whole: tuple[Block, ...]) -> None:
    first, *rest = lines_of(whole)
    tangled = Line.of(first.words[::2]), Line.of(first.words[1::2])
    read, asked = rows_of(letter)
    found = with_lost_lines(of_lines(*tangled, *rest), Look.at(letter), read)
    assert sorted(texts(found)) == sorted(PAGE)
    assert len(asked) == 1


def test_pale_lines_that_lie_in_each_other_become_one(letter: Image.Image, whole: tuple[Block, ...]) -> None:
    pale = letter.point(lambda shade: 212 + shade // 11)
    first, *rest = lines_of(whole)
    tangled = Line.of(first.words[::2]), Line.of(first.words[1::2])
    read, _asked = rows_of(pale)
    found = with_lost_lines(of_lines(*tangled, *rest), Look.at(pale), read)
    assert sorted(len(text.split()) for text in texts(found)) == sorted(len(line.split()) for line in PAGE)


def test_lost_lines_of_two_columns_are_read_one_by_one(letter: Image.Image) -> None:
    beside = Image.new("L", (2 * letter.width, letter.height), 255)
    beside.paste(letter, (0, 0))
    beside.paste(letter, (letter.width, 0))
    read, asked = rows_of(beside)
    found = with_lost_lines((), Look.at(beside), read)
    assert len(asked) == 2 * len(PAGE)
    assert sorted(text.rstrip(".") for text in texts(found)) == sorted(line.rstrip(".") for line in PAGE * 2)


def test_lines_that_lie_in_each_other_stay_where_reading_them_as_one_finds_less(
    letter: Image.Image, whole: tuple[Block, ...]
) -> None:
    first, *rest = lines_of(whole)
    tangled = of_lines(Line.of(first.words[::2]), Line.of(first.words[1::2]), *rest)
    word = Word("born", 95.0, first.words[4].box)
    assert with_lost_lines(tangled, Look.at(letter), lambda _row, _layout: [word]) is tangled


def test_words_of_few_letters_are_read_with_the_line_beside_which_they_stand(
    letter: Image.Image, whole: tuple[Block, ...]
) -> None:
    """As those of a bar of buttons, far apart."""
    bar = Image.new("L", (1000, 520), 255)
    bar.paste(letter, (0, 120))
    pen, font = ImageDraw.Draw(bar), ImageFont.truetype(FONT, 36)
    words = {40: "Home", 240: "Archives", 500: "News", 700: "Settings"}
    for left, word in words.items():
        pen.text((left, 40), word, fill=170, font=font)
    read, asked = rows_of(bar)
    below = moved(whole, lambda box: on_page(box, Box(0, 120, 0, 0)))
    found = with_lost_lines(below, Look.at(bar), read)
    assert sorted(texts(found)) == sorted([*PAGE, "Home Archives News Settings"])
    assert len(asked) == 1


def test_a_page_without_lost_lines_is_left_alone(letter: Image.Image, whole: tuple[Block, ...]) -> None:
    assert with_lost_lines(whole, Look.at(letter), never) is whole


def test_a_page_without_letters_is_left_alone() -> None:
    paper = Image.new("L", (1000, 400), 250)
    assert with_lost_lines((), Look.at(paper), never) == ()


def test_what_is_no_text_is_not_taken_for_a_line(letter: Image.Image, whole: tuple[Block, ...]) -> None:
    fence = np.asarray(letter).copy()
    fence[330:360, 100:900:12] = fence[330:360, 101:901:12] = 0
    picture = Image.fromarray(fence)
    read, asked = rows_of(picture)
    assert with_lost_lines(whole, Look.at(picture), read) is whole
    assert asked


def test_a_page_with_very_many_lost_lines_is_a_picture() -> None:
    grid = np.full((1400, 1000), 255, np.uint8)
    for top in range(20, 1380, 40):
        for left in range(20, 980, 20):
            grid[top : top + 14, left : left + 6] = 0
    assert with_lost_lines((), Look.at(Image.fromarray(grid)), never) == ()
