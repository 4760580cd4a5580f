"""The recipe for one page: clean it, find the languages, turn it upright, straighten it, read it."""

import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from documents.errors import EngineCrashed, EngineTimeout
from documents.ocr.clean import Turn, rotate, skew
from documents.ocr.cleaning import cleaned
from documents.ocr.detection.detect import Detection, default_language, detect, find_rotation
from documents.ocr.detection.sample import take_sample
from documents.ocr.elements import Block, Box, Line, PageText
from documents.ocr.engines import get_engine
from documents.ocr.engines.base import Engine
from documents.ocr.engines.deadline import Deadline
from documents.ocr.options import MAX_SIDE, Layout, Options

_DOUBTFUL = 60.0  # mean confidence below which a page may lie the wrong way: upside down it is 20–50
# By so much less sure than a reading from the side may the one of the turned page be, which is easier to
# follow; as a rule it is by up to 5.
_LESS_SURE = 10.0
# By so much surer is the reading of a worn page that stood on its head (41 on a receipt). A page in another
# language than was asked for gains up to 9, and is best left as it lies.
_GAIN = 20.0
_DIRT = 50.0  # mean confidence below which a block of a page that looked empty is specks and scratches: 0–46

logger = logging.getLogger(__name__)


def read_page(image: Image.Image, options: Options) -> PageText:
    """Read an opened page image (mode ``L`` or ``RGB``, upright as far as its file says).

    Boxes are pixels of ``image`` turned by the ``rotation`` of the result, whatever was scaled or
    straightened in between. Raises LanguageMissing and the children of EngineError.
    """
    started = time.monotonic()
    engine = get_engine(options.engine)
    fitted = cleaned(_fit(image, options.max_pixels), options.cleaning)
    try:
        page = _read_fitted(fitted, Deadline(engine, started + options.timeout), options)
    except EngineTimeout as error:  # of the last call only
        raise EngineTimeout(seconds=round(options.timeout)) from error
    return replace(
        scaled(page, image.size),
        engine=engine.name,
        engine_version=engine.version(),
        seconds=round(time.monotonic() - started, 3),
    )


def _read_fitted(image: Image.Image, engine: Engine, options: Options) -> PageText:
    if not options.languages:
        found = _detected(image, engine)
        recipe = _Recipe(engine, options, found.languages)
        page = recipe.read(image, found.rotation if options.orient else 0)
        return page if page.words else replace(page, languages=())
    recipe = _Recipe(engine, options, options.languages)
    page = recipe.read(image, 0)
    if not options.orient or not _may_lie_wrong(page):
        return page
    rotation = find_rotation(image, engine, options.languages, on_its_side=_lies_on_its_side(page))
    return _better(page, recipe.read(image, rotation)) if rotation else page


def _detected(image: Image.Image, engine: Engine) -> Detection:
    """What was found; a sample that the engine cannot read in time, or at all, tells nothing."""
    try:
        return detect(image, engine)
    except (EngineTimeout, EngineCrashed) as error:
        logger.warning("The languages could not be detected: %s", error)
        return Detection((default_language(engine.languages()),))


@dataclass(frozen=True, slots=True)
class _Recipe:
    engine: Engine
    options: Options
    languages: Sequence[str]

    def read(self, image: Image.Image, rotation: int) -> PageText:
        upright = rotate(image, rotation)
        degrees = -skew(upright) if self.options.deskew else 0.0
        blocks = self._read_straight(rotate(upright, degrees))
        if degrees:
            blocks = moved(blocks, Turn(degrees, upright.size).back)
        return PageText(upright.width, upright.height, blocks, tuple(self.languages), rotation)

    def _read_straight(self, image: Image.Image) -> tuple[Block, ...]:
        blocks = self._run_engine(image, self.options.layout)
        if blocks or self.options.layout is not Layout.AUTO or take_sample(image) is None:
            return blocks
        # Layout analysis found nothing where there are lines, or a lone word: it can be wrong about either.
        return tuple(block for block in self._run_engine(image, Layout.PLAIN) if _is_text(block))

    def _run_engine(self, image: Image.Image, layout: Layout) -> tuple[Block, ...]:
        return self.engine.read(image, self.languages, timeout=self.options.timeout, layout=layout)


def moved(blocks: Sequence[Block], move: Callable[[Box], Box]) -> tuple[Block, ...]:
    """The blocks with the box of each word moved, and lines and blocks drawn around them again."""
    return tuple(_moved_block(block, move) for block in blocks)


def _moved_block(block: Block, move: Callable[[Box], Box]) -> Block:
    return Block.of([_moved_line(line, move) for line in block.lines])


def _moved_line(line: Line, move: Callable[[Box], Box]) -> Line:
    return Line.of([replace(word, box=move(word.box)) for word in line.words])


def upright(size: tuple[int, int], rotation: int) -> tuple[int, int]:
    """Width and height of what is ``size`` before a turn by ``rotation`` (0, 90, 180 or 270 degrees)."""
    return size if rotation in (0, 180) else (size[1], size[0])


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


def _fit(image: Image.Image, max_pixels: int) -> Image.Image:
    factor = min(1.0, math.sqrt(max_pixels / (image.width * image.height)), MAX_SIDE / max(image.size))
    if factor == 1.0:
        return image
    size = (max(1, int(image.width * factor)), max(1, int(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _may_lie_wrong(page: PageText) -> bool:
    """Hardly legible, or read from the side."""
    return page.confidence is not None and (page.confidence < _DOUBTFUL or _lies_on_its_side(page))


def _lies_on_its_side(page: PageText) -> bool:
    """Whether words of several letters are higher than wide: some engines read these too."""
    long_words = [word for word in page.words if len(word.text) > 3]
    return sum(word.box.height > word.box.width for word in long_words) > len(long_words) / 2


def _better(first: PageText, second: PageText) -> PageText:
    """The reading of the turned page, if it is legible or clearly surer, or the first came from the side."""
    sure = first.confidence or 0.0
    needed = sure - _LESS_SURE if _lies_on_its_side(first) else min(_DOUBTFUL, sure + _GAIN)
    return second if (second.confidence or 0.0) >= needed else first


def _is_text(block: Block) -> bool:
    """Whether it is no dirt that was taken for a letter or two."""
    page = PageText(block.box.width, block.box.height, (block,))
    return (page.confidence or 0.0) >= _DIRT and any(letter.isalnum() for letter in block.text)
