"""The recipe for one page: clean it, find the languages, turn it upright, straighten it, read it."""

import logging
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TypeVar

from PIL import Image

from documents.errors import EngineTimeout
from documents.ocr.bullets import with_bullets
from documents.ocr.clean import sheets, tidied
from documents.ocr.clean.geometry import Route, boxes_back, cut, way_of_upright
from documents.ocr.clean.prepared import Prepared
from documents.ocr.clean.turning import upright
from documents.ocr.detection.bands import Band, bands
from documents.ocr.detection.detect import Detection, default_language, detect, find_rotation
from documents.ocr.detection.doubt import better_languages, doubt, missing_script
from documents.ocr.detection.sample import lies_sideways, may_run_down, take_sample
from documents.ocr.detection.vertical import (
    are_high,
    are_vertical,
    level_of,
    packs_for_vertical,
    run_down,
    vertical_of,
    words_downwards,
)
from documents.ocr.elements import (
    Block,
    Box,
    Line,
    PageText,
    Treatment,
    Word,
    confidence_of,
    lines_of,
    words_of,
)
from documents.ocr.engines import get_engine
from documents.ocr.engines.base import FAILURES, Engine, Inability
from documents.ocr.engines.deadline import Deadline
from documents.ocr.ink import has_columns
from documents.ocr.languages import from_the_right
from documents.ocr.layout import downwards, ordered
from documents.ocr.lookalikes import told_apart
from documents.ocr.options import Layout, Options
from documents.ocr.readers import told
from documents.ocr.second_look import (
    is_doubtful,
    second_look,
    with_lone_numbers,
    with_lost_lines,
    with_lost_words,
)
from documents.ocr.shown import Watch
from documents.ocr.specks import are_specks

# Mean confidence below which a page may lie the wrong way: upside down it is 20–50 with Tesseract, 54–61 with
# PP-OCR, which is sure by 86 and more of the same receipts when they are upright.
_DOUBTFUL = 70.0
# Of a few words upside down it may be more, of 4 it was 74; upright they are read with 95, as a rule.
_FEW_WORDS, _SURE_OF_FEW = 12, 90.0
# By so much less sure than a reading from the side may the one of the turned page be, which is easier to
# follow; as a rule it is by up to 5.
_LESS_SURE = 10.0
# By so much surer is the reading of a worn page that stood on its head (41 on a receipt). A page in another
# language than was asked for gains up to 9, and is best left as it lies.
_GAIN = 20.0
_DIRT = 50.0  # mean confidence below which a block of a page that looked empty is specks and scratches: 0–46

logger = logging.getLogger(__name__)

_T = TypeVar("_T")


def read_page(image: Image.Image, options: Options, watch: Watch | None = None) -> PageText:
    """Read an opened page image (mode ``L`` or ``RGB``, upright as far as its file says).

    Boxes are pixels of ``image`` turned by the ``rotation`` of the result, whatever was scaled or
    straightened in between. ``watch`` is shown what the engine saw of the page that it read. Raises
    LanguageMissing and the children of EngineError.
    """
    started = time.monotonic()
    engine = get_engine(options.engine)
    version = engine.version()  # before there is a reading that a failure could lose
    scan = _Scan(image, options)
    try:
        page = _read_scan(scan, Deadline(engine, started + options.timeout), options)
    except EngineTimeout as error:  # of the last call only
        raise EngineTimeout(seconds=round(options.timeout)) from error
    if watch:
        watch(scan.left_to_right(page))
    return replace(
        page,
        engine=engine.name,
        engine_version=told([version, *(word.reader for word in page.words if word.reader)]),
        seconds=round(time.monotonic() - started, 3),
    )


class _Scan:
    """A page image, ``tidy``, with what is prepared of it for one way up at a time: two would take twice the
    memory of a large page."""

    def __init__(self, image: Image.Image, options: Options) -> None:
        self.size = image.size
        self.tidy = tidied(image, options)
        self._options = options
        self._prepared: tuple[Prepared, ...] = ()
        self._way: tuple[int, bool, bool] | None = None

    def sheets(self, rotation: int, languages: Sequence[str]) -> tuple[Prepared, ...]:
        """As `clean.sheets`, for a page in ``languages``. Who asks for the same again waits for nothing."""
        right_first, downwards = from_the_right(languages), are_vertical(languages)
        way = rotation, right_first, downwards
        if way != self._way:
            self._way, self._prepared = None, ()
            self._prepared = sheets(
                self.tidy, rotation, self._options, right_first=right_first, downwards=downwards
            )
            self._way = way
        return self._prepared

    def left_to_right(self, page: PageText) -> tuple[Prepared, ...]:
        """The sheets of which ``page`` was read."""
        found = self.sheets(page.rotation, page.languages)
        return found[::-1] if from_the_right(page.languages) else found


def suggested_for(page: PageText, image: Image.Image, options: Options) -> tuple[str, ...]:
    """The languages that a ``page`` seems to be in instead, which was read of ``image`` with ``options``; as
    far as that can be told in the time for a page."""
    engine = Deadline(get_engine(options.engine), time.monotonic() + options.timeout)
    return _suggested(page, tidied(image, options).image, engine, options)


def _suggested(page: PageText, tidy: Image.Image, engine: Engine, options: Options) -> tuple[str, ...]:
    def told() -> tuple[str, ...]:
        if options.languages:
            return better_languages(page, tidy, engine)
        return doubt(page, engine.languages())

    return _tried(lambda: told() or missing_script(page, tidy, engine), ())


def _read_scan(scan: _Scan, engine: Engine, options: Options) -> PageText:
    read = _read_in_languages if options.languages else _read_as_found
    page = read(scan, engine, options)
    if not options.suggest:
        return page
    return replace(page, suggested=_suggested(page, scan.tidy.image, engine, options))


def _read_in_languages(scan: _Scan, engine: Engine, options: Options) -> PageText:
    downwards = packs_for_vertical(options.languages, engine.languages())
    return _read_downwards(scan, engine, options, downwards) or _read_as_asked(scan, engine, options)


def _read_as_found(scan: _Scan, engine: Engine, options: Options) -> PageText:
    found = _detected(scan.tidy.image, engine)
    likely = list(vertical_of(found.languages, engine.languages()))
    page = _read_downwards(scan, engine, options, likely)
    if page is None:
        recipe = _Recipe(engine, options, found.languages, scan)
        page = recipe.again(recipe.read(found.rotation if options.orient else 0))
    if (page.confidence or 0.0) < _DOUBTFUL and lies_sideways(scan.tidy.image):
        others = [packs for packs in packs_for_vertical((), engine.languages()) if packs not in likely]
        page = _read_downwards(scan, engine, options, others) or page
    return page if page.words else replace(page, languages=())


def _read_downwards(
    scan: _Scan, engine: Engine, options: Options, packs: Iterable[tuple[str, ...]]
) -> PageText | None:
    """The page, if it is legible with one of the ``packs`` as one whose lines run from top to bottom, or most
    of them: others may be level, above or below these."""
    choices = list(packs)
    if not choices or not may_run_down(scan.tidy.image):
        return None
    is_legible = _is_legible if lies_sideways(scan.tidy.image) else _is_legible_downwards
    pages = (_Recipe(engine, options, languages, scan).read(0).page for languages in choices)
    return _tried(lambda: next(filter(is_legible, pages), None), None)


def _is_legible(page: PageText) -> bool:
    return (page.confidence or 0.0) >= _DOUBTFUL


def _is_legible_downwards(page: PageText) -> bool:
    """Whether what stands in columns is: the rest may be level, and tell nothing."""
    return (confidence_of(words_downwards(page.lines)) or 0.0) >= _DOUBTFUL


def _read_as_asked(scan: _Scan, engine: Engine, options: Options) -> PageText:
    recipe = _Recipe(engine, options, options.languages, scan)
    first = recipe.read(0)
    if not options.orient or not _may_lie_wrong(first.page):
        return recipe.again(first)
    return recipe.again(_tried(lambda: _read_turned(first, recipe), first))


def _detected(image: Image.Image, engine: Engine) -> Detection:
    """What was found; a sample that the engine cannot read in time, or at all, tells nothing."""
    unknown = Detection((default_language(engine.languages()),))
    return _tried(lambda: detect(image, engine), unknown)


def _tried(step: Callable[[], _T], otherwise: _T) -> _T:
    """What a ``step`` tells that a page can do without, and ``otherwise`` where the engine fails in it."""
    try:
        return step()
    except FAILURES as error:
        logger.warning("A page is read without a step that failed: %s", error)
        return otherwise


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page, and what was read of each of its sheets, in pixels of it, one after the other."""

    page: PageText
    blocks: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class _Recipe:
    engine: Engine
    options: Options
    languages: Sequence[str]
    scan: _Scan

    def read(self, rotation: int) -> _Reading:
        blocks = tuple(self._read_straight(sheet.image) for sheet in self._sheets(rotation))
        return _Reading(self._page(rotation, blocks), blocks)

    def again(self, first: _Reading) -> PageText:
        """With a second look at what is in doubt, or was left out, now that it is known which way is up."""
        if not self._may_hint() or all(map(_is_final, first.blocks)):
            return first.page
        is_in_doubt = is_doubtful(first.page.blocks, self.languages)
        look = self._look_again if is_in_doubt else self._look_for_what_is_lost
        sheets = self._sheets(first.page.rotation)
        read = [look(sheet, blocks) for sheet, blocks in zip(sheets, first.blocks, strict=True)]
        return first.page if tuple(read) == first.blocks else self._page(first.page.rotation, read)

    def _sheets(self, rotation: int) -> tuple[Prepared, ...]:
        return self.scan.sheets(rotation, self.languages)

    def _page(self, rotation: int, read: Sequence[tuple[Block, ...]]) -> PageText:
        """What was ``read`` of the sheets, as it lies on the page."""
        size = upright(self.scan.size, rotation)
        lying = way_of_upright(rotation, size)
        blocks, treatments = list[Block](), list[Treatment]()
        for sheet, found in zip(self._sheets(rotation), read, strict=True):
            blocks += moved_along(with_bullets(found, sheet.image), lying.then(*sheet.route.ways), size)
            treatments += sheet.treatments
        told = tuple(dict.fromkeys(treatments))
        return PageText(*size, tuple(blocks), tuple(self.languages), rotation, treatments=told)

    def _look_again(self, sheet: Prepared, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The first reading where it is final, or the second fails or takes too long, and where there is
        nothing like a line."""
        image = sheet.image
        if _is_final(blocks) or (not blocks and take_sample(image) is None):
            return blocks
        again = _tried(lambda: second_look(image, blocks, self._run_on_rows), None)
        if again is None:
            return blocks
        return ordered(again, image.size) if blocks or not are_specks(lines_of(again)) else ()

    def _look_for_what_is_lost(self, sheet: Prepared, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The first reading where nothing was left out, or reading that again fails or takes too long."""
        if _is_final(blocks) or run_down(lines_of(blocks)):
            return blocks
        image, look = sheet.image, sheet.look
        rows = _tried(lambda: with_lost_words(blocks, look, lambda: self._run_on_rows(image)), blocks)
        most = _tried(lambda: with_lost_lines(rows, look, partial(self._read_row, image)), rows)
        read_line = partial(self._read_row, image, layout=Layout.LINE)
        whole = _tried(lambda: with_lone_numbers(most, look, read_line), most)
        return blocks if whole is blocks else ordered(whole, image.size)

    def _read_row(self, image: Image.Image, row: Box, layout: Layout) -> list[Word]:
        inside = row.x0, row.y0, min(row.x1, image.width), min(row.y1, image.height)
        read = self._run_engine(image.crop(inside), layout)
        return words_of(moved_along(read, Route().then(cut(row.x0, row.y0)), image.size))

    def _read_straight(self, image: Image.Image) -> tuple[Block, ...]:
        if self._may_hint() and are_vertical(self.languages):
            return tuple(chain.from_iterable(self._read_band(image, band) for band in bands(image)))
        blocks = self._run_engine(image, self.options.layout)
        if blocks or not self._may_hint() or take_sample(image) is None:
            return blocks
        # Layout analysis found nothing where there are lines, or a lone word: it can be wrong about either.
        return tuple(block for block in self._run_engine(image, Layout.PLAIN) if _is_text(block))

    def _read_band(self, image: Image.Image, band: Band) -> tuple[Block, ...]:
        """Columns, or level text above or below them, for itself."""
        rows = image.crop((0, band.start, image.width, band.end))
        read = self._read_level(rows) if band.is_level else self._run_engine(rows, self.options.layout)
        return moved_along(read, Route().then(cut(0, band.start)), image.size)

    def _read_level(self, rows: Image.Image) -> tuple[Block, ...]:
        languages = level_of(self.languages, self.engine.languages())
        layout = Layout.AUTO if has_columns(rows) else Layout.PLAIN
        return tuple(block for block in self._run_engine(rows, layout, languages) if _is_text(block))

    def _may_hint(self) -> bool:
        return self.options.layout is Layout.AUTO and Inability.LAYOUT not in self.engine.cannot

    def _run_on_rows(self, sheet: Image.Image) -> tuple[Block, ...]:
        return self._run_engine(sheet, Layout.TABLE)

    def _run_engine(
        self, image: Image.Image, layout: Layout, languages: Sequence[str] = ()
    ) -> tuple[Block, ...]:
        """In those of the recipe where no other ``languages`` are given."""
        languages = languages or self.languages
        read = self.engine.read(image, languages, timeout=self.options.timeout, layout=layout)
        blocks = told_apart(read, languages)
        match layout:
            case Layout.AUTO:
                return ordered(blocks, image.size)
            case Layout.COLUMN:
                return downwards(blocks, image.size)
        return blocks


def moved(blocks: Sequence[Block], move: Callable[[Box], Box]) -> tuple[Block, ...]:
    """The blocks with the box of each word moved, and lines and blocks drawn around them again."""
    return tuple(_moved_block(block, move) for block in blocks)


def moved_along(blocks: Sequence[Block], way: Route, size: tuple[int, int]) -> tuple[Block, ...]:
    """The blocks of a prepared image as they lie on its source of ``size``."""
    if not way.ways:
        return tuple(blocks)
    words = [word.box for word in words_of(blocks)]
    boxes = iter(boxes_back(way, words, size))
    return moved(blocks, lambda _box: next(boxes))


def _moved_block(block: Block, move: Callable[[Box], Box]) -> Block:
    return Block.of([_moved_line(line, move) for line in block.lines])


def _moved_line(line: Line, move: Callable[[Box], Box]) -> Line:
    return Line.of([replace(word, box=move(word.box)) for word in line.words])


def scaled(page: PageText, size: tuple[int, int]) -> PageText:
    """The page as if its image had been read with ``size`` pixels (width, height, before its rotation)."""
    width, height = upright(size, page.rotation)
    if (width, height) == (page.width, page.height):
        return page
    across, down = width / page.width, height / page.height

    def scale(box: Box) -> Box:
        return Box(
            math.floor(box.x0 * across),
            math.floor(box.y0 * down),
            min(width, math.ceil(box.x1 * across)),
            min(height, math.ceil(box.y1 * down)),
        )

    return replace(page, width=width, height=height, blocks=moved(page.blocks, scale))


def _may_lie_wrong(page: PageText) -> bool:
    """Blank, hardly legible, or read from the side."""
    enough = _SURE_OF_FEW if len(page.words) <= _FEW_WORDS else _DOUBTFUL
    return page.confidence is None or page.confidence < enough or _lies_on_its_side(page)


def _lies_on_its_side(page: PageText) -> bool:
    """Whether words of several letters are higher than wide, and should not: some engines read these too. Of
    short words the lines tell."""
    if are_vertical(page.languages):
        return False
    words = [word.box for word in page.words if _is_wide(word.text)]
    return are_high(words) if words else run_down(page.lines)


def _is_wide(text: str) -> bool:
    """Whether a word is wider than high in any typeface: two Korean letters are, which are square."""
    return len(text) > (1 if "\uac00" <= text[:1] <= "\ud7a3" else 3)


def _read_turned(first: _Reading, recipe: _Recipe) -> _Reading:
    """The reading of the turned page, where it is better than the ``first``."""
    rotation = find_rotation(
        recipe.scan.tidy.image,
        recipe.engine,
        recipe.languages,
        on_its_side=_lies_on_its_side(first.page),
        at_least=0.0 if first.page.words else _DOUBTFUL,
    )
    return _better(first, recipe.read(rotation)) if rotation else first


def _better(first: _Reading, second: _Reading) -> _Reading:
    """The reading of the turned page, if it is legible or clearly surer, or the first came from the side."""
    return second if (second.page.confidence or 0.0) >= _needed(first.page) else first


def _needed(first: PageText) -> float:
    """Mean confidence of the turned page."""
    if first.confidence is None:
        return _DOUBTFUL
    if _lies_on_its_side(first):
        return first.confidence - _LESS_SURE
    return max(min(_DOUBTFUL, first.confidence + _GAIN), first.confidence)


def _is_final(blocks: Sequence[Block]) -> bool:
    """Whether an engine says so of words: what is beside them it has looked at, too."""
    return any(word.is_final for word in words_of(blocks))


def _is_text(block: Block) -> bool:
    """Whether it is no dirt that was taken for a letter or two."""
    page = PageText(block.box.width, block.box.height, (block,))
    return (page.confidence or 0.0) >= _DIRT and any(letter.isalnum() for letter in block.text)
