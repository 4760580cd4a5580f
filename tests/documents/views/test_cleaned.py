"""A page as the engine saw it, for those who may see it."""

import fcntl
from io import BytesIO

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.models import User
from documents.models import Collection, Document, Transcription
from documents.ocr.elements import Cure, Treatment
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document, read_from
from tests.files import text_image

LINES = ["The quick brown fox jumps over", "the lazy dog and runs away into"] * 4


@pytest.fixture
def scan(document: Document) -> Document:
    """It was dark."""
    dark = text_image(LINES, size=(900, 600), px=36).point(lambda value: value // 4)
    read_from(document, dark, Treatment(Cure.EVENED))
    return document


def address(document: Document, rest: str = "") -> str:
    return f"/documents/{document.pk}/pages/1/cleaned/{document.pages.get(number=1).current_id}/{rest}"


def piece_at(person: Client, document: Document, place: str = "0/0-0.jpg") -> str:
    """The address of a piece."""
    return address(document, f"{person.get(address(document)).json()['version']}/{place}")


def test_a_row_tells_where_it_is(browse: Browse, scan: Document, owner: User) -> None:
    where = f"/documents/{scan.pk}/pages/1/"
    assert f'data-cleaned="{address(scan)}"' in html_of(browse(owner).get(where))
    Transcription.objects.update(source=Transcription.Source.PERSON, run=None)
    assert 'data-cleaned=""' in html_of(browse(owner).get(where))


def test_members_see_it_and_strangers_find_nothing(
    browse: Browse, scan: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    people = [browse(user) for user in (owner, editor, viewer, stranger)]
    places = address(scan), piece_at(people[0], scan)
    for where in places:
        assert [person.get(where).status_code for person in people] == [200, 200, 200, 404]
        assert people[0].post(where).status_code == 405
    Document.objects.update(trashed_at="2026-01-01T00:00Z")
    for where in places:
        assert people[0].get(where).status_code == 404


def test_it_is_told_where_its_pieces_are_and_what_they_show(
    browse: Browse, scan: Document, owner: User
) -> None:
    person = browse(owner)
    answer = person.get(address(scan))
    assert answer["Cache-Control"] == "private, no-cache"
    found = answer.json()
    assert found == {
        "state": "shown",
        "notes": [],
        "version": found["version"],
        "degrees": 0.0,
        "width": 900,
        "height": 600,
        "levels": [0],
    }
    piece = person.get(piece_at(person, scan, "0/1-1.jpg"))
    assert (piece["Content-Type"], piece["Cache-Control"]) == (
        "image/jpeg",
        "private, max-age=31536000, immutable",
    )
    image = Image.open(BytesIO(piece.content))
    assert image.size == (900 - 512, 600 - 512)
    assert image.getextrema()[1] > 240


def test_a_page_of_which_nothing_was_done_says_so(browse: Browse, document: Document, owner: User) -> None:
    person = browse(owner)
    assert person.get(address(document)).json() == {"state": "nothing"}
    assert person.get(address(document, "0123456789abcdef/0/0-0.jpg")).status_code == 404


def test_pieces_of_another_version_are_not_found(browse: Browse, scan: Document, owner: User) -> None:
    person = browse(owner)
    where = piece_at(person, scan)
    assert person.get(where).status_code == 200
    version = where.split("/")[-3]
    assert person.get(where.replace(version, version[::-1])).status_code == 404


def test_a_piece_costs_no_look_at_the_words(browse: Browse, scan: Document, owner: User) -> None:
    person = browse(owner)
    where = piece_at(person, scan)
    with CaptureQueriesContext(connection) as queries:
        assert person.get(where).status_code == 200
    asked = [query["sql"] for query in queries if "documents_" in query["sql"]]
    assert not any('"packed"' in sql or '"text"' in sql for sql in asked)
    assert len(asked) == 2  # the collections of the person, and the reading with its page


@pytest.mark.parametrize("rest", ["0/2-0.jpg", "1/0-0.jpg", "99999999999999999999/0-0.jpg"])
def test_a_piece_that_is_not_there_is_not_found(
    browse: Browse, scan: Document, owner: User, rest: str
) -> None:
    person = browse(owner)
    assert person.get(piece_at(person, scan, rest)).status_code == 404


@pytest.mark.parametrize("reading", ["0", "99999999999999999999"])
def test_a_reading_that_is_not_there_is_not_found(
    browse: Browse, scan: Document, owner: User, reading: str
) -> None:
    assert browse(owner).get(f"/documents/{scan.pk}/pages/1/cleaned/{reading}/").status_code == 404


def test_readings_of_other_pages_and_of_persons_are_not_found(
    browse: Browse, scan: Document, collection: Collection, owner: User
) -> None:
    person, where = browse(owner), address(scan)
    other = make_document(collection=collection, user=owner, texts=["one", "two"])
    reading = scan.pages.get().current_id
    assert reading
    assert person.get(f"/documents/{other.pk}/pages/1/cleaned/{reading}/").status_code == 404
    second = other.pages.get(number=2).current_id
    assert person.get(f"/documents/{other.pk}/pages/1/cleaned/{second}/").status_code == 404
    Transcription.objects.filter(pk=reading).update(source=Transcription.Source.PERSON, run=None)
    assert person.get(where).status_code == 404


def test_while_another_page_is_cut_one_is_told_to_come_again(
    browse: Browse, scan: Document, owner: User, settings: LazySettings
) -> None:
    with (settings.OCRSITE_TMP_DIR / "pieces.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = browse(owner).get(address(scan))
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")


def test_a_page_for_which_there_is_no_time_now_is_tried_again(
    browse: Browse, scan: Document, owner: User, settings: LazySettings
) -> None:
    person, enough = browse(owner), settings.OCRSITE_PAGE_TIMEOUT
    settings.OCRSITE_PAGE_TIMEOUT = 0.01
    answer = person.get(address(scan))
    assert answer.status_code == 503
    assert "Retry-After" not in answer
    assert "not enough time or memory" in html_of(answer)
    settings.OCRSITE_PAGE_TIMEOUT = enough
    assert person.get(address(scan)).json()["state"] == "shown"


def test_an_original_that_opens_no_more_has_none(browse: Browse, scan: Document, owner: User) -> None:
    with default_storage.open(scan.originals.get().file, "wb") as file:
        file.write(b"no picture")
    assert browse(owner).get(address(scan)).status_code == 404
