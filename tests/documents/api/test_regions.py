"""A part of a page is read again by itself, looked at, and put in."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from documents.errors import EngineTimeout
from documents.models import Document, Page, Trial
from documents.ocr.elements import Block
from documents.services import trying
from tests import factories
from tests.documents.api.conftest import Program
from tests.doubles import EchoEngine
from tests.factories import blocks

pytestmark = pytest.mark.usefixtures("readable")

JSON = "application/json"
BOX = {"x0": 0, "y0": 0, "x1": 30, "y1": 30}


@pytest.fixture
def address(document: Document) -> str:
    """Of a page that says “Hello world”."""
    return f"/api/v1/documents/{document.pk}/pages/1"


def ask(asking: Client, address: str, headers: dict[str, str] | None = None, **sent: object):
    return asking.post(f"{address}/regions", {"box": BOX, **sent}, content_type=JSON, headers=headers or {})


def read(asking: Client, address: str, **sent: object) -> tuple[str, dict[str, Any]]:
    """Where it is, and what is told once a worker was there."""
    answer = ask(asking, address, **sent)
    assert answer.status_code == 201
    trying.work(trial_id=answer.json()["id"])
    return answer["Location"], asking.get(answer["Location"]).json()


def put(asking: Client, where: str, base: int | None = None, **headers: str):
    sent = {"transcription": base or Page.objects.get(number=1, trials__isnull=False).current_id}
    return asking.post(f"{where}/put", sent, content_type=JSON, headers=headers)


def text_of(asking: Client, address: str) -> str:
    return asking.get(address).json()["text"]


def test_a_part_is_read_looked_at_and_put_in(client_of_owner: Client, address: str, echo: EchoEngine) -> None:
    echo.reads = lambda _image: blocks("Hallo", 71.0)
    first = ask(client_of_owner, address, languages="fra", layout="line").json()
    assert (first["state"], first["languages"], first["lines"]) == ("waiting", ["fra"], [])
    assert (first["finished_at"], first["text"], first["mean_confidence"]) == (None, "", None)
    where, told = read(client_of_owner, address, languages="fra", layout="line")
    assert (told["state"], told["text"], told["mean_confidence"]) == ("done", "Hallo", 71.0)
    assert (told["languages"], told["layout"], told["box"]) == (["fra"], "line", BOX)
    assert told["lines"][0]["words"][0]["text"] == "Hallo"
    assert told["finished_at"]
    image = client_of_owner.get(f"{where}/image")
    assert (image.status_code, image["Content-Type"]) == (200, "image/jpeg")
    assert image.getvalue().startswith(b"\xff\xd8")
    assert text_of(client_of_owner, address) == "Hello world"
    lines = put(client_of_owner, where).json()
    assert ([line["text"] for line in lines["lines"]], lines["can_undo"]) == (["Hallo"], True)
    assert lines == client_of_owner.get(f"{address}/lines").json()
    assert text_of(client_of_owner, address) == "Hallo"


def test_a_part_is_cut_off_at_the_edge_of_the_page(
    client_of_owner: Client, address: str, echo: EchoEngine
) -> None:
    _where, told = read(client_of_owner, address, box={**BOX, "x1": 9000, "y1": 9000})
    assert told["box"] == {**BOX, "x1": 60, "y1": 40}


def test_a_part_is_read_in_the_languages_of_the_page_and_by_its_engine(
    client_of_owner: Client, address: str, echo: EchoEngine, latin: EchoEngine
) -> None:
    _where, told = read(client_of_owner, address)
    assert (told["languages"], echo.calls, latin.calls) == (["eng"], [("eng",)], [])


def test_another_engine_reads_it_where_that_is_named(
    client_of_owner: Client, address: str, echo: EchoEngine, latin: EchoEngine
) -> None:
    _where, told = read(client_of_owner, address, engine="rapidocr")
    assert (told["engine"], len(latin.calls), len(echo.calls)) == ("rapidocr", 1, 0)


def test_a_part_that_cannot_be_read_says_why(client_of_owner: Client, address: str, echo: EchoEngine) -> None:
    def hang(_image: object) -> tuple[Block, ...]:
        raise EngineTimeout(seconds=120)

    echo.reads = hang
    where, told = read(client_of_owner, address)
    assert (told["state"], told["error"]["code"]) == ("failed", "engine-timeout")
    assert told["error"]["message"].startswith("Reading this page took longer than 120 seconds")
    assert client_of_owner.get(f"{where}/image").status_code == 404
    assert put(client_of_owner, where).json()["code"] == "region-unread"


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"box": {**BOX, "x1": 3}}, "region-missing", None),
        ({"box": {"x0": 500, "y0": 500, "x1": 900, "y1": 900}}, "region-missing", None),
        ({"box": {**BOX, "x1": 0}}, "fields-invalid", "box.x1"),
        ({"box": {**BOX, "x0": 0.5}}, "fields-invalid", "box.x0"),
        ({"box": [0, 0, 30, 30]}, "fields-invalid", "box"),
        ({"layout": "plain"}, "fields-invalid", "layout"),
        ({"languages": ["eng"]}, "fields-invalid", "languages"),
        ({"languages": "xx!"}, "language-unknown", None),
        ({"languages": "swe"}, "language-missing", None),
        ({"engine": "abacus"}, "engine-unknown", None),
        ({"cleaning": "auto"}, "fields-invalid", "cleaning"),
    ],
)
def test_what_cannot_be_read_is_refused(
    client_of_owner: Client,
    address: str,
    echo: EchoEngine,
    sent: dict[str, Any],
    code: str,
    field: str | None,
) -> None:
    answer = ask(client_of_owner, address, **sent)
    refusal = answer.json()
    assert (answer.status_code, refusal["code"]) == (422, code)
    assert [one["field"] for one in refusal.get("errors", [])] == ([field] if field else [])
    assert not Trial.objects.exists()


def test_the_same_request_is_done_once(client_of_owner: Client, address: str, echo: EchoEngine) -> None:
    key = {"Idempotency-Key": "part"}
    first, second = (ask(client_of_owner, address, key) for _time in range(2))
    assert (second.status_code, second["Location"], second.json()) == (201, first["Location"], first.json())
    trying.work(trial_id=first.json()["id"])
    base = Page.objects.get().current_id
    done = [put(client_of_owner, first["Location"], base, **{"Idempotency-Key": "put"}) for _time in range(2)]
    assert [answer.status_code for answer in done] == [200, 200]
    assert done[0].content == done[1].content
    assert Page.objects.get().transcriptions.count() == 2


def test_what_somebody_else_changed_meanwhile_stays(
    client_of_owner: Client, program: Program, address: str, editor: User, echo: EchoEngine
) -> None:
    seen = client_of_owner.get(f"{address}/lines")
    where, _told = read(client_of_owner, address)
    base = seen.json()["transcription"]
    change = {"do": "replace", "line": 0, "word": 0, "text": "Hi"}
    sent = {"transcription": base, "changes": [change]}
    program(editor).patch(f"{address}/lines", sent, content_type=JSON)
    answer = put(client_of_owner, where, **{"If-Match": seen["ETag"]})
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition-failed")
    answer = put(client_of_owner, where, base)
    assert (answer.status_code, answer.json()["code"]) == (409, "page-changed")
    assert text_of(client_of_owner, address) == "Hi world"


def test_a_part_of_a_page_that_was_turned_since_is_not_put_in(
    client_of_owner: Client, address: str, echo: EchoEngine
) -> None:
    where, _told = read(client_of_owner, address)
    Page.objects.update(rotation=90)
    assert put(client_of_owner, where).json()["code"] == "region-missing"


def test_a_page_without_a_text_takes_no_part(client_of_owner: Client, address: str, echo: EchoEngine) -> None:
    where, _told = read(client_of_owner, address)
    base = Page.objects.get().current_id
    Page.objects.update(current=None)
    assert put(client_of_owner, where, base).json()["code"] == "page-unread"


def test_who_reads_another_part_forgets_the_first(
    client_of_owner: Client, address: str, echo: EchoEngine
) -> None:
    first, _told = read(client_of_owner, address)
    second, _told = read(client_of_owner, address)
    assert [client_of_owner.get(where).status_code for where in (first, second)] == [404, 200]


@pytest.mark.parametrize(
    ("name", "status"), [("owner", 201), ("editor", 201), ("viewer", 403), ("stranger", 404)]
)
def test_who_may_read_a_part(
    program: Program, request: pytest.FixtureRequest, address: str, echo: EchoEngine, name: str, status: int
) -> None:
    person = request.getfixturevalue(name)
    assert ask(program(person), address).status_code == status
    assert ask(program(person, "read"), address).json()["code"] == "scope-missing"


def test_a_part_is_there_for_who_had_it_read_and_nobody_else(
    program: Program,
    address: str,
    document: Document,
    owner: User,
    editor: User,
    viewer: User,
    echo: EchoEngine,
) -> None:
    where, _told = read(program(editor), address)
    base = Page.objects.get().current_id
    for user, status in ((owner, 404), (viewer, 403)):
        asking = program(user)
        answers = [asking.get(where), asking.get(f"{where}/image"), put(asking, where, base)]
        assert [answer.status_code for answer in answers] == [status] * 3
    factories.make_document(collection=document.collection, user=owner, texts=["Other"])
    other = Document.objects.exclude(pk=document.pk).get()
    elsewhere = where.replace(str(document.pk), str(other.pk))
    assert program(editor).get(elsewhere).status_code == 404
    assert ask(program(editor), address.replace("pages/1", "pages/2")).status_code == 404
