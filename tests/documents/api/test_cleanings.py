"""A page is read with each kind of cleaning, and then with the one that was chosen."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from documents.errors import EngineTimeout
from documents.models import Document, OcrRun, Page, Transcription, Trial
from documents.ocr.elements import Block, Treatment
from documents.ocr.options import Cleaning
from documents.ocr.packing import pack
from documents.services import trying
from tests.documents.api.conftest import Program
from tests.doubles import EchoEngine

pytestmark = pytest.mark.usefixtures("echo", "readable")

JSON = "application/json"


@pytest.fixture
def address(document: Document) -> str:
    """Of the cleanings of a page that says “Hello world”."""
    return f"/api/v1/documents/{document.pk}/pages/1/cleanings"


def work() -> None:
    for trial in Trial.objects.filter(state=Trial.State.WAITING):
        trying.work(trial_id=trial.pk)


def try_all(asking: Client, address: str) -> dict[str, dict[str, Any]]:
    """What is told of each kind, once workers were there."""
    assert asking.post(address).status_code == 201
    work()
    return {one["cleaning"]: one for one in asking.get(address).json()["items"]}


def read_so(asking: Client, where: str, key: str = "", **sent: object):
    headers = {"Idempotency-Key": key} if key else {}
    return asking.post(f"{where}/read", sent, content_type=JSON, headers=headers)


def test_each_kind_is_tried_and_the_surest_recommended(client_of_owner: Client, address: str) -> None:
    assert client_of_owner.get(address).json() == {"items": [], "next": None, "surest": None}
    answer = client_of_owner.post(address)
    assert (answer.status_code, answer["Location"]) == (201, address)
    begun = answer.json()
    assert [one["cleaning"] for one in begun["items"]] == [kind.value for kind in Cleaning]
    assert {one["state"] for one in begun["items"]} == {"waiting"}
    assert {(one["words"], one["mean_confidence"], one["finished_at"]) for one in begun["items"]} == {
        (0, None, None)
    }
    trying.work(trial_id=begun["items"][0]["id"])
    assert client_of_owner.get(address).json()["surest"] is None  # others are not over
    work()
    told = client_of_owner.get(address).json()
    assert {one["state"] for one in told["items"]} == {"done"}
    assert {(one["words"], one["mean_confidence"]) for one in told["items"]} == {(2, 95.0)}
    assert {(one["engine"], *one["languages"]) for one in told["items"]} == {("tesseract", "eng")}
    assert told["surest"] in [one["id"] for one in told["items"]]


def test_each_has_its_text_and_its_picture(client_of_owner: Client, address: str) -> None:
    begun = client_of_owner.post(address).json()["items"]
    where = f"{address}/{next(one['id'] for one in begun if one['cleaning'] == 'invert')}"
    waiting = client_of_owner.get(where).json()
    read = [waiting[key] for key in ("text", "lines", "treatments", "sure_words")]
    assert read == ["", [], [], 0]
    assert client_of_owner.get(f"{where}/image").status_code == 404
    work()
    told = client_of_owner.get(where).json()
    assert (told["text"], told["sure_words"]) == ("Hello world", 2)
    assert [word["text"] for line in told["lines"] for word in line["words"]] == ["Hello", "world"]
    [listed] = [one for one in client_of_owner.get(address).json()["items"] if one["id"] == told["id"]]
    assert listed.items() <= told.items()
    image = client_of_owner.get(f"{where}/image")
    assert (image.status_code, image["Content-Type"]) == (200, "image/jpeg")
    assert image.getvalue().startswith(b"\xff\xd8")


def test_what_was_done_to_the_image_is_said(client_of_owner: Client, address: str) -> None:
    trial = Trial.objects.get(pk=try_all(client_of_owner, address)["auto"]["id"])
    assert trial.read
    done = (Treatment("evened"), Treatment("straightened", 1.5))
    Trial.objects.filter(pk=trial.pk).update(packed=pack(replace(trial.read, treatments=done)))
    told = client_of_owner.get(f"{address}/{trial.pk}").json()
    assert told["treatments"] == ["shadow evened", "straightened by 1.5°"]


def test_they_are_tried_anew_but_not_twice_at_once(client_of_owner: Client, address: str) -> None:
    def ids() -> list[int]:
        return [one["id"] for one in client_of_owner.post(address).json()["items"]]

    first, second = ids(), ids()
    assert first == second
    work()
    assert not set(ids()) & set(first)
    assert client_of_owner.get(f"{address}/{first[0]}").status_code == 404


def test_why_the_page_was_not_read(client_of_owner: Client, address: str, echo: EchoEngine) -> None:
    def hang(_image: object) -> tuple[Block, ...]:
        raise EngineTimeout(seconds=120)

    echo.reads = hang
    told = try_all(client_of_owner, address)["auto"]
    assert (told["state"], told["error"]["code"]) == ("failed", "engine-timeout")
    assert told["error"]["message"].startswith("Reading this page took longer than 120 seconds")
    where = f"{address}/{told['id']}"
    assert client_of_owner.get(f"{where}/image").status_code == 404
    answer = read_so(client_of_owner, where)
    assert (answer.status_code, answer.json()["code"]) == (409, "cleaning-unread")
    assert client_of_owner.get(address).json()["surest"] is None


def test_a_page_is_not_read_with_a_cleaning_that_is_still_being_tried(
    client_of_owner: Client, address: str
) -> None:
    begun = client_of_owner.post(address).json()["items"][0]
    for state in ("waiting", "working"):
        Trial.objects.update(state=state)
        answer = read_so(client_of_owner, f"{address}/{begun['id']}")
        assert (answer.status_code, answer.json()["code"]) == (409, "cleaning-unread")
    assert OcrRun.objects.count() == 1


@pytest.mark.parametrize(("sent", "kept"), [({}, "auto"), ({"keep": True}, "even")])
def test_the_page_is_read_with_what_was_chosen(
    client_of_owner: Client, address: str, document: Document, sent: dict[str, bool], kept: str
) -> None:
    tried = try_all(client_of_owner, address)["even"]
    answer = read_so(client_of_owner, f"{address}/{tried['id']}", **sent)
    run = answer.json()
    assert (answer.status_code, answer["Location"]) == (
        201,
        f"/api/v1/documents/{document.pk}/runs/{run['id']}",
    )
    assert client_of_owner.get(answer["Location"]).json() == run
    assert (run["cleaning"], run["languages"], run["pages_total"]) == ("even", ["eng"], 1)
    document.refresh_from_db()
    assert document.cleaning == kept


def test_it_is_read_by_the_engine_that_was_tried(
    client_of_owner: Client, address: str, document: Document, latin: EchoEngine
) -> None:
    document.runs.update(asked_engine="rapidocr")
    tried = try_all(client_of_owner, address)["even"]
    document.runs.update(asked_engine="")
    assert tried["engine"] == "rapidocr"
    assert read_so(client_of_owner, f"{address}/{tried['id']}").json()["engine"] == "rapidocr"


def test_a_document_that_is_being_read_is_not_read_so(client_of_owner: Client, address: str) -> None:
    tried = try_all(client_of_owner, address)["even"]
    where = f"{address}/{tried['id']}"
    first, again = (read_so(client_of_owner, where, "so") for _time in range(2))
    assert first.json() == again.json()
    answer = read_so(client_of_owner, where)
    assert (answer.status_code, answer.json()["code"]) == (409, "run-busy")
    assert OcrRun.objects.count() == 2


def test_a_language_that_is_not_there_is_refused(client_of_owner: Client, address: str) -> None:
    Transcription.objects.update(languages=["deu"])
    answer = client_of_owner.post(address)
    assert (answer.status_code, answer.json()["code"]) == (422, "language-missing")
    assert not Trial.objects.exists()


@pytest.mark.parametrize("sent", [{"keep": "yes"}, {"keep": None}, {"cleaning": "even"}])
def test_what_is_not_known_is_refused(client_of_owner: Client, address: str, sent: dict[str, object]) -> None:
    tried = try_all(client_of_owner, address)["even"]
    answer = read_so(client_of_owner, f"{address}/{tried['id']}", **sent)
    assert (answer.status_code, answer.json()["code"]) == (422, "fields-invalid")
    assert OcrRun.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "status"), [("owner", 200), ("editor", 200), ("viewer", 403), ("stranger", 404)]
)
def test_who_may_try(
    program: Program,
    client_of_owner: Client,
    request: pytest.FixtureRequest,
    address: str,
    name: str,
    status: int,
) -> None:
    where = f"{address}/{try_all(client_of_owner, address)['none']['id']}"
    person: User = request.getfixturevalue(name)
    asking, reading = program(person), program(person, "read")
    looks = [reading.get(one).status_code for one in (address, where, f"{where}/image")]
    assert looks == [status] * 3
    made = 201 if status == 200 else status
    assert [read_so(asking, where).status_code, asking.post(address).status_code] == [made] * 2
    assert reading.post(address).json()["code"] == "scope-missing"
    assert read_so(reading, where).json()["code"] == "scope-missing"


def test_there_is_none_of_another_page(client_of_owner: Client, address: str) -> None:
    key = try_all(client_of_owner, address)["none"]["id"]
    assert client_of_owner.post(address.replace("pages/1", "pages/2")).status_code == 404
    Page.objects.update(number=2)
    assert client_of_owner.get(f"{address}/{key}").status_code == 404
