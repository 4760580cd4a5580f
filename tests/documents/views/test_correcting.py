"""What scripts send to change the text of a page."""

import json
from collections.abc import Mapping
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from documents.models import Document, Page
from documents.ocr.correcting.operations import ReplaceWord
from documents.services import correct, trash
from documents.services.known_words import add_known_word
from documents.views.correcting import MOST_BYTES
from tests.documents.views.conftest import Browse
from tests.factories import make_document

ADDRESSES = ("", "undo/", "redo/", "proofread/")
CHANGE = {"do": "replace", "line": 0, "word": 0, "text": "Hallo"}


@pytest.fixture
def page(document: Document) -> Page:
    return document.pages.get()


def address(document: Document, part: str = "", number: int = 1) -> str:
    return f"/documents/{document.pk}/pages/{number}/text/{part}"


def send(client: Client, page: Page, part: str = "", **data: object) -> HttpResponse:
    """What is sent is about the text that the page shows."""
    page.refresh_from_db()
    return post(client, address(page.document, part), {"base": page.current_id, **data})


def post(client: Client, url: str, data: Mapping[str, object] | str) -> HttpResponse:
    body = data if isinstance(data, str) else json.dumps(data)
    return client.post(url, body, content_type="application/json")


def text(page: Page) -> str:
    page.refresh_from_db()
    assert page.current
    return page.current.text


def test_changes_are_saved_and_answered_with_what_the_page_says_now(
    browse: Browse, page: Page, editor: User
) -> None:
    add_known_word(user=editor, word="world")
    answer = send(browse(editor), page, changes=[CHANGE])
    assert (answer.status_code, text(page)) == (200, "Hallo world")
    state = json.loads(answer.content)
    words = json.loads(browse(editor).get(f"/documents/{page.document_id}/pages/1/words").content)
    assert state == {
        "text": page.current_id,
        "words": words,
        "can_undo": True,
        "can_redo": False,
        "is_proofread": False,
        "confidence": "confidence 95%",
    }
    assert [word[:2] for word in words["lines"][0][4]] == [["Hallo", 100], ["world", 90]]


@pytest.mark.parametrize("base", [None, "1", True, 1.0, -1, -(2**70), 2**63, 10**30])
@pytest.mark.parametrize("part", ADDRESSES)
def test_a_base_that_is_no_key_is_refused(browse: Browse, page: Page, editor: User, part: str, base) -> None:
    sent = {"base": base, "changes": [CHANGE]}
    answer = post(browse(editor), address(page.document, part), sent)
    assert (answer.status_code, json.loads(answer.content)["code"]) == (400, "request-unclear")


def test_undo_and_redo(browse: Browse, page: Page, editor: User) -> None:
    client = browse(editor)
    send(client, page, changes=[CHANGE])
    undone = json.loads(send(client, page, "undo/").content)
    assert (text(page), undone["can_undo"], undone["can_redo"]) == ("Hello world", False, True)
    redone = json.loads(send(client, page, "redo/").content)
    assert (text(page), redone["can_undo"], redone["can_redo"]) == ("Hallo world", True, False)


def test_what_somebody_else_did_is_not_undone(browse: Browse, page: Page, owner: User, editor: User) -> None:
    state = json.loads(send(browse(editor), page, changes=[CHANGE]).content)
    assert state["can_undo"]
    answer = send(browse(owner), page, "undo/")
    assert (answer.status_code, json.loads(answer.content)["code"]) == (409, "not-undoable")
    assert text(page) == "Hallo world"


def test_a_page_is_said_to_be_right_and_that_is_taken_back(browse: Browse, page: Page, editor: User) -> None:
    client = browse(editor)
    assert json.loads(send(client, page, "proofread/").content)["is_proofread"]
    page.refresh_from_db()
    assert page.proofread_by == editor
    assert not json.loads(send(client, page, "proofread/", is_right=False).content)["is_proofread"]


def test_who_comes_second_is_told_who_came_first(
    browse: Browse, page: Page, owner: User, editor: User
) -> None:
    seen = page.current_id
    assert seen
    correct.correct(user=owner, page=page, current_id=seen, operations=[ReplaceWord(0, 0, "Hallo")])
    answer = post(browse(editor), address(page.document), {"base": seen, "changes": [CHANGE]})
    told = json.loads(answer.content)
    assert (answer.status_code, told["code"]) == (409, "page-changed")
    assert told["message"].startswith("owner changed this page")
    assert (told["by"], told["is_own"]) == ("owner", False)
    assert text(page) == "Hallo world"


@pytest.mark.parametrize("part", ADDRESSES)
def test_who_sends_again_what_arrived_is_told_that_it_is_their_own(
    browse: Browse, page: Page, owner: User, editor: User, part: str
) -> None:
    """Also where the next step was theirs: to undo leads back, to redo on."""
    seen = page.current_id
    client = browse(editor)
    made = json.loads(send(client, page, changes=[CHANGE]).content)["text"]
    sent = {"changes": [CHANGE]}
    told = post(client, address(page.document, part), {"base": seen} | sent)
    assert (told.status_code, json.loads(told.content)["is_own"]) == (409, True)
    send(client, page, "undo/")
    told = post(client, address(page.document, part), {"base": made} | sent)
    assert (told.status_code, json.loads(told.content)["is_own"]) == (409, True)
    send(browse(owner), page, changes=[CHANGE])
    told = post(client, address(page.document, part), {"base": made} | sent)
    assert (told.status_code, json.loads(told.content)["is_own"]) == (409, False)


@pytest.mark.parametrize("part", ADDRESSES)
def test_what_somebody_else_typed_in_the_same_browser_is_not_saved(
    browse: Browse, page: Page, owner: User, editor: User, part: str
) -> None:
    url = address(page.document, part)
    sent = json.dumps({"base": page.current_id, "changes": [CHANGE]})
    browser = browse(editor)
    refused = browser.post(url, sent, content_type="application/json", headers={"X-Person": str(owner.pk)})
    assert (refused.status_code, json.loads(refused.content)) == (403, {"code": "signed-out"})
    assert text(page) == "Hello world"
    own = browser.post(url, sent, content_type="application/json", headers={"X-Person": str(editor.pk)})
    assert own.status_code in (200, 409)  # there is nothing to undo yet


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ("nonsense", "operation-unclear"),
        ([{"do": "sing"}], "operation-unclear"),
        ([CHANGE | {"line": 7}], "place-missing"),
        ([{"do": "place", "line": 0, "word": 0, "box": [9000, 0, 9040, 20]}], "operation-unclear"),
        ([CHANGE | {"text": "x" * 201}], "word-too-long"),
        ([CHANGE] * 1001, "too-many-operations"),
    ],
)
def test_changes_that_cannot_be_made_say_why(
    browse: Browse, page: Page, editor: User, changes: object, code: str
) -> None:
    answer = send(browse(editor), page, changes=changes)
    told = json.loads(answer.content)
    assert (answer.status_code, told["code"]) == (422, code)
    assert told["message"]
    assert text(page) == "Hello world"


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", '{"base": "1"}', '{"base": true}', "[" * 200_000])
@pytest.mark.parametrize("part", ADDRESSES)
def test_what_is_not_of_the_form_is_refused(
    browse: Browse, page: Page, editor: User, body: str, part: str
) -> None:
    answer = post(browse(editor), address(page.document, part), body)
    assert (answer.status_code, json.loads(answer.content)["code"]) == (400, "request-unclear")


def test_too_much_at_once_is_refused_before_it_is_read(browse: Browse, page: Page, editor: User) -> None:
    answer = post(browse(editor), address(page.document), " " * (MOST_BYTES + 1))
    assert (answer.status_code, json.loads(answer.content)["code"]) == (413, "request-too-large")


@pytest.mark.parametrize("part", ADDRESSES)
def test_only_editors_and_owners_change_a_text(
    browse: Browse, page: Page, owner: User, editor: User, viewer: User, stranger: User, part: str
) -> None:
    def statuses(address: str) -> list[int]:
        return [
            post(browse(user), address, {"base": 0}).status_code for user in (owner, editor, viewer, stranger)
        ]

    assert statuses(address(page.document, part)) == [422 if part == "" else 409] * 2 + [403, 404]
    assert statuses(address(page.document, part, number=2))[:2] == [404, 404]
    assert statuses(f"/documents/{uuid4()}/pages/1/text/{part}") == [404] * 4
    assert browse(editor).get(address(page.document, part)).status_code == 405
    assert text(page) == "Hello world"


@pytest.mark.parametrize("part", ADDRESSES)
def test_a_text_in_the_trash_is_left_alone(browse: Browse, page: Page, owner: User, part: str) -> None:
    trash.trash(user=owner, document=page.document)
    assert send(browse(owner), page, part, changes=[CHANGE]).status_code == 404


def test_who_is_signed_out_or_sends_no_token_changes_nothing(page: Page, editor: User) -> None:
    assert send(Client(), page, changes=[CHANGE]).status_code == 302
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert send(client, page, changes=[CHANGE]).status_code == 403
    assert text(page) == "Hello world"


def test_a_page_without_text_has_nothing_to_change(browse: Browse, document: Document, owner: User) -> None:
    blank = make_document(collection=document.collection, user=owner, texts=["x"]).pages.get()
    Page.objects.filter(pk=blank.pk).update(current=None)
    answer = post(browse(owner), address(blank.document), {"base": 1, "changes": [CHANGE]})
    assert (answer.status_code, json.loads(answer.content)["code"]) == (409, "page-changed")
