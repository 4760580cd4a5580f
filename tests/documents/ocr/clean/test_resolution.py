"""Letters are made a good size, whatever the file says of its resolution."""

import pytest
from PIL import Image

from documents.ocr.clean.look import Look
from documents.ocr.clean.resolution import resized
from tests.files import text_image

SENTENCE = "some more or less small words in a row"


@pytest.mark.parametrize("px", [8, 150])
def test_small_and_large_letters_are_resized(px: int) -> None:
    image = text_image([SENTENCE] * 4, size=(px * 24, px * 8), px=px)
    step = resized(image, Look.at(image))
    assert step is not None
    assert step.treatment is not None
    assert (step.treatment.amount > 1) == (px < 20)
    assert step.image.width == pytest.approx(image.width * step.treatment.amount, rel=0.02)


def test_letters_of_a_good_size_stay(page: Image.Image) -> None:
    assert resized(page, Look.at(page)) is None


def test_dust_has_no_size() -> None:
    dust = Image.effect_noise((800, 600), 120)
    assert resized(dust, Look.at(dust)) is None


def test_a_page_grows_no_larger_than_an_engine_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    image = text_image([SENTENCE] * 4, size=(192, 64), px=8)
    step = resized(image, Look.at(image))
    assert step is not None
    monkeypatch.setattr("documents.ocr.clean.resolution.MAX_SIDE", step.image.width - 1)
    assert resized(image, Look.at(image)) is None
