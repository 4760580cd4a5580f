import json
import zlib
from dataclasses import replace

import pytest

from documents.ocr.elements import Block, Box, Cure, Line, PageText, Treatment, Word
from documents.ocr.insets import insets
from documents.ocr.packing import knows_treatments, pack, pack_anew, unpack, unpack_with_tables
from tests.documents.ocr.formats.pages import INVOICE, sheet

WORDS = (
    Word("인", 91.5, Box(10, 12, 30, 40)),
    Word("간", 60.0, Box(32, 10, 50, 41), space=False),
    Word("은", 75.2, Box(60, 11, 70, 39), space=True),
)
LINE = Line(WORDS, Box(10, 10, 70, 41))
PAGE = PageText(
    200,
    100,
    (Block((LINE,), LINE.box), Block((LINE, LINE), LINE.box)),
    ("kor",),
    90,
    "tesseract",
    "5.3.0",
    1.25,
)


def test_a_page_comes_back_as_it_was() -> None:
    assert unpack(pack(PAGE)) == PAGE


def test_a_page_without_text_comes_back() -> None:
    blank = replace(PAGE, blocks=(), languages=())
    assert unpack(pack(blank)) == blank


def test_a_page_that_was_just_packed_is_the_one_that_is_unpacked_later() -> None:
    page = sheet(INVOICE)
    tables = insets(page)
    packed = pack_anew(page, tables)
    for one in (packed, elsewhere(packed)):
        assert unpack_with_tables(one) == (page, tables)


def elsewhere(packed: bytes) -> bytes:
    """The same in bytes that nobody has seen: as another process of the site unpacks them."""
    return zlib.compress(zlib.decompress(packed), level=9)


def test_the_pages_that_were_asked_for_last_are_unpacked_once() -> None:
    packed = elsewhere(pack(PAGE))
    assert unpack(packed) is unpack(packed)
    for number in range(20):
        unpack(pack(replace(PAGE, width=number)))
    assert unpack(packed) == PAGE


def test_pages_packed_before_words_told_of_spaces_are_read() -> None:
    header = [1, 200, 100, 0, ["kor"], "tesseract", "5.3.0", 1.25]
    line = [10, 10, 70, 41, "인", 91.5, 0, 2, 20, -1, "간", 60.0, 2, -2, 20, 1]
    block = [[0, 0, 0, 0], [line]]
    old = zlib.compress(json.dumps([header, [block]]).encode())
    assert unpack(old).words == [WORDS[0], replace(WORDS[1], space=None)]


def test_suggested_languages_are_kept_elsewhere() -> None:
    assert unpack(pack(replace(PAGE, suggested=("jpn",)))) == PAGE


def test_a_page_of_a_later_version_is_an_error_that_says_so() -> None:
    header = [99, 200, 100, 0, ["kor"], "tesseract", "5.3.0", 1.25]
    for blocks in ([], [[[0, 0, 0, 0], [[10, 10, 70, 41]]]]):
        with pytest.raises(ValueError, match="packed as version 99"):
            unpack(zlib.compress(json.dumps([header, blocks]).encode()))


def test_what_was_done_before_reading_comes_back() -> None:
    treated = replace(PAGE, treatments=(Treatment(Cure.EVENED), Treatment(Cure.STRAIGHTENED, -3.25)))
    assert unpack(pack(treated)) == treated


def test_a_page_that_was_packed_before_does_not_say_what_was_done() -> None:
    old = zlib.compress(json.dumps([[2, 200, 100, 0, ["kor"], "tesseract", "5.3.0", 1.25], []]).encode())
    assert (knows_treatments(old), knows_treatments(pack(PAGE))) == (False, True)


def test_tables_come_back_with_their_page() -> None:
    page = sheet(INVOICE)
    packed = pack(page, insets(page))
    assert unpack_with_tables(packed) == (page, insets(page))
    assert unpack(packed) == page


def test_tables_that_are_told_are_not_looked_for() -> None:
    assert unpack_with_tables(pack(sheet(INVOICE), [])) == (sheet(INVOICE), ())


def test_of_pages_packed_without_their_tables_that_is_told() -> None:
    page = sheet(INVOICE)
    assert unpack_with_tables(pack(page)) == (page, None)
