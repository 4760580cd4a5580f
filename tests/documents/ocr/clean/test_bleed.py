"""Print of the other side goes where it shines through, and pale print of this side stays."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from documents.ocr.clean import sheets, tidied
from documents.ocr.clean.bleed import without_other_side
from documents.ocr.clean.look import Look
from documents.ocr.elements import Cure
from documents.ocr.options import Options
from tests.files import text_image

BACK = ["Sphinx of black quartz, judge my vow; waltz, bad nymph."] * 30
PAPER = 255


def pale(image: Image.Image, strength: float, blur: float) -> NDArray[np.float64]:
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(blur)), np.float64)
    return PAPER - (PAPER - soft) * strength


def drawn(values: NDArray[np.float64]) -> Image.Image:
    grain = np.random.default_rng(5).normal(0, 2, values.shape)
    return Image.fromarray(np.clip(values + grain, 0, 255).astype(np.uint8))


def shone_through(page: Image.Image, strength: float) -> Image.Image:
    """As if the page were printed on both sides of thin paper."""
    back = ImageOps.mirror(text_image(BACK, size=page.size, px=34).convert("L"))
    return drawn(np.minimum(np.asarray(page, np.float64), pale(back, strength, 1.5)))


def filled_in(page: Image.Image, strength: float, blur: float) -> Image.Image:
    """Every second line is paler and softer than the others, as from an old ribbon."""
    values = np.array(page, np.float64)
    ribbon, has_ink = pale(page, strength, blur), (np.asarray(page) < 128).any(axis=1)
    edges = np.flatnonzero(np.diff(has_ink.astype(np.int8)))
    for top, bottom in list(zip(edges[::2], edges[1::2], strict=False))[::2]:
        values[top - 3 : bottom + 5] = ribbon[top - 3 : bottom + 5]
    return drawn(values)


@pytest.mark.parametrize("strength", [0.3, 0.5, 0.65])
def test_the_other_side_goes_and_ink_stays(page: Image.Image, strength: float) -> None:
    through = shone_through(page, strength)
    step = without_other_side(through, Look.at(through))
    assert step is not None
    clean, left = np.asarray(page), np.asarray(step.image)
    is_far_from_ink = np.asarray(page.filter(ImageFilter.MinFilter(9))) == PAPER
    assert (left[is_far_from_ink] > 0.9 * PAPER).mean() > 0.999
    assert (left[clean < 64] < 128).mean() > 0.999


def test_it_is_told_what_was_done(page: Image.Image) -> None:
    [sheet] = sheets(tidied(shone_through(page, 0.5), Options()), 0, Options())
    assert [treatment.cure for treatment in sheet.treatments] == [Cure.BLEED]


def test_it_goes_from_coloured_paper(page: Image.Image) -> None:
    grey = np.asarray(shone_through(page, 0.5), np.float64)[..., np.newaxis] / 255
    through = Image.fromarray((grey * np.array([250, 240, 205])).astype(np.uint8))
    step = without_other_side(through, Look.at(through))
    assert step is not None
    assert step.image.mode == "L"


@pytest.mark.parametrize("strength", [0.15, 0.4, 1.0])
def test_a_page_in_one_ink_stays_however_pale(page: Image.Image, strength: float) -> None:
    for blur in (0.5, 1.5):
        printed = drawn(pale(page, strength, blur))
        assert without_other_side(printed, Look.at(printed)) is None


@pytest.mark.parametrize("blur", [0.1, 1.5])
def test_lines_in_paler_ink_stay(page: Image.Image, blur: float) -> None:
    form = filled_in(page, 0.4, blur)
    assert without_other_side(form, Look.at(form)) is None


def test_a_photo_beside_text_stays(page: Image.Image) -> None:
    shades = Image.fromarray(np.random.default_rng(5).integers(40, 220, (12, 16), dtype=np.uint8))
    illustrated = page.copy()
    illustrated.paste(shades.resize((1000, 700), Image.Resampling.BICUBIC), (120, 900))
    assert without_other_side(illustrated, Look.at(illustrated)) is None


def test_a_grey_page_without_text_stays() -> None:
    for shade in (0, 128, 255):
        blank = Image.new("L", (800, 1000), shade)
        assert without_other_side(blank, Look.at(blank)) is None
