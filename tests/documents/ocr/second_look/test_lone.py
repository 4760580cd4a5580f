from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageFont

from documents.ocr.clean.look import Look
from documents.ocr.elements import Block, Box, Word, lines_of, words_of
from documents.ocr.engines.tesseract import Tesseract
from documents.ocr.options import Layout
from documents.ocr.second_look import with_lone_numbers
from documents.ocr.second_look.lone import is_number
from tests.files import FONT, text_image

PAGE = [
    "All human beings are born free",
    "and equal in dignity and rights.",
    "They are endowed with reason and",
    "conscience and should act towards",
]
MIDDLE = 410


@pytest.fixture(scope="module")
def whole() -> tuple[Block, ...]:
    return Tesseract().read(letter(), ["eng"], timeout=60)


def letter() -> Image.Image:
    return text_image(PAGE, size=(1000, 700), px=40)


def write(page: Image.Image, text: str, x: int, y: int = 500) -> None:
    font = ImageFont.truetype(FONT, 40)
    ImageDraw.Draw(page).text((x, y), text, fill="black", font=font, anchor="ma")


def reader(page: Image.Image) -> Callable[[Box], list[Word]]:
    def read(box: Box) -> list[Word]:
        words = words_of(Tesseract().read(page.crop(box), ["eng"], timeout=60, layout=Layout.LINE))
        return [Word(word.text, word.confidence, on_page(word.box, box)) for word in words]

    return read


def on_page(box: Box, around: Box) -> Box:
    return Box(box.x0 + around.x0, box.y0 + around.y0, box.x1 + around.x0, box.y1 + around.y0)


def never(box: Box) -> list[Word]:
    pytest.fail(f"{box} was read")


@pytest.mark.parametrize("number", ["7", "12", "XIV", "133"])
def test_a_number_that_was_left_out_below_the_text_is_a_block_at_the_end(
    whole: tuple[Block, ...], number: str
) -> None:
    page = letter()
    write(page, number, MIDDLE)
    *before, last = with_lone_numbers(whole, Look.at(page), reader(page))
    assert tuple(before) == whole
    assert last.text == number
    assert last.box.y0 == pytest.approx(508, abs=8)


@pytest.mark.parametrize("shape", ["cross", "arc", "disc", "bar"])
def test_what_is_drawn_is_no_number(whole: tuple[Block, ...], shape: str) -> None:
    page = letter()
    pen, box = ImageDraw.Draw(page), (MIDDLE - 15, 500, MIDDLE + 15, 530)
    match shape:
        case "cross":
            pen.line(box, fill=0, width=4)
            pen.line((box[0], box[3], box[2], box[1]), fill=0, width=4)
        case "arc":
            pen.arc(box, 30, 330, fill=0, width=4)
        case "disc":
            pen.ellipse(box, fill=0)
        case "bar":
            pen.line((MIDDLE, 500, MIDDLE, 530), fill=0, width=4)
    assert with_lone_numbers(whole, Look.at(page), reader(page)) is whole


def test_a_number_that_is_no_part_of_the_page_is_not_read(whole: tuple[Block, ...]) -> None:
    """Neither in the middle of the text nor at one of its edges; or beside a picture."""
    aside, beside = letter(), letter()
    write(aside, "7", MIDDLE + 150)
    write(beside, "7", MIDDLE)
    for x in (700, 800, 900):
        ImageDraw.Draw(beside).ellipse((x, 500, x + 30, 530), outline=0, width=4)
    for page in (aside, beside):
        assert with_lone_numbers(whole, Look.at(page), never) is whole


def test_of_many_numbers_none_is_read(whole: tuple[Block, ...]) -> None:
    page = Image.new("L", (1000, 1400), 255)
    page.paste(letter(), (0, 0))
    for y in range(450, 1350, 100):
        write(page, "7", MIDDLE, y)
    assert with_lone_numbers(whole, Look.at(page), never) is whole


def test_a_page_without_lone_letters_is_left_alone(whole: tuple[Block, ...]) -> None:
    assert with_lone_numbers(whole, Look.at(letter()), never) is whole
    assert with_lone_numbers((), Look.at(letter()), never) == ()
    assert len(list(lines_of(whole))) == len(PAGE)


@pytest.mark.parametrize("text", ["7", "2023", "- 48 -", "(4)", "12.", "II", "xiv", "I.", "V)", "XLII"])
def test_numbers_are_told(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "x", "I", "O", "ll.", "Il", "IIII", "12345", "7a", "...", "-", "lx."])
def test_what_is_no_number_is_told(text: str) -> None:
    assert not is_number(text)
