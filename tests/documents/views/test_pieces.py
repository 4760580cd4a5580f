"""A page piece by piece, for those who may see it."""

import fcntl
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from accounts.models import User
from documents import storage
from documents.models import Document, Page
from documents.services import pieces
from tests.documents.views.conftest import Browse, html_of

FOR_EVER = "private, max-age=31536000, immutable"


@pytest.fixture
def scan(document: Document, tmp_path: Path) -> Document:
    """Its original has 2,600 pixels."""
    Image.new("L", (2600, 600), "white").save(tmp_path / "scan.png")
    original = storage.original_name(document.pk, 0, ".png")
    document.originals.update(file=storage.save_file(tmp_path / "scan.png", original, move=True))
    Page.objects.update(width=2600, height=600)
    return document


def address(document: Document, kind: str, rest: str = "") -> str:
    version = storage.version_of(document.pages.get().image)
    return f"/documents/{document.pk}/pages/1/{kind}/{version}/{rest}"


def test_a_row_tells_where_its_pieces_are(browse: Browse, scan: Document, owner: User) -> None:
    html = html_of(browse(owner).get(f"/documents/{scan.pk}/pages/1/"))
    assert 'data-levels="0"' in html
    assert f'data-pieces="{address(scan, "pieces")}"' in html


def test_members_look_closer_and_strangers_find_nothing(
    browse: Browse, scan: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    people = [browse(user) for user in (owner, editor, viewer, stranger)]
    for where, good in (
        (address(scan, "pieces"), 204),
        (address(scan, "pieces", "0/5-1.jpg"), 200),
    ):
        assert [person.get(where).status_code for person in people] == [good, good, good, 404]
        assert people[0].post(where).status_code == 405


def test_a_piece_may_be_kept_for_ever_by_its_reader(browse: Browse, scan: Document, owner: User) -> None:
    person = browse(owner)
    person.get(address(scan, "pieces"))
    answer = person.get(address(scan, "pieces", "0/5-1.jpg"))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", FOR_EVER)
    assert Image.open(BytesIO(answer.content)).size == (2600 - 5 * 512, 600 - 512)


@pytest.mark.parametrize("rest", ["0/6-0.jpg", "1/0-0.jpg", "0/0-2.jpg", "99999999999999999999/0-0.jpg"])
def test_a_piece_that_is_not_there_is_not_found(
    browse: Browse, scan: Document, owner: User, rest: str
) -> None:
    person = browse(owner)
    person.get(address(scan, "pieces"))
    assert person.get(address(scan, "pieces", rest)).status_code == 404


def test_no_piece_is_cut_by_asking_for_it(browse: Browse, scan: Document, owner: User) -> None:
    assert browse(owner).get(address(scan, "pieces", "0/0-0.jpg")).status_code == 404
    assert not default_storage.exists(pieces.name(scan.pages.get()))


def test_pieces_of_an_earlier_picture_are_not_found(browse: Browse, scan: Document, owner: User) -> None:
    before = address(scan, "pieces")
    Page.objects.update(image=storage.picture_name(scan.pk, 1, "image"))
    assert browse(owner).get(before).status_code == 404
    Page.objects.update(image="")
    assert browse(owner).get(before).status_code == 404


def test_in_the_trash_there_are_none(browse: Browse, scan: Document, owner: User) -> None:
    where = address(scan, "pieces")
    Document.objects.update(trashed_at="2026-01-01T00:00Z")
    assert browse(owner).get(where).status_code == 404


def test_while_another_page_is_cut_one_is_told_to_come_again(
    browse: Browse, scan: Document, owner: User
) -> None:
    with (settings.OCRSITE_TMP_DIR / "pieces.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = browse(owner).get(address(scan, "pieces"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")


def test_an_original_that_opens_no_more_has_none(browse: Browse, scan: Document, owner: User) -> None:
    with default_storage.open(scan.originals.get().file, "wb") as file:
        file.write(b"no picture")
    assert browse(owner).get(address(scan, "pieces")).status_code == 404
