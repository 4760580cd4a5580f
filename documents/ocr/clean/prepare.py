"""From a page image to what the engine sees. Pure.

`tidied` does what is the same whichever way the page lies; `sheets` what can only be done once it is upright.
With `Cleaning.AUTO` each cure looks for itself whether it is called for; a clean page is looked at once.
"""

from collections.abc import Callable, Sequence

from PIL import Image

from documents.ocr.clean.bleed import without_other_side
from documents.ocr.clean.geometry import cut, scale, turn
from documents.ocr.clean.grain import without_noise
from documents.ocr.clean.kinds import cleaned
from documents.ocr.clean.level import levelled
from documents.ocr.clean.light import in_even_light
from documents.ocr.clean.look import Look
from documents.ocr.clean.polarity import with_dark_letters
from documents.ocr.clean.prepared import Prepared, Step
from documents.ocr.clean.resolution import resized
from documents.ocr.clean.sharpness import in_focus
from documents.ocr.clean.sheet import flat_sheet
from documents.ocr.clean.spread import fold
from documents.ocr.clean.straight import straightened, straightened_downwards
from documents.ocr.clean.turning import rotate
from documents.ocr.elements import Cure, Treatment
from documents.ocr.options import Cleaning, Layout, Options, fitting_size

Measured = Callable[[Image.Image, Look], Step | None]
"""None where what it measured does not call for it."""

# The sheet first, so that a table is not taken for shade; then light letters, which would be shade, too. More
# light shows more noise; what shines through is told by edges, which noise and shade have, too.
_ANY_WAY_UP: tuple[Measured, ...] = (
    flat_sheet,
    with_dark_letters,
    without_noise,
    in_even_light,
    without_noise,
    without_other_side,
)

_STRAIGHT: tuple[Measured, ...] = (straightened, levelled)
_STRAIGHT_DOWNWARDS: tuple[Measured, ...] = (straightened_downwards,)
_CLEAR: tuple[Measured, ...] = (in_focus, resized)


def tidied(image: Image.Image, options: Options) -> Prepared:
    """A page image (mode ``L`` or ``RGB``) within the limits of ``options``, and cleaned as they say."""
    page = Prepared(image).after(_fitted(image, options.max_pixels))
    if options.cleaning is not Cleaning.AUTO:
        return page.after(_by_hand(page.image, options.cleaning))
    for cure in _ANY_WAY_UP:
        page = page.after(cure(page.image, page.look))
    return page


def sheets(
    tidy: Prepared, rotation: int, options: Options, *, right_first: bool = False, downwards: bool = False
) -> tuple[Prepared, ...]:
    """What is to be read of a tidy page once it is turned by ``rotation`` degrees clockwise, set straight:
    itself, or the two facing pages that it shows, the left one first unless ``right_first``. Where its lines
    run ``downwards``, these tell how crooked it is."""
    page = tidy.after(_turned(tidy.image, rotation))
    cures = _cures(options, downwards=downwards)
    pages = tuple(_cured(sheet, cures) for sheet in _apart(page, options))
    return pages[::-1] if right_first else pages


def _fitted(image: Image.Image, max_pixels: int) -> Step | None:
    size = fitting_size(image.size, max_pixels)
    if size == image.size:
        return None
    smaller = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Step(smaller, way=scale(image.size, size))


def _by_hand(image: Image.Image, cleaning: Cleaning) -> Step | None:
    return None if cleaning is Cleaning.NONE else Step(cleaned(image, cleaning))


def _turned(image: Image.Image, rotation: int) -> Step | None:
    return Step(rotate(image, rotation), way=turn(rotation, image.size)) if rotation else None


def _apart(page: Prepared, options: Options) -> tuple[Prepared, ...]:
    """Two facing pages, the left one first; where somebody says how the text stands, it is no book."""
    may_be_two = options.cleaning is Cleaning.AUTO and options.layout is Layout.AUTO
    column = fold(page.look) if may_be_two else None
    if column is None:
        return (page,)
    width, height = page.image.size
    return tuple(
        page.after(Step(page.image.crop((left, 0, right, height)), Treatment(Cure.SPLIT), cut(left, 0)))
        for left, right in ((0, column), (column, width))
    )


def _cures(options: Options, *, downwards: bool) -> tuple[Measured, ...]:
    """Those for a page that is upright, in their order."""
    straight = _STRAIGHT_DOWNWARDS if downwards else _STRAIGHT
    if options.cleaning is not Cleaning.AUTO:
        return straight[:1] if options.deskew else ()
    return (*straight, *_CLEAR) if options.deskew else _CLEAR


def _cured(page: Prepared, cures: Sequence[Measured]) -> Prepared:
    for cure in cures:
        page = page.after(cure(page.image, page.look))
    return page
