"""Pages of any size. One that is too large to be read at once, and whose letters are too small to be read on
a copy that is made smaller, is read in tiles, with the memory of one."""

import logging
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial, reduce
from time import monotonic

from PIL import Image

from documents.errors import DrawingKilled, EngineTimeout, PageDamaged, PageTooComplex
from documents.ocr.clean import rotate
from documents.ocr.clean.turning import upright
from documents.ocr.elements import Block, Box, Line, PageText
from documents.ocr.engines.base import FAILURES
from documents.ocr.files.closeup import at_scale, close_up
from documents.ocr.files.load import PageImage
from documents.ocr.ink import letter_height
from documents.ocr.layout import arrange
from documents.ocr.options import MAX_SIDE, Layout, Options
from documents.ocr.readers import together
from documents.ocr.reading import moved, read_page, scaled, suggested_for
from documents.ocr.seams import ends, joined
from documents.ocr.shown import Shown
from documents.ocr.tiling import Tile, busiest, tiles

logger = logging.getLogger(__name__)

_LETTER = 30.0  # pixels: letters of 10 points at 300 dpi, as which the engine reads best
_LEGIBLE = 20.0  # pixels: letters that are so high on the smaller copy are read there
_WINDOW = (2400, 1600)  # pixels, in which letters are measured and languages found
_WINDOWS = 3  # the first may show a picture
_SURE = 75.0  # mean confidence at which a place tells enough
_WIDEST = 4000  # pixels of a tile, which is then about half as high
# Pixels of a tile. Tesseract takes 130 MB for so many in colour, 230 MB for twice as many; the copies that
# cleaning makes take as much.
_TILE = 8_000_000
_LEAST = 250_000  # pixels of a part that has some lines
_AROUND = 0.4  # heights of a word around one that is read by itself
# Of the time limit of a page, which each tile has, so much for each of them counts for all together, beside
# once the whole: tiles take a few seconds.
_SHARE = 0.25
# How one more look at a place of the page may fail, while all that was read before stays good.
_FAILURES = (*FAILURES, DrawingKilled, PageDamaged, PageTooComplex)


def read_opened(opened: PageImage, options: Options, shown: Shown | None = None) -> PageText:
    """Read an opened page; boxes are pixels of its full size. ``options.timeout`` is that of each tile; all
    of them have the `time_for` so many. What the engine sees goes to the picture that is ``shown``, if any.

    Raises as `read_page`; PageDamaged, PageTooComplex where the file cannot be read on.
    """
    is_cut = opened.closer and options.max_pixels >= _LEAST
    letter = _letter_height(opened) if is_cut else None
    if letter is None or letter / _step(opened) >= _LEGIBLE:
        return _read_at_once(opened, options, shown)
    return _read_closely(opened, letter, options, shown)


def _read_at_once(opened: PageImage, options: Options, shown: Shown | None) -> PageText:
    return scaled(read_page(opened.image, options, shown.whole if shown else None), opened.size)


def time_for(parts: int, timeout: float) -> float:
    """Seconds that all ``parts`` of a page may take together, each of which has ``timeout`` seconds."""
    return timeout * (1 + _SHARE * parts)


def _step(opened: PageImage) -> float:
    """Pixels of the page for one of its smaller image."""
    return math.sqrt(math.prod(opened.size) / math.prod(opened.image.size))


def _letter_height(opened: PageImage) -> float | None:
    """Pixels of the page."""
    windows = (close_up(opened, 0, box, at_scale(box, 1.0)) for box in _windows(opened, 1.0))
    heights = sorted(filter(None, map(letter_height, windows)))
    return heights[len(heights) // 2] if heights else None


def _windows(opened: PageImage, scale: float) -> Iterator[Box]:
    """Places of the page where there is most to see, so large that they fill a window at that ``scale``."""
    reach = scale * _step(opened)
    for box in busiest(opened.image, (_WINDOW[0] / reach, _WINDOW[1] / reach), _WINDOWS):
        yield _placed(box, opened.image.size, Box(0, 0, *opened.size))


def _read_closely(opened: PageImage, letter: float, options: Options, shown: Shown | None) -> PageText:
    scale = min(1.0, _LETTER / letter)
    sample = _sample(opened, scale, options)
    if not sample.words:
        return _read_at_once(opened, options, shown)
    # The sample tells of better languages, too.
    known = replace(options, languages=sample.languages, orient=False, suggest=False)
    width, height = upright(opened.size, sample.rotation)
    turned = rotate(opened.image, sample.rotation)
    parts = tiles(
        turned,
        (width, height),
        letter=letter,
        widest=round(_WIDEST / scale),
        highest=math.floor(MAX_SIDE / scale),
        most=round(min(_TILE, options.max_pixels) / scale**2),
    )
    if shown:
        shown.ground(turned)
    clock = _Clock(time_for(len(parts), options.timeout))
    read_tile = partial(_read_tile, opened, scale, sample.rotation, shown)
    read = [clock.watched(partial(read_tile, tile), known) for tile in parts]
    treatments = dict.fromkeys(treatment for tile in read for treatment in tile.treatments)
    read_word = partial(_read_word, opened, scale, sample.rotation)
    read = _mended(
        read, _torn(parts, read, width), lambda place: clock.watched(partial(read_word, place), known)
    )
    return replace(
        sample,
        width=width,
        height=height,
        blocks=_in_order(read, (width, height)),
        engine_version=reduce(together, (part.engine_version for part in read), "") or sample.engine_version,
        seconds=round(sample.seconds + sum(part.seconds for part in read), 3),
        treatments=tuple(treatments),
    )


def _mended(
    read: list[PageText], places: Sequence[Box], read_word: Callable[[Box], PageText]
) -> list[PageText]:
    """What was ``read`` of each tile, with the words at ``places`` as ``read_word`` reads them where that is
    better. From the place on at which it fails, they stay as the tiles have them."""
    try:
        for place in places:
            whole = read_word(place)
            if _is_better(whole, [_only(page, place.holds) for page in read]):
                read = [*(_without(page, place) for page in read), whole]
    except _FAILURES as error:
        logger.warning("Words that are cut by tiles stay as they were read: %s", error)
    return read


def _is_better(whole: PageText, parts: Sequence[PageText]) -> bool:
    """Whether the reading of a word by itself has all the letters that any tile has seen, and is no less sure
    than the least sure of the ``parts``, which are what each tile has read of it, if anything."""
    if not whole.words:
        return False
    seen = [part for part in parts if part.words]
    longest, least = max(map(_letters, seen), default=0), min(map(_sureness, seen), default=0.0)
    return _letters(whole) >= longest and _sureness(whole) >= least


def _letters(page: PageText) -> int:
    return sum(letter.isalnum() for word in page.words for letter in word.text)


def _sureness(page: PageText) -> float:
    return page.confidence or 0.0


class _Clock:
    """Ends the reading of several parts of a page after ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = monotonic() + seconds

    def watched(self, read: Callable[[Options], PageText], options: Options) -> PageText:
        """What ``read`` reads of a part in the time that is left. Raises EngineTimeout, and as ``read``."""
        left = self._end - monotonic()
        if left >= options.timeout:
            return read(options)
        try:
            if left > 0:
                return read(replace(options, timeout=left))
        except EngineTimeout as error:  # tells of the time that this part had
            raise EngineTimeout(seconds=round(self._seconds)) from error
        raise EngineTimeout(seconds=round(self._seconds))


def _sample(opened: PageImage, scale: float, options: Options) -> PageText:
    """The surest reading of some places of the page, which tells the languages and which way is up."""
    best, seen = PageText(0, 0, ()), opened.image
    for box in _windows(opened, scale):
        image = close_up(opened, 0, box, at_scale(box, scale))
        read = read_page(image, replace(_all_of(image, options), suggest=False))
        if (read.confidence or 0.0) > (best.confidence or 0.0):
            best, seen = read, image
        if (best.confidence or 0.0) >= _SURE:
            break
    if not options.suggest or not best.words:
        return best
    return replace(best, suggested=suggested_for(best, seen, _all_of(seen, options)))


def _read_tile(
    opened: PageImage, scale: float, rotation: int, shown: Shown | None, tile: Tile, options: Options
) -> PageText:
    """What the tile owns, in pixels of the upright page."""
    image = close_up(opened, rotation, tile.box, at_scale(tile.box, scale))
    watch = partial(shown.tile, tile, upright(opened.size, rotation), image) if shown else None
    read = read_page(image, _all_of(image, options), watch)
    return _only(_on_page(read, image.size, tile.box), tile.owns)


def _torn(parts: Sequence[Tile], read: Sequence[PageText], width: int) -> list[Box]:
    """Where words stand that no tile has seen whole, on a page of that ``width``."""
    return joined(
        [
            ends([word.box for word in page.words], tile.box, tile.shared, width)
            for tile, page in zip(parts, read, strict=True)
        ]
    )


def _read_word(opened: PageImage, scale: float, rotation: int, place: Box, options: Options) -> PageText:
    """The word at ``place``, in pixels of the upright page, with the letters that the engine reads best."""
    (width, height), pad = upright(opened.size, rotation), round(_AROUND * place.height)
    x0, y0 = max(0, place.x0 - pad), max(0, place.y0 - pad)
    box = Box(x0, y0, min(width, place.x1 + pad), min(height, place.y1 + pad))
    image = close_up(opened, rotation, box, at_scale(box, min(scale, _LETTER / place.height)))
    read = read_page(image, replace(_all_of(image, options), layout=Layout.LINE))
    return _only(_on_page(read, image.size, box), place.holds)


def _without(page: PageText, place: Box) -> PageText:
    return _only(page, lambda word: not place.holds(word))


def _on_page(read: PageText, seen: tuple[int, int], where: Box) -> PageText:
    """What was read of an image of the size ``seen`` that shows the box ``where`` of the page."""
    return replace(read, blocks=moved(read.blocks, lambda word: _placed(word, seen, where)))


def _only(page: PageText, keeps: Callable[[Box], bool]) -> PageText:
    """With the words whose boxes it ``keeps``."""
    blocks = (_kept(block, keeps) for block in page.blocks)
    return replace(page, blocks=tuple(block for block in blocks if block))


def _kept(block: Block, keeps: Callable[[Box], bool]) -> Block | None:
    lines = [[word for word in line.words if keeps(word.box)] for line in block.lines]
    return Block.of([Line.of(words) for words in lines if words]) if any(lines) else None


def _all_of(image: Image.Image, options: Options) -> Options:
    """Those by which the whole of ``image`` is read, its margins too."""
    return replace(options, max_pixels=max(options.max_pixels, math.prod(image.size)))


def _in_order(read: list[PageText], size: tuple[int, int]) -> tuple[Block, ...]:
    """Lines of several tiles, whose columns and lines may have been cut, as one page."""
    if len(read) < 2:
        return tuple(block for tile in read for block in tile.blocks)
    return arrange([line for tile in read for line in tile.lines], size)


def _placed(box: Box, seen: tuple[int, int], where: Box) -> Box:
    """``box`` of an image of the size ``seen`` that shows what stands in the box ``where``."""
    across, down = where.width / seen[0], where.height / seen[1]
    x0, y0 = where.x0 + math.floor(box.x0 * across), where.y0 + math.floor(box.y0 * down)
    x1, y1 = where.x0 + math.ceil(box.x1 * across), where.y0 + math.ceil(box.y1 * down)
    return Box(x0, y0, min(where.x1, max(x1, x0 + 1)), min(where.y1, max(y1, y0 + 1)))
