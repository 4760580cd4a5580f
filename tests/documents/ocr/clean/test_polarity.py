"""Light letters become dark ones, on the whole page or in panels."""

import numpy as np
import pytest
from PIL import Image

from documents.ocr.clean.look import Look
from documents.ocr.clean.polarity import with_dark_letters
from documents.ocr.elements import Cure

PANEL = (60, 400, 1180, 800)


def inverted(image: Image.Image) -> Image.Image:
    return image.point(lambda value: 255 - value)


def test_a_page_of_light_letters_is_inverted(page: Image.Image) -> None:
    dark = inverted(page)
    step = with_dark_letters(dark, Look.at(dark))
    assert step is not None
    assert np.array_equal(np.asarray(step.image), np.asarray(page))


def test_a_panel_of_light_letters_is_inverted_and_the_rest_is_not(page: Image.Image) -> None:
    mixed = page.copy()
    mixed.paste(inverted(page.crop(PANEL)), PANEL)
    step = with_dark_letters(mixed, Look.at(mixed))
    assert step is not None
    assert step.treatment is not None
    assert step.treatment.cure == Cure.PANELS
    assert (np.asarray(step.image) == np.asarray(page)).mean() > 0.98


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_panel_within_a_panel_is_inverted_once(page: Image.Image, mode: str) -> None:
    outer, frame, inner = (60, 400, 1180, 1200), (300, 600, 860, 840), (360, 660, 800, 780)
    mixed = page.convert(mode)
    mixed.paste(inverted(mixed.crop(outer)), outer)
    mixed.paste("white", frame)
    mixed.paste(inverted(page.convert(mode).crop(inner)), inner)
    step = with_dark_letters(mixed, Look.at(mixed))
    assert step is not None
    for panel in ((*outer[:2], outer[2], frame[1]), inner):
        same = np.asarray(step.image.crop(panel)) == np.asarray(page.convert(mode).crop(panel))
        assert same.mean() > 0.98


def test_dark_letters_stay_as_they_are(page: Image.Image) -> None:
    for image in (page, page.point(lambda value: value // 5), page.point(lambda value: 100 + value // 4)):
        assert with_dark_letters(image, Look.at(image)) is None


def test_a_dark_picture_without_letters_stays(page: Image.Image) -> None:
    pictured = page.copy()
    pictured.paste(25, PANEL)
    assert with_dark_letters(pictured, Look.at(pictured)) is None
