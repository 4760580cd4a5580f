from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Membership, OcrRun, State, Tag
from documents.services import tags
from tests import factories
from tests.documents.api.conftest import Program
from tests.doubles import EchoEngine
from tests.files import save_pdf, says

LIST = "/api/v1/documents"
JSON = "application/json"


def address(document: Document) -> str:
    return f"{LIST}/{document.pk}"


def test_a_document_has_the_fields_that_were_promised(client_of_owner: Client, document: Document) -> None:
    told = client_of_owner.get(address(document)).json()
    assert told | {"created_at": "", "dated_on": ""} == {
        "id": str(document.pk),
        "title": "A letter",
        "state": "done",
        "locked": False,
        "page_count": 1,
        "pages_done": 1,
        "mean_confidence": 90.0,
        "languages": ["eng"],
        "sha256": "0" * 64,
        "byte_size": 1,
        "collection": document.collection_id,
        "tags": [],
        "created_at": "",
        "dated_on": "",
    }


@pytest.mark.parametrize(
    ("name", "reads", "changes"),
    [("owner", 200, 200), ("editor", 200, 200), ("viewer", 200, 403), ("stranger", 404, 404)],
)
def test_who_may_what(
    program: Program, request: pytest.FixtureRequest, document: Document, name: str, reads: int, changes: int
) -> None:
    asking = program(request.getfixturevalue(name))
    assert asking.get(address(document)).status_code == reads
    change = {"title": "New"}
    assert asking.patch(address(document), change, content_type=JSON).status_code == changes
    assert asking.delete(address(document)).status_code == (204 if changes == 200 else changes)


def test_what_lies_in_the_trash_is_not_there(client_of_owner: Client, document: Document) -> None:
    answer = client_of_owner.delete(address(document))
    assert (answer.status_code, answer.content) == (204, b"")
    assert client_of_owner.get(address(document)).status_code == 404
    assert client_of_owner.delete(address(document)).status_code == 404
    assert client_of_owner.get(LIST).json()["items"] == []
    document.refresh_from_db()
    assert document.trashed_at is not None


def test_all_that_is_named_is_changed(client_of_owner: Client, document: Document, owner: User) -> None:
    other = Collection.objects.create(name="Bills")
    Membership.objects.create(collection=other, user=owner, role="editor")
    change = {"title": " Bill  7 ", "dated_on": "2024-03-31", "collection": other.pk}
    told = client_of_owner.patch(address(document), change, content_type=JSON).json()
    assert (told["title"], told["dated_on"], told["collection"]) == ("Bill 7", "2024-03-31", other.pk)


def test_the_tags_that_are_named_are_all_it_has(
    client_of_owner: Client, document: Document, owner: User
) -> None:
    tags.add_tags(user=owner, document=document, wanted=["Paid", "old"])
    other = Collection.objects.create(name="Bills")
    Membership.objects.create(collection=other, user=owner, role="editor")
    change = {"tags": ["paid", "tax/2024", "TAX/2024"], "collection": other.pk}
    told = client_of_owner.patch(address(document), change, content_type=JSON).json()
    assert (told["tags"], told["collection"]) == (["Paid", "tax/2024"], other.pk)
    assert set(document.tags.values_list("collection", flat=True)) == {other.pk}
    told = client_of_owner.patch(address(document), {"tags": []}, content_type=JSON).json()
    assert told["tags"] == []
    refused = client_of_owner.patch(address(document), {"title": "New", "tags": ["/"]}, content_type=JSON)
    assert refused.json()["code"] == "name-empty"
    assert client_of_owner.get(address(document)).json()["title"] == "A letter"


def test_what_is_not_named_stays(client_of_owner: Client, document: Document) -> None:
    before = client_of_owner.get(address(document)).json()
    assert client_of_owner.patch(address(document), {}, content_type=JSON).json() == before


@pytest.mark.parametrize("field", ["title", "dated_on", "collection", "tags"])
def test_nothing_is_changed_to_null(client_of_owner: Client, document: Document, field: str) -> None:
    answer = client_of_owner.patch(address(document), {field: None}, content_type=JSON)
    told = answer.json()
    assert (answer.status_code, told["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize(
    "change",
    [
        {"dated_on": 0},
        {"dated_on": True},
        {"dated_on": "31.3.2024"},
        {"dated_on": "0"},
        {"dated_on": "2024-03-31T00:00:00"},
        {"collection": "7"},
        {"title": 7},
    ],
)
def test_one_kind_of_value_is_not_made_of_another(
    client_of_owner: Client, document: Document, change: dict[str, object]
) -> None:
    answer = client_of_owner.patch(address(document), change, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "fields-invalid")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": "\u200b"}, "name-empty"),
        ({"dated_on": "0999-01-01"}, "date-implausible"),
        ({"collection": 999_999}, "collection-gone"),
    ],
)
def test_all_or_nothing_is_changed(
    client_of_owner: Client, document: Document, change: dict[str, object], code: str
) -> None:
    sent = {"title": "New", **change}
    answer = client_of_owner.patch(address(document), sent, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    document.refresh_from_db()
    assert document.title == "A letter"


def test_nothing_is_moved_to_where_one_only_reads(program: Program, editor: User, document: Document) -> None:
    other = Collection.objects.create(name="Bills")
    Membership.objects.create(collection=other, user=editor, role="viewer")
    answer = program(editor).patch(address(document), {"collection": other.pk}, content_type=JSON)
    assert answer.json()["code"] == "collection-gone"


def test_a_locked_document_is_opened_by_its_password(
    client_of_owner: Client, echo: EchoEngine, tmp_path: Path
) -> None:
    with save_pdf(tmp_path / "locked.pdf", says("Locked"), password="sesame").open("rb") as file:
        told = client_of_owner.post(LIST, {"file": file, "languages": "eng"}).json()
    assert (told["locked"], told["page_count"]) == (True, 0)

    def opened(password: str):
        where = f"{LIST}/{told['id']}/password"
        return client_of_owner.put(where, {"password": password}, content_type=JSON)

    wrong = opened("open")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "password-wrong")
    right = opened("sesame").json()
    assert (right["locked"], right["state"], right["page_count"]) == (False, "queued", 1)
    assert opened("open").status_code == 200  # it is open


@pytest.mark.parametrize("field", ["title", "tags"])
def test_a_control_character_in_the_form_is_refused(client_of_owner: Client, png: Path, field: str) -> None:
    with png.open("rb") as file:
        answer = client_of_owner.post(LIST, {"file": file, field: "a\x07b"})
    told = answer.json()
    assert (answer.status_code, [one["field"] for one in told["errors"]]) == (422, [field])


def test_a_file_becomes_a_document(client_of_owner: Client, owner: User, echo: EchoEngine, png: Path) -> None:
    with png.open("rb") as file:
        sent = {"file": file, "languages": "eng", "title": "A page", "tags": ["tax/2024", "paid"]}
        answer = client_of_owner.post(LIST, sent)
    told = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, f"{LIST}/{told['id']}")
    assert (told["title"], told["state"], told["page_count"]) == ("A page", "queued", 1)
    assert told["tags"] == ["paid", "tax/2024"]
    assert client_of_owner.get(answer["Location"]).json() == told
    document = Document.objects.get()
    assert document.collection.personal_of == owner
    assert document.runs.get().languages == ["eng"]


def test_several_files_become_one_document(client_of_owner: Client, echo: EchoEngine, png: Path) -> None:
    with png.open("rb") as first, png.open("rb") as second:
        answer = client_of_owner.post(LIST, {"file": [first, second]})
    assert answer.json()["page_count"] == 2
    assert answer.json()["title"] == "white"


def test_without_languages_the_site_s_are_taken(
    client_of_owner: Client, echo: EchoEngine, png: Path, settings
) -> None:
    settings.OCRSITE_DEFAULT_LANGUAGES = ("eng",)
    for languages, asked in (({}, ["eng"]), ({"languages": "detect"}, [])):
        with png.open("rb") as file:
            answer = client_of_owner.post(LIST, {"file": file, **languages})
        assert OcrRun.objects.get(document=answer.json()["id"]).languages == asked


def test_the_site_s_engine_may_be_named(
    client_of_owner: Client, echo: EchoEngine, png: Path, settings
) -> None:
    with png.open("rb") as file:
        client_of_owner.post(LIST, {"file": file, "engine": settings.OCRSITE_ENGINE})
    assert OcrRun.objects.get().asked_engine == ""


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"languages": "xxx"}, 422, "language-unknown"),
        ({"engine": "nonsense"}, 422, "engine-unknown"),
        ({"collection": 999_999}, 422, "collection-gone"),
        ({"collection": "seven"}, 422, "fields-invalid"),
        ({"title": "x" * 301}, 422, "fields-invalid"),
    ],
)
def test_what_cannot_be_read_is_not_kept(
    client_of_owner: Client, echo: EchoEngine, png: Path, fields: dict[str, object], status: int, code: str
) -> None:
    with png.open("rb") as file:
        answer = client_of_owner.post(LIST, {"file": file, **fields})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Document.objects.exists()


def test_a_file_that_is_none_is_refused(client_of_owner: Client, echo: EchoEngine, tmp_path: Path) -> None:
    (tmp_path / "notes.png").write_text("no picture")
    with (tmp_path / "notes.png").open("rb") as file:
        answer = client_of_owner.post(LIST, {"file": file})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-type")


def test_a_file_that_is_too_large_is_refused(client_of_owner: Client, tmp_path: Path, settings) -> None:
    settings.OCRSITE_MAX_UPLOAD_MB = 0
    (tmp_path / "large.png").write_bytes(b"x" * 100)
    with (tmp_path / "large.png").open("rb") as file:
        answer = client_of_owner.post(LIST, {"file": file})
    assert (answer.status_code, answer.json()["code"]) == (413, "file-too-large")


def test_without_a_file_nothing_is_made(client_of_owner: Client) -> None:
    answer = client_of_owner.post(LIST, {"title": "Nothing"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")


def test_who_may_only_read_uploads_nothing(program: Program, owner: User, png: Path) -> None:
    with png.open("rb") as file:
        answer = program(owner, "read").post(LIST, {"file": file})
    assert answer.json()["code"] == "scope-missing"
    assert not Document.objects.exists()


def test_a_list_can_be_narrowed(
    client_of_owner: Client, collection: Collection, owner: User, document: Document
) -> None:
    other = factories.make_document(collection=collection, user=owner, texts=["Слово"], title="Письмо")
    Document.objects.filter(pk=other.pk).update(state=State.FAILED, languages=["rus"], sha256="1" * 64)
    tags.add_tags(user=owner, document=other, wanted=["tax/2024"])

    def found(query: str) -> list[str]:
        return [one["title"] for one in client_of_owner.get(f"{LIST}?{query}").json()["items"]]

    assert Tag.objects.count() == 2
    for query in ("state=failed", "tag=tax", "tag=TAX/2024", "language=rus", f"sha256={'1' * 64}"):
        assert found(query) == ["Письмо"], query
    assert found("language=Russian&state=failed") == ["Письмо"]
    assert found("tag=nothing") == found("language=nonsense") == found("collection=999999") == []
    assert found(f"collection={collection.pk}") == ["Письмо", "A letter"]


def test_a_filter_that_is_none_is_refused(client_of_owner: Client) -> None:
    answer = client_of_owner.get(f"{LIST}?state=lost&sha256=x&collection=0")
    assert {one["field"] for one in answer.json()["errors"]} == {"state", "sha256", "collection"}
