"""What a person does to the text of a page, as data that come in and as frozen dataclasses.

A line is addressed by its place among all lines of the page, a word by its place in its line, both from 0.
Each operation means the page as the one before it left it. As JSON an operation is an object whose ``do``
names it, with the fields of its dataclass; a box is a list of four numbers, ``x0 y0 x1 y1``.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any

from documents.errors import OperationUnclear, TooManyOperations
from documents.ocr.elements import Box

MOST_OPERATIONS = 1000  # at once: a burst of typing is a handful


@dataclass(frozen=True, slots=True)
class ReplaceWord:
    """Text with spaces makes several words; an empty one takes the word away."""

    line: int
    word: int
    text: str


@dataclass(frozen=True, slots=True)
class SplitWord:
    """The letters from ``at`` on become a word of their own; marks stay with their letter."""

    line: int
    word: int
    at: int


@dataclass(frozen=True, slots=True)
class JoinWords:
    """With the next word of the line."""

    line: int
    word: int


@dataclass(frozen=True, slots=True)
class InsertWord:
    """``word`` is the place that the new one takes; without a box it stands in the gap."""

    line: int
    word: int
    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class DeleteWords:
    line: int
    word: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class PlaceWord:
    """Move or resize its box."""

    line: int
    word: int
    box: Box


@dataclass(frozen=True, slots=True)
class RetypeLine:
    """Words that are typed as they were keep their boxes and confidences."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class SplitLine:
    """The words from ``word`` on become a line of their own."""

    line: int
    word: int


@dataclass(frozen=True, slots=True)
class JoinLines:
    """With the next line, which may be that of another block."""

    line: int


@dataclass(frozen=True, slots=True)
class InsertLine:
    """``line`` is the place that the new one takes, in the block of the line before it."""

    line: int
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class DeleteLine:
    line: int


@dataclass(frozen=True, slots=True)
class MoveLine:
    """To the place ``at`` among the other lines of ``block``; the number of blocks means a new, last one."""

    line: int
    block: int
    at: int


Operation = (
    ReplaceWord | SplitWord | JoinWords | InsertWord | DeleteWords | PlaceWord
    | RetypeLine | SplitLine | JoinLines | InsertLine | DeleteLine | MoveLine
)  # fmt: skip

_KINDS: dict[str, type[Operation]] = {
    "replace": ReplaceWord,
    "split": SplitWord,
    "join": JoinWords,
    "insert": InsertWord,
    "delete": DeleteWords,
    "place": PlaceWord,
    "retype": RetypeLine,
    "split-line": SplitLine,
    "join-lines": JoinLines,
    "insert-line": InsertLine,
    "delete-line": DeleteLine,
    "move-line": MoveLine,
}


def parse(data: object) -> tuple[Operation, ...]:
    """Operations from JSON that was decoded. Raises OperationUnclear, TooManyOperations."""
    if not isinstance(data, list):
        raise OperationUnclear(number=1, part="changes")
    if len(data) > MOST_OPERATIONS:
        raise TooManyOperations(limit=MOST_OPERATIONS)
    return tuple(_operation(item, number) for number, item in enumerate(data, start=1))


def _operation(item: object, number: int) -> Operation:
    kind = _KINDS.get(str(item.get("do"))) if isinstance(item, Mapping) else None
    if kind is None or not isinstance(item, Mapping):
        raise OperationUnclear(number=number, part="do")
    known = fields(kind)
    if strange := [str(name) for name in item if name not in {"do", *(field.name for field in known)}]:
        raise OperationUnclear(number=number, part=strange[0][:40])
    return kind(**{field.name: _value(field, item, number) for field in known if _is_given(field, item)})


def _is_given(field: Field[Any], item: Mapping[str, object]) -> bool:
    return field.name in item or field.default is MISSING


def _value(field: Field[Any], item: Mapping[str, object], number: int) -> Any:
    value = _READERS[field.type](item.get(field.name))
    if value is None:
        raise OperationUnclear(number=number, part=field.name)
    return value


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def box_of(value: object) -> Box | None:
    """A list of four whole numbers as a box that holds something; None where it is none."""
    if not isinstance(value, list) or len(value) != len(Box._fields):
        return None
    if any(isinstance(side, bool) or not isinstance(side, int) for side in value):
        return None
    box = Box(*value)
    return box if box.width > 0 and box.height > 0 else None


_READERS: dict[object, Callable[[object], object]] = {
    int: _whole,
    str: _text,
    Box: box_of,
    Box | None: box_of,
}
