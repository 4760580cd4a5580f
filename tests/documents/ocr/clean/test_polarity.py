"""Light letters become dark ones, on the whole page or in panels."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

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


def test_a_panel_in_colour_is_inverted_in_grey(page: Image.Image) -> None:
    """On pastel, letters are passed over."""
    mixed = page.convert("RGB")
    mixed.paste(ImageOps.colorize(page.crop(PANEL), "white", (20, 40, 90)), PANEL)
    step = with_dark_letters(mixed, Look.at(mixed))
    assert step is not None
    red, green, blue = step.image.crop(PANEL).split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()
    assert np.median(np.asarray(red)) > 200


def test_the_colours_around_a_panel_stay(page: Image.Image) -> None:
    mixed = ImageOps.colorize(page, (0, 60, 0), (255, 240, 220))
    mixed.paste(inverted(page.crop(PANEL)), PANEL)
    step = with_dark_letters(mixed, Look.at(mixed))
    assert step is not None
    below = (0, PANEL[3] + 40, *page.size)
    assert step.image.crop(below).tobytes() == mixed.crop(below).tobytes()


def test_the_ground_of_panels_of_any_shade_becomes_white(page: Image.Image) -> None:
    """On grey, an engine loses the words of a bar, or pale ones below it."""
    mixed = page.copy()
    bars = ((*PANEL[:3], 600), (PANEL[0], 600, *PANEL[2:]))
    for bar, ground in zip(bars, (30, 90), strict=True):
        light = page.crop(bar).point(lambda shade, ground=ground: 240 - shade * (240 - ground) // 255)
        mixed.paste(light, bar)
    step = with_dark_letters(mixed, Look.at(mixed))
    assert step is not None
    for x0, y0, x1, y1 in bars:
        inside = np.asarray(step.image.crop((x0 + 8, y0 + 8, x1 - 8, y1 - 8)))
        assert np.percentile(inside, (0, 50)).tolist() == pytest.approx((16, 255), abs=16)
        assert (inside > 250).mean() > 0.6


def test_a_broad_letter_of_a_panel_stays_whole(page: Image.Image) -> None:
    poster = page.copy()
    poster.paste(page.crop(PANEL).point(lambda shade: 235 - shade * 195 // 255), PANEL)
    stem = (200, 500, 260, 700)
    poster.paste(235, stem)
    step = with_dark_letters(poster, Look.at(poster))
    assert step is not None
    assert np.asarray(step.image.crop(stem)).max() < 60


def test_dark_letters_stay_as_they_are(page: Image.Image) -> None:
    for image in (page, page.point(lambda value: value // 5), page.point(lambda value: 100 + value // 4)):
        assert with_dark_letters(image, Look.at(image)) is None


def test_a_dark_picture_without_letters_stays(page: Image.Image) -> None:
    pictured = page.copy()
    pictured.paste(25, PANEL)
    assert with_dark_letters(pictured, Look.at(pictured)) is None


def test_the_squares_of_a_qr_code_are_no_panels() -> None:
    code = cv2.QRCodeEncoder.create().encode("Kitchen 7b")
    page = Image.fromarray(np.kron(code, np.full((10, 10), 1, np.uint8)))
    framed = Image.new("L", (page.width + 80, page.height + 80), 255)
    framed.paste(page, (40, 40))
    assert with_dark_letters(framed, Look.at(framed)) is None
