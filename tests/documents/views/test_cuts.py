"""The strip of the image beside a snippet."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from accounts.models import User
from documents.models import Document, Transcription
from tests.documents.views.conftest import Browse


def address(document: Document, ranges: str = "6-11") -> str:
    return f"/documents/{document.pk}/readings/{document.pages.get().current_id}/cut/{ranges}"


def test_members_see_the_strip_and_strangers_find_nothing(
    browse: Browse, document: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    where = address(document)
    answers = [browse(user).get(where) for user in (owner, editor, viewer, stranger)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404]
    assert answers[0]["Content-Type"] == "image/jpeg"
    assert answers[0]["Cache-Control"] == "private, max-age=31536000, immutable"
    assert Image.open(BytesIO(answers[0].content)).size == (60, 13)


@pytest.mark.parametrize(
    "ranges", ["", "6", "6-", "-6", "a-b", "6-11,", "1-2," * 8 + "1-2", "12345678-12345679", "5-6", "900-905"]
)
def test_nonsense_is_not_found(browse: Browse, document: Document, owner: User, ranges: str) -> None:
    assert browse(owner).get(address(document, ranges)).status_code == 404


def test_several_hits_are_tinted(browse: Browse, document: Document, owner: User) -> None:
    client = browse(owner)
    one, two = (client.get(address(document, ranges)).content for ranges in ("6-11", "6-11,0-5"))
    assert one != two


def test_a_reading_of_another_document_is_not_found(browse: Browse, document: Document, owner: User) -> None:
    assert (
        browse(owner).get(f"/documents/{document.pk}/readings/999999999999999999999/cut/0-5").status_code
        == 404
    )


def test_a_picture_that_is_not_there_is_not_found(browse: Browse, document: Document, owner: User) -> None:
    where = address(document)
    default_storage.delete(document.pages.get().image)
    assert browse(owner).get(where).status_code == 404
    Transcription.objects.update(image="")
    assert browse(owner).get(where).status_code == 404


def test_a_document_in_the_trash_has_no_strips(browse: Browse, document: Document, owner: User) -> None:
    where = address(document)
    Document.objects.update(trashed_at="2026-01-01T00:00Z")
    assert browse(owner).get(where).status_code == 404


def test_the_wrong_method_is_refused(browse: Browse, document: Document, owner: User) -> None:
    assert browse(owner).post(address(document)).status_code == 405
