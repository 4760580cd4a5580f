import pytest
from django.test import Client

from accounts.models import User
from documents.models import Document, Event, OcrRun, PageJob
from documents.ocr.elements import Box, Word
from documents.services import correct, recognise
from tests.documents.api.conftest import Program
from tests.doubles import EchoEngine

JSON = "application/json"


@pytest.fixture
def address(document: Document, echo: EchoEngine) -> str:
    return f"/api/v1/documents/{document.pk}/runs"


def start(asking: Client, address: str, **asked: object):
    return asking.post(address, asked, content_type=JSON)


def work(document: Document) -> None:
    for job in PageJob.objects.filter(page__document=document, state="queued"):
        recognise.recognise_page(job_id=job.pk)


def test_a_run_tells_how_it_was_read(client_of_owner: Client, address: str) -> None:
    (told,) = client_of_owner.get(address).json()["items"]
    assert told["languages"] == ["eng"]
    assert (told["state"], told["engine"], told["engine_version"]) == ("done", "tesseract", "1.0")
    assert (told["pages"], told["pages_total"], told["pages_done"], told["pages_failed"]) == (None, 1, 1, 0)
    assert (told["current"], told["requested_by"], told["mean_confidence"]) == (True, "owner", 90.0)
    assert told["read_by"] == [{"name": "tesseract", "version": "1.0"}]
    assert client_of_owner.get(f"{address}/{told['id']}").json() == told


def test_a_run_tells_of_all_that_read_or_of_nobody(
    client_of_owner: Client, address: str, document: Document
) -> None:
    def readers() -> list[str]:
        (told,) = client_of_owner.get(address).json()["items"]
        return [reader["name"] for reader in told["read_by"]]

    document.runs.update(engine="best", engine_version="tesseract 5.3.0 + rapidocr 3.9.2")
    assert readers() == ["tesseract", "rapidocr"]
    document.runs.update(engine="best", engine_version="")
    assert readers() == []
    document.runs.update(engine=OcrRun.IMPORT, engine_version="Transcriber 3")
    assert readers() == []


def test_a_document_is_read_again(client_of_owner: Client, address: str, document: Document) -> None:
    answer = start(client_of_owner, address, languages="rus", pages=[1, 1], cleaning="none")
    told = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, f"{address}/{told['id']}")
    assert (told["state"], told["languages"], told["cleaning"]) == ("queued", ["rus"], "none")
    assert client_of_owner.get(f"/api/v1/documents/{document.pk}").json()["state"] == "queued"
    document.refresh_from_db()
    assert document.cleaning == "none"


def test_without_a_word_it_is_read_as_before(
    client_of_owner: Client, address: str, document: Document
) -> None:
    told = start(client_of_owner, address).json()
    assert (told["languages"], told["engine"], told["cleaning"]) == (["eng"], "tesseract", "auto")


def test_an_engine_is_chosen_for_good(
    client_of_owner: Client, address: str, document: Document, latin: EchoEngine
) -> None:
    first = start(client_of_owner, address, engine="rapidocr").json()
    client_of_owner.post(f"{address}/{first['id']}/cancel")
    second = start(client_of_owner, address).json()
    assert (first["engine"], second["engine"]) == ("rapidocr", "rapidocr")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"languages": "xxx"}, "language-unknown"),
        ({"engine": "nonsense"}, "engine-unknown"),
        ({"pages": [2]}, "fields-invalid"),
        ({"pages": [0]}, "fields-invalid"),
        ({"pages": []}, "fields-invalid"),
        ({"cleaning": "soap"}, "fields-invalid"),
        ({"colour": "red"}, "fields-invalid"),
    ],
)
def test_what_cannot_be_done_is_not_begun(
    client_of_owner: Client, address: str, asked: dict[str, object], code: str
) -> None:
    answer = start(client_of_owner, address, **asked)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert OcrRun.objects.count() == 1


def test_one_run_at_a_time(client_of_owner: Client, address: str) -> None:
    start(client_of_owner, address)
    answer = start(client_of_owner, address)
    assert (answer.status_code, answer.json()["code"]) == (409, "run-busy")


def test_a_locked_document_cannot_be_read(client_of_owner: Client, address: str) -> None:
    Document.objects.update(is_locked=True)
    answer = start(client_of_owner, address)
    assert (answer.status_code, answer.json()["code"]) == (409, "password-needed")


def test_a_run_is_stopped(client_of_owner: Client, address: str) -> None:
    run = start(client_of_owner, address).json()
    answer = client_of_owner.post(f"{address}/{run['id']}/cancel")
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert client_of_owner.post(f"{address}/{run['id']}/cancel").json() == answer.json()


def test_a_run_that_is_over_stops_no_other(client_of_owner: Client, address: str) -> None:
    first = OcrRun.objects.get()
    second = start(client_of_owner, address).json()
    assert client_of_owner.post(f"{address}/{first.pk}/cancel").json()["state"] == "done"
    assert client_of_owner.get(f"{address}/{second['id']}").json()["state"] == "queued"


def test_what_was_not_read_is_tried_again(client_of_owner: Client, address: str) -> None:
    run = start(client_of_owner, address).json()
    client_of_owner.post(f"{address}/{run['id']}/cancel")
    answer = client_of_owner.post(f"{address}/retry")
    assert (answer.json()["id"], answer.json()["state"]) == (run["id"], "queued")


def test_an_earlier_run_is_shown_again(client_of_owner: Client, address: str, document: Document) -> None:
    first = OcrRun.objects.get()
    run = start(client_of_owner, address).json()
    OcrRun.objects.filter(pk=run["id"]).update(state="cancelled")
    answer = client_of_owner.post(f"{address}/{first.pk}/show")
    assert answer.json()["pages_waiting"] == 0
    assert answer.json()["run"]["current"] is True


@pytest.mark.parametrize("state", ["queued", "cancelled"])
def test_a_run_that_read_nothing_cannot_be_shown(
    client_of_owner: Client, address: str, document: Document, state: str
) -> None:
    run = start(client_of_owner, address).json()
    OcrRun.objects.filter(pk=run["id"]).update(state=state)
    answer = client_of_owner.post(f"{address}/{run['id']}/show")
    assert (answer.status_code, answer.json()["code"]) == (409, "run-unread")
    assert not Event.objects.filter(action="shown").exists()


def test_what_people_corrected_stays_when_a_run_is_shown(
    client_of_owner: Client, address: str, document: Document, owner: User
) -> None:
    page = document.pages.get()
    words = [Word("Mine", 100.0, Box(0, 0, 10, 10))]
    correct.put_words(user=owner, page=page, current_id=page.current_id, words=words)
    answer = client_of_owner.post(f"{address}/{OcrRun.objects.get().pk}/show")
    assert answer.json()["pages_waiting"] == 1


def test_runs_come_in_pieces(client_of_owner: Client, address: str) -> None:
    for _turn in range(3):
        run = start(client_of_owner, address).json()
        client_of_owner.post(f"{address}/{run['id']}/cancel")
    first = client_of_owner.get(f"{address}?limit=3").json()
    second = client_of_owner.get(f"{address}?limit=3&cursor={first['next']}").json()
    ids = [one["id"] for one in first["items"] + second["items"]]
    assert (ids, second["next"]) == (sorted(ids, reverse=True), None)
    assert len(ids) == 4


@pytest.mark.parametrize(
    ("name", "reads", "changes"),
    [("owner", 200, 200), ("editor", 200, 200), ("viewer", 200, 403), ("stranger", 404, 404)],
)
def test_who_may_what(
    program: Program, request: pytest.FixtureRequest, address: str, name: str, reads: int, changes: int
) -> None:
    asking, run = program(request.getfixturevalue(name)), OcrRun.objects.get()
    assert asking.get(address).status_code == reads
    assert asking.get(f"{address}/{run.pk}").status_code == reads
    for action in ("retry", f"{run.pk}/cancel", f"{run.pk}/show"):
        assert asking.post(f"{address}/{action}").status_code == changes
    assert start(asking, address).status_code == (201 if changes == 200 else changes)


@pytest.mark.parametrize("run", ["0", "999999", "99999999999999999999"])
def test_there_is_no_other_run(client_of_owner: Client, address: str, run: str) -> None:
    assert client_of_owner.get(f"{address}/{run}").status_code == 404
    assert client_of_owner.post(f"{address}/{run}/cancel").status_code == 404
    assert client_of_owner.post(f"{address}/{run}/show").status_code == 404
