import weakref
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image, ImageDraw

from documents.errors import (
    EngineCrashed,
    EngineNonsense,
    EngineTimeout,
    EngineUnknown,
    LanguageMissing,
    OcrsiteError,
)
from documents.ocr import engines
from documents.ocr.clean import rotate, sheets
from documents.ocr.clean.prepared import Prepared
from documents.ocr.detection.detect import Detection
from documents.ocr.elements import Block, Box, Cure, Line, PageText, lines_of, words_of
from documents.ocr.engines.tesseract import Tesseract
from documents.ocr.options import MAX_SIDE, Layout, Options
from documents.ocr.reading import moved, read_page, scaled
from tests.doubles import EchoEngine
from tests.factories import blocks
from tests.files import columns_image, text_image

pytestmark = pytest.mark.slow

ENGLISH = Options(languages=("eng",))
FAILED = [EngineCrashed(), EngineTimeout(seconds=1), EngineNonsense()]
LINES = [
    "Human beings are born free",
    "and equal in dignity",
    "and rights. They have",
    "reason and conscience",
]


@pytest.fixture(scope="module")
def letter() -> Image.Image:
    return text_image(LINES, size=(800, 1000), px=40)


def box_of(word: str, image: Image.Image, options: Options = ENGLISH) -> Box:
    [found] = [found for found in read_page(image, options).words if found.text == word]
    return found.box


def near(first: Box, second: Box, pixels: int) -> bool:
    return all(abs(a - b) <= pixels for a, b in zip(first, second, strict=True))


def test_a_page_is_read_with_the_languages_asked_for(echo: EchoEngine) -> None:
    read = read_page(text_image(), Options(languages=("fra", "eng")))
    assert read.text == "Hello world"
    assert (read.width, read.height, read.rotation) == (600, 200, 0)
    assert (read.languages, read.engine, read.engine_version) == (("fra", "eng"), "tesseract", "1.0")
    assert echo.calls == [("fra", "eng")]


@pytest.mark.parametrize(("others", "version"), [([], "1.0"), (["", "rapidocr 3.9"], "1.0 + rapidocr 3.9")])
def test_a_reading_names_all_who_had_a_part_in_it(echo: EchoEngine, others: list[str], version: str) -> None:
    words = [replace(word, reader=other) for word in words_of(blocks("Hello")) for other in others or [""]]
    echo.reads = lambda _image: (Block.of([Line.of(words)]),)
    assert read_page(text_image(), ENGLISH).engine_version == version


def test_a_reading_tells_how_long_it_took(echo: EchoEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]

    def read_slowly(_image: Image.Image) -> tuple[Block, ...]:
        now[0] += 2.5
        return blocks("Hello world", confidence=95)

    echo.reads = read_slowly
    monkeypatch.setattr("documents.ocr.reading.time", SimpleNamespace(monotonic=lambda: now[0]))
    assert read_page(text_image(), ENGLISH).seconds == 2.5


def test_a_good_page_costs_one_call(echo: EchoEngine) -> None:
    read_page(text_image(), ENGLISH)
    assert len(echo.calls) == 1


def test_a_blank_page_costs_one_call_and_has_no_text(echo: EchoEngine) -> None:
    echo.reads = lambda _image: ()
    read = read_page(Image.new("L", (300, 400), 255), ENGLISH)
    assert (read.text, read.confidence) == ("", None)
    assert len(echo.calls) == 1


def test_a_page_without_text_is_in_no_language_but_the_one_chosen(echo: EchoEngine) -> None:
    echo.reads = lambda _image: ()
    blank = Image.new("L", (300, 400), 255)
    assert read_page(blank, Options()).languages == ()
    assert read_page(blank, Options(languages=("rus",))).languages == ("rus",)


def test_an_image_beyond_the_limit_is_scaled_down_for_the_engine_only(echo: EchoEngine) -> None:
    seen: list[tuple[int, int]] = []

    def read_scaled(image: Image.Image) -> tuple[Block, ...]:
        seen.append(image.size)
        return blocks("Hello")

    echo.reads = read_scaled
    read = read_page(Image.new("L", (800, 400), 255), Options(languages=("eng",), max_pixels=80_000))
    assert seen == [(400, 200)]
    assert (read.width, read.height) == (800, 400)
    assert read.words[0].box == Box(0, 0, 20, 20)


def test_an_image_longer_than_the_engine_takes_is_scaled_down(echo: EchoEngine) -> None:
    seen: list[int] = []

    def note_size(image: Image.Image) -> tuple[Block, ...]:
        seen.append(max(image.size))
        return ()

    echo.reads = note_size
    read_page(Image.new("L", (40_000, 10), 255), ENGLISH)
    assert seen == [MAX_SIDE]


def test_a_timeout_names_the_limit_of_the_page(echo: EchoEngine) -> None:
    def time_out(_image: Image.Image) -> tuple[Block, ...]:
        raise EngineTimeout(seconds=1)

    echo.reads = time_out
    with pytest.raises(EngineTimeout, match="longer than 90 seconds"):
        read_page(text_image(), Options(languages=("eng",), timeout=90))


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(EngineUnknown):
        read_page(text_image(), Options(engine="abacus"))


def test_scaling_a_reading_keeps_its_boxes_on_the_page() -> None:
    read = scaled(read_page_of_blocks("Hello world", (25, 11)), (38, 16))
    assert (read.width, read.height) == (38, 16)
    assert [word.box for word in read.words] == [Box(0, 0, 16, 15), Box(18, 0, 34, 15)]


def read_page_of_blocks(text: str, size: tuple[int, int]) -> PageText:
    return PageText(width=size[0], height=size[1], blocks=blocks(text))


def test_a_page_that_is_hardly_surer_the_other_way_up_is_left_as_it_lies(echo: EchoEngine) -> None:
    """As is one in a language that was not asked for."""
    rising = count(30)  # so the other way up seems a little better
    echo.reads = lambda _image: blocks("Hello world", confidence=min(45, next(rising)))
    assert read_page(text_image(LINES, size=(800, 1000), px=40), ENGLISH).rotation == 0


@pytest.mark.parametrize(("turned", "rotation"), [(95, 180), (72, 0)])
def test_a_few_words_that_are_fairly_sure_are_read_the_other_way_up_too(
    echo: EchoEngine, monkeypatch: pytest.MonkeyPatch, turned: float, rotation: int
) -> None:
    confidences = iter((74, turned))
    echo.reads = lambda _image: blocks("X e a sx", confidence=next(confidences))
    monkeypatch.setattr("documents.ocr.reading.find_rotation", lambda *_args, **_named: 180)
    monkeypatch.setattr("documents.ocr.reading.is_doubtful", lambda *_args: False)
    monkeypatch.setattr("documents.ocr.reading.better_languages", lambda *_args: ())
    assert read_page(text_image(), ENGLISH).rotation == rotation


def test_short_words_that_were_read_from_the_side_are_turned(echo: EchoEngine) -> None:
    """Each by itself may be as high as wide."""
    [block] = blocks("The end", confidence=95)
    beneath = moved([block], lambda box: Box(0, box.x0, 10, box.x0 + 10))
    echo.reads = lambda image: beneath if image.height > image.width else (block,)
    assert read_page(rotate(text_image(["The end"]), 90), ENGLISH).rotation in (90, 270)


def test_two_korean_letters_above_each_other_were_read_from_the_side(echo: EchoEngine) -> None:
    """The line tells nothing: the engine took the lines of a turned page, side by side, for one."""
    [level] = blocks("서로 여야", confidence=90)
    beneath = moved([level], lambda box: Box(20 * box.x0, 0, 20 * box.x0 + 30, 50))
    echo.reads = lambda image: beneath if image.height > image.width else (level,)
    assert read_page(rotate(text_image(["The end"]), 90), ENGLISH).rotation in (90, 270)


def _downwards() -> Image.Image:
    """Lines that run from top to bottom."""
    return rotate(text_image(LINES, size=(1000, 500), px=40), 90)


@pytest.fixture
def japanese(monkeypatch: pytest.MonkeyPatch) -> EchoEngine:
    """An engine that reads vertical text with its own pack only."""
    engine = EchoEngine(languages=("eng", "jpn", "jpn_vert"))
    engine.reads = lambda _image: blocks("縦書き", 92 if "jpn_vert" in engine.calls[-1] else 30)
    monkeypatch.setitem(engines.ENGINES, ENGLISH.engine, lambda: engine)
    return engine


@pytest.mark.parametrize(
    ("languages", "read_with"),
    [(("jpn",), ("jpn_vert",)), (("jpn", "eng"), ("jpn_vert", "eng")), ((), ("jpn_vert",))],
)
def test_a_page_that_is_set_from_top_to_bottom_is_read_with_the_pack_for_it(
    japanese: EchoEngine, languages: tuple[str, ...], read_with: tuple[str, ...]
) -> None:
    read = read_page(_downwards(), Options(languages=languages))
    assert (read.text, read.languages, read.rotation) == ("縦書き", read_with, 0)
    assert japanese.calls[-1] == read_with


def test_a_vertical_page_is_read_downwards_though_its_letters_seemed_level(
    japanese: EchoEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    japanese.reads = lambda _image: blocks("縦書き", 92 if "jpn_vert" in japanese.calls[-1] else 80)
    found = Detection(("eng", "jpn"))
    monkeypatch.setattr("documents.ocr.reading.detect", lambda *_args: found)
    assert read_page(_downwards(), Options()).languages == ("jpn_vert",)


def test_a_vertical_page_is_upright_where_its_lines_run_downwards(japanese: EchoEngine) -> None:
    [level] = blocks("縦書きの本 横書きの本", 92)
    japanese.reads = lambda _image: moved([level], lambda box: Box(0, 5 * box.x0, 10, 5 * box.x0 + 40))
    assert read_page(_downwards(), Options(languages=("jpn_vert",))).rotation == 0


def test_a_level_heading_above_vertical_text_is_read_for_itself(japanese: EchoEngine) -> None:
    """With the pack for level lines, and boxes on the page."""
    page = columns_image((250, 1500))
    page.paste(text_image(["MOON"], size=(400, 120), px=60), (200, 40))
    seen = list[tuple[int, int]]()

    def read(image: Image.Image) -> tuple[Block, ...]:
        seen.append(image.size)
        return blocks("縦書き", 92) if "jpn_vert" in japanese.calls[-1] else blocks("見出し", 92)

    japanese.reads = read
    found = read_page(page, Options(languages=("jpn_vert",)))
    assert [block.text for block in found.blocks] == ["見出し", "縦書き"]
    assert japanese.calls == [("jpn",), ("jpn_vert",)]
    assert {width for width, _height in seen} == {page.width}
    assert sum(height for _width, height in seen) == page.height
    assert found.words[1].box.y0 >= 200


@pytest.fixture
def mixed() -> Image.Image:
    """Columns below a level paragraph that is longer."""
    page = columns_image((800, 1400))
    page.paste(text_image(LINES * 4, size=(1000, 700), px=30), (50, 40))
    return page


def _read_mixed(japanese: EchoEngine, confidence: float) -> None:
    """Columns as words downwards, of which their pack is as sure as told."""
    level = blocks("横書きの文", 92)
    beneath = moved(blocks("縦書きの文", confidence), lambda _box: Box(10, 10, 40, 300))
    japanese.reads = lambda _image: beneath if "jpn_vert" in japanese.calls[-1] else level


def test_columns_on_a_page_that_is_mostly_level_are_read_downwards(
    japanese: EchoEngine, mixed: Image.Image
) -> None:
    _read_mixed(japanese, 90)
    read = read_page(mixed, Options(languages=("jpn",)))
    assert read.languages == ("jpn_vert",)
    assert set(japanese.calls) == {("jpn",), ("jpn_vert",)}


def test_what_looks_like_columns_and_is_not_legible_is_read_level(
    japanese: EchoEngine, mixed: Image.Image
) -> None:
    _read_mixed(japanese, 40)
    assert read_page(mixed, Options(languages=("jpn",))).languages == ("jpn",)


@pytest.mark.parametrize("rows", [((100, 700), (800, 1400)), ((100, 500), (580, 950), (1030, 1400))])
def test_storeys_of_columns_are_read_one_by_one(
    japanese: EchoEngine, rows: tuple[tuple[int, int], ...]
) -> None:
    read = read_page(columns_image(*rows), Options(languages=("jpn",)))
    assert read.text.split() == ["縦書き"] * len(rows)
    for word, (_top, bottom) in zip(read.words[1:], rows, strict=False):
        assert word.box.y0 >= bottom - 10


def test_a_page_of_level_lines_is_not_tried_with_it(japanese: EchoEngine, letter: Image.Image) -> None:
    read_page(letter, Options(languages=("jpn",)))
    assert ("jpn_vert",) not in japanese.calls


def test_a_level_page_on_its_side_is_not_legible_with_it(japanese: EchoEngine) -> None:
    japanese.reads = lambda _image: blocks("横書き", 30 if "jpn_vert" in japanese.calls[-1] else 90)
    assert read_page(_downwards(), Options(languages=("jpn",))).languages == ("jpn",)


def _fail_in(step: str, error: Exception, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let a step of a reading fail; the list has its name once it was taken."""
    taken: list[str] = []

    def fail(*_args: object, **_named: object) -> None:
        taken.append(step)
        raise error

    monkeypatch.setattr(f"documents.ocr.reading.{step}", fail)
    return taken


@pytest.mark.parametrize("error", FAILED)
@pytest.mark.parametrize(
    ("step", "languages"),
    [("find_rotation", ("eng",)), ("better_languages", ("eng",)), ("doubt", ()), ("detect", ())],
)
def test_a_step_that_a_page_can_do_without_loses_no_reading(
    echo: EchoEngine,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    languages: tuple[str, ...],
    error: Exception,
) -> None:
    echo.reads = lambda _image: blocks("Hello world", confidence=45)
    taken = _fail_in(step, error, monkeypatch)
    read = read_page(text_image(), Options(languages=languages))
    assert taken == [step]
    assert (read.text, read.rotation, read.suggested) == ("Hello world", 0, ())


@pytest.mark.parametrize(("step", "languages"), [("better_languages", ("eng",)), ("doubt", ())])
def test_who_wants_no_better_languages_does_not_wait_for_them(
    echo: EchoEngine, monkeypatch: pytest.MonkeyPatch, step: str, languages: tuple[str, ...]
) -> None:
    looked = Counter[str]()
    monkeypatch.setattr(f"documents.ocr.reading.{step}", lambda *_args: looked.update([step]) or ("fra",))
    options = Options(languages=languages)
    assert read_page(text_image(), options).suggested == ("fra",)
    assert read_page(text_image(), replace(options, suggest=False)).suggested == ()
    assert looked == {step: 1}


@pytest.mark.parametrize("error", FAILED)
def test_a_turned_page_that_cannot_be_read_leaves_the_first_reading(
    echo: EchoEngine, monkeypatch: pytest.MonkeyPatch, letter: Image.Image, error: Exception
) -> None:
    def read_upright(image: Image.Image) -> tuple[Block, ...]:
        if image.size == letter.size:
            return blocks("as it lies", confidence=45)
        raise error

    echo.reads = read_upright
    monkeypatch.setattr("documents.ocr.reading.find_rotation", lambda *_args, **_named: 90)
    read = read_page(letter, ENGLISH)
    assert (read.text, read.rotation) == ("as it lies", 0)


@pytest.mark.parametrize("error", FAILED)
@pytest.mark.parametrize("languages", [("jpn",), ()])
def test_a_page_that_cannot_be_read_downwards_is_read_as_it_lies(
    japanese: EchoEngine, languages: tuple[str, ...], error: Exception
) -> None:
    def read_level(_image: Image.Image) -> tuple[Block, ...]:
        if "jpn_vert" in japanese.calls[-1]:
            raise error
        return blocks("横書き", 45)

    japanese.reads = read_level
    assert read_page(_downwards(), Options(languages=languages)).text == "横書き"
    assert ("jpn_vert",) in japanese.calls


def facing_pages() -> Image.Image:
    page = text_image(LINES * 4, size=(800, 1000), px=40)
    book = Image.new("L", (1600, 1000), 255)
    book.paste(page, (0, 0))
    book.paste(page, (800, 0))
    book.paste(100, (794, 0, 806, 1000))
    return book


@pytest.mark.parametrize(("language", "starts"), [("eng", ["left", "right"]), ("ara", ["right", "left"])])
def test_facing_pages_are_read_in_the_order_of_their_language(
    monkeypatch: pytest.MonkeyPatch, language: str, starts: list[str]
) -> None:
    engine = EchoEngine(languages=(language,))
    engine.reads = lambda _image: blocks("page", confidence=95)
    monkeypatch.setitem(engines.ENGINES, ENGLISH.engine, lambda: engine)
    read = read_page(facing_pages(), Options(languages=(language,)))
    assert ["left" if block.box.x1 < 800 else "right" for block in read.blocks] == starts


# With the real Tesseract


@pytest.mark.parametrize("turned", [90, 180, 270])
@pytest.mark.parametrize("languages", [("eng",), ()])
def test_a_page_that_lies_the_wrong_way_is_turned(
    letter: Image.Image, turned: int, languages: Sequence[str]
) -> None:
    read = read_page(rotate(letter, turned), Options(languages=tuple(languages)))
    assert [line.text for line in read.lines] == LINES
    assert read.rotation == -turned % 360
    assert (read.width, read.height) == letter.size
    [word] = [word for word in read.words if word.text == "dignity"]
    assert near(word.box, box_of("dignity", letter), 2)


@pytest.mark.parametrize(("turned", "rotation"), [(95, 90), (60, 0)])
def test_a_page_with_lines_that_reads_as_blank_is_turned_if_it_is_legible_then(
    echo: EchoEngine, turned: float, rotation: int
) -> None:
    lying = rotate(text_image(LINES, size=(1000, 500), px=40), 270)
    echo.reads = lambda image: () if image.size == lying.size else blocks("Hello world", turned)
    read = read_page(lying, ENGLISH)
    assert (read.rotation, bool(read.text)) == (rotation, bool(rotation))


def test_a_page_that_was_read_from_the_side_is_turned_for_its_reader(echo: EchoEngine) -> None:
    """Even if the engine was a little surer of it as it lay."""

    def read_from_the_side(image: Image.Image) -> tuple[Block, ...]:
        if image.width > image.height:  # samples, too
            [level] = blocks("Hello world", confidence=85)
            return moved([level], lambda box: Box(box.x0, 0, box.x0 + 30, 10))
        [level] = blocks("Hello world", confidence=90)
        return moved([level], lambda box: Box(0, box.x0, 10, box.x0 + 30))

    echo.reads = read_from_the_side
    lying = rotate(text_image(LINES, size=(1000, 500), px=40), 90)
    assert read_page(lying, ENGLISH).rotation in (90, 270)


def test_a_page_is_left_as_it_lies_on_request(letter: Image.Image) -> None:
    upside_down = rotate(letter, 180)
    read = read_page(upside_down, Options(languages=("eng",), orient=False))
    assert read.rotation == 0
    assert "dignity" not in read.text


def test_boxes_of_a_crooked_page_lie_on_its_words(letter: Image.Image) -> None:
    crooked = rotate(letter, 5)
    read = read_page(crooked, ENGLISH)
    assert [line.text for line in read.lines] == LINES
    assert (read.width, read.height) == crooked.size
    assert all(crooked.crop(word.box).getextrema()[0] < 100 for word in read.words)
    first, last = (next(word.box for word in read.words if word.text == text) for text in ("Human", "free"))
    assert last.y0 > first.y0 + 20


def test_a_lone_letter_that_layout_analysis_overlooks_is_read() -> None:
    assert read_page(text_image(["OK"], size=(130, 130)), ENGLISH).text == "OK"


def test_an_image_of_one_pixel_is_a_blank_page() -> None:
    assert read_page(Image.new("L", (1, 1), 0), Options()).text == ""


def test_a_missing_pack_is_named(letter: Image.Image) -> None:
    with pytest.raises(LanguageMissing, match="Cherokee"):
        read_page(letter, Options(languages=("chr",)))


def test_dirt_on_a_blank_page_is_no_text() -> None:
    page = Image.new("L", (1200, 1700), 240)
    pen = ImageDraw.Draw(page)
    for number in range(60):
        x, y = number * 397 % 1200, number * 613 % 1700
        pen.ellipse((x, y, x + number % 13, y + number % 11), fill=60)
    pen.line((100, 700, 380, 730), fill=80, width=6)
    assert read_page(page, ENGLISH).text == ""


def test_grey_print_on_a_black_table_is_read() -> None:
    """One threshold for the whole image would call print and paper alike."""
    table = Image.new("L", (900, 1200), 8)
    table.paste(text_image(LINES, size=(780, 1060), px=40).point(lambda grey: 170 + grey // 5), (60, 70))
    assert "conscience" in read_page(table, ENGLISH).text


def test_a_doubtful_page_gets_a_second_look(echo: EchoEngine, letter: Image.Image) -> None:
    echo.reads = lambda image: blocks("doubt", confidence=80) if image.size == letter.size else ()
    read = read_page(letter, Options(languages=("eng",)))
    assert len(echo.calls) > 1
    assert read.text == "doubt"


def test_a_second_look_is_at_the_page_as_it_was_prepared_before(
    echo: EchoEngine, letter: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[int] = []

    def prepare(*args: Any, **named: Any) -> tuple[Prepared, ...]:
        prepared.append(args[1])
        return sheets(*args, **named)

    monkeypatch.setattr("documents.ocr.reading.sheets", prepare)
    crooked = rotate(letter, 4)
    echo.reads = lambda image: blocks("doubt", confidence=80) if image.height >= letter.height else ()
    read = read_page(crooked, ENGLISH)
    assert len(echo.calls) > 1
    assert prepared == [0]
    assert [treatment.cure for treatment in read.treatments] == [Cure.STRAIGHTENED]


def test_what_an_engine_says_is_final_gets_no_second_look(echo: EchoEngine, letter: Image.Image) -> None:
    [block] = blocks("doubt more", confidence=80)
    doubt, more = block.lines[0].words
    echo.reads = lambda _image: (Block.of([Line.of([doubt, replace(more, is_final=True)])]),)
    assert read_page(letter, replace(ENGLISH, orient=False)).text == "doubt more"
    assert len(echo.calls) == 1


def test_of_facing_pages_the_one_that_is_not_final_gets_a_second_look(echo: EchoEngine) -> None:
    read: list[bool] = []

    def read_left_as_final(_image: Image.Image) -> tuple[Block, ...]:
        [word] = words_of(blocks("doubt", confidence=80))
        read.append(not read)
        return (Block.of([Line.of([replace(word, is_final=read[-1])])]),)

    echo.reads = read_left_as_final
    read_page(facing_pages(), ENGLISH)
    assert len(read) > 2


def test_a_korean_word_that_only_a_second_look_finds_is_no_dirt(
    echo: EchoEngine, letter: Image.Image
) -> None:
    echo.reads = lambda image: () if image.size == letter.size else blocks("출구", confidence=95)
    assert read_page(letter, ENGLISH).text == "출구"


def test_a_page_is_held_as_it_was_prepared_for_one_way_up(
    echo: EchoEngine, letter: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 20 megapixels in colour each takes 60 MB, and its copies as much."""
    prepared: list[weakref.ref[Prepared]] = []
    ways: list[int] = []

    def prepare(*args: Any, **named: Any) -> tuple[Prepared, ...]:
        assert not any(sheet() for sheet in prepared)
        ways.append(args[1])
        made = sheets(*args, **named)
        prepared.extend(map(weakref.ref, made))
        return made

    monkeypatch.setattr("documents.ocr.reading.sheets", prepare)
    monkeypatch.setattr("documents.ocr.reading.find_rotation", lambda *_args, **_named: 90)
    echo.reads = lambda _image: blocks("doubt", 20 if ways[-1] else 45)
    read_page(rotate(letter, 4), ENGLISH)
    assert ways == [0, 90, 0]


class Forgetful(Tesseract):
    """Leaves out the second line of a page; ``rows`` is what reading one alone does instead, if anything."""

    rows: Exception | None = None

    def read(
        self, image: Image.Image, languages: Sequence[str], *, timeout: float, layout: Layout = Layout.AUTO
    ) -> tuple[Block, ...]:
        if layout is Layout.ROW and self.rows:
            raise self.rows
        found = super().read(image, languages, timeout=timeout, layout=layout)
        if layout is not Layout.AUTO:
            return found
        first, _second, *rest = lines_of(found)
        return (Block.of([first, *rest]),)


@pytest.mark.parametrize("angle", [0, 5, 180])
def test_a_line_that_the_engine_left_out_is_put_where_it_belongs(
    monkeypatch: pytest.MonkeyPatch, letter: Image.Image, angle: float
) -> None:
    monkeypatch.setitem(engines.ENGINES, ENGLISH.engine, Forgetful)
    turned = letter.rotate(angle, expand=True, fillcolor="white")
    assert read_page(turned, ENGLISH).text.split() == " ".join(LINES).split()


@pytest.mark.parametrize("error", FAILED)
def test_lost_lines_that_cannot_be_read_leave_the_first_reading(
    monkeypatch: pytest.MonkeyPatch, letter: Image.Image, error: OcrsiteError
) -> None:
    monkeypatch.setattr(Forgetful, "rows", error)
    monkeypatch.setitem(engines.ENGINES, ENGLISH.engine, Forgetful)
    first, _second, *rest = LINES
    assert read_page(letter, ENGLISH).text.split() == " ".join([first, *rest]).split()


@pytest.mark.parametrize("error", FAILED)
def test_a_second_look_that_fails_leaves_the_first_reading(
    echo: EchoEngine, letter: Image.Image, error: Exception
) -> None:
    def read_once(image: Image.Image) -> tuple[Block, ...]:
        if image.size == letter.size:
            return blocks("doubt", confidence=80)
        raise error

    echo.reads = read_once
    assert read_page(letter, Options(languages=("eng",))).text == "doubt"


def test_the_lines_of_a_column_come_downwards(echo: EchoEngine, letter: Image.Image) -> None:
    upper, lower = blocks("upper", confidence=80), blocks("lower", confidence=80)
    below = moved(lower, lambda box: box._replace(y0=box.y0 + 40, y1=box.y1 + 40))
    echo.reads = lambda _image: (*below, *upper)
    read = read_page(letter, Options(languages=("eng",), layout=Layout.COLUMN, orient=False))
    assert [line.text for line in read.lines] == ["upper", "lower"]


def test_a_page_that_is_to_be_read_in_a_certain_layout_is_read_once(
    echo: EchoEngine, letter: Image.Image
) -> None:
    echo.reads = lambda _image: blocks("doubt", confidence=80)
    read_page(letter, Options(languages=("eng",), layout=Layout.COLUMN, orient=False))
    assert len(echo.calls) == 1
