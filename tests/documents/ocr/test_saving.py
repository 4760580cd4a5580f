import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

import pikepdf
import pytest
from PIL import Image

from documents.errors import EngineCrashed, PageMissing, PasswordNeeded
from documents.ocr import PageText, recognise_pages, save, save_pdf
from documents.ocr.formats import FORMATS
from tests.factories import blocks
from tests.files import save_pdf as make_pdf
from tests.files import says
from tests.pdf_reader import words_by_pdfium


def page(text: str) -> PageText:
    return PageText(600, 200, blocks(text), ("eng",), engine="echo", engine_version="1.0")


def texts(path: Path) -> list[str]:
    """What is found on each page."""
    with pikepdf.open(path) as pdf:
        count = len(pdf.pages)
    return [" ".join(word.text for word in words_by_pdfium(path, index)) for index in range(count)]


def broken() -> Iterator[PageText]:
    yield page("first")
    raise EngineCrashed


def test_text_is_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    save(page("Привет, мир!"), tmp_path / "letter.txt", "txt")
    assert (tmp_path / "letter.txt").read_bytes() == "Привет, мир!\n".encode()


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_for_a_page_and_for_a_document(form: str, tmp_path: Path) -> None:
    save(page("one"), tmp_path / "page", form)
    save([page("one"), page("two")], str(tmp_path / "document"), form)
    assert all(path.stat().st_size for path in tmp_path.iterdir())
    assert {path.name for path in tmp_path.iterdir()} == {"page", "document"}


def test_one_page_is_not_packed_as_several_are(tmp_path: Path) -> None:
    save(page("one"), tmp_path / "alone", "page")
    save([page("one")], tmp_path / "packed", "page")
    assert [is_zipfile(tmp_path / name) for name in ("alone", "packed")] == [False, True]


def test_pages_are_numbered_and_bear_the_name_of_their_file(tmp_path: Path) -> None:
    save(iter([page("one"), page("two")]), tmp_path / "book.hocr", "hocr", source="book.pdf")
    written = (tmp_path / "book.hocr").read_text(encoding="utf-8")
    assert written.count('image "book.pdf"') == 2
    assert written.index('id="page_1"') < written.index(">one<") < written.index('id="page_2"')


def test_what_is_found_in_the_text_is_told(tmp_path: Path) -> None:
    save(page("Total 12.50 EUR"), tmp_path / "bill.json", "json")
    [told] = json.loads((tmp_path / "bill.json").read_text())["pages"]
    assert [found["kind"] for found in told["entities"]] == ["amount"]


def test_an_unknown_format_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"“doc”.*txt, json, hocr"):
        save(page("one"), tmp_path / "page.doc", "doc")
    assert not any(tmp_path.iterdir())


def test_what_was_there_stays_where_reading_fails(tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text("before")
    with pytest.raises(EngineCrashed):
        save(broken(), tmp_path / "book.txt", "txt")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        save(page("one"), tmp_path / "nowhere" / "page.txt", "txt")


def test_a_pdf_has_the_text_upon_its_pages(tmp_path: Path) -> None:
    Image.new("L", (600, 200), 255).save(tmp_path / "scan.png")
    save_pdf(tmp_path / "scan.png", page("found"), tmp_path / "letter.pdf")
    assert texts(tmp_path / "letter.pdf") == ["found"]
    with pikepdf.open(tmp_path / "letter.pdf") as pdf:
        assert (str(pdf.docinfo["/Title"]), str(pdf.Root.Lang)) == ("letter", "en")
    assert {path.name for path in tmp_path.iterdir()} == {"scan.png", "letter.pdf"}


def test_an_open_locked_book_becomes_a_pdf_that_is_not(tmp_path: Path) -> None:
    book = make_pdf(tmp_path / "book.pdf", says("one"), says("two"), password="sesame").read_bytes()
    pages = recognise_pages(BytesIO(book), "eng", password="sesame", engine="tesseract")
    save_pdf(BytesIO(book), pages, tmp_path / "new.pdf", password="sesame")
    assert texts(tmp_path / "new.pdf") == ["one", "two"]


def test_a_locked_one_asks_for_its_password(tmp_path: Path) -> None:
    book = make_pdf(tmp_path / "book.pdf", says("one"), password="sesame")
    with pytest.raises(PasswordNeeded):
        save_pdf(book, page("one"), tmp_path / "new.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]


def test_more_texts_than_pages_are_refused(png: Path, tmp_path: Path) -> None:
    with pytest.raises(PageMissing, match="no page 2; the file has 1"):
        save_pdf(png, [page("one"), page("two")], tmp_path / "new.pdf")
    assert not (tmp_path / "new.pdf").exists()
