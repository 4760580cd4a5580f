"""Bent lines become level, and boxes come back to where they were bent."""

import numpy as np
import pytest
from PIL import Image

from documents.ocr.clean.geometry import boxes_back
from documents.ocr.clean.level import levelled
from documents.ocr.clean.look import Look
from documents.ocr.elements import Box


@pytest.fixture(scope="module")
def bent(page: Image.Image) -> Image.Image:
    """As a page of a thick book: every line rises towards the spine."""
    pixels = np.asarray(page)
    x = np.arange(page.width)
    rows = np.arange(page.height)[:, np.newaxis] - 60 * np.exp(-4 * x / page.width)
    return Image.fromarray(pixels[np.clip(np.rint(rows), 0, page.height - 1).astype(int), x])


def unevenness(image: Image.Image) -> float:
    """Of the feet of the letters in each line, in pixels."""
    look = Look.at(image)
    return look.factor * float(np.median([np.ptp(line[:, 1] + line[:, 3]) for line in look.lines]))


def test_bent_lines_become_level(bent: Image.Image) -> None:
    step = levelled(bent, Look.at(bent))
    assert step is not None
    assert unevenness(bent) > 40
    assert unevenness(step.image) < 20


def test_boxes_come_back_to_the_bent_page(page: Image.Image, bent: Image.Image) -> None:
    boxes = [Box(100, 500, 130, 520), Box(600, 1000, 630, 1020), Box(1100, 1500, 1130, 1520)]
    for box in boxes:
        marked = Image.new("L", page.size, 255)
        marked.paste(0, box)
        step = levelled(marked, Look.at(bent))
        assert step is not None
        assert step.way is not None
        found = step.image.point(lambda value: 255 * (value < 128)).getbbox()
        assert found is not None
        [back] = boxes_back(step.way, [Box(*found)], page.size)
        assert np.abs(np.subtract(back, box)).max() <= 6


def test_points_come_forth_to_the_level_page(bent: Image.Image) -> None:
    step = levelled(bent, Look.at(bent))
    assert step is not None
    assert step.way is not None
    x, y = np.meshgrid(np.linspace(0, bent.width, 40), np.linspace(0, bent.height, 40))
    points = np.column_stack([x.ravel(), y.ravel()])
    assert np.abs(step.way.back(step.way.forth(points)) - points).max() < 0.01


def test_level_lines_stay(page: Image.Image) -> None:
    assert levelled(page, Look.at(page)) is None


def test_lines_that_are_none_are_not_bent() -> None:
    noise = Image.effect_noise((900, 1200), 90)
    assert levelled(noise, Look.at(noise)) is None


def test_a_page_that_would_be_higher_than_an_engine_takes_stays(
    bent: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = levelled(bent, Look.at(bent))
    assert step is not None
    monkeypatch.setattr("documents.ocr.clean.resolution.MAX_SIDE", step.image.height - 1)
    assert levelled(bent, Look.at(bent)) is None


def test_a_page_that_would_take_too_much_memory_stays(
    bent: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.ocr.clean.resolution._MOST_PIXELS", 0)
    monkeypatch.setattr("documents.ocr.clean.resolution._MORE", 1.0)
    assert levelled(bent, Look.at(bent)) is None
