"""A crooked page is set straight where its lines rise by more than an engine bears."""

import pytest
from PIL import Image

from documents.ocr.clean import rotate, skew
from documents.ocr.clean.look import Look
from documents.ocr.clean.straight import straightened, straightened_downwards, straightening
from documents.ocr.elements import Cure
from tests.files import columns_image, text_image


@pytest.mark.parametrize("degrees", [1.5, -3, 12])
def test_a_crooked_page_is_set_straight(page: Image.Image, degrees: float) -> None:
    crooked = rotate(page, degrees)
    step = straightened(crooked, Look.at(crooked))
    assert step is not None
    assert step.treatment is not None
    assert step.treatment.cure is Cure.STRAIGHTENED
    assert step.treatment.amount == pytest.approx(-degrees, abs=0.1)
    assert skew(step.image) == 0.0


def test_short_lines_that_hardly_rise_stay_as_they_are() -> None:
    receipt = rotate(text_image(["Total 12.50, change 7.50"] * 20, size=(600, 1400), px=36), 0.8)
    assert skew(receipt) == pytest.approx(0.8, abs=0.1)
    assert straightened(receipt, Look.at(receipt)) is None


def test_the_same_turn_is_too_much_for_long_lines() -> None:
    line = "The quick brown fox jumps over the lazy dog, and runs away into the forest for the night."
    crooked = rotate(text_image([line] * 20, size=(1600, 1200), px=28), 0.8)
    assert straightened(crooked, Look.at(crooked)) is not None


@pytest.mark.parametrize("degrees", [2, -2])
def test_a_few_columns_below_level_lines_are_set_straight(degrees: float) -> None:
    page = columns_image((700, 1400))
    page.paste(text_image(["Human beings are born free and equal in dignity"] * 5, size=(900, 500)), (90, 90))
    crooked = rotate(page, degrees)
    step = straightened_downwards(crooked, Look.at(crooked))
    assert step is not None
    assert step.treatment is not None
    assert step.treatment.amount == pytest.approx(-degrees, abs=0.15)


def test_a_blank_page_stays() -> None:
    blank = Image.new("L", (400, 300), 255)
    assert straightened(blank, Look.at(blank)) is None


def test_a_page_that_would_be_larger_than_an_engine_takes_stays(
    page: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    crooked = rotate(page, 3)
    step = straightened(crooked, Look.at(crooked))
    assert step is not None
    monkeypatch.setattr("documents.ocr.clean.resolution.MAX_SIDE", max(step.image.size) - 1)
    assert straightened(crooked, Look.at(crooked)) is None


def test_a_long_strip_that_would_take_too_much_memory_stays() -> None:
    """From 18 to 60 megapixels."""
    line = text_image(
        ["The quick brown fox jumps over the lazy dog, and so on. " * 12], size=(14_000, 80), px=40
    )
    sheet = Image.new("L", (14_000, 4_000), 250)
    for y in range(0, 4_000, 80):
        sheet.paste(line, (0, y))
    strip = sheet.rotate(-13, Image.Resampling.BICUBIC, fillcolor=250).crop((0, 1_350, 14_000, 2_650))
    look = Look.at(strip)
    assert straightening(strip, look) == pytest.approx(-13, abs=0.2)
    assert straightened(strip, look) is None
