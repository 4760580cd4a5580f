import pytest
from PIL import Image

from documents.ocr.clean import paper, rotate
from tests.files import text_image


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize(
    ("degrees", "corner"), [(90, (29, 0)), (180, (29, 19)), (270, (0, 19)), (-90, (0, 19))]
)
def test_quarter_turns_are_exact(mode: str, degrees: float, corner: tuple[int, int]) -> None:
    upright = degrees % 180 == 0
    image = Image.new(mode, (30, 20) if upright else (20, 30), "white")
    image.putpixel((0, 0), 0 if mode == "L" else (0, 0, 0))

    turned = rotate(image, degrees)

    assert (turned.size, turned.mode) == ((30, 20), mode)
    grey = turned.convert("L")
    assert grey.getpixel(corner) == 0
    assert grey.histogram()[255] == 599


@pytest.mark.parametrize("degrees", [0, 360])
def test_no_turn_is_no_work(degrees: float) -> None:
    page = text_image()
    assert rotate(page, degrees) is page


def test_new_corners_have_the_colour_of_the_paper() -> None:
    image = Image.new("RGB", (300, 200), (240, 230, 210))
    image.paste("black", (100, 50, 200, 150))

    assert paper(image) == (240, 230, 210)
    assert rotate(image, 10).getpixel((0, 0)) == (240, 230, 210)
    assert rotate(image.convert("L"), 10).getpixel((0, 0)) == paper(image.convert("L"))
