"""Who reads what; with doubles, and once with the real engines."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from PIL import Image, ImageFilter

from documents.errors import EngineCrashed, EngineNonsense, EngineNotHere, EngineTimeout
from documents.ocr.elements import Block, Box, Line, Word, words_of
from documents.ocr.engines import best, get_engine
from documents.ocr.engines.best import Best
from tests.doubles import EchoEngine
from tests.files import text_image

PAGE = Image.new("L", (600, 200), 255)


def line(text: str, *confidences: float) -> Line:
    """A word for each of ``confidences``."""
    return Line.of([Word(text, confidence, Box(10, 10, 90, 30)) for confidence in confidences])


@dataclass
class Second(EchoEngine):
    """Finds one line, or nothing, or fails, or is not installed."""

    found: Sequence[Line] = (line("second", 99),)
    is_here: bool = True
    fails: Exception | None = None
    asked: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__("second", ("eng", "chi_sim"))

    def version(self) -> str:
        return "2.0" if self.languages() else ""

    def languages(self) -> frozenset[str]:
        if not self.is_here:
            raise EngineNotHere(engine="second", command="install it")
        return super().languages()

    def lines(self, image: Image.Image, languages: Sequence[str], *, timeout: float) -> list[Line]:
        self.asked.append(timeout)
        if self.fails:
            raise self.fails
        return list(self.found)


def first(*confidences: float) -> EchoEngine:
    """Reads a word for each of ``confidences``; without any, it finds nothing."""
    engine = EchoEngine(languages=("eng", "rus", "chi_sim"))
    blocks = (Block.of([line("first", *confidences)]),) if confidences else ()
    engine.reads = lambda _image: blocks
    return engine


def read(engine: Best, *languages: str, page: Image.Image = PAGE) -> str:
    blocks = engine.read(page, languages or ["eng"], timeout=60)
    return " ".join(dict.fromkeys(word for block in blocks for word in block.text.split()))


def test_a_page_of_which_the_first_is_not_sure_is_read_by_the_second() -> None:
    assert read(Best(first(80), Second())) == "second"


def test_what_the_second_read_is_final_and_what_the_first_did_is_not() -> None:
    lines = {
        reader: Line.of([Word(reader, 80, Box(10, y, 90, y + 20))])
        for y, reader in ((10, "first"), (80, "second"))
    }
    doubtful = EchoEngine()
    doubtful.reads = lambda _image: (Block.of([lines["first"]]),)
    found = Best(doubtful, Second(found=[lines["second"]])).read(PAGE, ["eng"], timeout=60)
    assert {word.text: word.is_final for word in words_of(found)} == {"first": False, "second": True}
    assert not any(
        word.is_final for word in words_of(Best(first(95), Second()).read(PAGE, ["eng"], timeout=60))
    )


def test_words_of_the_second_name_it_and_those_of_the_first_need_not() -> None:
    read_by = {
        confidence: {
            word.reader
            for word in words_of(Best(first(confidence), Second()).read(PAGE, ["eng"], timeout=60))
        }
        for confidence in (50, 95)
    }
    assert read_by == {50: {"second 2.0"}, 95: {""}}


def test_a_few_doubtful_words_are_no_reason_to_read_a_page_again() -> None:
    assert read(Best(first(*[95] * 9, 5), Second())) == "first"
    assert read(Best(first(*[95] * 7, *[85] * 3), Second())) == "second"


def test_where_the_first_finds_nothing_the_second_reads_if_there_is_a_line() -> None:
    assert read(Best(first(), Second()), page=text_image()) == "second"


def test_a_blank_page_costs_no_second_reading() -> None:
    second = Second()
    assert read(Best(first(), second)) == ""
    assert second.asked == []


def test_a_sure_page_costs_no_second_reading() -> None:
    second = Second()
    read(Best(first(95), second))
    assert second.asked == []


def test_of_chinese_the_first_must_be_surer() -> None:
    doubts = first(*[95] * 9, 85)
    assert read(Best(doubts, Second()), "eng") == "first"
    assert read(Best(doubts, Second()), "chi_sim") == "second"


def test_dirt_that_only_the_second_takes_for_letters_is_none() -> None:
    dirt = [line("0", 99), line("17", 99), line("11:", 99)]
    assert read(Best(first(20), Second(found=dirt))) == "first"
    assert read(Best(first(20, 95, 95), Second(found=dirt))) == "0 17 11:"


@pytest.mark.parametrize("sign", ["42", "出口", "7"])
def test_a_sign_that_only_the_second_sees_is_read_if_it_is_sure(sign: str) -> None:
    assert read(Best(first(), Second(found=[line(sign, 99)])), page=text_image()) == sign


def test_short_lines_that_only_the_second_sees_are_dirt_if_it_doubts_them() -> None:
    found = [line("17", 85), line("C", 87), line("42", 95), line("—", 99)]
    assert read(Best(first(), Second(found=found)), page=text_image()) == "42"
    assert read(Best(first(), Second(found=found[:2])), page=text_image()) == ""


@pytest.mark.parametrize("sign", ["出口", "押", "トイレ", "の", "출구"])
def test_chinese_japanese_and_korean_letters_are_no_dirt(sign: str) -> None:
    assert read(Best(first(20), Second(found=[line(sign, 80)]))) == sign


def column(x: int, confidence: float, *, letters: int) -> Block:
    """Five lines, one below the other."""
    boxes = [Box(x, y, x + 200, y + 20) for y in range(10, 160, 30)]
    return Block.of([Line.of([Word("w" * letters, confidence, box)]) for box in boxes])


@pytest.mark.parametrize(
    ("letters", "confidences", "asked"),
    [(30, [95, 95, 85], 0), (30, [95, 85, 85], 1), (8, [95, 95, 85], 1)],
    ids=["text", "text that can hardly be read", "prices"],
)
def test_columns_of_text_are_left_to_the_first_unless_it_is_at_a_loss(
    letters: int, confidences: list[float], asked: int
) -> None:
    engine, second = first(), Second()
    columns = tuple(column(250 * at, each, letters=letters) for at, each in enumerate(confidences))
    engine.reads = lambda _image: columns
    Best(engine, second).read(PAGE, ["eng"], timeout=60)
    assert len(second.asked) == asked


def test_languages_beyond_the_second_are_left_to_the_first() -> None:
    assert read(Best(first(50), Second()), "rus") == "first"
    assert read(Best(first(50), Second()), "eng", "rus") == "first"


def test_without_the_second_the_first_reads_alone() -> None:
    alone = Best(first(50), Second(is_here=False))
    assert read(alone) == "first"
    assert alone.version() == "tesseract 1.0"


def test_that_the_first_reads_alone_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    best._warn_once.cache_clear()
    alone = Best(first(50), Second(is_here=False))
    with caplog.at_level(logging.WARNING):
        read(alone)
        read(alone)
    assert len(caplog.messages) == 1
    assert "second" in caplog.messages[0]


def test_where_the_second_finds_nothing_the_first_is_believed() -> None:
    assert read(Best(first(50), Second(found=()))) == "first"


@pytest.mark.parametrize("error", [EngineCrashed(), EngineTimeout(seconds=1), EngineNonsense()])
def test_where_the_second_fails_what_the_first_read_is_kept(error: Exception) -> None:
    second = Second(fails=error)
    assert read(Best(first(50), second)) == "first"
    assert len(second.asked) == 1


def test_the_second_has_the_time_that_the_first_left() -> None:
    second = Second()
    Best(first(50), second).read(PAGE, ["eng"], timeout=60)
    assert 1 <= second.asked[0] <= 60


def test_it_reads_the_languages_of_the_first_and_asks_it_for_samples() -> None:
    tesseract = first(95)
    best = Best(tesseract, Second())
    assert best.languages() == {"eng", "rus", "chi_sim"}
    assert best.scout is tesseract


def test_a_blurred_photo_is_read_better_than_by_tesseract() -> None:
    lines = ["COLD DRINKS & SNACKS", "Iced Tea 3.50", "Rounding Adj 0.02"]
    photo = text_image(lines, size=(700, 260), mode="RGB").filter(ImageFilter.GaussianBlur(4))
    truth = Counter(" ".join(lines).split())
    right = {
        name: (truth & Counter(word for block in blocks for word in block.text.split())).total()
        for name in ("tesseract", "best")
        for blocks in [get_engine(name).read(photo, ["eng"], timeout=60)]
    }
    assert right["best"] > right["tesseract"]
