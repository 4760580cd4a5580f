"""PP-OCR as it is installed."""

from importlib.metadata import PackageNotFoundError

import pytest
from PIL import Image, ImageDraw, ImageFont

from documents.errors import EngineNonsense, EngineNotHere, EngineTimeout, LanguageBeyond
from documents.ocr.children.parent import Children
from documents.ocr.engines import rapidocr
from documents.ocr.engines.base import Inability
from documents.ocr.engines.rapidocr import RapidOcr
from documents.ocr.languages import PACKS
from documents.ocr.lines.alphabets import readable
from tests.files import text_image

pytestmark = pytest.mark.slow

WORK = "documents.ocr.children.rapidocr_work"
NOISE = Image.effect_noise((2000, 2000), 90)  # takes it seconds
CJK = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


def said(image: Image.Image, *languages: str) -> str:
    return "\n\n".join(block.text for block in RapidOcr().read(image, languages or ["eng"], timeout=60))


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_lines_are_read_with_their_spaces(mode: str) -> None:
    image = text_image(["Hello world, good", "morning!"], mode=mode)
    assert said(image).split() == ["Hello", "world,", "good", "morning!"]


def test_words_lie_where_they_stand() -> None:
    image = Image.new("L", (900, 500), 255)
    image.paste(text_image(["Kitchen"], size=(300, 90)), (400, 300))
    [block] = RapidOcr().read(image, ["eng"], timeout=60)
    assert 400 <= block.box.x0 < block.box.x1 <= 700
    assert 300 <= block.box.y0 < block.box.y1 <= 390
    assert block.lines[0].words[0].confidence > 90


def test_an_item_and_its_price_are_one_line() -> None:
    image = text_image(["Apples", "Pears", "Plums"], size=(900, 300))
    image.paste(text_image(["11.20", "2.30", "0.50"], size=(220, 300)), (650, 0))
    assert said(image).replace("\n\n", "\n").splitlines() == ["Apples 11.20", "Pears 2.30", "Plums 0.50"]


def test_languages_are_read_with_their_letters() -> None:
    assert said(text_image(["Größe und Maß"]), "deu") == "Größe und Maß"
    image = Image.new("L", (500, 150), 255)
    ImageDraw.Draw(image).text((40, 40), "北京欢迎你", font=ImageFont.truetype(CJK, 48, index=2))
    assert said(image, "chi_sim") == "北京欢迎你"


def test_english_has_no_chinese_in_it() -> None:
    assert all(character < "\u0250" for character in said(text_image(["家家 *** 家家"]), "eng"))


def test_a_blank_page_has_no_text() -> None:
    assert RapidOcr().read(Image.new("L", (400, 300), 255), ["eng"], timeout=60) == ()


def test_it_reads_the_languages_whose_letters_the_model_has() -> None:
    languages = RapidOcr().languages()
    assert {"eng", "deu", "fra", "pol", "tur", "chi_sim", "chi_tra", "jpn"} <= languages
    assert languages.isdisjoint({"rus", "ell", "vie", "kor", "ara", "Latin"})


def test_the_languages_it_tells_are_those_of_its_model() -> None:
    children = Children(WORK, memory=6 << 30, at_rest=0)
    characters = children.ask({"do": "alphabet"}, timeout=60)["characters"]
    assert RapidOcr().languages() == readable(PACKS, characters)


@pytest.mark.parametrize(
    "found",
    [
        5,
        {},
        {"letters": [["a"]]},
        {"letters": [["a", "b", "c"]], "quad": [], "columns": 0, "rows": [0, 1]},
    ],
)
def test_lines_that_are_none_are_an_error_that_may_pass(
    monkeypatch: pytest.MonkeyPatch, found: object
) -> None:
    monkeypatch.setattr(Children, "ask", lambda *_args, **_kwargs: {"lines": [found]})
    with pytest.raises(EngineNonsense):
        RapidOcr().lines(NOISE, ["eng"], timeout=60)


def test_a_language_that_it_cannot_read_is_told() -> None:
    with pytest.raises(LanguageBeyond, match="Russian"):
        RapidOcr().read(text_image(), ["eng", "rus"], timeout=60)


def test_it_leaves_orientation_and_samples_to_tesseract() -> None:
    engine = RapidOcr()
    assert Inability.GLANCE in engine.cannot
    assert engine.glance(text_image(), timeout=60) is None
    assert engine.scout.name == "tesseract"


def test_a_page_that_takes_too_long_is_given_up() -> None:
    assert said(text_image(["Hello"])) == "Hello"  # the models are loaded
    with pytest.raises(EngineTimeout):
        RapidOcr().read(NOISE, ["eng"], timeout=0.1)
    assert said(text_image(["Hello"])) == "Hello"


def test_without_its_packages_it_says_how_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(rapidocr, "version", nothing)
    with pytest.raises(EngineNotHere, match="pip install rapidocr"):
        RapidOcr().languages()
    with pytest.raises(EngineNotHere):
        RapidOcr().version()
