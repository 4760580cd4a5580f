"""Light is evened where it is uneven, and only there."""

import numpy as np
import pytest
from PIL import Image, ImageOps

from documents.ocr.clean.light import in_even_light
from documents.ocr.clean.look import Look


def lit(page: Image.Image, light: np.ndarray) -> Image.Image:
    return Image.fromarray((np.asarray(page) * light).astype(np.uint8))


def test_a_shadow_goes_and_its_edge_with_it(page: Image.Image) -> None:
    light = np.ones((page.height, page.width))
    light[:, 620:] = 0.3
    shaded = lit(page, light)
    step = in_even_light(shaded, Look.at(shaded))
    assert step is not None
    paper = np.asarray(page) == 255
    assert (np.asarray(step.image)[paper] > 200).mean() > 0.98
    assert np.asarray(step.image)[np.asarray(page) == 0].mean() < 100


def test_a_dark_page_becomes_light(page: Image.Image) -> None:
    dark = lit(page, np.full((page.height, page.width), 0.2))
    step = in_even_light(dark, Look.at(dark))
    assert step is not None
    assert np.median(np.asarray(step.image)) > 250


def test_coloured_paper_becomes_white(page: Image.Image) -> None:
    orange = ImageOps.colorize(page, (30, 80, 50), (232, 138, 50))
    step = in_even_light(orange, Look.at(orange))
    assert step is not None
    assert np.median(np.asarray(step.image)) > 250
    assert in_even_light(page.convert("RGB"), Look.at(page.convert("RGB"))) is None


@pytest.mark.parametrize("falloff", [1.0, 0.8])
def test_light_as_it_is_in_scans_is_left_alone(page: Image.Image, falloff: float) -> None:
    scan = lit(page, np.linspace(1, falloff, page.width)[np.newaxis, :])
    assert in_even_light(scan, Look.at(scan)) is None


def test_a_black_edge_is_no_shadow(page: Image.Image) -> None:
    edged = page.copy()
    edged.paste(0, (0, 0, 90, page.height))
    assert in_even_light(edged, Look.at(edged)) is None


def test_a_black_image_is_left_alone() -> None:
    black = Image.new("L", (300, 400), 0)
    assert in_even_light(black, Look.at(black)) is None
