"""A page as it was cleaned before an engine read it: made when somebody asks for it, and kept as pieces."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from documents import storage
from documents.models import Page, Transcription
from documents.ocr.elements import Cure, Treatment
from documents.ocr.files import pieces as files
from documents.ocr.files import seen
from documents.ocr.files.pieces import SIDE
from documents.ocr.files.seen import Seen
from documents.ocr.options import Cleaning
from documents.ocr.packing import knows_treatments
from documents.services import pieces
from documents.services.recognise import limits

__all__ = ("SIDE", "Cleaned", "Note", "State", "cleaned", "name", "piece", "reading_of")

KIND, EXTENSION = "cleaned", ".zip"

_ALIKE = 0.05  # degrees, or part of a factor, by which the same treatment may differ


class State(StrEnum):
    """What can be shown of a reading."""

    SHOWN = "shown"
    NOTHING = "nothing"  # had to be done
    UNKNOWN = "unknown"  # what was done: it was read when that was not noted yet
    UNREAD = "unread"  # by any engine: the text came with the page


class Note(StrEnum):
    """What one should know of the pieces."""

    CUT = "cut"  # a part of the page was cut away
    PARTS = "parts"  # the page was read in parts, each cleaned by itself; here it is cleaned as a whole
    EARLIER = "earlier"  # an earlier version of this program cleaned it otherwise than this one does


@dataclass(frozen=True, slots=True)
class Cleaned:
    """``version`` is that of the pieces: others, cut anew, have another."""

    state: State
    seen: Seen | None = None  # where it is shown
    notes: tuple[Note, ...] = ()
    version: str = ""


def reading_of(page: Page) -> int | None:
    """The key of the engine's reading that the text of ``page`` goes back to; None for a text without one."""
    return page.current.engine_reading_id if page.current and page.current.image else None


def name(picture: str, reading_id: int) -> str:
    """Where the pieces of that reading lie, once they are cut; ``picture`` is that of the page."""
    return storage.derived_name(picture, f"{KIND}{reading_id}", EXTENSION)


def cleaned(*, reading: Transcription) -> Cleaned | None:
    """The page as it was for an engine's ``reading``. None while this machine is cutting a page: ask again.

    Raises StorageError, and what `pieces.prepare` does.
    """
    state = _state(reading)
    if state != State.SHOWN:
        return Cleaned(state)
    page, where = reading.page, name(reading.image, reading.pk)
    cut = partial(seen.cut, cleaning=_cleaning(reading), limits=limits(), languages=reading.languages)
    if not pieces.cut_once(page, reading.rotation, where, cut):
        return None
    with pieces.opened(where) as path:
        found, version = seen.about(path), seen.version(path)
    return Cleaned(state, found, tuple(_notes(found, reading.page_text.treatments)), version)


def piece(*, reading: Transcription, version: str, level: int, x: int, y: int) -> bytes | None:
    """A JPEG; None where there is no such piece, or the pieces are of another ``version``. Raises
    StorageError, OriginalMissing while none is cut."""
    with pieces.opened(name(reading.image, reading.pk)) as path:
        return files.piece(path, level, x, y) if seen.version(path) == version else None


def _state(reading: Transcription) -> State:
    if reading.run is None or not reading.image or reading.came_along:
        return State.UNREAD
    if not knows_treatments(reading.packed):
        return State.UNKNOWN
    is_as_it_is = _cleaning(reading) in (Cleaning.AUTO, Cleaning.NONE) and not reading.page_text.treatments
    return State.NOTHING if is_as_it_is else State.SHOWN


def _cleaning(reading: Transcription) -> Cleaning:
    return Cleaning(reading.run.cleaning if reading.run else Cleaning.NONE)


def _notes(found: Seen, done: tuple[Treatment, ...]) -> list[Note]:
    """``done`` is what was done to the page when it was read."""
    notes = [Note.CUT] if any(cure == Cure.SHEET for cure, _amount in found.treatments) else []
    if not _are_alike(found.treatments, done):
        notes.append(Note.PARTS if found.is_smaller else Note.EARLIER)
    return notes


def _are_alike(some: tuple[Treatment, ...], others: tuple[Treatment, ...]) -> bool:
    """In whichever order: facing pages may be read from the right."""
    pairs = list(zip(sorted(some), sorted(others), strict=False))
    return len(some) == len(others) and all(
        one.cure == other.cure and abs(one.amount - other.amount) < _ALIKE for one, other in pairs
    )
