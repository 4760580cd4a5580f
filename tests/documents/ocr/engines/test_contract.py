"""What each engine that is Tesseract must do, with the real ones."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from documents.errors import LanguageMissing
from documents.ocr.elements import Block
from documents.ocr.engines import get_engine
from documents.ocr.engines.base import Engine
from documents.ocr.options import Layout
from tests.files import text_image

CJK = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
KOREAN = [
    "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어",
    "동등하다. 인간은 천부적으로 이성과 양심을 부여받았으며",
    "서로 형제애의 정신으로 행동하여야 한다. 모든 사람은 인종,",
    "피부색, 성, 언어, 종교, 정치적 또는 기타의 견해, 민족적 또는",
]
WHITE = Image.new("L", (60, 40), 255)


@pytest.fixture(params=["tesseract", "tesserocr"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return get_engine(request.param)


def test_its_version_is_a_number(engine: Engine) -> None:
    assert int(engine.version().split(".")[0]) >= 4


def test_packs_that_read_no_text_are_no_languages(engine: Engine) -> None:
    assert "eng" in engine.languages()
    assert "osd" not in engine.languages()


def test_a_missing_pack_is_told(engine: Engine) -> None:
    with pytest.raises(LanguageMissing, match="Klingon"):
        engine.read(WHITE, ["eng", "Klingon"], timeout=60)


def test_colour_is_read_like_grey(engine: Engine) -> None:
    image = text_image(["Hello world!"])
    coloured = Image.merge("RGB", [image, image, Image.new("L", image.size, 255)])
    [block] = engine.read(coloured, ["eng"], timeout=60)
    assert block.text == "Hello world!"


def test_boxes_are_pixels_of_the_image(engine: Engine) -> None:
    image = Image.new("L", (900, 500), 255)
    word = text_image(["Kitchen"], size=(300, 90))
    image.paste(word, (400, 300))
    [block] = engine.read(image, ["eng"], timeout=60)
    assert 400 <= block.box.x0 < block.box.x1 <= 700
    assert 300 <= block.box.y0 < block.box.y1 <= 390


def test_one_page_leaves_nothing_behind_for_the_next(engine: Engine) -> None:
    table, page = text_image(["Apples 11.20", "Pears 22.30"]), text_image(["Hello world!", "Bonjour"])
    first = engine.read(page, ["eng"], timeout=60)
    engine.read(table, ["eng"], timeout=60, layout=Layout.PLAIN)
    engine.read(table, ["eng"], timeout=60, layout=Layout.SPARSE)
    assert engine.read(page, ["eng"], timeout=60) == first


def test_two_languages_are_read_exactly(engine: Engine) -> None:
    image = text_image(["Hello world!", "Привет мир!"])
    [block] = engine.read(image, ["eng", "rus"], timeout=60)
    assert block.text == "Hello world!\nПривет мир!"


def korean_page(px: int, columns: int = 1) -> Image.Image:
    font = ImageFont.truetype(CJK, px, index=1)
    image = Image.new("L", (columns * 28 * px + 60, 14 * px), 255)
    for column in range(columns):
        for row, line in enumerate(KOREAN):
            ImageDraw.Draw(image).text((40 + column * 28 * px, px + row * px * 2), line, fill=0, font=font)
    return image


@pytest.mark.parametrize("px", [24, 44])
def test_korean_is_read_line_by_line_with_spaces_between_words_only(engine: Engine, px: int) -> None:
    blocks = engine.read(korean_page(px), ["kor"], timeout=60)
    assert "\n".join(block.text for block in blocks).split() == " ".join(KOREAN).split()


def test_a_blank_page_has_no_blocks(engine: Engine) -> None:
    assert engine.read(WHITE, ["eng"], timeout=60) == ()


def test_a_glance_tells_the_script_and_which_way_is_up(engine: Engine) -> None:
    lines = text_image(["Все люди рождаются свободными", "и равными в своем достоинстве"], size=(900, 200))
    glance = engine.glance(lines.transpose(Image.Transpose.ROTATE_180), timeout=60)
    assert glance
    assert (glance.script, glance.rotation) == ("Cyrl", 180)


def test_a_table_is_read_across(engine: Engine) -> None:
    left, right = ["Apples", "Pears", "Plums", "Grapes"], ["11.20", "22.30", "33.40", "44.50"]
    image = text_image(left, size=(1200, 300), px=40)
    image.paste(text_image(right, size=(300, 300), px=40), (900, 0))
    lines = [line.text for block in laid_out(engine, image, Layout.TABLE) for line in block.lines]
    assert lines == [f"{what} {price}" for what, price in zip(left, right, strict=True)]


def test_a_single_line_is_read_as_one(engine: Engine) -> None:
    [block] = laid_out(engine, text_image(["one line only"], size=(400, 80), px=30), Layout.LINE)
    assert [line.text for line in block.lines] == ["one line only"]


def test_words_here_and_there_are_found(engine: Engine) -> None:
    image = Image.new("L", (1000, 800), 255)
    image.paste(text_image(["Kitchen"], size=(300, 90)), (20, 30))
    image.paste(text_image(["Hall"], size=(200, 90)), (700, 650))
    lines = {line.text for block in laid_out(engine, image, Layout.SPARSE) for line in block.lines}
    assert {"Kitchen", "Hall"} <= lines


def laid_out(engine: Engine, image: Image.Image, layout: Layout) -> tuple[Block, ...]:
    return engine.read(image, ["eng"], timeout=60, layout=layout)
