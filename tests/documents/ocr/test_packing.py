import json
import zlib
from dataclasses import replace

from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.packing import pack, unpack

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


def test_pages_packed_before_words_told_of_spaces_are_read() -> None:
    header = [1, 200, 100, 0, ["kor"], "tesseract", "5.3.0", 1.25]
    line = [10, 10, 70, 41, "인", 91.5, 0, 2, 20, -1, "간", 60.0, 2, -2, 20, 1]
    block = [[0, 0, 0, 0], [line]]
    old = zlib.compress(json.dumps([header, [block]]).encode())
    assert unpack(old).words == [WORDS[0], replace(WORDS[1], space=None)]
