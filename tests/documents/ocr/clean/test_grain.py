"""Noise is taken out where there is much of it."""

import numpy as np
import pytest
from PIL import Image

from documents.ocr.clean.grain import without_noise
from documents.ocr.clean.look import Look
from tests.files import text_image

SMALL_PRINT = ["Clean black print of a program, as small as it stands on many a screen."] * 30


def grainy(page: Image.Image, deviation: float) -> Image.Image:
    noise = np.random.default_rng(5).normal(0, deviation, (page.height, page.width))
    return Image.fromarray(np.clip(np.asarray(page) * 0.7 + 30 + noise, 0, 255).astype(np.uint8))


def test_the_noise_is_measured(page: Image.Image) -> None:
    for deviation in (0, 5, 20):
        assert abs(Look.at(grainy(page, deviation)).noise - deviation) <= 0.5 + deviation / 10


def test_much_noise_goes(page: Image.Image) -> None:
    noisy = grainy(page, 25)
    step = without_noise(noisy, Look.at(noisy))
    assert step is not None
    assert Look.at(step.image).noise < 5


def test_dust_goes(page: Image.Image) -> None:
    speckled = dusty(page, 0.05)
    step = without_noise(speckled, Look.at(speckled))
    assert step is not None
    assert Look.at(step.image).dust == 0


def dusty(page: Image.Image, share: float) -> Image.Image:
    random = np.random.default_rng(5).random((page.height, page.width))
    return Image.fromarray(np.where(random < share, 0, np.asarray(page)).astype(np.uint8))


@pytest.mark.parametrize("px", [8, 9, 10, 11, 12, 13])
def test_strokes_of_small_print_are_no_dust(px: int) -> None:
    """They are a pixel wide, and the middle one of nine pixels would wipe them out."""
    small = text_image(SMALL_PRINT, size=(42 * px, 40 * px), px=px)
    assert without_noise(small, Look.at(small)) is None


@pytest.mark.parametrize("px", [11, 36])
def test_dust_is_counted_among_letters_of_any_size(px: int) -> None:
    page = text_image(SMALL_PRINT, size=(42 * px, 40 * px), px=px)
    for share in (0.01, 0.05, 0.2):
        assert Look.at(dusty(page, share)).dust == pytest.approx(share, rel=0.2)


def test_noise_among_small_print_goes_and_its_strokes_stay() -> None:
    small = text_image(SMALL_PRINT, size=(460, 440), px=11)
    noisy = grainy(small, 25)
    step = without_noise(noisy, Look.at(noisy))
    assert step is not None
    calm, is_ink = np.asarray(step.image).astype(float), np.asarray(small) < 100
    assert Look.at(step.image).noise < 12
    assert calm[~is_ink].mean() - calm[is_ink].mean() > 60


def test_the_grain_of_a_scan_stays(page: Image.Image) -> None:
    scan = grainy(page, 3)
    assert without_noise(scan, Look.at(scan)) is None
