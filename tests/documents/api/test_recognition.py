"""One image in, its text out. The engine is the real one: it runs in a process of its own."""

import fcntl
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import Client
from PIL import Image, ImageDraw, ImageFont
from pytest_django import Settings

from accounts.models import IdempotencyKey, User
from documents.models import Document
from documents.services import at_once
from tests.documents.api.conftest import Program
from tests.files import save_pdf, says

ADDRESS = "/api/v1/recognise"
PNG = "image/png"


@pytest.fixture(scope="module")
def image() -> bytes:
    """It says “Invoice 2024” and “Total 120”."""
    picture = Image.new("L", (700, 260), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(64)
    draw.text((40, 30), "Invoice 2024", font=font, fill="black")
    draw.text((40, 140), "Total 120", font=font, fill="black")
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module", autouse=True)
def _no_child_is_left() -> Iterator[None]:
    yield
    at_once._children.end()


@pytest.fixture
def reader(program: Program, owner: User) -> Client:
    """A program that may only read."""
    return program(owner, "read")


def send(asking: Client, body: bytes, query: str = "", kind: str = PNG, **headers: str):
    return asking.post(f"{ADDRESS}?{query}", body, content_type=kind, headers=headers)


def form(asking: Client, content: bytes, **fields: str):
    file = BytesIO(content)
    file.name = "invoice.png"
    return asking.post(ADDRESS, {"file": file, **fields})


def test_the_text_of_an_image_is_told_at_once(reader: Client, image: bytes) -> None:
    answer = send(reader, image, "languages=eng")
    told = answer.json()
    assert (answer.status_code, told["text"].split()) == (200, ["Invoice", "2024", "Total", "120"])
    assert (told["width"], told["height"], told["rotation"], told["languages"]) == (700, 260, 0, ["eng"])
    assert told["mean_confidence"] > 60
    assert told["engine"] == "tesseract"
    word = told["lines"][0]["words"][0]
    assert word["text"] == "Invoice"
    assert 30 < word["x0"] < word["x1"] < 350


def test_a_form_is_taken_too(reader: Client, image: bytes) -> None:
    answer = form(reader, image, languages="eng", format="txt", cleaning="none", layout="column")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().split() == ["Invoice", "2024", "Total", "120"]


@pytest.mark.parametrize(
    ("accept", "query", "kind", "begin"),
    [
        ("*/*", "", "application/json", b"{"),
        ("text/plain", "", "text/plain", b"Invoice"),
        ("text/vnd.hocr+html, application/json;q=0.5", "", "text/vnd.hocr+html", b"<?xml"),
        ("application/json", "&format=hocr", "text/vnd.hocr+html", b"<?xml"),
    ],
)
def test_the_form_is_that_which_was_asked_for(
    reader: Client, image: bytes, accept: str, query: str, kind: str, begin: bytes
) -> None:
    answer = send(reader, image, f"languages=eng{query}", Accept=accept)
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, kind)
    assert answer.content.startswith(begin)


def test_nothing_is_stored(
    reader: Client, image: bytes, settings: Settings, tmp_path: Path, empty_storage: None
) -> None:
    settings.OCRSITE_TMP_DIR = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    assert send(reader, image, "languages=eng", **{"Idempotency-Key": "one"}).status_code == 200
    assert form(reader, image, languages="eng").status_code == 200
    kept = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert kept == {"recognise-0.lock", "api-rate.token-1"}  # who asks how often, and how many at once
    assert (Document.objects.count(), IdempotencyKey.objects.count()) == (0, 0)


def test_a_page_of_several_is_chosen(reader: Client, image: bytes) -> None:
    file = BytesIO()
    blank = Image.new("L", (700, 260), "white")
    blank.save(file, "TIFF", save_all=True, append_images=[Image.open(BytesIO(image))])
    told = send(reader, file.getvalue(), "languages=eng&page=2", "image/tiff").json()
    assert told["text"].startswith("Invoice")
    answer = send(reader, file.getvalue(), "page=3", "image/tiff")
    assert (answer.status_code, answer.json()["code"]) == (404, "page-missing")


@pytest.mark.parametrize(
    ("body", "kind", "query", "status", "code"),
    [
        (b"", PNG, "", 422, "file-empty"),
        (b"no image", PNG, "", 422, "unknown-type"),
        (b"no image", "image/of-a-new-kind", "", 422, "unknown-type"),
        (b"\x89PNG\r\n\x1a\n and no more", PNG, "", 422, "file-damaged"),
        (b"{}", "application/json", "", 415, "media-type-unsupported"),
        (b"a=b", "application/x-www-form-urlencoded", "", 415, "media-type-unsupported"),
        (b"no image", PNG, "languages=klingon", 422, "language-unknown"),
        (b"no image", PNG, "engine=abacus", 422, "engine-unknown"),
        (b"no image", PNG, "cleaning=bleach", 422, "fields-invalid"),
        (b"no image", PNG, "layout=plain", 422, "fields-invalid"),
        (b"no image", PNG, "format=docx", 422, "fields-invalid"),
        (b"no image", PNG, "page=0", 422, "fields-invalid"),
    ],
)
def test_what_cannot_be_read_is_refused(
    reader: Client, body: bytes, kind: str, query: str, status: int, code: str
) -> None:
    answer = send(reader, body, query, kind)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_form_needs_its_file(reader: Client) -> None:
    answer = reader.post(ADDRESS, {"languages": "eng"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")


def test_two_files_are_refused(reader: Client, image: bytes) -> None:
    first, second = BytesIO(image), BytesIO(image)
    first.name = second.name = "invoice.png"
    answer = reader.post(ADDRESS, {"file": [first, second]})
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "fields-invalid")
    assert [(one["in"], one["field"]) for one in told["errors"]] == [("file", "file")]


def test_the_limits_of_uploads_hold(reader: Client, image: bytes, settings: Settings) -> None:
    settings.OCRSITE_MAX_PIXELS = 100_000
    assert send(reader, image).json()["code"] == "too-many-pixels"
    settings.OCRSITE_MAX_UPLOAD_MB = 0
    assert send(reader, image).json()["code"] == "file-too-large"
    assert form(reader, image).json()["code"] == "file-too-large"


def test_what_says_that_it_is_too_large_is_not_even_read(
    reader: Client, image: bytes, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OCRSITE_MAX_UPLOAD_MB = 0
    monkeypatch.setattr(HttpRequest, "read", lambda *_args: pytest.fail("it was read"))
    assert send(reader, image).json()["code"] == "file-too-large"


def test_a_locked_pdf_is_read_with_its_password(reader: Client, tmp_path: Path) -> None:
    locked = save_pdf(tmp_path / "locked.pdf", says("Locked away"), password="sesame").read_bytes()
    assert form(reader, locked, languages="eng", password="open").json()["code"] == "password-wrong"
    assert form(reader, locked, languages="eng", password="sesame").json()["text"] == "Locked away"
    answer = send(reader, locked, "password=sesame")  # addresses are written into logs
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "password")


def test_what_takes_too_long_is_ended(reader: Client, image: bytes, settings: Settings) -> None:
    settings.OCRSITE_PAGE_TIMEOUT = 0.01
    answer = send(reader, image, "languages=eng")
    assert (answer.status_code, answer.json()["code"]) == (504, "engine-timeout")


def test_who_finds_no_room_is_told_when_to_try_again(
    reader: Client, image: bytes, settings: Settings, tmp_path: Path
) -> None:
    settings.OCRSITE_TMP_DIR = tmp_path
    settings.OCRSITE_RECOGNISE_AT_ONCE = 2
    with (
        (tmp_path / "recognise-0.lock").open("w") as first,
        (tmp_path / "recognise-1.lock").open("w") as second,
    ):
        fcntl.flock(first, fcntl.LOCK_EX)
        assert send(reader, image, "languages=eng").status_code == 200
        fcntl.flock(second, fcntl.LOCK_EX)
        answer = send(reader, image, "languages=eng")
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (
        503,
        "recognition-busy",
        "5",
    )
    assert send(reader, image, "languages=eng").status_code == 200


def test_nobody_may_without_a_token(client: Client, db: None, image: bytes) -> None:
    assert client.post(ADDRESS, image, content_type=PNG).json()["code"] == "token-missing"
