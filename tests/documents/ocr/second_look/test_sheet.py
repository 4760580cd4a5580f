import numpy as np
import pytest

from documents.ocr.elements import Block, Box, Line, Word
from documents.ocr.options import MAX_SIDE
from documents.ocr.second_look import sheet as sheets
from documents.ocr.second_look.sheet import Rendering, Sheet

LETTER = 12.0
LARGER = Rendering(letter=24)


def page() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Two dark bars, in weak contrast."""
    pixels = np.full((200, 300), 200, np.uint8)
    pixels[20:32, 40:140] = 150
    pixels[100:112, 60:260] = 150
    return pixels


ROWS = [Box(40, 20, 140, 32), Box(60, 100, 260, 112)]


def word(box: Box) -> Block:
    return Block.of([Line.of([Word("word", 90, box)])])


def ink(image: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], rows: slice) -> Box:
    y, x = np.nonzero(image[rows] < 128)
    return Box(int(x.min()), int(y.min()) + rows.start, int(x.max()) + 1, int(y.max()) + rows.start + 1)


def test_rows_stand_below_each_other_in_black_on_white() -> None:
    sheet = Sheet.of(page(), ROWS, LETTER, LARGER)
    image = np.asarray(sheet.image())
    assert (image.min(), image.max()) == (0, 255)
    assert image.shape[0] == sheet.tops[-1]
    for strip, top in zip(sheet.strips, sheet.tops, strict=False):
        assert (image[top - sheet.margin : top] == 255).all()
        assert ink(image, slice(top, top + strip.pixels.shape[0])).height == pytest.approx(24, abs=2)


def test_a_word_of_the_sheet_comes_back_to_its_place_on_the_page() -> None:
    sheet = Sheet.of(page(), ROWS, LETTER, LARGER)
    image = np.asarray(sheet.image())
    read = [
        word(ink(image, slice(top, bottom))) for top, bottom in zip(sheet.tops, sheet.tops[1:], strict=False)
    ]
    words = sheet.words(read)
    assert [len(found) for found in words] == [1, 1]
    for [found], row in zip(words, ROWS, strict=True):
        assert found.box == pytest.approx(row, abs=1)


def test_a_box_beyond_its_strip_is_cut_to_it() -> None:
    sheet = Sheet.of(page(), ROWS[:1], LETTER, LARGER)
    width, height = sheet.image().size
    [[found]] = sheet.words([word(Box(0, 0, width, height))])
    assert found.box == sheet.strips[0].box


def test_small_letters_are_enlarged_but_not_for_ever() -> None:
    assert Sheet.of(page(), ROWS, 2.0, LARGER).strips[0].factor == 4.0


def test_a_row_without_contrast_is_white() -> None:
    blank = np.full((50, 200), 180, np.uint8)
    assert (np.asarray(Sheet.of(blank, [Box(10, 10, 100, 30)], LETTER, LARGER).image()) == 255).all()


def test_rows_for_which_there_is_no_room_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MOST_PIXELS", 60_000)
    sheet = Sheet.of(page(), ROWS * 10, LETTER, LARGER)
    assert 0 < len(sheet.strips) < 20
    assert sheet.image().width * sheet.image().height <= 60_000


def test_a_sheet_is_never_wider_than_an_engine_takes() -> None:
    wide = np.full((20, 30_000), 255, np.uint8)
    sheet = Sheet.of(wide, [Box(0, 4, 30_000, 16)], 6.0, LARGER)
    assert len(sheet.strips) == 1
    assert sheet.image().width <= MAX_SIDE
