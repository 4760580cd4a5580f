"""Pages of any size. One that is too large to be read at once, and whose letters are too small to be read on
a copy that is made smaller, is read in tiles, with the memory of one."""

import math
from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from documents.ocr.clean import rotate
from documents.ocr.clean.turning import upright
from documents.ocr.elements import Block, Box, Line, PageText
from documents.ocr.files.closeup import at_scale, close_up
from documents.ocr.files.load import PageImage
from documents.ocr.ink import letter_height
from documents.ocr.layout import arrange
from documents.ocr.options import Options
from documents.ocr.reading import moved, read_page, scaled
from documents.ocr.tiling import Tile, busiest, tiles

_LETTER = 30.0  # pixels: letters of 10 points at 300 dpi, as which the engine reads best
_LEGIBLE = 20.0  # pixels: letters that are so high on the smaller copy are read there
_WINDOW = (2400, 1600)  # pixels, in which letters are measured and languages found
_WINDOWS = 3  # the first may show a picture
_SURE = 75.0  # mean confidence at which a place tells enough
_WIDEST = 4000  # pixels of a tile, which is then about half as high
# Pixels of a tile. Tesseract takes 130 MB for so many in colour, 230 MB for twice as many; the copies that
# cleaning makes take as much.
_TILE = 8_000_000


def read_opened(opened: PageImage, options: Options) -> PageText:
    """Read an opened page; boxes are pixels of its full size. ``options.timeout`` is that of each tile.

    Raises as `read_page`; PageDamaged, PageTooComplex where the file cannot be read on.
    """
    letter = _letter_height(opened) if opened.closer else None
    if letter is None or letter / _step(opened) >= _LEGIBLE:
        return scaled(read_page(opened.image, options), opened.size)
    return _read_closely(opened, letter, options)


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


def _read_closely(opened: PageImage, letter: float, options: Options) -> PageText:
    scale = min(1.0, _LETTER / letter)
    sample = _sample(opened, scale, options)
    if not sample.words:
        return scaled(read_page(opened.image, options), opened.size)
    known = replace(options, languages=sample.languages, orient=False)
    width, height = upright(opened.size, sample.rotation)
    read = [
        _read_tile(opened, tile, scale, sample.rotation, known)
        for tile in tiles(
            rotate(opened.image, sample.rotation),
            (width, height),
            letter=letter,
            widest=round(_WIDEST / scale),
            most=round(min(_TILE, options.max_pixels) / scale**2),
        )
    ]
    treatments = dict.fromkeys(treatment for tile in read for treatment in tile.treatments)
    return replace(
        sample,
        width=width,
        height=height,
        blocks=_in_order(read, (width, height)),
        seconds=round(sample.seconds + sum(tile.seconds for tile in read), 3),
        treatments=tuple(treatments),
    )


def _sample(opened: PageImage, scale: float, options: Options) -> PageText:
    """The surest reading of some places of the page, which tells the languages and which way is up."""
    best = PageText(0, 0, ())
    for box in _windows(opened, scale):
        image = close_up(opened, 0, box, at_scale(box, scale))
        read = read_page(image, _all_of(image, options))
        best = max(best, read, key=lambda one: one.confidence or 0.0)
        if (best.confidence or 0.0) >= _SURE:
            break
    return best


def _read_tile(opened: PageImage, tile: Tile, scale: float, rotation: int, options: Options) -> PageText:
    """What the tile owns, in pixels of the upright page."""
    image = close_up(opened, rotation, tile.box, at_scale(tile.box, scale))
    read = read_page(image, _all_of(image, options))
    moved_blocks = moved(read.blocks, lambda word: _placed(word, image.size, tile.box))
    blocks = (_owned(block, tile) for block in moved_blocks)
    return replace(read, blocks=tuple(block for block in blocks if block))


def _all_of(image: Image.Image, options: Options) -> Options:
    """Those by which the whole of ``image`` is read, its margins too."""
    return replace(options, max_pixels=max(options.max_pixels, math.prod(image.size)))


def _owned(block: Block, tile: Tile) -> Block | None:
    lines = [[word for word in line.words if tile.owns(word.box)] for line in block.lines]
    return Block.of([Line.of(words) for words in lines if words]) if any(lines) else None


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
