"""Words that are wider than what two tiles see in common: each tile sees an end of such a word. Pure."""

from collections.abc import Iterable, Sequence

from documents.ocr.elements import Box

# Heights of a word: so far from each other may be what two tiles read of one. Letters that are cut through
# are often not read.
_APART = 1.0
_BESIDE = 0.5  # of the lower of two words stands beside the other one: they are in one line


def ends(words: Iterable[Box], tile: Box, shared: int, width: int) -> list[Box]:
    """Those of ``words`` that an inner side of the ``tile`` may have cut, on a page of that ``width``. At
    such a side, ``shared`` pixels are seen by its neighbour too; a word half as wide at most is whole."""
    return [word for word in words if 2 * word.width > shared and _reaches(word, tile, shared, width)]


def _reaches(word: Box, tile: Box, shared: int, width: int) -> bool:
    at_left = tile.x0 > 0 and word.x0 < tile.x0 + shared
    return at_left or (tile.x1 < width and word.x1 > tile.x1 - shared)


def joined(cut: Sequence[Sequence[Box]]) -> list[Box]:
    """The places of words whose ends are among those that were ``cut``, given for each tile.

    Two words that are whole, one in each tile, may be told as one place.
    """
    groups: list[dict[Box, int]] = []
    for box, tile in sorted((box, tile) for tile, boxes in enumerate(cut) for box in boxes):
        group = next((group for group in groups if any(_is_one(box, other) for other in group)), None)
        if group is None:
            groups.append({box: tile})
        else:
            group[box] = tile
    return [Box.around(list(group)) for group in groups if len(set(group.values())) > 1]


def _is_one(one: Box, other: Box) -> bool:
    apart = max(one.x0, other.x0) - min(one.x1, other.x1)
    beside = min(one.y1, other.y1) - max(one.y0, other.y0)
    lower = min(one.height, other.height)
    return apart < _APART * lower and beside >= _BESIDE * lower
