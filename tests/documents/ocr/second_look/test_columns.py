from collections.abc import Callable, Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from documents.ocr.clean.look import Look
from documents.ocr.elements import Block, Box, Line, Word, lines_of, words_of
from documents.ocr.engines.tesseract import Tesseract
from documents.ocr.options import Layout
from documents.ocr.second_look import with_lost_words
from tests.files import FONT

BILL = [
    ("Apples", "12", "5.40"),
    ("Brown bread", "3", "6.30"),
    ("Cheddar", "1", "7.85"),
    ("Olive oil", "2", "12.40"),
]
FIGURES = sorted(figure for _item, *figures in BILL for figure in figures)
_LEFT, _QUANTITY, _PRICE = 40, 600, 900

ReadRows = Callable[[], Sequence[Block]]


@pytest.fixture(scope="module")
def bill() -> Image.Image:
    image = Image.new("L", (1100, 400), 255)
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 36)
    for row, words in enumerate(BILL):
        for x, word in zip((_LEFT, _QUANTITY, _PRICE), words, strict=True):
            pen.text((x, 40 + 80 * row), word, fill=0, font=font)
    return image


@pytest.fixture(scope="module")
def rows(bill: Image.Image) -> tuple[Block, ...]:
    return Tesseract().read(bill, ["eng"], timeout=60, layout=Layout.TABLE)


@pytest.fixture(scope="module")
def items(rows: tuple[Block, ...]) -> tuple[Block, ...]:
    """The bill as it is read by who passes over its figures."""
    return tuple(Block.of([Line.of(_until(line.words, _QUANTITY))]) for line in lines_of(rows))


def _until(words: Sequence[Word], edge: int) -> list[Word]:
    return [word for word in words if word.box.x0 < edge]


def beyond(blocks: Sequence[Block], edge: int) -> list[str]:
    return sorted(word.text for word in words_of(blocks) if word.box.x0 >= edge - 20)


def never() -> Sequence[Block]:
    pytest.fail("The page was read again.")


def test_figures_that_were_passed_over_are_read_beside_their_items(
    bill: Image.Image, rows: tuple[Block, ...], items: tuple[Block, ...]
) -> None:
    found = with_lost_words(items, Look.at(bill), lambda: rows)
    assert found[: len(items)] == items
    assert beyond(found, _QUANTITY) == FIGURES


def test_figures_of_a_column_that_were_taken_for_an_upright_word_are_read_instead_of_it(
    bill: Image.Image, rows: tuple[Block, ...], items: tuple[Block, ...]
) -> None:
    upright = Word("PN FF", 60.0, Box(_QUANTITY, 40, _QUANTITY + 44, 320))
    found = with_lost_words((*items, Block.of([Line.of([upright])])), Look.at(bill), lambda: rows)
    assert beyond(found, _QUANTITY) == FIGURES


def test_what_was_read_is_not_taken_from_the_rows_once_more(
    bill: Image.Image, rows: tuple[Block, ...]
) -> None:
    prices = tuple(
        Block.of([Line.of([word for word in line.words if not _QUANTITY - 20 <= word.box.x0 < _PRICE - 20])])
        for line in lines_of(rows)
    )
    found = with_lost_words(prices, Look.at(bill), lambda: rows)
    assert beyond(found, _QUANTITY) == FIGURES


def test_a_page_of_which_all_was_read_is_not_read_again(bill: Image.Image, rows: tuple[Block, ...]) -> None:
    assert with_lost_words(rows, Look.at(bill), never) is rows


def test_an_empty_page_is_not_read_again() -> None:
    assert with_lost_words((), Look.at(Image.new("L", (1000, 400), 250)), never) == ()


def test_letters_beside_two_lines_only_are_no_column(
    bill: Image.Image, rows: tuple[Block, ...], items: tuple[Block, ...]
) -> None:
    whole = list(lines_of(rows))[2:]
    read = (*items[:2], *(Block.of([line]) for line in whole))
    assert with_lost_words(read, Look.at(bill), never) is read


def test_what_is_hardly_legible_is_no_column(
    bill: Image.Image, rows: tuple[Block, ...], items: tuple[Block, ...]
) -> None:
    unsure = tuple(
        Block.of([Line.of([Word(word.text, 60.0, word.box) for word in line.words])])
        for line in lines_of(rows)
    )
    assert with_lost_words(items, Look.at(bill), lambda: unsure) is items


def test_a_picture_beside_text_is_no_column(items: tuple[Block, ...], bill: Image.Image) -> None:
    pixels = np.asarray(bill).copy()
    pixels[:, _QUANTITY - 30 :] = 255
    dice = np.random.default_rng(5)
    for x, y in zip(dice.integers(_QUANTITY, 1060, 200), dice.integers(20, 360, 200), strict=True):
        pixels[y : y + 22, x : x + 14] = 0
    picture = Image.fromarray(pixels)

    def read() -> Sequence[Block]:
        return Tesseract().read(picture, ["eng"], timeout=60, layout=Layout.TABLE)

    assert with_lost_words(items, Look.at(picture), read) is items
