"""Images and their texts, through the form that people use."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from documents.models import Document, OcrRun, PageJob
from documents.services.recognise import recognise_page
from tests.documents.views.conftest import Browse, html_of
from tests.doubles import EchoEngine
from tests.factories import picture

JSON = {"accept": "application/json"}
HOCR = """<html><body><div class="ocr_page" title="image '{image}'; bbox 0 0 120 80">
<span class="ocr_line" title="bbox 10 20 100 40">{text}</span></div></body></html>"""


@pytest.fixture
def person(browse: Browse, owner: User, echo: EchoEngine) -> Client:
    return browse(owner)


@pytest.fixture
def white(tmp_path: Path) -> bytes:
    return picture(tmp_path / "white.png").read_bytes()


def hocr(name: str, text: str, image: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, HOCR.format(image=image, text=text).encode())


def texts() -> dict[str, list[str]]:
    """Once all that waits was worked on, the texts of each document by its title."""
    for job in PageJob.objects.filter(state=PageJob.State.QUEUED):
        recognise_page(job_id=job.pk)
    return {
        document.title: list(document.pages.values_list("current__text", flat=True))
        for document in Document.objects.all()
    }


def test_an_image_and_its_text_lead_to_one_document(person: Client, white: bytes, echo: EchoEngine) -> None:
    files = [hocr("scan.hocr", "Guten Tag"), SimpleUploadedFile("scan.png", white)]
    answer = person.post("/upload/", {"files": files, "languages": "eng", "title": "Greeting"})
    document = Document.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{document.pk}/")
    assert (texts(), echo.calls) == ({"Greeting": ["Guten Tag"]}, [])
    page = html_of(person.get(f"/documents/{document.pk}/runs/"))
    assert "came with the image" in page


def test_the_text_of_another_image_is_refused(person: Client, white: bytes) -> None:
    files = [hocr("x.hocr", "?", image="other.png"), SimpleUploadedFile("scan.png", white)]
    answer = person.post("/upload/", {"files": files}, headers=JSON)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["file"], error["code"]) == (422, "x.hocr", "text-of-another")
    assert "“other.png”, as it says inside, but “scan.png” came with it" in error["message"]
    assert not Document.objects.exists()


def test_the_languages_told_are_those_of_the_text(person: Client, white: bytes) -> None:
    french = HOCR.replace('"ocr_line"', '"ocr_line" lang="fra"').format(image="", text="Bonjour")
    files = [SimpleUploadedFile("a.png", white), SimpleUploadedFile("a.hocr", french.encode())]
    person.post("/upload/", {"files": files, "languages": "eng"})
    texts()
    document = Document.objects.get()
    facts = html_of(person.get(f"/documents/{document.pk}/runs/"))
    assert "<dt>Languages</dt><dd>French</dd>" in facts


def test_several_images_have_each_its_own(person: Client, white: bytes) -> None:
    images = [SimpleUploadedFile(f"{name}.png", white) for name in ("a", "b", "c")]
    given = [hocr("x.html", "two", image="b.png"), hocr("a.xml", "one")]
    answer = person.post("/upload/", {"files": [*images, *given]}, headers=JSON)
    assert texts() == {"a": ["one"], "b": ["two"], "c": ["Hello world"]}
    assert [document["files"] for document in answer.json()["documents"]] == [
        ["a.png", "a.xml"],
        ["b.png", "x.html"],
        ["c.png"],
    ]


def test_images_that_are_one_document_have_each_its_text(person: Client, white: bytes) -> None:
    images = [SimpleUploadedFile(f"{name}.png", white) for name in ("a", "b")]
    given = [hocr("b.hocr", "two"), hocr("a.hocr", "one")]
    person.post("/upload/", {"files": [*given, *images], "combine": "1", "title": "Both"})
    assert texts() == {"Both": ["one", "two"]}
    assert OcrRun.objects.get().engine == OcrRun.IMPORT


def test_what_does_not_belong_is_named_and_the_others_are_kept(person: Client, white: bytes) -> None:
    images = [SimpleUploadedFile(f"{name}.png", white) for name in ("a", "b")]
    bad = [hocr("lost.hocr", "?"), SimpleUploadedFile("notes.xml", b"<notes/>")]
    answer = person.post("/upload/", {"files": [*images, hocr("a.hocr", "one"), *bad]}, headers=JSON)
    refused = {error["file"]: error["code"] for error in answer.json()["errors"]}
    assert (answer.status_code, refused) == (207, {"lost.hocr": "text-alone", "notes.xml": "text-unknown"})
    assert texts() == {"a": ["one"], "b": ["Hello world"]}


def test_a_broken_text_keeps_its_image_out_until_it_is_mended(person: Client, white: bytes) -> None:
    files = [SimpleUploadedFile("a.png", white), SimpleUploadedFile("a.xml", b"<alto><Page>")]
    html = html_of(person.post("/upload/", {"files": files}))
    assert "a.xml</strong> This file of text is damaged or cut off at line 1." in html
    assert not Document.objects.exists()


def test_the_form_says_that_texts_may_come_along(person: Client) -> None:
    assert "hOCR, ALTO or PAGE" in html_of(person.get("/upload/"))
