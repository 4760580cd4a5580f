"""What scripts send to have a part of a page read again."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from documents.errors import EngineTimeout
from documents.models import Collection, Document, Trial
from documents.ocr.elements import Block
from documents.services import correct, trying
from tests.documents.views.conftest import Browse
from tests.documents.views.texts import first_page, texts, type_word
from tests.doubles import EchoEngine
from tests.factories import blocks, make_document

pytestmark = pytest.mark.usefixtures("readable")

BOX = [0, 0, 30, 30]


def address(document: Document, rest: str = "", number: int = 1) -> str:
    return f"/documents/{document.pk}/pages/{number}/region/{rest}"


def post(client: Client, url: str, data: object) -> HttpResponse:
    return client.post(url, json.dumps(data), content_type="application/json")


def asked(client: Client, document: Document, **data: object) -> dict[str, Any]:
    answer = post(client, address(document), {"box": BOX, **data})
    assert answer.status_code == 202
    return dict(json.loads(answer.content))


def read(client: Client, document: Document, **data: object) -> dict[str, Any]:
    """What is answered once a worker was there."""
    told = asked(client, document, **data)
    trying.work(trial_id=told["id"])
    return dict(json.loads(client.get(told["url"]).content))


def put(client: Client, told: dict[str, Any], base: object) -> HttpResponse:
    return post(client, told["put"], {"base": base})


def test_a_part_is_read_looked_at_and_put_in(
    browse: Browse, document: Document, editor: User, echo: EchoEngine
) -> None:
    echo.reads = lambda _image: blocks("Hallo", 71.0)
    client = browse(editor)
    first = asked(client, document, languages=["fra"], layout="line")
    assert (first["state"], set(first)) == ("waiting", {"id", "state", "url"})
    told = read(client, document, languages=["fra"], layout="line")
    assert (told["state"], told["text"], told["confidence"]) == ("done", "Hallo", 71.0)
    assert (told["languages"], told["language_names"]) == (["fra"], "French")
    assert told["words"]["lines"][0][4][0][:2] == ["Hallo", 71]
    assert client.get(told["image"]).headers["Content-Type"] == "image/jpeg"
    assert texts(document) == ["Hello world"]
    state = json.loads(put(client, told, first_page(document).current_id).content)
    assert texts(document) == ["Hallo"]
    assert (state["text"], state["can_undo"]) == (first_page(document).current_id, True)
    assert state["words"] == json.loads(client.get(f"/documents/{document.pk}/pages/1/words").content)
    assert echo.calls == [("fra",)]


@pytest.mark.usefixtures("echo")
def test_it_is_told_how_many_corrected_words_a_part_replaces(
    browse: Browse, document: Document, owner: User, editor: User
) -> None:
    client = browse(editor)
    assert read(client, document)["replaced"] == ""
    type_word(owner, document, "Hello", word=0)  # as it was read
    assert read(client, document)["replaced"] == ""
    type_word(owner, document, "Hi", word=0)
    assert read(client, document)["replaced"] == "Putting it in replaces 1 word that somebody corrected."
    type_word(owner, document, "moon", word=1)
    assert read(client, document)["replaced"] == "Putting it in replaces 2 words that somebody corrected."
    assert read(client, document, box=[0, 0, 11, 12])["replaced"].startswith("Putting it in replaces 1 word ")


@pytest.mark.usefixtures("echo")
def test_the_languages_of_a_part_are_told(browse: Browse, document: Document, owner: User) -> None:
    assert read(browse(owner), document, languages=["fra", "eng"])["languages"] == ["fra", "eng"]


def test_a_part_that_cannot_be_read_says_why(
    browse: Browse, document: Document, owner: User, echo: EchoEngine
) -> None:
    def hang(_image: object) -> tuple[Block, ...]:
        raise EngineTimeout(seconds=120)

    echo.reads = hang
    told = read(browse(owner), document)
    assert (told["state"], told["code"]) == ("failed", "engine-timeout")
    assert told["message"].startswith("Reading this page took longer than 120 seconds")


@pytest.mark.usefixtures("echo")
def test_parts_that_are_still_in_hand_are_kept_and_others_forgotten(
    browse: Browse, document: Document, owner: User
) -> None:
    client = browse(owner)
    first = read(client, document)
    second = read(client, document, kept=[first["id"], 10**30])
    third = read(client, document, kept=[first["id"]])
    there = [client.get(told["url"]).status_code for told in (first, second, third)]
    assert there == [200, 404, 200]
    assert put(client, first, first_page(document).current_id).status_code == 200


def test_a_part_that_was_not_read_yet_is_not_put_in(browse: Browse, document: Document, owner: User) -> None:
    told = asked(browse(owner), document)
    answer = put(browse(owner), {"put": f"{told['url']}put/"}, first_page(document).current_id)
    assert (answer.status_code, json.loads(answer.content)["code"]) == (409, "region-unread")


@pytest.mark.usefixtures("echo")
def test_what_somebody_else_changed_meanwhile_stays(
    browse: Browse, document: Document, owner: User, editor: User
) -> None:
    base = first_page(document).current_id
    told = read(browse(editor), document)
    type_word(owner, document, "Hi")
    answer = put(browse(editor), told, base)
    assert (answer.status_code, json.loads(answer.content)["code"]) == (409, "page-changed")
    assert "owner" in json.loads(answer.content)["message"]
    assert texts(document) == ["Hi world"]


@pytest.mark.usefixtures("echo")
def test_what_was_put_in_can_be_undone(browse: Browse, document: Document, editor: User) -> None:
    told = read(browse(editor), document)
    put(browse(editor), told, first_page(document).current_id)
    page = first_page(document)
    correct.undo(user=editor, page=page, current_id=page.current_id or 0)
    assert texts(document) == ["Hello world"]


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        ({"box": [0, 0, 3, 3]}, 422, "region-missing"),
        ({"box": [500, 500, 900, 900]}, 422, "region-missing"),
        ({"box": [10**30, 0, -(10**30), 5]}, 422, "region-missing"),
        ({"box": [0, 0, 30]}, 400, "request-unclear"),
        ({"box": [0, 0, 30, 2.5]}, 400, "request-unclear"),
        ({"box": [False, 0, 30, 30]}, 400, "request-unclear"),
        ({"box": "0 0 3 3"}, 400, "request-unclear"),
        ({}, 400, "request-unclear"),
        ([], 400, "request-unclear"),
        ({"box": BOX, "layout": "plain"}, 400, "request-unclear"),
        ({"box": BOX, "layout": ["line"]}, 400, "request-unclear"),
        ({"box": BOX, "languages": "eng"}, 400, "request-unclear"),
        ({"box": BOX, "languages": [7]}, 400, "request-unclear"),
        ({"box": BOX, "kept": 7}, 400, "request-unclear"),
        ({"box": BOX, "kept": ["7"]}, 400, "request-unclear"),
        ({"box": BOX, "languages": ["xx!"]}, 422, "language-unknown"),
        ({"box": BOX, "languages": ["swe"]}, 422, "language-missing"),
    ],
)
@pytest.mark.usefixtures("echo")
def test_what_cannot_be_read_is_refused(
    browse: Browse, document: Document, owner: User, data: object, status: int, code: str
) -> None:
    answer = post(browse(owner), address(document), data)
    refusal = json.loads(answer.content)
    assert (answer.status_code, refusal["code"]) == (status, code)
    assert refusal["message"]
    assert not Trial.objects.exists()


@pytest.mark.usefixtures("echo")
def test_owners_and_editors_read_parts_and_others_do_not(
    browse: Browse, document: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    for user, status, elsewhere in (
        (owner, 202, 404),
        (editor, 202, 404),
        (viewer, 403, 404),
        (stranger, 404, 404),
    ):
        assert post(browse(user), address(document), {"box": BOX}).status_code == status
        assert post(browse(user), address(document, number=2), {"box": BOX}).status_code == elsewhere


@pytest.mark.usefixtures("echo")
def test_a_part_is_there_for_who_drew_it_and_nobody_else(
    browse: Browse, document: Document, collection: Collection, owner: User, editor: User, viewer: User
) -> None:
    told = read(browse(editor), document)
    base = first_page(document).current_id
    for user, status in ((owner, 404), (viewer, 403)):
        for name in ("url", "image"):
            assert browse(user).get(told[name]).status_code == status
        assert put(browse(user), told, base).status_code == status
    other = make_document(collection=collection, user=owner, texts=["Other"])
    assert browse(editor).get(address(other, f"{told['id']}/")).status_code == 404
    assert browse(editor).get(address(document, f"{told['id'] + 10**20}/")).status_code == 404
    assert texts(document) == ["Hello world"]


@pytest.mark.usefixtures("echo")
def test_wrong_methods_and_addresses(browse: Browse, document: Document, owner: User) -> None:
    client = browse(owner)
    told = read(client, document)
    assert client.get(address(document)).status_code == 405
    assert client.get(told["put"]).status_code == 405
    assert client.post(told["url"]).status_code == 405
    assert post(client, f"/documents/{uuid4()}/pages/1/region/", {"box": BOX}).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner)
    assert post(strict, address(document), {"box": BOX}).status_code == 403
