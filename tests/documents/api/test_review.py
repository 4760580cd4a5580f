"""Pages to proofread, and their doubtful words."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from documents.api import review
from documents.models import Collection, Document, Page
from documents.services.known_words import add_known_word
from tests.documents.api.conftest import Program
from tests.factories import make_document

REVIEW = "/api/v1/review"
JSON = "application/json"


@pytest.fixture
def unsure(collection: Collection, owner: User) -> Document:
    """“Trajan came” and “again”, of which the engine was unsure."""
    return make_document(
        collection=collection, user=owner, texts=["Trajan came", "again"], title="Column", confidence=50
    )


def address_of(document: Document, number: int = 1) -> str:
    return f"/api/v1/documents/{document.pk}/pages/{number}"


def doubtful(asking: Client, document: Document) -> dict[str, Any]:
    answer = asking.get(f"{address_of(document)}/doubtful-words")
    assert answer.status_code == 200
    return answer.json()


def test_the_worst_pages_come_first(
    client_of_owner: Client, collection: Collection, owner: User, unsure: Document, document: Document
) -> None:
    worse = make_document(collection=collection, user=owner, texts=["x"], confidence=40.04)
    told = client_of_owner.get(REVIEW).json()
    places = [(one["document"], one["number"]) for one in told["items"]]
    assert places == [(str(worse.pk), 1), (str(unsure.pk), 1), (str(unsure.pk), 2)]
    assert (told["left"], told["left_is_exact"], told["next"]) == (3, True, None)
    page = unsure.pages.get(number=1)
    assert told["items"][1] == {
        "document": str(unsure.pk),
        "title": "Column",
        "number": 1,
        "mean_confidence": 50.0,
        "transcription": page.current_id,
    }
    assert told["items"][0]["mean_confidence"] == 40.0


def test_the_list_goes_on_where_it_ended(
    client_of_owner: Client, collection: Collection, owner: User, unsure: Document
) -> None:
    first = client_of_owner.get(f"{REVIEW}?limit=1").json()
    make_document(collection=collection, user=owner, texts=["x"], confidence=40)  # before the next piece
    second = client_of_owner.get(f"{REVIEW}?limit=1&cursor={first['next']}").json()
    assert [one["items"][0]["number"] for one in (first, second)] == [1, 2]
    assert (first["left"], second["left"], second["next"]) == (2, 3, None)
    assert client_of_owner.get(f"{REVIEW}?cursor=x").json()["code"] == "cursor-invalid"


def test_of_very_many_it_says_so(
    client_of_owner: Client, unsure: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "MOST_COUNTED", 2)
    assert client_of_owner.get(REVIEW).json()["left_is_exact"] is False


def test_what_is_proofread_goes_from_the_list(client_of_owner: Client, unsure: Document) -> None:
    [first, _second] = client_of_owner.get(REVIEW).json()["items"]
    sent = {"transcription": first["transcription"]}
    client_of_owner.put(f"{address_of(unsure)}/proofread", sent, content_type=JSON)
    told = client_of_owner.get(REVIEW).json()
    assert ([one["number"] for one in told["items"]], told["left"]) == ([2], 1)
    assert doubtful(client_of_owner, unsure)["proofread"] is True


def test_doubtful_words_have_their_places_and_boxes(client_of_owner: Client, unsure: Document) -> None:
    told = doubtful(client_of_owner, unsure)
    page = client_of_owner.get(address_of(unsure)).json()
    assert [told[key] for key in ("transcription", "width", "height", "proofread")] == [
        page[key] for key in ("transcription", "width", "height", "proofread")
    ]
    assert [(one["line"], one["word"], one["before"], one["after"]) for one in told["items"]] == [
        (0, 0, "", " came"),
        (0, 1, "Trajan ", ""),
    ]
    for one, word in zip(told["items"], page["words"], strict=True):
        assert word.items() <= one.items()
        assert page["text"][one["start"] : one["end"]] == one["text"]


def test_what_is_on_ones_own_list_is_not_doubtful(
    client_of_owner: Client, program: Program, owner: User, editor: User, unsure: Document
) -> None:
    add_known_word(user=owner, word="Trajan")
    assert [one["text"] for one in doubtful(client_of_owner, unsure)["items"]] == ["came"]
    assert len(doubtful(program(editor), unsure)["items"]) == 2


def test_a_word_that_is_said_again_is_certain(client_of_owner: Client, unsure: Document) -> None:
    told = doubtful(client_of_owner, unsure)
    change = {"do": "replace"} | {key: told["items"][0][key] for key in ("line", "word", "text")}
    sent = {"transcription": told["transcription"], "changes": [change]}
    assert client_of_owner.patch(f"{address_of(unsure)}/lines", sent, content_type=JSON).status_code == 200
    assert [one["text"] for one in doubtful(client_of_owner, unsure)["items"]] == ["came"]


def test_a_page_without_a_text_has_none(client_of_owner: Client, unsure: Document) -> None:
    Page.objects.update(current=None)
    told = doubtful(client_of_owner, unsure)
    assert told["items"] == []
    assert (told["transcription"], told["width"], told["height"]) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "left", "status"),
    [("owner", 2, 200), ("editor", 2, 200), ("viewer", 0, 403), ("stranger", 0, 404)],
)
def test_who_may_correct_a_page_is_asked_to(
    program: Program, request: pytest.FixtureRequest, unsure: Document, name: str, left: int, status: int
) -> None:
    asking = program(request.getfixturevalue(name), "read")
    told = asking.get(REVIEW).json()
    assert (len(told["items"]), told["left"]) == (left, left)
    assert asking.get(f"{address_of(unsure)}/doubtful-words").status_code == status
    assert asking.get(f"{address_of(unsure, 9)}/doubtful-words").status_code == 404
