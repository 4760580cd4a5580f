from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.elements import Block, Box, Line, Word
from documents.ocr.engines.tesseract import Tesseract
from documents.ocr.options import Layout
from documents.ocr.second_look import is_doubtful, second_look
from tests.files import text_image

PAGE = ["Human beings are born", "free and equal"]


@pytest.fixture
def page() -> Image.Image:
    return text_image(PAGE, size=(800, 300), px=40)


def line(text: str, confidence: float, box: Box) -> Line:
    return Line.of([Word(text, confidence, box)])


def lines_of(page: Image.Image) -> list[Box]:
    """The boxes of the two lines of ``page``."""
    dark = np.asarray(page.convert("L")) < 128
    rows = np.flatnonzero(dark.any(axis=1))
    cut = int(np.argmax(np.diff(rows))) + 1
    return [_box(dark, part) for part in (rows[:cut], rows[cut:])]


def _box(dark: NDArray[np.bool_], rows: NDArray[np.intp]) -> Box:
    columns = np.flatnonzero(dark[rows[0] : rows[-1] + 1].any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


class Reader:
    """Reads the texts it was given, one below the other on the sheets it was shown."""

    def __init__(self, *readings: Sequence[str], confidence: float = 90) -> None:
        self.readings, self.confidence = list(readings), confidence
        self.sheets: list[Image.Image] = []

    def __call__(self, sheet: Image.Image) -> tuple[Block, ...]:
        self.sheets.append(sheet)
        texts = self.readings.pop(0)
        step = sheet.height // len(texts)
        boxes = [Box(30, at * step + step // 2, 200, at * step + step // 2 + 9) for at in range(len(texts))]
        return (Block.of([line(text, self.confidence, box) for text, box in zip(texts, boxes, strict=True)]),)


def texts(blocks: Sequence[Block]) -> list[str]:
    return [found.text for block in blocks for found in block.lines]


def read_first(page: Image.Image, *confidences: float) -> tuple[Block, ...]:
    boxes = lines_of(page)
    return (Block.of([line(f"line{at}", sure, boxes[at]) for at, sure in enumerate(confidences)]),)


def never(_sheet: Image.Image) -> tuple[Block, ...]:
    raise AssertionError("nothing was in doubt")


@pytest.mark.parametrize(
    ("confidence", "languages", "doubtful"),
    [
        (95, ["eng"], False),
        (85, ["eng"], True),
        (85, ["rus", "eng"], True),
        (85, ["ell"], False),
        (85, ["ell", "eng"], False),
        (75, ["ell"], True),
        (75, ["chi_sim", "eng"], False),
        (75, ["jpn_vert"], False),
        (85, ["a_pack_of_my_own"], False),
    ],
)
def test_packs_are_not_equally_sure(
    page: Image.Image, confidence: float, languages: list[str], doubtful: bool
) -> None:
    assert is_doubtful(read_first(page, confidence, confidence), languages) == doubtful


def test_a_page_that_was_found_empty_is_in_doubt() -> None:
    assert is_doubtful((), ["eng"])


def test_sure_rows_are_left_as_they_are(page: Image.Image) -> None:
    first = read_first(page, 95, 95)
    assert second_look(page, first, never) == first


def test_an_image_without_ink_is_left_as_it_is() -> None:
    blank = Image.new("L", (300, 300), 255)
    assert second_look(blank, (), never) == ()


def test_only_doubtful_rows_are_read_again(page: Image.Image) -> None:
    read = Reader(["better"], ["better"])
    assert texts(second_look(page, read_first(page, 40, 95), read)) == ["better", "line1"]
    assert all(sheet.height < page.height / 2 for sheet in read.sheets)


def test_one_more_look_is_enough_where_it_agrees(page: Image.Image) -> None:
    read = Reader(["line0", "line1"])
    assert texts(second_look(page, read_first(page, 60, 60), read)) == ["line0", "line1"]
    assert len(read.sheets) == 1


def test_a_third_look_decides_where_two_differ(page: Image.Image) -> None:
    read = Reader(["other", "line1"], ["line0"], confidence=65)
    assert texts(second_look(page, read_first(page, 60, 60), read)) == ["line0", "line1"]


def test_a_line_that_was_missed_is_read(page: Image.Image) -> None:
    read = Reader(["line0", "missed"], ["missed"])
    assert texts(second_look(page, read_first(page, 60), read)) == ["line0", "missed"]


def test_a_mark_below_a_word_is_no_line_that_was_missed(page: Image.Image) -> None:
    first, second = lines_of(page)
    comma = Box(second.x1 + 5, second.y1 - 4, second.x1 + 19, second.y1 + 14)
    page.paste(0, comma)
    box = Box.around([second, comma])
    read = (Block.of([line("line0", 95, first), line("line1,", 95, box)]),)
    assert second_look(page, read, never) == read


def test_unsure_words_where_there_is_no_ink_go(page: Image.Image) -> None:
    noise = Block.of([line("~", 30, Box(700, 280, 720, 290))])
    read = Reader(["line0", "line1"])
    assert texts(second_look(page, (*read_first(page, 70, 70), noise), read)) == ["line0", "line1"]


def test_vertical_lines_are_left_to_the_engine(page: Image.Image) -> None:
    first = (Block.of([line("縦書きの行", 60, Box(700, 10, 740, 290))]),)
    assert second_look(page, first, never) == first


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_tesseract_reads_what_it_had_missed(page: Image.Image, mode: str) -> None:
    engine = Tesseract()
    read: Callable[[Image.Image], tuple[Block, ...]] = lambda sheet: engine.read(  # noqa: E731
        sheet, ["eng"], timeout=60, layout=Layout.TABLE
    )
    again = second_look(page.convert(mode), read_first(page, 20), read)
    assert texts(again) == PAGE
    assert all(
        0 <= word.box.x0 < word.box.x1 <= page.width for block in again for word in block.lines[0].words
    )
