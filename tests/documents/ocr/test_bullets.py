"""Bullets on drawn lists."""

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw

from documents.ocr import recognise
from documents.ocr.bullets import with_bullets
from documents.ocr.elements import Block, Box, Line, Word
from documents.ocr.layout.roles import Role, roles
from tests.files import text_image

HEIGHT, STEP = 30, 50
Mark = Callable[[ImageDraw.ImageDraw, Box], object]


def disc(draw: ImageDraw.ImageDraw, box: Box) -> None:
    draw.ellipse(box, fill=0)


def square(draw: ImageDraw.ImageDraw, box: Box) -> None:
    draw.rectangle(box, fill=0)


def ring(draw: ImageDraw.ImageDraw, box: Box) -> None:
    draw.ellipse(box, outline=0, width=3)


def stroke(draw: ImageDraw.ImageDraw, box: Box) -> None:
    draw.line(box, fill=0, width=4)


def begun(
    mark: Mark, read: str = "e", *, lefts: tuple[int, ...] = (40, 40), down: int = 11, gap: int = 12
) -> list[str]:
    """The lines that were ``read`` with this letter for a ``mark`` ten pixels high at their left edges."""
    image = Image.new("L", (400, 200), 255)
    draw, blocks = ImageDraw.Draw(image), list[Block]()
    for at, left in enumerate(lefts):
        top = 20 + at * STEP
        small = Box(left, top + down, left + 9, top + down + 9)
        mark(draw, small)
        text = Box(small.x1 + gap, top, small.x1 + gap + 100, top + HEIGHT)
        draw.rectangle(text, fill=0)
        blocks.append(Block.of([Line.of([Word(read, 60, small), Word("text", 95, text)])]))
    return [block.text for block in with_bullets(blocks, image)]


@pytest.mark.parametrize("mark", [disc, square])
@pytest.mark.parametrize("read", ["¢", "e", "*", "«"])
def test_a_filled_disc_or_square_before_lines_is_a_bullet(mark: Mark, read: str) -> None:
    assert begun(mark, read) == ["• text", "• text"]


@pytest.mark.parametrize("mark", [ring, stroke])
def test_the_ink_of_a_letter_is_none(mark: Mark) -> None:
    assert begun(mark) == ["e text", "e text"]


def test_one_alone_or_at_another_edge_is_a_speck() -> None:
    assert begun(disc, lefts=(40,)) == ["e text"]
    assert begun(disc, lefts=(40, 90)) == ["e text", "e text"]


def test_what_stands_on_the_line_or_close_to_a_word_is_none() -> None:
    assert begun(disc, ".", down=20) == [". text", ". text"]
    assert begun(disc, gap=3) == ["e text", "e text"]


def test_a_list_in_print_is_read_with_its_bullets() -> None:
    lines = ["• milk and butter", "• two loaves of bread", "• a bag of potatoes", "The shop is open."]
    page = recognise(text_image(lines, size=(500, 300), px=28), "eng", engine="tesseract")
    assert page.text.split("\n")[0] == "• milk and butter"
    assert page.text.count("•") == 3
    assert Role.LIST_ITEM in roles(page)
