import json
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Page
from documents.services.pdf import MOST_PAGES_AT_ONCE
from documents.services.receive import receive_upload
from documents.services.take_away import NAMES
from tests import factories
from tests.documents.api.conftest import Program
from tests.doubles import EchoEngine


@pytest.fixture
def address(document: Document) -> str:
    return f"/api/v1/documents/{document.pk}/download"


@pytest.fixture
def picture(owner: User, collection: Collection, echo: EchoEngine, png: Path) -> Document:
    """A document whose original can be drawn."""
    return receive_upload(user=owner, files=[factories.incoming(png)], languages=["eng"])


def get(asking: Client, address: str, **headers: str):
    return asking.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize("form", [name for name in NAMES if name not in ("tables", "xlsx")])
def test_a_document_is_had_in_every_form(client_of_owner: Client, picture: Document, form: str) -> None:
    answer = client_of_owner.get(f"/api/v1/documents/{picture.pk}/download/{form}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Accept-Ranges"] == "bytes"
    assert answer.getvalue() or form == "txt"  # of a page that was not read yet


def test_the_text_is_the_current_one(client_of_owner: Client, address: str) -> None:
    assert client_of_owner.get(f"{address}/txt").getvalue() == b"Hello world\n"
    told = json.loads(client_of_owner.get(f"{address}/json?page=1").getvalue())
    assert told["pages"][0]["text"] == "Hello world"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("nonsense", 404, "not-found"),
        ("txt?page=2", 404, "page-missing"),
        ("txt?page=0", 422, "fields-invalid"),
        ("tables", 404, "no-table"),
        ("original?page=1", 422, "fields-invalid"),
        ("json?layout=true", 422, "fields-invalid"),
        ("pdf?join=true", 422, "fields-invalid"),
    ],
)
def test_what_there_is_not(client_of_owner: Client, address: str, path: str, status: int, code: str) -> None:
    answer = client_of_owner.get(f"{address}/{path}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_forms_are_listed_with_their_addresses(
    client_of_owner: Client, program: Program, stranger: User, document: Document, address: str
) -> None:
    told = {one["format"]: one for one in client_of_owner.get(f"{address}s").json()["items"]}
    assert list(told) == list(NAMES)
    assert told["txt"] == {
        "format": "txt",
        "media_type": "text/plain",
        "url": f"{address}/txt",
        "refusal": None,
    }
    assert (told["original"]["media_type"], told["page"]["media_type"]) == ("image/png", "application/xml")
    assert program(stranger).get(f"{address}s").status_code == 404


def test_the_list_says_what_cannot_be_had(client_of_owner: Client, document: Document, address: str) -> None:
    def refusals() -> dict[str, str | None]:
        items = client_of_owner.get(f"{address}s").json()["items"]
        return {one["format"]: one["refusal"] for one in items}

    Document.objects.update(page_count=MOST_PAGES_AT_ONCE + 1)
    assert (refusals()["pdf"], refusals()["txt"]) == ("pdf-takes-long", None)
    Page.objects.update(has_tables=False)
    assert (refusals()["tables"], refusals()["xlsx"]) == ("no-table", "no-table")
    Page.objects.update(has_tables=True)
    assert refusals()["tables"] is None
    Document.objects.update(is_locked=True)
    found = refusals()
    assert (found["txt"], found["pdf"]) == ("password-needed", "password-needed")
    assert (found["json"], found["original"]) == (None, None)


def test_a_locked_document_is_had_as_it_came(client_of_owner: Client, address: str) -> None:
    Document.objects.update(is_locked=True)
    assert client_of_owner.get(f"{address}/txt").json()["code"] == "password-needed"
    assert client_of_owner.get(f"{address}/original").status_code == 200


@pytest.mark.parametrize(
    ("name", "status"), [("owner", 200), ("editor", 200), ("viewer", 200), ("stranger", 404)]
)
def test_who_may_take_it(
    program: Program, request: pytest.FixtureRequest, address: str, name: str, status: int
) -> None:
    assert program(request.getfixturevalue(name), "read").get(f"{address}/txt").status_code == status


def test_who_takes_no_text_is_told_so(client_of_owner: Client, address: str) -> None:
    assert get(client_of_owner, f"{address}/txt", Accept="image/png").status_code == 406
    assert get(client_of_owner, f"{address}/original", Accept="image/*").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "part", "told"),
    [
        ("bytes=0-3", slice(0, 4), "bytes 0-3/12"),
        ("bytes=4-", slice(4, 12), "bytes 4-11/12"),
        ("bytes=-3", slice(9, 12), "bytes 9-11/12"),
        ("bytes=10-99", slice(10, 12), "bytes 10-11/12"),
        (f"bytes=10-{10**30}", slice(10, 12), "bytes 10-11/12"),
        ("bytes=-99", slice(0, 12), "bytes 0-11/12"),
    ],
)
@pytest.mark.parametrize(("form", "whole"), [("original", b"the original"), ("txt", b"Hello world\n")])
def test_a_part_is_had(
    client_of_owner: Client, address: str, form: str, whole: bytes, wanted: str, part: slice, told: str
) -> None:
    answer = get(client_of_owner, f"{address}/{form}", Range=wanted)
    assert (answer.status_code, answer["Content-Range"]) == (206, told)
    assert answer.getvalue() == whole[part]
    assert answer["Content-Length"] == str(len(whole[part]))


@pytest.mark.parametrize("wanted", ["bytes=12-", "bytes=99-100", "bytes=-0", "bytes=5-4"])
def test_a_part_that_there_is_not(client_of_owner: Client, address: str, wanted: str) -> None:
    answer = get(client_of_owner, f"{address}/original", Range=wanted)
    assert (answer.status_code, answer.json()["code"]) == (416, "range-unsatisfiable")
    assert answer["Content-Range"] == "bytes */12"


@pytest.mark.parametrize("wanted", ["bytes=0-1,4-5", "lines=1-2", "bytes=x-y", "bytes=-"])
def test_other_ranges_get_all(client_of_owner: Client, address: str, wanted: str) -> None:
    answer = get(client_of_owner, f"{address}/original", Range=wanted)
    assert (answer.status_code, answer.getvalue()) == (200, b"the original")


@pytest.mark.parametrize("form", ["original", "txt"])
def test_a_part_goes_on_with_the_same_file_only(client_of_owner: Client, address: str, form: str) -> None:
    etag = get(client_of_owner, f"{address}/{form}", Range="bytes=0-3")["ETag"]
    assert get(client_of_owner, f"{address}/{form}", Range="bytes=4-", If_Range=etag).status_code == 206
    answer = get(client_of_owner, f"{address}/{form}", Range="bytes=4-", If_Range='"other"')
    assert (answer.status_code, len(answer.getvalue())) == (200, 12)
