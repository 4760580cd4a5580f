"""Files come in: by the plain form, and one by one from the script on the page."""

import logging
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from accounts.models import User
from documents import storage
from documents.errors import StorageDown
from documents.models import Document
from ocrsite.logs import LogFormatter
from tests.documents.views.conftest import Browse, html_of
from tests.doubles import EchoEngine
from tests.factories import picture
from tests.files import save_pdf, says

pytestmark = pytest.mark.usefixtures("echo")
JSON = {"accept": "application/json"}


def upload(path: Path, name: str = "white.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, path.read_bytes())


@pytest.fixture
def person(browse: Browse, owner: User) -> Client:
    return browse(owner)


def test_one_file_leads_to_its_document(person: Client, png: Path) -> None:
    answer = person.post("/upload/", {"files": upload(png), "languages": "eng"})
    document = Document.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{document.pk}/")
    assert (document.title, document.runs.get().languages) == ("white", ["eng"])


def test_another_engine_reads_it(person: Client, png: Path, latin: EchoEngine) -> None:
    person.post("/upload/", {"files": upload(png), "languages": "fra", "engine": "rapidocr"})
    run = Document.objects.get().runs.get()
    assert (run.engine, run.languages) == ("rapidocr", ["fra"])


def test_a_language_that_the_engine_cannot_read_is_told_before_anything_is_kept(
    person: Client, png: Path, latin: EchoEngine
) -> None:
    sent = {"files": upload(png), "languages": "rus", "engine": "rapidocr"}
    answer = person.post("/upload/", sent)
    assert answer.status_code == 422
    html = html_of(answer)
    assert "The engine “RapidOCR” cannot read Russian (rus)." in html
    assert re.search(r'value="rapidocr"[^>]* checked', html)
    assert not Document.objects.exists()


def test_engines_are_offered_with_what_they_cannot_do(person: Client, latin: EchoEngine) -> None:
    html = html_of(person.get("/upload/"))
    assert "It knows no columns." in html
    assert re.search(r'name="engine" value=""[^>]* checked', html)


def test_several_files_become_several_documents(person: Client, png: Path, tmp_path: Path) -> None:
    other = picture(tmp_path / "other.png", colour="grey")
    files = [upload(png, "one.png"), upload(other, "two.png")]
    answer = person.post("/upload/", {"files": files, "title": "Both"}, follow=True)
    assert {document.title for document in Document.objects.all()} == {"one", "two"}
    assert answer.redirect_chain == [("/", 302)]
    assert "2 documents were received: one, two" in html_of(answer)


def test_several_images_are_read_as_one_in_their_order(person: Client, png: Path) -> None:
    files = [upload(png, "b.png"), upload(png, "a.png")]
    person.post("/upload/", {"files": files, "combine": "1", "title": "Both"})
    document = Document.objects.get()
    assert (document.title, document.page_count) == ("Both", 2)
    assert [original.name for original in document.originals.all()] == ["b.png", "a.png"]


def test_a_bad_file_leaves_the_others_alone(person: Client, png: Path) -> None:
    files = [upload(png, "good.png"), SimpleUploadedFile("<bad>.png", b"only words")]
    answer = person.post("/upload/", {"files": files})
    html = html_of(answer)
    assert [document.title for document in Document.objects.all()] == ["good"]
    assert answer.status_code == 200
    assert "&lt;bad&gt;.png" in html
    assert "neither an image nor a PDF" in html
    assert f"/documents/{Document.objects.get().pk}/" in html


def test_nothing_but_bad_files_is_refused(person: Client) -> None:
    answer = person.post("/upload/", {"files": SimpleUploadedFile("empty.png", b"")})
    assert answer.status_code == 422
    assert "This file is empty" in html_of(answer)


def test_no_file_is_a_sentence(person: Client) -> None:
    answer = person.post("/upload/", {"languages": "eng"})
    assert answer.status_code == 422
    assert "Choose at least one file." in html_of(answer)


def test_a_file_over_the_limit_is_a_sentence(person: Client, png: Path) -> None:
    with override_settings(OCRSITE_MAX_UPLOAD_MB=0):
        answer = person.post("/upload/", {"files": upload(png)}, headers=JSON)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["file"], error["code"]) == (422, "white.png", "file-too-large")


@pytest.mark.parametrize(
    ("sent", "codes"),
    [
        (["eng+rus"], ["eng", "rus"]),
        (["eng", "rus"], ["eng", "rus"]),
        (["detect"], []),
        ([""], []),
        ([], []),
        (["detect", "rus"], ["rus"]),
    ],
)
def test_languages_come_in_every_form(person: Client, png: Path, sent: list[str], codes: list[str]) -> None:
    person.post("/upload/", {"files": upload(png), "languages": sent})
    assert Document.objects.get().runs.get().languages == codes


def test_a_missing_language_gives_the_command_that_installs_it(person: Client, png: Path) -> None:
    answer = person.post("/upload/", {"files": upload(png), "languages": "deu"})
    html = html_of(answer)
    assert answer.status_code == 422
    assert "German (deu) is not installed" in html
    assert re.search(r"To install it: <span class=\"command\"><code>sudo [^<]+deu[^<]*</code><button", html)
    assert not Document.objects.exists()


def test_an_unknown_language_is_refused(person: Client, png: Path) -> None:
    answer = person.post("/upload/", {"files": upload(png), "languages": "klingon"}, headers=JSON)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["file"], error["code"]) == (422, "", "language-unknown")
    assert error["command"] == ""


def test_scripts_are_told_the_command_apart(person: Client, png: Path) -> None:
    answer = person.post("/upload/", {"files": upload(png), "languages": "deu"}, headers=JSON)
    (error,) = answer.json()["errors"]
    assert error["command"].startswith("sudo ")
    assert error["message"].endswith(error["command"])


def test_control_characters_in_a_title_count_as_spaces(person: Client, png: Path) -> None:
    person.post("/upload/", {"files": upload(png), "title": "May\0\x01 \t2026\n"})
    assert Document.objects.get().title == "May 2026"


def test_a_form_of_too_many_fields_is_refused_in_one_line(
    person: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers = logging.getLogger().handlers
    handler = next(one for one in handlers if isinstance(one.formatter, LogFormatter))
    log = StringIO()
    monkeypatch.setattr(handler, "stream", log)
    answer = person.post("/upload/", {f"field-{number}": "x" for number in range(20_000)})
    assert answer.status_code == 400
    assert "This request cannot be understood" in html_of(answer)
    assert "ERROR django.security.TooManyFieldsSent: " in log.getvalue()
    assert log.getvalue().count("\n") == 1


def test_the_last_choice_of_languages_is_offered_first(person: Client, png: Path) -> None:
    person.post("/upload/", {"files": upload(png), "languages": ["fra", "rus"]})
    html = html_of(person.get("/upload/"))
    assert 'value="fra" checked' in html
    assert 'value="rus" checked' in html
    assert 'value="detect" checked' not in html


def test_what_is_offered_first_is_told_apart_from_what_was_just_chosen(person: Client, png: Path) -> None:
    assert "Preselected." not in html_of(person.get("/upload/"))  # they are to be detected
    assert "Preselected." not in html_of(person.post("/upload/", {"languages": ["fra", "rus"]}))
    person.post("/upload/", {"files": upload(png), "languages": ["fra", "rus"]})
    assert "Preselected." in html_of(person.get("/upload/"))


def test_the_default_of_the_site_is_offered_to_who_never_chose(person: Client) -> None:
    with override_settings(OCRSITE_DEFAULT_LANGUAGES="eng"):
        assert 'value="eng" checked' in html_of(person.get("/upload/"))


def test_detect_is_remembered_although_the_site_has_a_default(person: Client, png: Path) -> None:
    with override_settings(OCRSITE_DEFAULT_LANGUAGES="eng"):
        person.post("/upload/", {"files": upload(png), "languages": "detect"})
        assert 'value="detect" checked' in html_of(person.get("/upload/"))


def test_scripts_get_json(person: Client, png: Path) -> None:
    answer = person.post("/upload/", {"files": upload(png)}, headers=JSON)
    document = Document.objects.get()
    assert answer.status_code == 201
    kept = {"id": str(document.pk), "title": "white", "url": f"/documents/{document.pk}/", "locked": False}
    besides = {"files": ["white.png"], "duplicate": None, "in_trash": None}
    assert answer.json() == {"documents": [kept | besides], "errors": []}


def test_scripts_learn_that_a_pdf_waits_for_its_password(person: Client, tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "locked.pdf", says("Secret"), password="sesame")
    (kept,) = person.post("/upload/", {"files": upload(path)}, headers=JSON).json()["documents"]
    assert kept["locked"] is True


def test_scripts_learn_what_was_kept_and_what_was_not(person: Client, png: Path) -> None:
    files = [upload(png, "good.png"), SimpleUploadedFile("bad.png", b"only words")]
    answer = person.post("/upload/", {"files": files}, headers=JSON)
    assert answer.status_code == 207
    assert [document["title"] for document in answer.json()["documents"]] == ["good"]
    assert [(error["file"], error["code"]) for error in answer.json()["errors"]] == [
        ("bad.png", "unknown-type")
    ]


@pytest.fixture
def storage_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def save(_content: object, _name: str) -> str:
        raise StorageDown

    monkeypatch.setattr(storage, "_save", save)


@pytest.mark.usefixtures("storage_is_down")
def test_scripts_learn_that_the_same_may_be_sent_again(person: Client, png: Path) -> None:
    answer = person.post("/upload/", {"files": upload(png)}, headers=JSON)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"], error["retryable"]) == (503, "storage-down", True)


@pytest.mark.usefixtures("storage_is_down")
def test_the_form_says_that_it_is_not_the_files_fault(person: Client, png: Path) -> None:
    answer = person.post("/upload/", {"files": upload(png)})
    assert answer.status_code == 503
    assert "Try again in a few minutes." in html_of(answer)


@pytest.mark.usefixtures("storage_is_down")
def test_a_file_that_must_be_mended_is_refused_beside_one_that_must_not(person: Client, png: Path) -> None:
    files = [upload(png), SimpleUploadedFile("bad.png", b"only words")]
    answer = person.post("/upload/", {"files": files}, headers=JSON)
    assert answer.status_code == 422
    assert [error["retryable"] for error in answer.json()["errors"]] == [True, False]


def test_a_title_that_is_too_long_is_a_sentence(person: Client, png: Path) -> None:
    answer = person.post("/upload/", {"files": upload(png), "title": "x" * 301})
    assert answer.status_code == 422
    assert "The title is longer than 300 characters. Shorten it." in html_of(answer)
    assert not Document.objects.exists()


def test_a_title_may_be_as_long_as_the_field_takes(person: Client, png: Path) -> None:
    person.post("/upload/", {"files": upload(png), "title": "x" * 300})
    assert Document.objects.get().title == "x" * 300


def test_the_form_comes_without_its_page_for_the_dialog(person: Client) -> None:
    html = html_of(person.get("/upload/", headers={"HX-Request": "true"}))
    assert "<form" in html
    assert "<html" not in html


def test_an_upload_needs_its_token(owner: User, png: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    answer = client.post("/upload/", {"files": upload(png)})
    assert answer.status_code == 403
    assert "This form has grown old" in html_of(answer)
