"""Who read a page, where an engine has other programs read for it: `PageText.engine_version` names them, each
with its version, as “tesseract 5.3.0 + rapidocr 3.9.2”. Pure.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from documents.ocr.engines import ENGINES

_AND = " + "
_READER = re.compile(r"(\w+) (\S+)")


class Reader(NamedTuple):
    """A program that read, or helped to; ``version`` is empty where it is not known."""

    name: str
    version: str


def told(readers: Iterable[str]) -> str:
    """As one string; each of ``readers`` is a name and a version, or a version alone."""
    return _AND.join(dict.fromkeys(readers))


def readers_of(engine: str, version: str) -> tuple[Reader, ...]:
    """Those whom the ``version`` of an ``engine`` names, else the engine itself; none without a name."""
    return _named(version) or ((Reader(engine, version),) if engine else ())


def names_of(engine: str, version: str) -> tuple[str, ...]:
    """Their names."""
    return tuple(reader.name for reader in readers_of(engine, version))


def together(one: str, other: str) -> str:
    """The versions of two readings by the same engine: of ``one``, and of those that only ``other`` names."""
    named = _named(one)
    if not named:
        return one or other
    names = {reader.name for reader in named}
    return told([one, *(" ".join(each) for each in _named(other) if each.name not in names)])


def _named(version: str) -> tuple[Reader, ...]:
    """Nobody where it is the version of one program, or says it as an earlier version of ours did."""
    found = [_READER.fullmatch(part) for part in version.split(_AND)]
    readers = tuple(Reader(*match.groups()) for match in found if match and match[1] in ENGINES)
    return readers if len(readers) == len(found) else ()
