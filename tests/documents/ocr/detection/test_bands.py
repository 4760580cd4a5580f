import pytest
from PIL import Image, ImageDraw, ImageFont

from documents.ocr.detection.bands import Band, bands, has_storeys
from tests.files import CJK_FONT, columns_image, text_image


def write(page: Image.Image, text: str, y: int, px: int) -> None:
    ImageDraw.Draw(page).text((550, y), text, fill=20, font=ImageFont.truetype(CJK_FONT, px), anchor="ma")


def kinds(page: Image.Image) -> str:
    """A “c” for each band of columns, an “l” for one of level text; they fill the page."""
    found = bands(page)
    assert [band.start for band in found] == [0, *(band.end for band in found[:-1])]
    assert found[-1].end == page.height
    return "".join("l" if band.is_level else "c" for band in found)


def test_a_page_of_columns_is_one_band() -> None:
    assert bands(columns_image((200, 1400))) == [Band(0, 1600, is_level=False)]


@pytest.mark.parametrize(
    ("heading", "px"), [("春の便り", 40), ("人間の自由と平等についての手紙", 56), ("手紙", 80)]
)
def test_a_heading_above_the_columns_is_level(heading: str, px: int) -> None:
    page = columns_image((300, 1400))
    write(page, heading, 120, px)
    assert kinds(page) == "lc"
    assert 120 + px <= bands(page)[0].end <= 310


def test_level_lines_that_are_unlike_or_apart_are_told_one_by_one() -> None:
    page = columns_image((340, 1360))
    for text, y, px in (("第三章", 60, 48), ("春の便り", 210, 48), ("48", 1460, 48)):
        write(page, text, y, px)
    assert kinds(page) == "llcl"
    write(page, "海辺の町の人々について", 1550, 30)
    assert kinds(page) == "llcll"


def test_lines_of_a_level_paragraph_are_one_band() -> None:
    page = columns_image((400, 1400))
    for y in (60, 130, 200):
        write(page, "すべての人間は、生まれながらにして自由であり", y, 40)
    assert kinds(page) == "lc"


@pytest.mark.parametrize("rows", [((100, 700), (800, 1400)), ((100, 500), (580, 950), (1030, 1400))])
def test_storeys_of_columns_are_bands(rows: tuple[tuple[int, int], ...]) -> None:
    page = columns_image(*rows)
    assert kinds(page) == "c" * len(rows)
    for band, (top, bottom) in zip(bands(page), rows, strict=True):
        assert band.start <= top < bottom <= band.end + 10


def test_storeys_beside_a_picture_are_one_band() -> None:
    """The engine has to look for the picture itself, and reads one block of columns without looking."""
    page = columns_image((100, 700), (800, 1400))
    ImageDraw.Draw(page).rectangle((100, 100, 500, 680), fill=110)
    assert kinds(page) == "c"
    assert has_storeys(page)


def test_a_heading_between_storeys_is_level() -> None:
    page = columns_image((100, 700), (900, 1400))
    write(page, "海辺の町の人々", 770, 48)
    assert kinds(page) == "clc"


def _lone_column(*rows: tuple[int, int]) -> Image.Image:
    return columns_image(*rows, size=(370, 1600)).crop((150, 0, 330, 1600))


def test_a_space_in_a_lone_column_parts_no_storeys() -> None:
    assert kinds(_lone_column((100, 700), (700, 1400))) == "c"
    assert kinds(_lone_column((100, 700), (800, 1400))) == "cc"


def test_a_rule_below_a_heading_belongs_to_the_columns() -> None:
    page = columns_image((300, 1400))
    write(page, "春の便り", 80, 48)
    ImageDraw.Draw(page).line((150, 220, 950, 220), fill=20, width=3)
    assert kinds(page) == "lc"
    assert bands(page)[0].end <= 220


@pytest.mark.parametrize(
    "page",
    [
        text_image(["The quick brown fox jumps over the lazy dog"] * 12, size=(1100, 900), px=36),
        Image.new("RGB", (300, 400), "white"),
    ],
)
def test_a_page_without_columns_is_one_band(page: Image.Image) -> None:
    assert kinds(page) == "c"
    assert not has_storeys(page)


def test_storeys_are_noticed_though_a_heading_runs_through_them() -> None:
    two = columns_image((100, 700), (800, 1400))
    assert has_storeys(two)
    two.paste(_lone_column((100, 1400)), (960, 0))
    assert kinds(two) == "c"
    assert has_storeys(two)


def test_white_in_a_few_columns_at_one_height_parts_no_storeys() -> None:
    page = columns_image((100, 1400), size=(510, 1600))
    ImageDraw.Draw(page).rectangle((0, 735, 510, 765), fill=250)
    assert not has_storeys(page)
