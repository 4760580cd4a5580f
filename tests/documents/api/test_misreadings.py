"""One misreading everywhere in a document, for programs."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document
from documents.ocr.correcting.operations import ReplaceWord
from documents.services import correct
from tests.documents.api.conftest import Program
from tests.factories import make_document

JSON = "application/json"
TEXTS = ["An lnvoice of May", "No such word", "(lnvoice) and lnvoice, lnvoices"]
ASKED = {"from": "lnvoice", "to": "Invoice"}


@pytest.fixture
def bills(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=TEXTS)


@pytest.fixture
def address(bills: Document) -> str:
    return f"/api/v1/documents/{bills.pk}/misreadings"


def send(asking: Client, address: str, sent: dict[str, Any]):
    return asking.post(address, sent, content_type=JSON)


def texts(document: Document) -> list[str]:
    return list(document.pages.order_by("number").values_list("current__text", flat=True))


def test_places_are_told_with_what_they_would_say(client_of_owner: Client, address: str) -> None:
    told = client_of_owner.get(address, ASKED).json()
    assert (told["count"], told["complete"]) == (3, True)
    places = {
        page["number"]: [
            (one["line"], one["word"], one["read"]["text"], one["right"]) for one in page["places"]
        ]
        for page in told["pages"]
    }
    assert places == {
        1: [(0, 1, "lnvoice", "Invoice")],
        3: [(0, 0, "(lnvoice)", "(Invoice)"), (0, 2, "lnvoice,", "Invoice,")],
    }


def test_all_are_corrected_and_taken_back_as_one(
    client_of_owner: Client, address: str, bills: Document
) -> None:
    done = send(client_of_owner, f"{address}/correct", ASKED).json()
    assert (done["pages"], done["left"]) == ([1, 3], [])
    assert texts(bills) == ["An Invoice of May", "No such word", "(Invoice) and Invoice, lnvoices"]
    assert client_of_owner.get(address, ASKED).json()["count"] == 0
    back = send(client_of_owner, f"{address}/undo", {"together": done["together"]}).json()
    assert (back["pages"], back["left"]) == ([1, 3], [])
    assert texts(bills) == TEXTS


def test_only_the_places_that_are_named_are_corrected(
    client_of_owner: Client, address: str, bills: Document
) -> None:
    [_first, page] = client_of_owner.get(address, ASKED).json()["pages"]
    named = [{"transcription": page["transcription"], "line": 0, "word": 2}]
    done = send(client_of_owner, f"{address}/correct", {**ASKED, "places": named}).json()
    assert done["pages"] == [3]
    assert texts(bills) == [*TEXTS[:2], "(lnvoice) and Invoice, lnvoices"]


def test_a_page_that_changed_meanwhile_is_left(
    client_of_owner: Client, address: str, bills: Document, owner: User
) -> None:
    [first, _page] = client_of_owner.get(address, ASKED).json()["pages"]
    named = [{"transcription": first["transcription"], "line": 0, "word": 1}]
    page = bills.pages.get(number=1)
    correct.correct(
        user=owner, page=page, current_id=page.current_id or 0, operations=[ReplaceWord(0, 0, "One")]
    )
    done = send(client_of_owner, f"{address}/correct", {**ASKED, "places": named}).json()
    assert (done["pages"], done["left"]) == ([], [1])
    assert texts(bills)[0] == "One lnvoice of May"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "lnvoice"}, "to"),
        ({"from": "lnvoice", "to": ""}, "to"),
        ({"from": "\u200b", "to": "Invoice"}, "from"),
        ({"from": "Invoice", "to": " Invoice "}, "to"),
        ({"from": "l" * 201, "to": "Invoice"}, "from"),
    ],
)
def test_two_words_are_needed(
    client_of_owner: Client, address: str, asked: dict[str, str], field: str
) -> None:
    answers = client_of_owner.get(address, asked), send(client_of_owner, f"{address}/correct", asked)
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (422, "fields-invalid")
        assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_nobody_takes_back_what_another_did(
    client_of_owner: Client, program: Program, editor: User, address: str, bills: Document
) -> None:
    done = send(client_of_owner, f"{address}/correct", ASKED).json()
    back = send(program(editor), f"{address}/undo", {"together": done["together"]})
    assert (back.status_code, back.json()["pages"]) == (200, [])
    assert texts(bills)[0] == "An Invoice of May"


def test_who_may_not_change_the_document_only_looks(
    program: Program, viewer: User, stranger: User, owner: User, address: str, bills: Document
) -> None:
    assert program(viewer, "read").get(address, ASKED).json()["count"] == 3
    assert send(program(viewer), f"{address}/correct", ASKED).json()["code"] == "no-right"
    assert send(program(owner, "read"), f"{address}/correct", ASKED).json()["code"] == "scope-missing"
    assert program(stranger).get(address, ASKED).status_code == 404
    assert send(program(stranger), f"{address}/correct", ASKED).status_code == 404
    assert send(program(stranger), f"{address}/undo", {"together": str(bills.pk)}).status_code == 404
    assert texts(bills) == TEXTS
