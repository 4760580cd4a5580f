"""A page as it was cleaned before it was read: what there is to be shown, and that it is made once."""

import fcntl
import json
import zlib

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from documents import storage
from documents.errors import OriginalMissing, PageDamaged, UnknownType
from documents.models import Document, Page, PageJob, Transcription
from documents.ocr.elements import Cure, Treatment
from documents.ocr.options import Cleaning
from documents.services import cleaned as module
from documents.services.cleaned import Cleaned, Note, State, cleaned, name, piece, reading_of
from tests.factories import read_from
from tests.files import text_image

pytestmark = pytest.mark.slow

LINES = ["The quick brown fox jumps over", "the lazy dog and runs away into"] * 4
STRAIGHTENED = Treatment(Cure.STRAIGHTENED, -3.0)


def scan(degrees: float = 3.0) -> Image.Image:
    """Lines that are turned by ``degrees`` clockwise."""
    return text_image(LINES, size=(900, 600), px=36).rotate(-degrees, fillcolor="white", expand=True)


@pytest.fixture
def reading(document: Document) -> Transcription:
    return read_from(document, scan(), STRAIGHTENED)


def test_a_page_is_made_once(reading: Transcription) -> None:
    found = cleaned(reading=reading)
    assert found
    assert (found.state, found.notes) == (State.SHOWN, ())
    assert found.seen
    assert found.seen.degrees == pytest.approx(-3, abs=0.05)
    where = name(reading.image, reading.pk)
    made = storage.modified_at(where)
    assert cleaned(reading=reading) == found
    assert storage.modified_at(where) == made
    jpeg = piece(reading=reading, version=found.version, level=0, x=1, y=1)
    assert jpeg is not None
    assert jpeg.startswith(b"\xff\xd8")
    assert piece(reading=reading, version=found.version, level=0, x=2, y=1) is None


def test_each_reading_has_its_own(reading: Transcription, document: Document) -> None:
    first = cleaned(reading=reading)
    document.runs.update(cleaning=Cleaning.INVERT)
    other = Transcription.objects.get(pk=reading.pk)
    other.pk += 1
    second = cleaned(reading=other)
    assert first
    assert second
    assert first.version != second.version
    for one, found in ((reading, first), (other, second)):
        assert piece(reading=one, version=found.version, level=0, x=0, y=0)


def test_pieces_that_are_cut_anew_and_look_otherwise_are_of_another_version(
    reading: Transcription, document: Document
) -> None:
    first = cleaned(reading=reading)
    storage.delete([name(reading.image, reading.pk)])
    assert cleaned(reading=reading) == first
    storage.delete([name(reading.image, reading.pk)])
    document.runs.update(cleaning=Cleaning.INVERT)
    reading = Transcription.objects.get(pk=reading.pk)
    second = cleaned(reading=reading)
    assert first
    assert second
    assert piece(reading=reading, version=first.version, level=0, x=0, y=0) is None
    assert piece(reading=reading, version=second.version, level=0, x=0, y=0)


def test_a_page_of_which_nothing_was_done_needs_nothing_made(document: Document) -> None:
    reading = read_from(document, scan(0))
    assert cleaned(reading=reading) == Cleaned(State.NOTHING)
    document.runs.update(cleaning=Cleaning.NONE)
    assert cleaned(reading=Transcription.objects.get()) == Cleaned(State.NOTHING)
    assert not default_storage.exists(name(reading.image, reading.pk))


def test_a_kind_that_was_chosen_by_hand_is_shown_though_nothing_was_measured(document: Document) -> None:
    document.runs.update(cleaning=Cleaning.EVEN)
    found = cleaned(reading=read_from(document, scan(0)))
    assert found
    assert (found.state, found.notes) == (State.SHOWN, ())


def test_a_text_that_came_along_was_seen_by_no_engine(reading: Transcription) -> None:
    PageJob.objects.update(given=b"")
    assert cleaned(reading=reading) == Cleaned(State.UNREAD)


def test_of_an_old_reading_it_is_not_known(reading: Transcription) -> None:
    old = zlib.compress(json.dumps([[2, 60, 40, 0, ["eng"], "tesseract", "1.0", 1.0], []]).encode())
    Transcription.objects.update(packed=old)
    assert cleaned(reading=Transcription.objects.get()) == Cleaned(State.UNKNOWN)


def test_what_is_done_otherwise_now_is_said(document: Document) -> None:
    found = cleaned(reading=read_from(document, scan(), Treatment(Cure.EVENED), STRAIGHTENED))
    assert found
    assert found.notes == (Note.EARLIER,)


def test_a_page_that_was_read_in_parts_says_so(document: Document) -> None:
    """Of 42 megapixels: nothing is done to it as a whole."""
    reading = read_from(document, Image.new("L", (7000, 6000), "white"), Treatment(Cure.DENOISED))
    found = cleaned(reading=reading)
    assert found
    assert found.seen
    assert found.seen.is_smaller
    assert found.notes == (Note.PARTS,)


def test_what_was_cut_away_is_told(document: Document) -> None:
    table = Image.new("L", (1500, 1200), 30)
    table.paste(scan(0), (300, 300))
    found = cleaned(reading=read_from(document, table, Treatment(Cure.SHEET)))
    assert found
    assert found.notes == (Note.CUT,)


def test_while_another_page_is_cut_one_asks_again(reading: Transcription) -> None:
    with (settings.OCRSITE_TMP_DIR / "pieces.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert cleaned(reading=reading) is None
    assert cleaned(reading=reading)


def test_what_cannot_be_made_is_tried_once(reading: Transcription) -> None:
    with default_storage.open(reading.page.original.file, "wb") as file:
        file.write(b"no picture")
    with pytest.raises(UnknownType):
        cleaned(reading=reading)
    with pytest.raises(PageDamaged):
        cleaned(reading=reading)


def test_damaged_pieces_are_made_anew(reading: Transcription) -> None:
    cleaned(reading=reading)
    with default_storage.open(name(reading.image, reading.pk), "wb") as file:
        file.write(b"PK" * 100)
    with pytest.raises(OriginalMissing):
        cleaned(reading=reading)
    assert cleaned(reading=reading)


def test_a_correction_goes_back_to_what_an_engine_read(document: Document) -> None:
    page = document.pages.select_related("current").get()
    read = page.current
    assert read
    assert reading_of(page) == read.pk
    source = Transcription.Source.PERSON
    page.current = Transcription(page=page, source=source, reading=read, image=page.image)
    assert reading_of(page) == read.pk
    page.current.reading = None
    assert reading_of(page) is None
    assert reading_of(Page()) is None


def test_they_go_with_their_document(reading: Transcription) -> None:
    cleaned(reading=reading)
    storage.delete_document(reading.page.document_id)
    assert not default_storage.exists(module.name(reading.image, reading.pk))
