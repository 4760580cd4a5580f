"""A page that Tesseract read, taken away in each format and read back by other people's parsers."""

import csv
import json
import zipfile
from collections.abc import Callable
from io import BytesIO, StringIO

import docx
import pytest
from lxml import etree, html

from documents.ocr import recognise
from documents.ocr.elements import PageText
from documents.ocr.formats import FORMATS, TABLES
from tests.documents.ocr.formats.pages import written
from tests.files import text_image

WORDS = ["Hello", "world", "and", "thanks", "Привет", "мир", "спасибо"]


@pytest.fixture(scope="module")
def page() -> PageText:
    image = text_image(["Hello world and thanks", "Привет мир спасибо"], size=(900, 240), px=48)
    return recognise(image, languages=["eng", "rus"])


def _of_hocr(content: bytes) -> list[str]:
    return [word.text_content() for word in html.document_fromstring(content).find_class("ocrx_word")]


def _of_alto(content: bytes) -> list[str]:
    return [word.get("CONTENT") for word in etree.fromstring(content).iter("{*}String")]


def _of_page(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        [name] = archive.namelist()
        return [
            word.findtext(".//{*}Unicode") for word in etree.fromstring(archive.read(name)).iter("{*}Word")
        ]


def _of_docx(content: bytes) -> list[str]:
    return [word for line in docx.Document(BytesIO(content)).paragraphs for word in line.text.split()]


def _of_csv(content: bytes) -> list[str]:
    return [row["text"] for row in csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""))]


READERS: dict[str, Callable[[bytes], list[str]]] = {
    "txt": lambda content: content.decode().split(),
    "json": lambda content: [word["text"] for word in json.loads(content)["pages"][0]["words"]],
    "hocr": _of_hocr,
    "alto": _of_alto,
    "page": _of_page,
    "docx": _of_docx,
    "csv": _of_csv,
}


@pytest.mark.parametrize("name", sorted(set(FORMATS) - set(TABLES)))
def test_the_words_of_two_scripts_come_back_in_order(name: str, page: PageText) -> None:
    assert READERS[name](written(name, page)) == WORDS
