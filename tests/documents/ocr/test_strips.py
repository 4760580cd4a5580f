"""Pages that are too large to be read at once, with a limit so low that small ones are."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from documents.errors import FileMissing
from documents.ocr import strips
from documents.ocr.elements import PageText
from documents.ocr.files.load import in_memory, open_page
from documents.ocr.options import Limits, Options
from documents.ocr.reading import read_page
from documents.ocr.strips import read_opened
from tests.files import FONT

WORDS = [
    "amber",
    "bridge",
    "castle",
    "dinner",
    "engine",
    "forest",
    "garden",
    "harbour",
    "island",
    "jungle",
    "kitchen",
    "lantern",
]
OPTIONS = Options(languages=("eng",), max_pixels=400_000)


def column(number: int, lines: int) -> list[str]:
    return [
        f"{WORDS[(line + number) % 12]} {number}{line:02} {WORDS[(line * 5 + number) % 12]}"
        for line in range(lines)
    ]


def poster(columns: int = 2, lines: int = 24, *, px: int = 30, breadth: int = 560) -> Image.Image:
    """Columns of lines whose letters are about 20 pixels high."""
    image = Image.new("L", (columns * breadth, 2 * px + lines * px * 3 // 2), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, px)
    for number in range(columns):
        for row, text in enumerate(column(number, lines)):
            draw.text((40 + number * breadth, px + row * px * 3 // 2), text, fill=0, font=font)
    return image


def said(columns: int = 2, lines: int = 24) -> list[str]:
    return " ".join(text for number in range(columns) for text in column(number, lines)).split()


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The sizes of what is read."""
    sizes: list[tuple[int, int]] = []

    def noted(image: Image.Image, options: Options) -> PageText:
        sizes.append(image.size)
        return read_page(image, options)

    monkeypatch.setattr(strips, "read_page", noted)
    monkeypatch.setattr(strips, "_WIDEST", 700)
    monkeypatch.setattr(strips, "_WINDOW", (500, 300))
    return sizes


def test_page_with_small_letters_is_read_in_parts_column_by_column(calls: list[tuple[int, int]]) -> None:
    image = poster()
    read = read_opened(in_memory(image, OPTIONS.max_pixels), OPTIONS)

    assert [word.text for word in read.words] == said()
    assert len(calls) > 4
    assert (read.width, read.height, read.rotation) == (*image.size, 0)


def test_boxes_are_pixels_of_the_full_page(calls: list[tuple[int, int]]) -> None:
    image = poster()
    read = read_opened(in_memory(image, OPTIONS.max_pixels), OPTIONS)

    (word,) = [word for word in read.words if word.text == "123"]
    assert image.crop(word.box).getextrema()[0] < 50
    assert 0 <= word.box.y0 - (30 + 23 * 45) < 20
    assert 600 < word.box.x0 < word.box.x1 < 1000


def test_page_on_its_side_is_turned_first(calls: list[tuple[int, int]]) -> None:
    lying = poster().transpose(Image.Transpose.ROTATE_90)
    read = read_opened(in_memory(lying, OPTIONS.max_pixels), OPTIONS)

    assert read.rotation == 90
    assert (read.width, read.height) == (lying.height, lying.width)
    assert [word.text for word in read.words] == said()


def test_languages_are_found_once(calls: list[tuple[int, int]]) -> None:
    read = read_opened(in_memory(poster(), OPTIONS.max_pixels), replace(OPTIONS, languages=()))

    assert read.languages == ("eng",)
    assert [word.text for word in read.words] == said()


def test_page_with_large_letters_is_read_on_a_smaller_copy(calls: list[tuple[int, int]]) -> None:
    large = poster(1, 5, px=130, breadth=1900)
    read = read_opened(in_memory(large, OPTIONS.max_pixels), OPTIONS)

    assert [word.text for word in read.words] == said(1, 5)
    assert len(calls) == 1
    assert read.width == large.width


def test_blank_page_is_read_once(calls: list[tuple[int, int]]) -> None:
    read = read_opened(in_memory(Image.new("L", (1000, 900), 255), OPTIONS.max_pixels), OPTIONS)

    assert (read.words, len(calls)) == ([], 1)


def test_page_of_a_file_is_read_out_of_the_file(tmp_path: Path, calls: list[tuple[int, int]]) -> None:
    poster().save(tmp_path / "poster.png")
    opened = open_page(tmp_path / "poster.png", limits=Limits(), max_pixels=OPTIONS.max_pixels)

    assert [word.text for word in read_opened(opened, OPTIONS).words] == said()
    (tmp_path / "poster.png").unlink()
    with pytest.raises(FileMissing):
        read_opened(opened, OPTIONS)
