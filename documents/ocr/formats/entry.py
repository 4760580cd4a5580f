"""A page as the writers get it: what was read of it, or why nothing was."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.entities.entity import Entity
from documents.ocr.elements import PageText


@dataclass(frozen=True, slots=True)
class PageError:
    """``code`` is the one of the error in ``documents.errors``, ``message`` its sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class PageEntry:
    """``number`` counts from 1. ``page`` is the current text, None where there is none yet.

    ``state`` (queued, running, done, failed, cancelled) and ``error`` are those of the latest attempt to
    read the page: one that failed may still have the text of an earlier attempt. ``entities`` were found in
    the text.
    """

    number: int
    page: PageText | None
    state: str = "done"
    error: PageError | None = None
    entities: Sequence[Entity] = ()
