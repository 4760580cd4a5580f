import numpy as np
import pytest
from PIL import Image, ImageOps

from documents.ocr.clean import rotate
from documents.ocr.detection.sample import FEW_LETTERS, Sample, lies_sideways, may_run_down, take_sample
from documents.ocr.stacking import strip_at
from tests.files import columns_image, text_image

SENTENCE = "The quick brown fox jumps over the lazy dog, and so on."


@pytest.fixture(scope="module")
def letter() -> Image.Image:
    return text_image([SENTENCE] * 20, size=(1240, 1754), px=36)


def darkness(sample: Sample) -> list[bool]:
    """For each strip whether there is ink in its middle."""
    return [bool((np.asarray(strip) < 100).mean() > 0.03) for strip in sample.strips]


def test_a_sample_is_a_few_lines_from_all_over_the_page(letter: Image.Image) -> None:
    sample = take_sample(letter)
    assert sample
    assert 10 <= len(sample.strips) <= 14
    assert all(darkness(sample))
    few = take_sample(letter, FEW_LETTERS)
    assert few
    assert 3 <= len(few.strips) <= 6
    assert few.sheet().height < letter.height / 4


@pytest.mark.parametrize("degrees", [-12, -5, 5, 12])
def test_lines_of_a_crooked_page_are_level_on_the_sample(letter: Image.Image, degrees: float) -> None:
    sample = take_sample(rotate(letter, degrees))
    assert sample
    assert all(strip.height < 70 for strip in sample.strips)  # of 36 pixels are the letters


def test_light_text_on_dark_is_sampled_dark_on_light(letter: Image.Image) -> None:
    sample = take_sample(ImageOps.invert(letter))
    assert sample
    assert all(np.median(np.asarray(strip)) > 200 for strip in sample.strips)
    assert all(darkness(sample))


def test_colour_and_size_make_no_difference(letter: Image.Image) -> None:
    large = letter.resize((letter.width * 3, letter.height * 3)).convert("RGB")
    sample = take_sample(large)
    assert sample
    assert all(strip.mode == "L" and strip.height <= 80 for strip in sample.strips)


def test_of_a_short_paragraph_whole_lines_are_taken() -> None:
    line = "The quick brown fox jumps over the lazy dog, and the dog sleeps on."
    sample = take_sample(text_image([line, line], size=(1600, 300), px=36))
    assert sample
    assert sample.letters >= 2 * len(line)


def test_a_row_of_accents_is_no_line_of_its_own() -> None:
    plain, marked = (take_sample(text_image([word * 8], size=(1200, 200), px=60)) for word in ("UU", "ŮŮ"))
    assert plain
    assert marked
    assert len(marked.strips) == len(plain.strips)


def test_a_lone_word_is_a_sample() -> None:
    sample = take_sample(text_image(["No"], size=(400, 300)))
    assert sample
    assert len(sample.strips) == 1


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (300, 400)])
def test_a_blank_image_has_none(size: tuple[int, int]) -> None:
    assert take_sample(Image.new("L", size, 255)) is None
    assert take_sample(Image.new("L", size, 0)) is None


def test_noise_has_none() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (700, 500), dtype=np.uint8)
    assert take_sample(Image.fromarray(noise)) is None


def test_rows_of_the_sheet_belong_to_strips() -> None:
    sample = Sample((Image.new("L", (50, 30)), Image.new("L", (80, 40))))
    first, second, end = sample.tops
    assert sample.sheet().height == end
    assert [strip_at(row, sample.tops) for row in (0, first, first + 29, second, end)] == [0, 0, 0, 1, 1]
    assert sample.only([1]).strips == sample.strips[1:]


@pytest.mark.parametrize(
    ("degrees", "sideways"), [(0, False), (90, True), (180, False), (270, True), (8, False)]
)
def test_a_page_on_its_side_is_noticed(letter: Image.Image, degrees: float, sideways: bool) -> None:
    assert lies_sideways(rotate(letter, degrees)) is sideways


def test_columns_below_level_paragraphs_are_noticed() -> None:
    page = columns_image((700, 1400), size=(1100, 1600))
    assert may_run_down(page)
    assert lies_sideways(page)
    page.paste(text_image([SENTENCE] * 12, size=(1100, 650), px=30), (0, 0))
    assert may_run_down(page)
    assert not lies_sideways(page)


@pytest.mark.parametrize("degrees", [0, 8])
def test_a_level_page_has_no_columns(letter: Image.Image, degrees: float) -> None:
    assert not may_run_down(rotate(letter, degrees))


def test_lines_within_a_frame_are_found(letter: Image.Image) -> None:
    framed = ImageOps.expand(letter, border=8, fill=0)
    sample = take_sample(framed)
    assert sample
    assert len(sample.strips) >= 3
