"""Lists, a piece at a time: a cursor says behind which row the next piece begins, whatever came since."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from ninja import Query
from pydantic import BaseModel, Field

from documents.errors import CursorInvalid
from documents.selectors import cursors

T = TypeVar("T")
MOST = 100

Limit = Annotated[
    int, Query(description="How many items to have at once, at most.", examples=[20], ge=1, le=MOST)
]
Cursor = Annotated[
    str,
    Query(
        description="Where to go on: the `next` of the piece before. Without one the list begins.",
        examples=["WyIyMDI2LTExLTIwIl0:1vMabc:x7"],
        max_length=2000,
    ),
]
LIMIT = 20


class Listed(BaseModel, Generic[T]):
    """A piece of a list."""

    items: list[T] = Field(description="The items, in the order of the list.")
    next: str | None = Field(
        description="The `cursor` of the next piece; null at the end.",
        examples=["WyIyMDI2LTExLTIwIl0:1vMabc:x7"],
    )


def marked(kind: str, cursor: str) -> list[Any] | None:
    """The values that `mark` put into ``cursor``; None for an empty one. Raises CursorInvalid."""
    if not cursor:
        return None
    values = cursors.read(f"api.{kind}", cursor)
    if values is None:
        raise CursorInvalid
    return values


def mark(kind: str, *values: object) -> str:
    """A cursor of the list ``kind``; ``values`` (what JSON has) tell the last row apart from all others."""
    return cursors.write(f"api.{kind}", *values)


def piece(rows: Sequence[T], limit: int, mark_of: Callable[[T], str]) -> tuple[Sequence[T], str | None]:
    """The first ``limit`` of ``rows``, of which one more was asked for, and the cursor behind them."""
    return rows[:limit], mark_of(rows[limit - 1]) if len(rows) > limit else None
