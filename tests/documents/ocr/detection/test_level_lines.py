import pytest
from PIL import Image, ImageDraw, ImageFont

from documents.ocr.detection.level_lines import Run, level_lines
from tests.files import CJK_FONT, columns_image, text_image


def write(page: Image.Image, text: str, y: int, px: int) -> None:
    ImageDraw.Draw(page).text((550, y), text, fill=20, font=ImageFont.truetype(CJK_FONT, px), anchor="ma")


def test_a_page_of_columns_has_no_level_lines() -> None:
    assert level_lines(columns_image((200, 1400))) == ([], [])


@pytest.mark.parametrize(
    ("heading", "px"), [("春の便り", 40), ("人間の自由と平等についての手紙", 56), ("手紙", 80)]
)
def test_a_heading_above_the_columns_is_level(heading: str, px: int) -> None:
    page = columns_image((300, 1400))
    write(page, heading, 120, px)
    [rows], below = level_lines(page)
    assert rows.start == 0
    assert 120 + px <= rows.end <= 310
    assert below == []


def test_lines_above_and_below_are_told_one_by_one() -> None:
    page = columns_image((340, 1360))
    for text, y in (("第三章", 60), ("春の便り", 180), ("48", 1460)):
        write(page, text, y, 48)
    above, below = level_lines(page)
    assert [rows.end > y + 40 for rows, y in zip(above, (60, 180), strict=True)] == [True, True]
    [foot] = below
    assert 1350 <= foot.start <= 1475
    assert foot.end == page.height


def test_columns_one_below_the_other_are_no_level_lines() -> None:
    assert level_lines(columns_image((100, 700), (800, 1400))) == ([], [])
    assert level_lines(columns_image((100, 230), (300, 1400))) == ([], [])


def test_a_page_of_level_lines_has_none_above_its_columns() -> None:
    page = text_image(["The quick brown fox jumps over the lazy dog"] * 12, size=(1100, 900), px=36)
    assert level_lines(page) == ([], [])


def test_a_blank_page_has_none() -> None:
    assert level_lines(Image.new("RGB", (300, 400), "white")) == ([], [])


def test_a_run_has_a_length() -> None:
    assert Run(3, 10).length == 7
