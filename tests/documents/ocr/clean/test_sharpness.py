"""A photo that is out of focus is sharpened by as much as it is blurred."""

import pytest
from PIL import Image, ImageFilter

from documents.ocr.clean.look import Look
from documents.ocr.clean.sharpness import in_focus


@pytest.mark.parametrize("deviation", [2, 4])
def test_the_blur_is_measured(page: Image.Image, deviation: float) -> None:
    blurred = page.filter(ImageFilter.GaussianBlur(deviation))
    assert Look.at(blurred).blur == pytest.approx(deviation, rel=0.3)


def test_a_blurred_page_is_sharpened(page: Image.Image) -> None:
    blurred = page.filter(ImageFilter.GaussianBlur(4))
    step = in_focus(blurred, Look.at(blurred))
    assert step is not None
    assert (Look.at(step.image).blur or 9.0) < 3


def test_a_sharp_page_stays(page: Image.Image) -> None:
    assert in_focus(page, Look.at(page)) is None


def test_small_letters_of_a_good_scan_stay(page: Image.Image) -> None:
    """Their edges are as soft as any, which is a tenth of their height."""
    small = page.filter(ImageFilter.GaussianBlur(3)).reduce(3)
    look = Look.at(small)
    assert (look.blur or 0.0) > 0.09 * (look.letter_height or 9.0)
    assert in_focus(small, look) is None


def test_an_image_without_edges_stays() -> None:
    blank = Image.new("L", (400, 300), 255)
    assert in_focus(blank, Look.at(blank)) is None
