"""What the engine sees: cleaned by what is measured, with the way back for every box."""

import numpy as np
import pytest
from PIL import Image

from documents.ocr.clean import rotate, sheets, tidied
from documents.ocr.clean.geometry import box_back
from documents.ocr.elements import Box, Cure
from documents.ocr.options import Cleaning, Layout, Options

AUTO = Options()


def test_a_clean_page_is_seen_as_it_is(page: Image.Image) -> None:
    tidy = tidied(page, AUTO)
    [sheet] = sheets(tidy, 0, AUTO)
    assert sheet.image is page
    assert (sheet.treatments, sheet.route.ways) == ((), ())


def test_what_was_done_is_told_in_order(page: Image.Image) -> None:
    dark = rotate(page, 5).point(lambda value: value // 4)
    [sheet] = sheets(tidied(dark, AUTO), 0, AUTO)
    assert [treatment.cure for treatment in sheet.treatments] == [Cure.EVENED, Cure.STRAIGHTENED]
    assert sheet.treatments[1].amount == pytest.approx(-5, abs=0.1)


def test_by_hand_nothing_is_measured_but_what_is_crooked(page: Image.Image) -> None:
    dark = page.point(lambda value: value // 4)
    [sheet] = sheets(tidied(dark, Options(cleaning=Cleaning.NONE)), 0, Options(cleaning=Cleaning.NONE))
    assert sheet.image is dark


def test_a_page_that_is_not_to_be_straightened_is_made_legible_all_the_same(page: Image.Image) -> None:
    small = rotate(page.resize((page.width // 3, page.height // 3)), 5)
    cures = {}
    for deskew in (True, False):
        options = Options(deskew=deskew)
        [sheet] = sheets(tidied(small, options), 0, options)
        cures[deskew] = [treatment.cure for treatment in sheet.treatments]
    assert cures == {True: [Cure.STRAIGHTENED, Cure.SCALED], False: [Cure.SCALED]}


def test_by_hand_a_page_that_is_not_to_be_straightened_is_left_as_it_is(page: Image.Image) -> None:
    options = Options(cleaning=Cleaning.NONE, deskew=False)
    crooked = rotate(page, 5)
    [sheet] = sheets(tidied(crooked, options), 0, options)
    assert sheet.image is crooked


def test_boxes_of_a_page_that_lies_on_its_side_come_back(page: Image.Image) -> None:
    marked = page.copy()
    marked.paste(0, (300, 1300, 340, 1330))
    lying = rotate(marked, 90)
    [sheet] = sheets(tidied(lying, AUTO), 270, AUTO)
    assert np.array_equal(np.asarray(sheet.image), np.asarray(marked))
    back = box_back(sheet.route, Box(300, 1300, 340, 1330), lying.size)
    assert np.asarray(lying.crop(back)).max() == 0
    assert {back.width, back.height} == {40, 30}


@pytest.mark.parametrize("degrees", [-3, 4])
def test_a_page_whose_lines_run_downwards_is_straightened_by_these(page: Image.Image, degrees: float) -> None:
    crooked = rotate(page, 90 + degrees)
    [sheet] = sheets(tidied(crooked, AUTO), 0, AUTO, downwards=True)
    [(cure, amount)] = sheet.treatments
    assert cure == Cure.STRAIGHTENED
    assert amount == pytest.approx(-degrees, abs=0.1)
    by_hand = Options(cleaning=Cleaning.NONE)
    [same] = sheets(tidied(crooked, by_hand), 0, by_hand, downwards=True)
    assert same.treatments == sheet.treatments


@pytest.fixture
def both(page: Image.Image) -> Image.Image:
    """A book that lies open."""
    both = Image.new("L", (2 * page.width, page.height), 255)
    both.paste(page, (0, 0))
    both.paste(page, (page.width, 0))
    both.paste(100, (page.width - 6, 0, page.width + 6, page.height))
    return both


@pytest.mark.parametrize("deskew", [True, False])
def test_a_book_from_the_right_begins_with_the_right_page(both: Image.Image, *, deskew: bool) -> None:
    options = Options(deskew=deskew)
    tidy = tidied(both, options)
    left, right = sheets(tidy, 0, options)
    first, second = sheets(tidy, 0, options, right_first=True)
    assert [box_back(sheet.route, Box(0, 0, 10, 10), both.size).x0 for sheet in (first, second)] == [
        left.image.width,
        0,
    ]
    assert (first.image.size, second.image.size) == (right.image.size, left.image.size)


def test_facing_pages_are_two_sheets(both: Image.Image) -> None:
    left, right = sheets(tidied(both, AUTO), 0, AUTO)
    assert right.treatments[0].cure == Cure.SPLIT
    assert box_back(right.route, Box(0, 0, 10, 10), both.size).x0 == left.image.width
    assert len(sheets(tidied(both, AUTO), 0, Options(layout=Layout.TABLE))) == 1
