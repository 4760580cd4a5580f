"""A picture of what an engine saw of a page, taken while the page is read. Pure."""

from collections.abc import Callable, Sequence

from PIL import Image

from documents.ocr.clean.on_page import on_page
from documents.ocr.clean.prepared import Prepared
from documents.ocr.tiling import Tile

Watch = Callable[[Sequence[Prepared]], object]
"""Is told what an engine saw of an image that was read: one sheet or two, from left to right."""


class Shown:
    """The longer side of the picture has at most ``side`` pixels."""

    def __init__(self, side: int) -> None:
        self._side = side
        self._image: Image.Image | None = None

    @property
    def image(self) -> Image.Image:
        """The picture. Raises ValueError before anything was read."""
        if self._image is None:
            raise ValueError("nothing was read")
        return self._image

    def whole(self, sheets: Sequence[Prepared]) -> None:
        """Of a page that is read at once; facing pages stand side by side."""
        self._image = self._small(_beside([sheet.image for sheet in sheets]))

    def ground(self, page: Image.Image) -> None:
        """Of a page that is read in tiles: upright, and as it is where no tile lies."""
        self._image = self._small(page).convert("RGB")

    def tile(self, tile: Tile, page: tuple[int, int], image: Image.Image, sheets: Sequence[Prepared]) -> None:
        """Put on the `ground` what was seen of ``image``, which shows the box of a tile of a ``page`` that is
        so wide and high; as much of it as the tile owns."""
        across, down = self.image.width / page[0], self.image.height / page[1]
        (x0, y0, x1, y1), box = tile.own, tile.box
        place = (round(x0 * across), round(y0 * down), round(x1 * across), round(y1 * down))
        size = place[2] - place[0], place[3] - place[1]
        if min(size) < 1:
            return
        wide, high = image.width / box.width, image.height / box.height
        part = ((x0 - box.x0) * wide, (y0 - box.y0) * high, (x1 - box.x0) * wide, (y1 - box.y0) * high)
        seen = on_page(image, 0, sheets)
        self.image.paste(seen.resize(size, Image.Resampling.BICUBIC, box=part, reducing_gap=2.0), place)

    def _small(self, image: Image.Image) -> Image.Image:
        factor = self._side / max(image.size)
        if factor >= 1:
            return image
        size = max(1, round(image.width * factor)), max(1, round(image.height * factor))
        return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _beside(images: Sequence[Image.Image]) -> Image.Image:
    if len(images) == 1:
        return images[0]
    size = sum(image.width for image in images), max(image.height for image in images)
    both, x = Image.new(images[0].mode, size), 0
    for image in images:
        both.paste(image, (x, 0))
        x += image.width
    both.info.update(images[0].info)
    return both
