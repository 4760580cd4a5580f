"""A page that was read in the wrong language."""

from dataclasses import replace

import pytest
from PIL import Image

from documents.ocr.clean import rotate
from documents.ocr.detection.doubt import better_languages, doubt, missing_script
from documents.ocr.elements import PageText
from documents.ocr.engines.base import Glance, Inability
from documents.ocr.engines.tesseract import Tesseract
from tests.doubles import EchoEngine
from tests.factories import blocks
from tests.files import text_image

FRENCH = (
    "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de "
    "conscience et doivent agir les uns envers les autres dans un esprit de fraternité. Chacun peut se "
    "prévaloir de tous les droits et de toutes les libertés proclamés dans la présente Déclaration."
)
INSTALLED = ("deu", "eng", "fra", "rus")


def page(text: str, *languages: str, confidence: float = 90.0) -> PageText:
    return PageText(600, 400, blocks(text, confidence), languages)


def test_a_legible_text_in_another_language_is_noticed() -> None:
    assert doubt(page(FRENCH, "eng"), INSTALLED) == ("fra",)


@pytest.mark.parametrize("languages", [("fra",), ("eng", "fra"), ("Latin",), ()])
def test_a_text_in_its_own_language_is_not(languages: tuple[str, ...]) -> None:
    assert doubt(page(FRENCH, *languages), INSTALLED) == ()


def test_a_language_that_is_not_installed_is_not_suggested() -> None:
    assert doubt(page(FRENCH, "eng"), ("deu", "eng")) == ()


def test_a_few_words_may_be_in_any_language() -> None:
    assert doubt(page("Café crème et croissants 4,80", "eng"), INSTALLED) == ()


def test_a_receipt_of_names_and_sums_is_in_none() -> None:
    lines = " ".join(f"Mocha Frappe {number} x 3.50 {number * 3.5}" for number in range(20))
    assert doubt(page(lines, "eng"), INSTALLED) == ()


def test_a_blank_page_has_no_better_language_and_is_not_read_for_that() -> None:
    engine = EchoEngine()
    assert better_languages(page("", "eng"), Image.new("L", (600, 400), 255), engine) == ()
    assert engine.calls == []


def test_lines_of_which_not_a_word_was_read_may_be_in_another_script() -> None:
    image = text_image(RUSSIAN * 3, size=(1100, 500), px=36)
    nothing = PageText(*image.size, (), ("eng",))
    assert better_languages(nothing, image, Tesseract()) == ("rus",)
    assert better_languages(replace(nothing, languages=("rus",)), image, Tesseract()) == ()


def test_dirt_has_no_better_language() -> None:
    dirt = Image.effect_noise((600, 400), 60).point(lambda shade: 0 if shade < 40 else 255)
    assert better_languages(PageText(*dirt.size, (), ("eng",)), dirt, Tesseract()) == ()


@pytest.fixture
def downwards() -> Image.Image:
    """A page whose lines run from top to bottom."""
    return rotate(text_image([FRENCH[:50]] * 6, size=(1300, 500), px=40), 90)


def _better(image: Image.Image, *cannot: Inability) -> tuple[str, ...]:
    engine = EchoEngine(languages=("eng", "jpn"), cannot=cannot)
    engine.reads = lambda _image: blocks("1x wll", confidence=20)  # in any language
    return better_languages(page("二円下", "jpn", confidence=30), image, engine)


def test_a_vertical_page_that_was_not_legible_wants_the_pack_for_it(downwards: Image.Image) -> None:
    assert _better(downwards) == ("jpn_vert",)
    assert _better(rotate(downwards, 90)) == ()


def test_a_pack_that_the_engine_cannot_have_is_not_suggested(downwards: Image.Image) -> None:
    assert _better(downwards, Inability.MORE_LANGUAGES) == ()


ENGLISH = ["All human beings are born free and equal", "in dignity and rights. They are endowed"]
RUSSIAN = ["Все люди рождаются свободными и равными", "в своем достоинстве и правах. Они наделены"]


def _in_two_scripts(*languages: str) -> tuple[Image.Image, PageText]:
    image = text_image([*ENGLISH, *RUSSIAN] * 2, size=(1100, 600), px=36)
    return image, PageText(*image.size, Tesseract().read(image, languages, timeout=60), languages)


def test_some_lines_that_are_not_legible_among_others_are_in_another_script() -> None:
    image, page = _in_two_scripts("eng")
    page = replace(page, blocks=(*page.blocks, *blocks(" ".join(ENGLISH * 9), 96)))
    assert page.confidence is not None
    assert page.confidence >= 75
    assert set(better_languages(page, image, Tesseract())) == {"eng", "rus"}


def test_a_page_in_two_scripts_that_was_read_in_both_has_no_better_language() -> None:
    image, page = _in_two_scripts("eng", "rus")
    assert better_languages(page, image, Tesseract()) == ()


def _missing(
    script: str, *, installed: tuple[str, ...] = ("eng",), confidence: float = 40.0, shape: float = 5.0
) -> tuple[str, ...]:
    """For a page whose shapes look like ``script`` with so much confidence."""
    engine = EchoEngine(languages=installed)
    engine.glances = lambda _image: Glance(0, shape, script)
    image = text_image(ENGLISH * 3, size=(1100, 500), px=36)
    return missing_script(page("Wia AGA", "eng", confidence=confidence), image, engine)


@pytest.mark.parametrize(
    ("script", "pack"), [("Taml", "tam"), ("Beng", "Bengali"), ("Hani", "chi_sim"), ("Cyrl", "Cyrillic")]
)
def test_a_script_that_nothing_installed_reads_is_named(script: str, pack: str) -> None:
    assert _missing(script) == (pack,)


@pytest.mark.parametrize(("script", "installed"), [("Beng", ("asm", "eng")), ("Hani", ("eng", "jpn"))])
def test_a_script_that_can_be_read_is_not_missing(script: str, installed: tuple[str, ...]) -> None:
    assert _missing(script, installed=installed) == ()


def test_a_page_that_is_legible_is_in_no_other_script() -> None:
    assert _missing("Taml", confidence=70.0) == ()


def test_shapes_that_tell_too_little_are_of_no_script() -> None:
    assert _missing("Taml", shape=0.5) == ()
