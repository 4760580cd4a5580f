"""Pages that are too large to be read at once, with a limit so low that small ones are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from documents.errors import (
    DrawingKilled,
    EngineCrashed,
    EngineTimeout,
    FileMissing,
    PageTooComplex,
)
from documents.ocr import reading, tiled
from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.engines import ENGINES
from documents.ocr.engines.tesseract import Tesseract
from documents.ocr.files.load import in_memory, open_page, part_of
from documents.ocr.options import Cleaning, Layout, Limits, Options
from documents.ocr.reading import read_page
from documents.ocr.shown import Shown, Watch
from documents.ocr.tiled import read_opened
from tests.files import FONT

pytestmark = pytest.mark.slow

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
OPTIONS = Options(languages=("eng",), engine="tesseract", max_pixels=400_000)


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


def assert_says(read: PageText, expected: list[str]) -> None:
    """The words, none lost or doubled and in order; engines differ by a letter here and there."""
    words = [word.text for word in read.words]
    assert len(words) == len(expected)
    misread = [(word, right) for word, right in zip(words, expected, strict=True) if word != right]
    assert all(Levenshtein.distance(word, right) == 1 for word, right in misread), misread
    assert len(misread) <= len(expected) / 50


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The sizes of what is read."""
    sizes: list[tuple[int, int]] = []

    def noted(image: Image.Image, options: Options, watch: Watch | None = None) -> PageText:
        sizes.append(image.size)
        return read_page(image, options, watch)

    monkeypatch.setattr(tiled, "read_page", noted)
    monkeypatch.setattr(tiled, "_WIDEST", 700)
    monkeypatch.setattr(tiled, "_WINDOW", (500, 300))
    return sizes


def test_page_with_small_letters_is_read_in_parts_column_by_column(calls: list[tuple[int, int]]) -> None:
    image = poster()
    read = read_opened(in_memory(image, OPTIONS.max_pixels), OPTIONS)

    assert_says(read, said())
    assert len(calls) > 4
    assert (read.width, read.height, read.rotation) == (*image.size, 0)


def test_only_the_places_that_tell_the_languages_tell_better_ones(
    calls: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[PageText] = []

    def better(page: PageText, *_args: object) -> tuple[str, ...]:
        looked.append(page)
        return ("fra",)

    monkeypatch.setattr(reading, "better_languages", better)
    read = read_opened(in_memory(poster(), OPTIONS.max_pixels), OPTIONS)

    assert (read.suggested, len(looked)) == (("fra",), 1)
    assert len(calls) > 4


def test_better_languages_are_looked_for_once_however_many_places_were_looked_at(
    calls: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[tuple[PageText, tuple[int, int]]] = []

    def better(page: PageText, image: Image.Image, *_args: object) -> tuple[str, ...]:
        looked.append((page, image.size))
        return ("fra",)

    monkeypatch.setattr(reading, "better_languages", better)
    monkeypatch.setattr(tiled, "_SURE", 101)  # no place tells enough
    read = read_opened(in_memory(poster(), OPTIONS.max_pixels), OPTIONS)

    assert (read.suggested, len(looked)) == (("fra",), 1)
    [(page, size)] = looked
    assert page.words
    assert size == (page.width, page.height)


def test_the_picture_shows_what_was_seen_of_each_part(calls: list[tuple[int, int]]) -> None:
    shown = Shown(400)
    inverted = replace(OPTIONS, cleaning=Cleaning.INVERT)
    read_opened(in_memory(poster(), OPTIONS.max_pixels), inverted, shown)

    assert len(calls) > 4
    dark = shown.image.convert("L")
    assert max(dark.size) == 400
    # Between the lines, in the first column and in the second.
    assert [dark.getpixel((x, dark.height // 2)) for x in (2, dark.width // 2 + 2)] == [0, 0]


def test_boxes_are_pixels_of_the_full_page(calls: list[tuple[int, int]]) -> None:
    image = poster()
    read = read_opened(in_memory(image, OPTIONS.max_pixels), OPTIONS)

    word = read.words[-2]  # the number in the last line of the second column
    assert image.crop(word.box).getextrema()[0] < 50
    assert 0 <= word.box.y0 - (30 + 23 * 45) < 20
    assert 600 < word.box.x0 < word.box.x1 < 1000


def test_page_on_its_side_is_turned_first(calls: list[tuple[int, int]]) -> None:
    lying = poster().transpose(Image.Transpose.ROTATE_90)
    read = read_opened(in_memory(lying, OPTIONS.max_pixels), OPTIONS)

    assert read.rotation == 90
    assert (read.width, read.height) == (lying.height, lying.width)
    assert_says(read, said())


def test_long_roll_is_read_at_its_full_size() -> None:
    """Far longer than an engine takes, and with no more pixels than are read at once."""
    roll = Image.new("L", (240, 64_000), 255)
    draw, font = ImageDraw.Draw(roll), ImageFont.truetype(FONT, 28)
    said = [f"{WORDS[number % 12]} {100 + number}" for number in range(100)]
    for number, text in enumerate(said):
        draw.text((20, 100 + number * 640), text, fill=0, font=font)
    read = read_opened(
        in_memory(roll, Options().max_pixels), replace(OPTIONS, max_pixels=Options().max_pixels)
    )

    assert_says(read, " ".join(said).split())
    for number, word in enumerate(read.words[1::2]):
        assert 0 <= word.box.y0 - (100 + number * 640) < 20


def compounds(px: int, lines: int) -> tuple[Image.Image, list[str]]:
    """Long words, which leave no column white, above small letters; and what it says."""
    long_words = (
        "Rindfleischetikettierungsaufgaben",
        "Donaudampfschifffahrtskapitän",
        "Kraftfahrzeugversicherung",
    )
    image, y, said = Image.new("L", (1600, 640), 255), 60, list[str]()
    draw = ImageDraw.Draw(image)
    for number in range(lines):
        font, x = ImageFont.truetype(FONT, px), 40 + 10 * number
        while x + font.getlength(word := long_words[len(said) % 3]) < image.width - 40:
            draw.text((x, y), word, fill=0, font=font)
            said.append(word)
            x += round(font.getlength(f"{word} "))
        y += px * 3 // 2
    for row in range(5):
        words = " ".join(WORDS[(row + number) % 12] for number in range(12))
        draw.text((40, y + 36 * row), words, fill=0, font=ImageFont.truetype(FONT, 24))
        said += words.split()
    return image, said


GERMAN = replace(OPTIONS, languages=("deu", "eng"))


@pytest.mark.parametrize(("px", "lines"), [(30, 6), (70, 3)])
def test_long_word_that_two_tiles_see_in_part_is_read_once_and_whole(
    calls: list[tuple[int, int]], px: int, lines: int
) -> None:
    """Tiles are 700 pixels wide."""
    image, expected = compounds(px, lines)

    assert_says(read_opened(in_memory(image, GERMAN.max_pixels), GERMAN), expected)
    assert min(height for _width, height in calls) < 100  # what was read by itself


class LineFails(Tesseract):
    """Reads no line by itself."""

    fails: Exception = EngineCrashed()

    def read(
        self, image: Image.Image, languages: Sequence[str], *, timeout: float, layout: Layout = Layout.AUTO
    ) -> tuple[Block, ...]:
        if layout is Layout.LINE:
            raise self.fails
        return super().read(image, languages, timeout=timeout, layout=layout)


def assert_says_at_least(read: PageText, expected: list[str]) -> None:
    """The words that one tile sees whole, each as often; of long ones there may be the ends."""
    seen = Counter(word.text for word in read.words)
    missing = Counter(word for word in expected if word in WORDS) - seen
    assert missing.total() <= len(expected) / 50
    assert seen.total() >= len(expected)


@pytest.mark.parametrize("error", [EngineCrashed(), EngineTimeout(seconds=100)])
def test_what_the_tiles_have_read_stays_where_the_engine_fails_at_a_cut_word(
    calls: list[tuple[int, int]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    monkeypatch.setitem(ENGINES, "tesseract", LineFails)
    monkeypatch.setattr(LineFails, "fails", error)
    image, expected = compounds(30, 6)
    read = read_opened(in_memory(image, GERMAN.max_pixels), GERMAN)

    assert_says_at_least(read, expected)
    assert sum(height < 100 for _width, height in calls) == 1  # no other was tried
    assert "cut" in caplog.text


@pytest.mark.parametrize("error", [PageTooComplex(), DrawingKilled()])
def test_what_the_tiles_have_read_stays_where_a_cut_word_cannot_be_shown(
    calls: list[tuple[int, int]], error: Exception
) -> None:
    image, expected = compounds(30, 6)
    opened = in_memory(image, GERMAN.max_pixels)

    def closer(box: Box, size: tuple[int, int]) -> Image.Image:
        if box.height < 100:
            raise error
        return part_of(image, box, size)

    assert_says_at_least(read_opened(replace(opened, closer=closer), GERMAN), expected)
    assert min(height for _width, height in calls) > 100


def test_cut_words_for_which_no_time_is_left_stay_as_they_were_read(
    calls: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time is up when the first of them has been read."""
    image, expected = compounds(30, 6)
    monkeypatch.setattr(tiled, "monotonic", lambda: 1e6 * any(height < 100 for _width, height in calls))

    assert_says_at_least(read_opened(in_memory(image, GERMAN.max_pixels), GERMAN), expected)
    assert sum(height < 100 for _width, height in calls) == 1


@pytest.mark.parametrize(
    ("text", "confidence", "is_taken"),
    [
        ("Kraftfahrzeugversicherung", 90, True),
        ("Kraftfahrzeug", 90, False),
        ("Kraftfahrzeugversicherung", 40, False),
        ("— · — · — · — · — · —", 95, False),
        ("", 0, False),
    ],
)
def test_word_is_read_by_itself_for_the_better_only(text: str, confidence: float, *, is_taken: bool) -> None:
    """It must have the letters of the longest part, and be as sure as the least sure one."""

    def page(text: str, confidence: float, box: Box) -> PageText:
        words = [Word(text, confidence, box)] if text else []
        return PageText(900, 100, (Block.of([Line.of(words)]),) if words else ())

    place = Box(100, 10, 700, 40)
    tiles = [
        page("Kraftfahrzeugver", 80, Box(100, 10, 450, 40)),
        page("zeugversicherung", 60, Box(350, 10, 700, 40)),
    ]
    whole = page(text, confidence, place)

    assert tiled._mended(tiles, [place], lambda _place: whole)[-1] is (whole if is_taken else tiles[-1])


def test_languages_are_found_once(calls: list[tuple[int, int]]) -> None:
    read = read_opened(in_memory(poster(), OPTIONS.max_pixels), replace(OPTIONS, languages=()))

    assert read.languages == ("eng",)
    assert_says(read, said())


def test_page_with_large_letters_is_read_on_a_smaller_copy(calls: list[tuple[int, int]]) -> None:
    large = poster(1, 5, px=130, breadth=1900)
    read = read_opened(in_memory(large, OPTIONS.max_pixels), OPTIONS)

    assert_says(read, said(1, 5))
    assert len(calls) == 1
    assert read.width == large.width


@pytest.mark.parametrize(("slowness", "is_told"), [(0.3, False), (0.9, True)])
def test_time_for_all_parts_together_is_limited(
    calls: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch, slowness: float, *, is_told: bool
) -> None:
    """Each part takes ``slowness`` of the time that it has for itself."""
    options = replace(OPTIONS, timeout=100)
    monkeypatch.setattr(tiled, "monotonic", lambda: len(calls) * slowness * options.timeout)
    opened = in_memory(poster(), options.max_pixels)
    if not is_told:
        assert_says(read_opened(opened, options), said())
        return
    with pytest.raises(EngineTimeout) as error:
        read_opened(opened, options)
    parts = (error.value.params["seconds"] / options.timeout - 1) * 4
    assert parts == 4
    assert len(calls) < 1 + parts


def test_part_that_takes_the_time_that_all_have_left_is_told_so(
    calls: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 590.0])
    options = replace(OPTIONS, timeout=100)

    def too_slow(_image: Image.Image, options: Options) -> PageText:
        raise EngineTimeout(seconds=round(options.timeout))

    monkeypatch.setattr(tiled, "monotonic", lambda: next(clock))
    limit = tiled._Clock(600)
    with pytest.raises(EngineTimeout) as error:
        limit.watched(lambda options: too_slow(poster(), options), options)
    assert error.value.params == {"seconds": 600}


def test_blank_page_is_read_once(calls: list[tuple[int, int]]) -> None:
    read = read_opened(in_memory(Image.new("L", (1000, 900), 255), OPTIONS.max_pixels), OPTIONS)

    assert (read.words, len(calls)) == ([], 1)


def test_page_of_a_file_is_read_out_of_the_file(tmp_path: Path, calls: list[tuple[int, int]]) -> None:
    poster().save(tmp_path / "poster.png")
    opened = open_page(tmp_path / "poster.png", limits=Limits(), max_pixels=OPTIONS.max_pixels)

    assert_says(read_opened(opened, OPTIONS), said())
    (tmp_path / "poster.png").unlink()
    with pytest.raises(FileMissing):
        read_opened(opened, OPTIONS)
