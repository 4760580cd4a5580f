"""The order in which a file says that its parts are to be read."""

from collections.abc import Sequence

from documents.ocr.formats.readers.markup import Element


def listed(order: Element) -> list[str]:
    """The names of the parts in a ``ReadingOrder`` of PAGE or ALTO, groups within groups taken apart."""
    names: list[str] = []
    waiting = [order]
    while waiting:
        part = waiting.pop()
        names += (part.get("regionRef") or part.get("REF")).split()
        waiting += sorted(part.children, key=_index)[::-1]
    return names


def _index(member: Element) -> int:
    """Its place in an ordered group of PAGE; those of others are where they stand."""
    index = member.get("index")
    return int(index) if index.isdecimal() and len(index) < 9 else 0


def in_order(parts: Sequence[Element], names: Sequence[str], order: Sequence[str]) -> list[Element]:
    """``parts``, whose own ``names`` are given, as ``order`` has them; one that it does not name stays behind
    the one that it stands behind."""
    places: dict[str, int] = {}
    for place, name in enumerate(order):
        places.setdefault(name, place)
    ranked, last = [], -1
    for part, name in zip(parts, names, strict=True):
        last = places.get(name, last)
        ranked.append((last, part))
    return [part for _place, part in sorted(ranked, key=lambda pair: pair[0])]
