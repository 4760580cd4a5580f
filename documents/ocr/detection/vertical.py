"""Pages that are set from top to bottom, for which there are packs of their own: those for level lines read
nothing of them (of drawn pages with a confidence of 15 to 39, instead of 89 to 93)."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from documents.ocr.elements import Box, Line, Word
from documents.ocr.languages import PACKS

_SUFFIX = "_vert"
_SEVERAL = 3  # letters; a line of so many may be as high as wide


def packs_for_vertical(languages: Sequence[str], installed: Collection[str]) -> Iterator[tuple[str, ...]]:
    """With what to try to read a page that runs from top to bottom, by the ``languages`` asked for; without
    any, each pack for it that there is."""
    if not languages:
        yield from ((code,) for code in sorted(installed) if code.endswith(_SUFFIX))
        return
    codes = tuple(_vertical(code) if _vertical(code) in installed else code for code in languages)
    if codes != tuple(languages):
        yield codes


def vertical_of(languages: Sequence[str], installed: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Each pack for vertical text of one of the ``languages`` that were found on a page, by itself: what
    else was found there may be level lines that nobody wrote."""
    yield from ((_vertical(code),) for code in languages if _vertical(code) in installed)


def level_of(languages: Sequence[str], installed: Collection[str]) -> tuple[str, ...]:
    """With what to read level lines of a page in ``languages``: the packs for these, where they are there."""
    level = (code.removesuffix(_SUFFIX) for code in languages)
    pairs = zip(level, languages, strict=True)
    return tuple(dict.fromkeys(code if code in installed else other for code, other in pairs))


def are_vertical(languages: Collection[str]) -> bool:
    """Whether a page is read from top to bottom with these packs."""
    return any(code.endswith(_SUFFIX) for code in languages)


def run_down(lines: Iterable[Line]) -> bool:
    """Whether most lines of several letters are higher than wide, as in Japanese that is set vertically, or
    on a page that lies on its side."""
    return are_high([line.box for line in lines if len(line.text) > _SEVERAL])


def words_downwards(lines: Iterable[Line]) -> list[Word]:
    """Those of lines of several letters that are higher than wide."""
    high = (line for line in lines if len(line.text) > _SEVERAL and line.box.height > line.box.width)
    return [word for line in high for word in line.words]


def are_high(boxes: Sequence[Box]) -> bool:
    """Whether most are higher than wide."""
    return sum(box.height > box.width for box in boxes) > len(boxes) / 2


def missing_for_vertical(languages: Sequence[str], installed: Collection[str]) -> tuple[str, ...]:
    """Packs that `packs_for_vertical` would take for ``languages`` if they were installed."""
    wanted = map(_vertical, languages)
    return tuple(code for code in wanted if code in PACKS and code not in installed)


def without_vertical(codes: Collection[str]) -> list[str]:
    """Without the packs for vertical text of others among them, which are used where a page calls for it."""
    return [code for code in codes if not (code.endswith(_SUFFIX) and code.removesuffix(_SUFFIX) in codes)]


def _vertical(code: str) -> str:
    return f"{code}{_SUFFIX}"
