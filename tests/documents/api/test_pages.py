from dataclasses import replace

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Page, PageJob, Transcription
from documents.ocr.elements import Block, Line
from documents.ocr.packing import pack
from tests import factories
from tests.documents.api.conftest import Program

JSON = "application/json"


@pytest.fixture
def address(document: Document) -> str:
    return f"/api/v1/documents/{document.pk}/pages"


def test_a_page_has_its_words_with_their_boxes(client_of_owner: Client, address: str) -> None:
    told = client_of_owner.get(f"{address}/1").json()
    assert (told["number"], told["state"], told["error"], told["text"]) == (1, "done", None, "Hello world")
    assert (told["width"], told["height"], told["rotation"], told["languages"]) == (60, 40, 0, ["eng"])
    assert (told["mean_confidence"], told["proofread"]) == (90.0, False)
    assert told["words"] == [
        {"text": "Hello", "confidence": 90.0, "x0": 0, "y0": 0, "x1": 10, "y1": 10},
        {"text": "world", "confidence": 90.0, "x0": 12, "y0": 0, "x1": 22, "y1": 10},
    ]


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999", "-1", "one"])
def test_there_is_no_other_page(client_of_owner: Client, address: str, number: str) -> None:
    assert client_of_owner.get(f"{address}/{number}").status_code == 404


def test_a_page_that_was_not_read_says_why(client_of_owner: Client, address: str, document: Document) -> None:
    Page.objects.update(current=None)
    job = PageJob.objects.filter(page__document=document)
    job.update(state="failed", error_code="engine-timeout", error_params={"seconds": 120})
    told = client_of_owner.get(f"{address}/1").json()
    assert (told["state"], told["text"], told["words"], told["width"]) == ("failed", "", [], None)
    assert told["error"]["code"] == "engine-timeout"
    assert "120 seconds" in told["error"]["message"]
    assert client_of_owner.get(address).json()["items"][0]["error"] == told["error"]


def test_pages_are_listed_in_their_order(
    client_of_owner: Client, collection: Collection, owner: User
) -> None:
    book = factories.make_document(collection=collection, user=owner, texts=["one", "two", "three"])
    address = f"/api/v1/documents/{book.pk}/pages"
    first = client_of_owner.get(f"{address}?limit=2").json()
    second = client_of_owner.get(f"{address}?limit=2&cursor={first['next']}").json()
    assert [one["number"] for one in first["items"]] == [1, 2]
    assert ([one["number"] for one in second["items"]], second["next"]) == ([3], None)


def words_of(asking: Client, address: str) -> list[dict[str, object]]:
    return asking.get(f"{address}/1").json()["words"]


def put(asking: Client, address: str, words: object, **headers: str):
    return asking.put(f"{address}/1/words", {"words": words}, content_type=JSON, headers=headers)


def test_words_are_corrected(client_of_owner: Client, address: str, owner: User) -> None:
    words = words_of(client_of_owner, address)
    words[0]["text"] = "Hallo"
    answer = put(client_of_owner, address, words)
    assert (answer.status_code, answer.json()["text"]) == (200, "Hallo world")
    assert [word["confidence"] for word in answer.json()["words"]] == [100.0, 90.0]
    assert client_of_owner.get(f"{address}/1").json() == answer.json()
    assert answer["ETag"] == client_of_owner.get(f"{address}/1")["ETag"]
    made = Transcription.objects.latest("pk")
    assert (made.source, made.author) == ("person", owner)


def test_the_same_words_change_nothing(client_of_owner: Client, address: str) -> None:
    before = Transcription.objects.count()
    assert put(client_of_owner, address, words_of(client_of_owner, address)).status_code == 200
    assert Transcription.objects.count() == before


def test_words_may_go_and_come(client_of_owner: Client, address: str) -> None:
    new = {"text": "big", "x0": 11, "y0": 0, "x1": 12, "y1": 10}
    first, last = words_of(client_of_owner, address)
    assert put(client_of_owner, address, [first, new, last]).json()["text"] == "Hello big world"
    assert put(client_of_owner, address, []).json()["text"] == ""


def test_a_correction_of_another_text_is_not_made(client_of_owner: Client, address: str) -> None:
    seen = client_of_owner.get(f"{address}/1")["ETag"]
    words = words_of(client_of_owner, address)
    assert put(client_of_owner, address, words[:1], **{"If-Match": seen}).status_code == 200
    answer = put(client_of_owner, address, words, **{"If-Match": seen})
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition-failed")
    assert client_of_owner.get(f"{address}/1").json()["text"] == "Hello"


@pytest.mark.parametrize(
    ("name", "status"), [("owner", 200), ("editor", 200), ("viewer", 403), ("stranger", 404)]
)
def test_who_may_correct(
    program: Program, request: pytest.FixtureRequest, address: str, name: str, status: int
) -> None:
    assert put(program(request.getfixturevalue(name)), address, []).status_code == status


def test_a_page_without_a_text_cannot_be_corrected(client_of_owner: Client, address: str) -> None:
    Page.objects.update(current=None)
    answer = put(client_of_owner, address, [])
    assert (answer.status_code, answer.json()["code"]) == (409, "page-unread")


@pytest.mark.parametrize(
    "words",
    [
        None,
        "Hello",
        [{"text": "Hello"}],
        [{"text": "x" * 201, "x0": 0, "y0": 0, "x1": 1, "y1": 1}],
        [{"text": "", "x0": 0, "y0": 0, "x1": 1, "y1": 1}],
        [{"text": " \u3000", "x0": 0, "y0": 0, "x1": 1, "y1": 1}],
        [{"text": "\u200b", "x0": 0, "y0": 0, "x1": 1, "y1": 1}],
        [{"text": "\u00ad", "x0": 0, "y0": 0, "x1": 1, "y1": 1}],
        [{"text": "\ufeff", "x0": 0, "y0": 0, "x1": 1, "y1": 1}],
        [{"text": "\x7f", "x0": 0, "y0": 0, "x1": 1, "y1": 1}],
        [{"text": "Hello", "x0": -1, "y0": 0, "x1": 1, "y1": 1}],
        [{"text": "Hello", "x0": 10**30, "y0": 0, "x1": 1, "y1": 1}],
    ],
)
def test_what_are_no_words_is_refused(client_of_owner: Client, address: str, words: object) -> None:
    before = words_of(client_of_owner, address)
    answer = put(client_of_owner, address, words)
    assert (answer.status_code, answer.json()["code"]) == (422, "fields-invalid")
    assert words_of(client_of_owner, address) == before


@pytest.mark.parametrize(
    ("box", "field"),
    [((20, 0, 10, 10), "x1"), ((0, 10, 10, 0), "y1"), ((10, 0, 10, 10), "x1"), ((0, 9, 10, 9), "y1")],
)
def test_a_box_that_is_turned_over_or_empty_is_refused(
    client_of_owner: Client, address: str, box: tuple[int, ...], field: str
) -> None:
    words = words_of(client_of_owner, address)
    new = {"text": "big", **dict(zip(("x0", "y0", "x1", "y1"), box, strict=True))}
    answer = put(client_of_owner, address, [*words, new])
    assert (answer.status_code, answer.json()["code"]) == (422, "fields-invalid")
    assert [one["field"] for one in answer.json()["errors"]] == [f"words.2.{field}"]
    assert words_of(client_of_owner, address) == words


def test_a_box_that_the_page_has_may_be_sent_back(
    client_of_owner: Client, collection: Collection, owner: User
) -> None:
    """Some engines find words of no width, at the edge of a page."""
    document = factories.make_document(collection=collection, user=owner, texts=["one two"])
    text = Transcription.objects.get(page__document=document)
    first, second = text.page_text.words
    narrow = replace(second, box=second.box._replace(x1=second.box.x0))
    text.packed = pack(replace(text.page_text, blocks=(Block.of([Line.of([first, narrow])]),)))
    text.save()
    address = f"/api/v1/documents/{document.pk}/pages"
    assert put(client_of_owner, address, words_of(client_of_owner, address)).status_code == 200


def test_a_word_of_which_nothing_can_be_seen_may_be_sent_back(
    client_of_owner: Client, collection: Collection, owner: User
) -> None:
    """An engine may read one."""
    document = factories.make_document(collection=collection, user=owner, texts=["one two"])
    text = Transcription.objects.get(page__document=document)
    first, second = text.page_text.words
    unseen = replace(second, text="\u200c")
    text.packed = pack(replace(text.page_text, blocks=(Block.of([Line.of([first, unseen])]),)))
    text.save()
    address = f"/api/v1/documents/{document.pk}/pages"
    assert put(client_of_owner, address, words_of(client_of_owner, address)).status_code == 200


def test_strange_signs_do_no_harm(client_of_owner: Client, address: str) -> None:
    sent = '{"words": [{"text": "a\\u0000b\\ud800c", "x0": 0, "y0": 0, "x1": 10, "y1": 10}]}'
    answer = client_of_owner.put(f"{address}/1/words", sent, content_type=JSON)
    assert answer.status_code in (200, 400, 422)
