import numpy as np
import pytest
from PIL import Image

from documents.ocr.elements import Box
from documents.ocr.second_look import rows as module
from documents.ocr.second_look.rows import find_rows
from tests.files import text_image

LETTER = 26.0  # pixels: about the height of the capitals of `text_image` with px=36


def grey(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(image.convert("L"))


def test_lines_are_found_from_top_to_bottom() -> None:
    rows = find_rows(
        grey(text_image(["One line of text", "and another one"], size=(700, 300), px=36)), LETTER
    )
    assert len(rows) == 2
    assert rows[0].y1 <= rows[1].y0


def test_item_and_price_are_rows_of_their_own() -> None:
    rows = find_rows(grey(text_image(["Coffee               12.50"], size=(900, 200), px=36)), LETTER)
    assert len(rows) == 2
    assert rows[0].x1 + 2 * LETTER < rows[1].x0 or rows[1].x1 + 2 * LETTER < rows[0].x0


def test_grey_print_on_a_shadow_is_found() -> None:
    page = grey(text_image(["Faint"], size=(400, 200), px=36)).astype(float)
    light = np.linspace(0.35, 1.0, page.shape[1])
    faint = ((200 + page * 55 / 255) * light).astype(np.uint8)
    assert len(find_rows(faint, LETTER)) == 1


def test_frames_rules_dust_and_pictures_are_no_rows() -> None:
    page = np.full((600, 800), 255, np.uint8)
    page[40:44, 50:750] = 0  # a rule
    page[100:500, 100:104] = 0  # the side of a frame
    page[200:500, 300:700] = 60  # a picture
    page[550:552, 50:52] = 0  # dust
    assert find_rows(page, LETTER) == []


def test_an_empty_page_has_no_rows() -> None:
    assert find_rows(np.full((300, 300), 255, np.uint8), LETTER) == []


def test_the_work_grows_with_the_number_of_dots_only(monkeypatch: pytest.MonkeyPatch) -> None:
    letter, apart, across, down = 10.0, 40, 50, 60
    page = np.full((apart * down, apart * across), 255, np.uint8)
    for top in range(10, page.shape[0], apart):
        for left in range(10, page.shape[1], apart):
            page[top : top + 8, left : left + 8] = 0
    compared = list[Box]()
    goes_on = module._goes_on

    def counted(before: Box, part: Box, height: float) -> bool:
        compared.append(part)
        return goes_on(before, part, height)

    monkeypatch.setattr(module, "_goes_on", counted)
    assert len(find_rows(page, letter)) == across * down
    assert len(compared) <= 2 * across * down
