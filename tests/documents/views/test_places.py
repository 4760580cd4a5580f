"""Where an upload goes."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Membership
from tests.documents.views.conftest import Browse, html_of

pytestmark = pytest.mark.usefixtures("echo")


@pytest.fixture
def person(browse: Browse, editor: User) -> Client:
    return browse(editor)


def sent(png: Path, **fields: object) -> dict[str, object]:
    return {"files": SimpleUploadedFile("white.png", png.read_bytes()), **fields}


def place_of(document: Document) -> str:
    return document.collection.name


def test_who_has_only_the_personal_collection_is_not_asked(browse: Browse, stranger: User) -> None:
    assert 'name="collection"' not in html_of(browse(stranger).get("/upload/"))


def test_an_upload_goes_where_the_person_says_and_the_form_remembers(
    person: Client, collection: Collection, png: Path
) -> None:
    assert f'<option value="{collection.pk}">Letters</option>' in html_of(person.get("/upload/"))
    person.post("/upload/", sent(png, collection=collection.pk))
    assert place_of(Document.objects.get()) == "Letters"
    assert f'<option value="{collection.pk}" selected>Letters</option>' in html_of(person.get("/upload/"))


def test_a_script_that_names_none_reaches_the_personal_one(
    person: Client, collection: Collection, png: Path
) -> None:
    person.post("/upload/", sent(png, collection=collection.pk))
    person.post("/upload/", sent(png, title="Second"))
    assert place_of(Document.objects.get(title="Second")) == "editor"
    assert "selected>Letters" in html_of(person.get("/upload/"))


def test_the_personal_one_is_chosen_again(person: Client, collection: Collection, png: Path) -> None:
    person.post("/upload/", sent(png, collection=collection.pk))
    person.post("/upload/", sent(png, collection="", title="Second"))
    assert place_of(Document.objects.get(title="Second")) == "editor"
    assert "selected>Letters" not in html_of(person.get("/upload/"))


@pytest.mark.parametrize("wanted", ["0", "x", "\0", "99999999999999999999"])
def test_a_collection_that_is_not_there_is_a_sentence(person: Client, png: Path, wanted: str) -> None:
    answer = person.post("/upload/", sent(png, collection=wanted), headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert [error["code"] for error in answer.json()["errors"]] == ["collection-gone"]
    assert not Document.objects.exists()


@pytest.mark.parametrize("role", ["viewer", None])
def test_nobody_adds_where_they_may_not(
    browse: Browse, collection: Collection, stranger: User, png: Path, role: str | None
) -> None:
    if role:
        Membership.objects.create(collection=collection, user=stranger, role=role)
    client = browse(stranger)
    assert "Letters" not in html_of(client.get("/upload/"))
    answer = client.post("/upload/", sent(png, collection=collection.pk))
    assert answer.status_code == 422
    assert "You cannot put anything into this collection." in html_of(answer)
    assert not Document.objects.exists()
