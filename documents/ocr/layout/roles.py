"""What the paragraphs of a page are there for: told from the size, the place and the beginning of each."""

import re
from collections.abc import Sequence
from enum import StrEnum
from statistics import median

from documents.ocr.elements import Block, PageText, words_of
from documents.ocr.layout.furniture import is_page_number


class Role(StrEnum):
    TEXT = "text"
    TITLE = "title"
    HEADING = "heading"
    LIST_ITEM = "list-item"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    PAGE_NUMBER = "page-number"


# Times the height of a usual line. Lines without g or p are a quarter lower than others.
_TITLE = 1.8
_HEADING = 1.3
_SMALL = 0.8
_HEADING_LINES = 3
_FOOT = 0.7  # of the height of the page: footnotes begin below
# A bullet, or 1. or b) or (iv), before some text
_ITEM = re.compile(r"(?:[•‣◦▪●■–—*-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+\S", re.IGNORECASE)
# “Fig. 3”, “Table 2:”, “Рис. 5” and the like, at the beginning
_CAPTION = re.compile(
    r"(?:fig(?:ure|ura|uur)?|abb(?:ildung)?|tab(?:le|elle|leau|la|ela)?|photo|foto|bild|рис(?:унок)?|табл(?:ица)?)"
    r"\.?\s*\d",
    re.IGNORECASE,
)


def roles(page: PageText) -> tuple[Role, ...]:
    """That of each block of ``page``."""
    heights = [_height(block) for block in page.blocks]
    pairs = zip(heights, page.blocks, strict=True)
    lines = [height for height, block in pairs if height for _line in block.lines]
    usual = median(lines) if lines else 1.0
    edges = _edges(page.blocks)
    return tuple(
        _role(block, height / max(usual, 1), page.height, is_at_edge=at in edges)
        for at, (block, height) in enumerate(zip(page.blocks, heights, strict=True))
    )


def _height(block: Block) -> float:
    """Of a usual word, 0 without words; of vertical writing the width."""
    boxes = [word.box for word in words_of([block])]
    sizes = [min(box.height, box.width) if box.height > 2 * box.width else box.height for box in boxes]
    return median(sizes) if sizes else 0.0


def _edges(blocks: Sequence[Block]) -> set[int]:
    """The numbers of the highest and the lowest block."""
    places = range(len(blocks))
    highest = min(places, key=lambda at: blocks[at].box.y0, default=0)
    return {highest, max(places, key=lambda at: blocks[at].box.y1, default=0)}


def _role(block: Block, size: float, page_height: int, *, is_at_edge: bool) -> Role:
    text, count = block.text, len(block.lines)
    if _CAPTION.match(text):
        return Role.CAPTION
    if size >= _HEADING and count <= _HEADING_LINES and any(map(str.isalpha, text)):
        return Role.TITLE if size >= _TITLE else Role.HEADING
    if is_at_edge and count == 1 and is_page_number(text):
        return Role.PAGE_NUMBER
    if 0 < size <= _SMALL and block.box.y0 > _FOOT * page_height:
        return Role.FOOTNOTE
    return Role.LIST_ITEM if _ITEM.match(text) else Role.TEXT
