"""Against the real Tesseract with the packs that set-up installs."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from documents.ocr.clean import rotate
from documents.ocr.detection.detect import detect, find_rotation
from documents.ocr.engines.tesseract import Tesseract
from tests.doubles import EchoEngine
from tests.factories import blocks
from tests.files import text_image

pytestmark = pytest.mark.slow

ENGLISH = ["All human beings are born free and equal", "in dignity and rights. They are endowed"]
RUSSIAN = ["Все люди рождаются свободными и равными", "в своем достоинстве и правах. Они наделены"]
GREEK = ["Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και", "ίσοι στην αξιοπρέπεια και τα δικαιώματα"]
GERMAN = ["Alle Menschen sind frei und gleich an Würde", "und Rechten geboren. Sie sind mit Vernunft"]
UKRAINIAN = ["Всі люди народжуються вільними і рівними у", "своїй гідності та правах. Вони наділені"]

CJK = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
JAPANESE = ["すべての人間は、生まれながらにして自由で", "あり、かつ、尊厳と権利とについて平等である"]


def page(lines: list[str]) -> Image.Image:
    return text_image(lines * 3, size=(1100, 500), px=36)


def languages(image: Image.Image) -> set[str]:
    return set(detect(image, Tesseract()).languages)


@pytest.mark.parametrize(
    ("lines", "code"),
    [(ENGLISH, "eng"), (GERMAN, "deu"), (RUSSIAN, "rus"), (UKRAINIAN, "ukr"), (GREEK, "ell")],
)
def test_the_language_of_a_page_is_found(lines: list[str], code: str) -> None:
    assert languages(page(lines)) == {code}


def test_japanese_is_found() -> None:
    image = Image.new("L", (1000, 300), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(CJK, 40)
    for row, line in enumerate(JAPANESE * 2):
        draw.text((40, 40 + 60 * row), line, fill=0, font=font)
    assert languages(image) == {"jpn"}


def test_a_few_words_are_enough() -> None:
    assert languages(text_image(["Привет мир!"], size=(400, 120))) == {"rus"}


def test_two_scripts_on_a_page_are_both_found() -> None:
    assert languages(text_image(["Hello world!", "Привет мир!"])) == {"eng", "rus"}
    assert languages(page([*ENGLISH, *RUSSIAN])) == {"eng", "rus"}


def test_three_scripts_on_a_page_are_all_found() -> None:
    image = text_image([*ENGLISH, *RUSSIAN, *GREEK] * 2, size=(1100, 800), px=36)
    assert languages(image) == {"eng", "rus", "ell"}


def test_a_second_language_further_down_the_page_is_found() -> None:
    image = text_image([*ENGLISH * 6, *GERMAN * 3], size=(1100, 1100), px=36)
    assert languages(image) == {"eng", "deu"}


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_way_the_page_lies_is_found(turned: int) -> None:
    found = detect(rotate(page(ENGLISH), turned), Tesseract())
    assert (found.languages, found.rotation) == (("eng",), -turned % 360)
    assert found.confidence > 80
    assert find_rotation(rotate(page(RUSSIAN), turned), Tesseract(), ["rus"]) == -turned % 360


def test_of_a_few_letters_both_ways_up_are_compared(echo: EchoEngine) -> None:
    """Upside down they may be read with 83."""
    confidences = iter((83, 96))
    echo.reads = lambda _image: blocks("Ring me at six", next(confidences))
    assert find_rotation(text_image(["Ring me at six"]), echo, ["eng"]) == 180


def test_lines_that_are_hardly_read_are_no_evidence(echo: EchoEngine) -> None:
    echo.reads = lambda _image: blocks("Hello world", 45)
    lying = rotate(page(ENGLISH), 90)
    assert find_rotation(lying, echo, ["eng"]) in (90, 270)
    assert find_rotation(lying, echo, ["eng"], at_least=70) == 0


def test_a_short_line_on_its_side_is_a_line(echo: EchoEngine) -> None:
    assert find_rotation(rotate(text_image(["The end"]), 90), echo, ["eng"]) in (90, 270)


def test_vertical_lines_are_upright_a_quarter_from_where_they_are_read_as_level() -> None:
    engine = EchoEngine(languages=("jpn_vert",))
    confidences = iter((30, 92))
    engine.reads = lambda _image: blocks("縦書き", next(confidences))
    assert find_rotation(rotate(page(ENGLISH), 90), engine, ["jpn_vert"]) == 0


def test_a_blank_page_gets_a_default() -> None:
    found = detect(Image.new("L", (300, 400), 255), Tesseract())
    assert (found.languages, found.rotation, found.confidence) == (("eng",), 0, 0.0)


RECEIPT = {
    "deu": [
        "Getränkemarkt Süd",
        "Kopierpapier",
        "Briefumschläge",
        "Batterien AA",
        "Glühbirne",
        "SUMME",
        "BAR",
    ],
    "ell": ["Σιδηρικά Αθήνα", "Καφές ελληνικός", "ΧΑΡΤΙ Α4", "ΜΗΛΑ", "Τετράδιο", "ΣΥΝΟΛΟ", "ΜΕΤΡΗΤΑ"],
    "rus": ["Магазин Хозтовары", "Кофе молотый", "Карандаши", "ТЕТРАДЬ", "Масло", "ИТОГ", "Сдача"],
}


def receipt(lines: list[str], px: int = 26) -> Image.Image:
    """In a typewriter face, with prices at the right."""
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf", px)
    image = Image.new("L", (30 * px, (len(lines) + 4) * 2 * px), 255)
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines, start=2):
        pen.text((2 * px, 2 * row * px), line, fill=20, font=font)
        pen.text((image.width - 2 * px, 2 * row * px), f"{17 * row},{row}9", fill=20, font=font, anchor="ra")
    return image


@pytest.mark.parametrize("code", RECEIPT)
@pytest.mark.parametrize("turned", [0, 90])
def test_a_receipt_in_capitals_and_figures_is_in_one_language(code: str, turned: int) -> None:
    found = detect(rotate(receipt(RECEIPT[code]), turned), Tesseract())
    assert (found.languages, found.rotation) == ((code,), -turned % 360)
