"""Correcting words and lines, and the texts that a page had."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Document, Page, Transcription
from tests import factories
from tests.documents.api.conftest import Program

JSON = "application/json"


BOX = {"x0": 0, "y0": 0, "x1": 9, "y1": 9}


@pytest.fixture
def address(document: Document) -> str:
    """Of a page that says “Hello world”."""
    return f"/api/v1/documents/{document.pk}/pages/1"


def lines_of(asking: Client, address: str) -> dict[str, Any]:
    return asking.get(f"{address}/lines").json()


def change(asking: Client, address: str, *changes: dict[str, Any], base: int | None = None, **headers: str):
    base = base or lines_of(asking, address)["transcription"]
    sent = {"transcription": base, "changes": list(changes)}
    return asking.patch(f"{address}/lines", sent, content_type=JSON, headers=headers)


def step(asking: Client, address: str, what: str):
    """``what`` is done with the text that the page shows now."""
    sent = {"transcription": lines_of(asking, address)["transcription"]}
    return asking.post(f"{address}/{what}", sent, content_type=JSON)


def texts_in(told: dict[str, Any]) -> list[str]:
    return [line["text"] for line in told["lines"]]


def test_lines_have_their_words(client_of_owner: Client, address: str) -> None:
    told = lines_of(client_of_owner, address)
    [line] = told["lines"]
    assert told["transcription"] == Page.objects.get().current_id
    assert (told["width"], told["height"], told["proofread"]) == (60, 40, False)
    assert (told["can_undo"], told["can_redo"]) == (False, False)
    assert (line["text"], line["block"], line["x0"], line["x1"]) == ("Hello world", 0, 0, 22)
    assert line["words"] == client_of_owner.get(address).json()["words"]


def test_a_page_without_a_text_has_no_lines(client_of_owner: Client, address: str) -> None:
    Page.objects.update(current=None)
    told = lines_of(client_of_owner, address)
    assert (told["transcription"], told["lines"], told["width"]) == (None, [], None)
    answer = change(client_of_owner, address, {"do": "delete-line", "line": 0}, base=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "page-unread")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([{"do": "replace", "line": 0, "word": 0, "text": "Hallo"}], ["Hallo world"]),
        ([{"do": "split", "line": 0, "word": 0, "at": 2}], ["He llo world"]),
        ([{"do": "join", "line": 0, "word": 0}], ["Helloworld"]),
        ([{"do": "insert", "line": 0, "word": 1, "text": "big"}], ["Hello big world"]),
        ([{"do": "delete", "line": 0, "word": 0}], ["world"]),
        ([{"do": "delete", "line": 0, "word": 0, "count": 2}], []),
        ([{"do": "retype", "line": 0, "text": "Hello there world"}], ["Hello there world"]),
        ([{"do": "split-line", "line": 0, "word": 1}], ["Hello", "world"]),
        ([{"do": "delete-line", "line": 0}], []),
        (
            [{"do": "split-line", "line": 0, "word": 1}, {"do": "join-lines", "line": 0}],
            ["Hello world"],
        ),
        (
            [{"do": "split-line", "line": 0, "word": 1}, {"do": "move-line", "line": 0, "block": 0, "at": 1}],
            ["world", "Hello"],
        ),
    ],
)
def test_words_and_lines_are_changed(
    client_of_owner: Client, address: str, changes: list[dict[str, Any]], expected: list[str]
) -> None:
    answer = change(client_of_owner, address, *changes)
    assert (answer.status_code, texts_in(answer.json())) == (200, expected)
    now = client_of_owner.get(f"{address}/lines")
    assert (now.json(), now["ETag"]) == (answer.json(), answer["ETag"])


def test_what_is_put_in_stands_where_it_is_told(client_of_owner: Client, address: str) -> None:
    box = {"x0": 30, "y0": 12, "x1": 50, "y1": 22}
    told = change(
        client_of_owner,
        address,
        {"do": "insert-line", "line": 1, "text": "below", "box": box},
        {"do": "insert", "line": 0, "word": 2, "text": "!", "box": {**box, "y0": 0, "y1": 10}},
        {"do": "place", "line": 0, "word": 0, "box": {"x0": 1, "y0": 2, "x1": 9, "y1": 10}},
    ).json()
    first, second = told["lines"]
    assert second["words"] == [{"text": "below", "confidence": 100.0, **box}]
    assert first["words"][2] == {"text": "!", "confidence": 100.0, "x0": 30, "y0": 0, "x1": 50, "y1": 10}
    assert (first["words"][0]["x0"], first["words"][0]["y1"]) == (1, 10)


def test_a_correction_is_somebodys(client_of_owner: Client, address: str, owner: User) -> None:
    told = change(client_of_owner, address, {"do": "delete", "line": 0, "word": 0}).json()
    made = Transcription.objects.get(pk=told["transcription"])
    assert (made.source, made.author, made.text) == ("person", owner, "world")
    assert told["can_undo"]


def test_a_correction_of_another_text_is_not_made(
    client_of_owner: Client, program: Program, editor: User, address: str
) -> None:
    seen = client_of_owner.get(f"{address}/lines")
    base = seen.json()["transcription"]
    change(program(editor), address, {"do": "replace", "line": 0, "word": 0, "text": "Hallo"})
    late = {"do": "delete", "line": 0, "word": 0}
    answer = change(client_of_owner, address, late, base=base)
    assert (answer.status_code, answer.json()["code"]) == (409, "page-changed")
    answer = change(client_of_owner, address, late, **{"If-Match": seen["ETag"]})
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition-failed")
    assert texts_in(lines_of(client_of_owner, address)) == ["Hallo world"]


def test_all_changes_are_made_or_none(client_of_owner: Client, address: str) -> None:
    answer = change(
        client_of_owner, address, {"do": "delete", "line": 0, "word": 0}, {"do": "delete-line", "line": 7}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "place-missing")
    assert texts_in(lines_of(client_of_owner, address)) == ["Hello world"]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"do": "explode", "line": 0},
        {"do": "replace", "line": 0, "word": 0},
        {"do": "replace", "line": -1, "word": 0, "text": ""},
        {"do": "replace", "line": 0, "word": 0, "text": "x" * 201},
        {"do": "replace", "line": "0", "word": 0, "text": "x"},
        {"do": "delete-line", "line": 0, "word": 0},
        {"do": "place", "line": 0, "word": 0, "box": [0, 0, 1, 1]},
        *({"do": "insert", "line": 0, "word": 0, "text": text} for text in ("", " ", "\u200b", "\x7f")),
        *({"do": "insert-line", "line": 0, "text": text, "box": BOX} for text in ("", "\u00ad \ufeff")),
        {"do": "replace", "line": 0, "word": 0, "text": "\u200b"},
        {"do": "retype", "line": 0, "text": "\ufeff"},
    ],
)
def test_what_is_no_change_is_refused(client_of_owner: Client, address: str, sent: dict[str, Any]) -> None:
    answer = change(client_of_owner, address, sent)
    assert (answer.status_code, answer.json()["code"]) == (422, "fields-invalid")
    assert answer.json()["errors"][0]["field"].startswith("changes.0")


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ({"do": "replace", "line": 0, "word": 0, "text": ""}, ["world"]),
        ({"do": "retype", "line": 0, "text": ""}, []),
    ],
)
def test_what_becomes_an_empty_text_goes(
    client_of_owner: Client, address: str, what: dict[str, Any], left: list[str]
) -> None:
    assert change(client_of_owner, address, what).status_code == 200
    assert texts_in(lines_of(client_of_owner, address)) == left


def test_a_box_without_room_is_refused(client_of_owner: Client, address: str) -> None:
    box = {"x0": 9, "y0": 9, "x1": 9, "y1": 8}
    answer = change(client_of_owner, address, {"do": "place", "line": 0, "word": 0, "box": box})
    assert (answer.status_code, answer.json()["code"]) == (422, "fields-invalid")
    fields = [one["field"] for one in answer.json()["errors"]]
    assert fields == ["changes.0.place.box.x1", "changes.0.place.box.y1"]


@pytest.mark.parametrize(
    ("name", "status"), [("owner", 200), ("editor", 200), ("viewer", 403), ("stranger", 404)]
)
def test_who_may_change_what(
    program: Program, request: pytest.FixtureRequest, address: str, name: str, status: int
) -> None:
    asking = program(request.getfixturevalue(name))
    base = Page.objects.get().current_id
    sent = {"transcription": base}
    answers = [
        asking.put(f"{address}/proofread", sent, content_type=JSON),
        asking.post(f"{address}/texts/{base}/restore", sent, content_type=JSON),
        change(asking, address, {"do": "replace", "line": 0, "word": 0, "text": "Hello"}, base=base),
    ]
    assert [answer.status_code for answer in answers] == [status] * 3


def test_a_change_is_undone_and_redone(client_of_owner: Client, address: str) -> None:
    change(client_of_owner, address, {"do": "delete", "line": 0, "word": 1})
    undone = step(client_of_owner, address, "undo")
    assert (undone.status_code, texts_in(undone.json())) == (200, ["Hello world"])
    assert (undone.json()["can_undo"], undone.json()["can_redo"]) == (False, True)
    assert texts_in(step(client_of_owner, address, "redo").json()) == ["Hello"]


def test_what_another_person_did_is_not_undone(
    client_of_owner: Client, program: Program, editor: User, address: str
) -> None:
    change(program(editor), address, {"do": "delete", "line": 0, "word": 1})
    answer = step(client_of_owner, address, "undo")
    assert (answer.status_code, answer.json()["code"]) == (409, "not-undoable")


def test_a_text_is_said_to_be_right(client_of_owner: Client, address: str, owner: User) -> None:
    base = lines_of(client_of_owner, address)["transcription"]
    sent = {"transcription": base}
    answer = client_of_owner.put(f"{address}/proofread", sent, content_type=JSON)
    assert answer.json()["proofread"]
    assert Page.objects.get().proofread_by == owner
    answer = client_of_owner.put(f"{address}/proofread", sent | {"proofread": False}, content_type=JSON)
    assert not answer.json()["proofread"]


def test_the_texts_of_a_page_are_kept(client_of_owner: Client, address: str, document: Document) -> None:
    read = lines_of(client_of_owner, address)["transcription"]
    change(client_of_owner, address, {"do": "delete", "line": 0, "word": 1})
    corrected, first = client_of_owner.get(f"{address}/texts").json()["items"]
    assert (first["id"], first["source"], first["author"], first["languages"]) == (read, "run", None, ["eng"])
    assert first["run"] == document.runs.get().pk
    assert (corrected["source"], corrected["author"], corrected["changed"]) == ("person", "owner", read)
    assert (corrected["current"], first["current"], corrected["waiting"]) == (True, False, False)
    assert (first["description"], corrected["description"]) == ("Read by the engine in English", "Corrected")
    told = client_of_owner.get(f"{address}/texts/{read}").json()
    assert (told["text"], texts_in(told), told["width"]) == ("Hello world", ["Hello world"], 60)


def test_each_of_changes_in_a_row_is_told_on_request(client_of_owner: Client, address: str) -> None:
    for word in ("one", "two"):
        change(client_of_owner, address, {"do": "replace", "line": 0, "word": 0, "text": word})
    together, each = (
        client_of_owner.get(f"{address}/texts{query}").json()["items"] for query in ("", "?each=true")
    )
    assert [text["id"] for text in together] == [each[0]["id"], each[2]["id"]]
    assert [text["changed"] for text in each] == [each[1]["id"], each[2]["id"], None]


def test_the_history_goes_on(client_of_owner: Client, address: str) -> None:
    for word in ("one", "two"):
        change(client_of_owner, address, {"do": "replace", "line": 0, "word": 0, "text": word})
        step(client_of_owner, address, "undo")
    whole = client_of_owner.get(f"{address}/texts").json()["items"]
    assert len(whole) > 1
    found, cursor = [], ""
    while cursor is not None:
        piece = client_of_owner.get(f"{address}/texts?limit=1&cursor={cursor}").json()
        found += piece["items"]
        cursor = piece["next"]
    assert found == whole
    assert any(text["undone"] for text in whole)


def test_an_earlier_text_is_shown_again(client_of_owner: Client, address: str) -> None:
    read = lines_of(client_of_owner, address)["transcription"]
    change(client_of_owner, address, {"do": "delete-line", "line": 0})
    answer = step(client_of_owner, address, f"texts/{read}/restore")
    assert (answer.status_code, texts_in(answer.json())) == (200, ["Hello world"])
    newest = client_of_owner.get(f"{address}/texts").json()["items"][0]
    assert (newest["taken_from"], newest["id"]) == (read, answer.json()["transcription"])
    assert newest["description"].startswith("Restored: ")


def test_a_reading_that_waits_is_taken_over(
    client_of_owner: Client, address: str, document: Document
) -> None:
    change(client_of_owner, address, {"do": "delete", "line": 0, "word": 1})
    run = factories.make_reading(document=document, texts={1: "Bonjour le monde"})
    reading = run.transcriptions.get()
    Page.objects.update(proposal=reading)
    told = {text["id"]: text["waiting"] for text in client_of_owner.get(f"{address}/texts").json()["items"]}
    assert told[reading.pk]
    assert texts_in(step(client_of_owner, address, f"texts/{reading.pk}/restore").json()) == [
        "Bonjour le monde"
    ]


@pytest.mark.parametrize("text", ["0", "999999", "one", "99999999999999999999"])
def test_there_is_no_such_text(client_of_owner: Client, address: str, text: str) -> None:
    assert client_of_owner.get(f"{address}/texts/{text}").status_code == 404


def test_the_text_of_another_page_is_none_of_this_one(
    client_of_owner: Client, address: str, document: Document, owner: User
) -> None:
    other = factories.make_document(collection=document.collection, user=owner, texts=["Other"])
    text = other.pages.get().current_id
    assert client_of_owner.get(f"{address}/texts/{text}").status_code == 404
    assert step(client_of_owner, address, f"texts/{text}/restore").status_code == 404
