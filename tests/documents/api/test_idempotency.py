from pathlib import Path

import pytest
from django.test import Client

from accounts.models import IdempotencyKey, User
from accounts.services import idempotency
from documents.models import Document, OcrRun
from tests.documents.api.conftest import Program
from tests.doubles import EchoEngine

LIST = "/api/v1/documents"
JSON = "application/json"


def upload(asking: Client, png: Path, key: str = "first", **fields: str):
    with png.open("rb") as file:
        return asking.post(LIST, {"file": file, **fields}, headers={"Idempotency-Key": key})


def test_the_same_request_is_done_once(client_of_owner: Client, echo: EchoEngine, png: Path) -> None:
    first, second = upload(client_of_owner, png), upload(client_of_owner, png)
    assert (second.status_code, second.content) == (201, first.content)
    assert second["Location"] == first["Location"]
    assert second["Content-Type"] == first["Content-Type"]
    assert ("Idempotency-Replayed" in first, second["Idempotency-Replayed"]) == (False, "true")
    assert Document.objects.count() == 1


def test_another_key_is_another_request(client_of_owner: Client, echo: EchoEngine, png: Path) -> None:
    upload(client_of_owner, png)
    upload(client_of_owner, png, "second")
    assert Document.objects.count() == 2


def test_a_key_is_its_persons(
    program: Program, owner: User, stranger: User, echo: EchoEngine, png: Path
) -> None:
    assert upload(program(owner), png).status_code == upload(program(stranger), png).status_code == 201
    assert Document.objects.count() == 2


def test_another_request_needs_another_key(client_of_owner: Client, echo: EchoEngine, png: Path) -> None:
    upload(client_of_owner, png)
    answer = upload(client_of_owner, png, title="Another")
    assert (answer.status_code, answer.json()["code"]) == (422, "key-reused")
    (png.parent / "other.png").write_bytes(png.read_bytes() + b" ")
    answer = upload(client_of_owner, png.parent / "other.png")
    assert answer.json()["code"] == "key-reused"
    assert Document.objects.count() == 1


def test_the_same_key_elsewhere_is_another_request(
    client_of_owner: Client, document: Document, echo: EchoEngine, png: Path
) -> None:
    upload(client_of_owner, png)
    headers = {"Idempotency-Key": "first"}
    answer = client_of_owner.post(f"{LIST}/{document.pk}/runs", {}, content_type=JSON, headers=headers)
    assert answer.json()["code"] == "key-reused"


def test_a_body_of_json_counts(client_of_owner: Client, document: Document, echo: EchoEngine) -> None:
    def start(**body: object):
        headers = {"Idempotency-Key": "run"}
        return client_of_owner.post(f"{LIST}/{document.pk}/runs", body, content_type=JSON, headers=headers)

    assert start(languages="eng").status_code == 201
    assert start(languages="eng").status_code == 201
    assert start(languages="detect").json()["code"] == "key-reused"
    assert OcrRun.objects.filter(document=document).count() == 2


def test_a_correction_whose_answer_was_lost_is_made_once(client_of_owner: Client, document: Document) -> None:
    address, headers = f"{LIST}/{document.pk}/pages/1/lines", {"Idempotency-Key": "correction"}
    seen = client_of_owner.get(address)
    change = {"do": "insert", "line": 0, "word": 0, "text": "Oh"}
    sent = {"transcription": seen.json()["transcription"], "changes": [change]}
    headers |= {"If-Match": seen["ETag"]}
    first, second = (
        client_of_owner.patch(address, sent, content_type=JSON, headers=headers) for _time in "ab"
    )
    assert (second.status_code, second.content, second["ETag"]) == (200, first.content, first["ETag"])
    assert second["Idempotency-Replayed"] == "true"
    assert client_of_owner.get(address).content == first.content
    assert first.json()["lines"][0]["text"] == "Oh Hello world"
    sent["changes"] = [{"do": "delete-line", "line": 0}]
    answer = client_of_owner.patch(address, sent, content_type=JSON, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "key-reused")


def test_while_the_first_is_worked_at_the_second_waits(
    client_of_owner: Client, owner: User, document: Document, echo: EchoEngine
) -> None:
    address, headers = f"{LIST}/{document.pk}/runs/retry", {"Idempotency-Key": "retry"}
    client_of_owner.post(address, headers=headers)
    IdempotencyKey.objects.update(status=None)
    answer = client_of_owner.post(address, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "key-busy")


def test_what_was_refused_may_be_tried_again(
    client_of_owner: Client, document: Document, echo: EchoEngine
) -> None:
    address, headers = f"{LIST}/{document.pk}/runs", {"Idempotency-Key": "run"}
    refused = client_of_owner.post(address, {"pages": [7]}, content_type=JSON, headers=headers)
    assert refused.status_code == 422
    assert not IdempotencyKey.objects.exists()
    answer = client_of_owner.post(address, {"pages": [1]}, content_type=JSON, headers=headers)
    assert answer.status_code == 201


@pytest.mark.parametrize("key", ["", "x" * (idempotency.LONGEST_KEY + 1)])
def test_a_key_has_a_length(client_of_owner: Client, echo: EchoEngine, png: Path, key: str) -> None:
    answer = upload(client_of_owner, png, key)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert not Document.objects.exists()


def test_a_fault_of_ours_gives_the_key_back(
    client_of_owner: Client, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_asked: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("documents.services.recognise.retry_failed", broken)
    address, headers = f"{LIST}/{document.pk}/runs/retry", {"Idempotency-Key": "retry"}
    assert client_of_owner.post(address, headers=headers).status_code == 500
    assert not IdempotencyKey.objects.exists()
