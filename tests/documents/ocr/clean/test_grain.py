"""Noise is taken out where there is much of it."""

import numpy as np
from PIL import Image

from documents.ocr.clean.grain import without_noise
from documents.ocr.clean.look import Look


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
    random = np.random.default_rng(5).random((page.height, page.width))
    dusty = Image.fromarray(np.where(random < 0.05, 0, np.asarray(page)).astype(np.uint8))
    step = without_noise(dusty, Look.at(dusty))
    assert step is not None
    assert Look.at(step.image).dust == 0


def test_the_grain_of_a_scan_stays(page: Image.Image) -> None:
    scan = grainy(page, 3)
    assert without_noise(scan, Look.at(scan)) is None
