import pytest
from PIL import Image

from documents.errors import EngineNonsense
from documents.ocr.clean import rotate
from documents.ocr.elements import Box
from documents.ocr.engines.tesseract_setup import GLANCE, blocks_of, script_of, setup_for
from documents.ocr.options import Layout
from tests.files import text_image

LINES = text_image(["a b c d e f", "g h i j k l"], px=40)
WHITE = Image.new("L", (60, 40), 255)
HOCR = (
    b"<div class='ocr_page'><p class='ocr_par'><span class='ocr_line'>"
    b"<span class='ocrx_word' title='bbox 1 2 30 14; x_wconf 90'>Hello</span></span></p></div>"
)

UPRIGHT = "<div class='ocr_page'><p class='ocr_par'><span class='ocr_line'>{}</span></p></div>".format(
    "".join(
        f"<span class='ocrx_word' title='bbox 5 {y0} 25 {y1}; x_wconf 90'>{word}</span>"
        for word, y0, y1 in (("東京", 10, 180), ("都", 50, 90), ("庁", 90, 180))
    )
).encode()


@pytest.mark.parametrize(
    ("layout", "mode"),
    [(Layout.AUTO, 3), (Layout.COLUMN, 4), (Layout.TABLE, 6), (Layout.LINE, 7), (Layout.SPARSE, 11)],
)
def test_the_mode_says_how_the_text_stands(layout: Layout, mode: int) -> None:
    assert setup_for(LINES, ["eng"], layout).mode == mode


def test_korean_without_columns_has_one() -> None:
    assert setup_for(LINES, ["kor", "eng"], Layout.AUTO).mode == 4
    assert setup_for(LINES, ["kor"], Layout.SPARSE).mode == 11


def test_vertical_text_is_one_block_if_there_are_no_tiers() -> None:
    tier = ["Human beings are born free", "and equal in dignity and rights"] * 9
    one, two = text_image(tier, size=(600, 800), px=30), text_image(tier, size=(1200, 800), px=30)
    two.paste(one, (600, 0))
    modes = [setup_for(rotate(page, 270), ["jpn_vert"], Layout.AUTO).mode for page in (one, two)]
    assert modes == [5, 3]


def test_larger_letters_have_more_dots_per_inch() -> None:
    small, large = (
        setup_for(text_image(["a b c d e f"], px=px), ["eng"], Layout.AUTO).dpi for px in (14, 40)
    )
    assert 70 <= small < large <= 600


def test_where_there_is_nothing_to_measure_it_is_a_usual_scan() -> None:
    assert setup_for(WHITE, ["eng"], Layout.AUTO).dpi == 300


def test_faint_lines_have_thresholds_of_their_own() -> None:
    method = "thresholding_method"
    assert setup_for(LINES, ["eng"], Layout.PLAIN).variables[method] == "1"
    assert setup_for(LINES, ["eng"], Layout.AUTO).variables[method] == "0"


def test_all_readings_set_the_same_variables() -> None:
    names = {frozenset(setup_for(LINES, ["eng"], layout).variables) for layout in Layout}
    assert len(names) == 1
    assert GLANCE.mode == 0


def test_an_answer_becomes_blocks() -> None:
    [block] = blocks_of(HOCR, "Hello\n", (60, 40))
    assert (block.text, block.box) == ("Hello", (1, 2, 30, 14))


def test_the_first_word_of_a_line_that_runs_down_ends_where_the_next_one_begins() -> None:
    [block] = blocks_of(UPRIGHT, "東京都庁\n", (60, 200))
    assert [word.box for word in block.lines[0].words] == [
        Box(5, 10, 25, 50),
        Box(5, 50, 25, 90),
        Box(5, 90, 25, 180),
    ]


def test_an_answer_that_is_none_is_an_error() -> None:
    with pytest.raises(EngineNonsense):
        blocks_of(b"nonsense", "", (60, 40))


def test_scripts_have_their_iso_codes() -> None:
    assert [script_of(name) for name in ("Cyrillic", "Han", "Korean", "Klingon")] == [
        "Cyrl", "Hani", "Kore", "Latn",
    ]  # fmt: skip
