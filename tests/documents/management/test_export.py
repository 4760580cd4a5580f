"""Documents of the archive as files."""

import io
import json
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pypdfium2 as pdfium
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from documents import storage
from documents.models import Collection, Document, Transcription
from documents.ocr.correcting.operations import ReplaceWord
from documents.ocr.formats import FORMATS, TABLES
from documents.ocr.packing import pack
from documents.services.correct import correct
from tests.documents.ocr.formats.pages import sheet
from tests.factories import make_document, picture
from tests.project import ROOT


@pytest.fixture
def letter(collection: Collection, owner: User, tmp_path: Path) -> Document:
    """One page that says “Dear Sir”, corrected to “Dear Sirs”."""
    document = make_document(collection=collection, user=owner, texts=["Dear Sir"])
    name = document.originals.get().file
    storage.delete([name])
    storage.save_bytes(picture(tmp_path / "letter.png").read_bytes(), name)
    page = document.pages.get()
    correct(user=owner, page=page, current_id=page.current_id, operations=[ReplaceWord(0, 1, "Sirs")])
    return document


def run(*arguments: object) -> tuple[bytes, str, int]:
    """What the command printed and complained of, and its exit code."""
    out, err = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    code = 0
    try:
        call_command("export", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(stop.code or 0)
    out.flush()
    return out.buffer.getvalue(), err.getvalue(), code


def test_the_corrected_text_is_printed(letter: Document) -> None:
    assert run(letter.pk) == (b"Dear Sirs\n", "", 0)
    assert json.loads(run(letter.pk, "--format", "json")[0])["pages"][0]["text"] == "Dear Sirs"


def test_a_pdf_is_printed(letter: Document) -> None:
    printed, _complaints, code = run(letter.pk, "--format", "pdf")
    with pdfium.PdfDocument(printed) as pdf:
        assert (pdf[0].get_textpage().get_text_range(), code) == ("Dear Sirs", 0)


def test_the_original_comes_as_it_is(letter: Document) -> None:
    assert run(letter.pk, "--format", "original")[0].startswith(b"\x89PNG")


def test_every_format_can_be_saved(letter: Document, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "texts"
    for name in {*FORMATS, "pdf", "original"} - {*TABLES}:
        assert run(letter.pk, "--format", name, "-o", folder) == (b"", "", 0)
    assert {file.name.partition(".")[2] for file in folder.iterdir()} == {
        "txt", "json", "hocr", "alto.xml", "page.xml", "docx", "csv", "pdf", "png",
    }  # fmt: skip


def test_divided_words_can_be_joined(collection: Collection, owner: User) -> None:
    book = make_document(collection=collection, user=owner, texts=["Recog- nition"])
    divided = sheet("Recog-\nnition of text")
    Transcription.objects.update(packed=pack(divided), text=divided.text)
    assert run(book.pk, "--join-hyphens") == (b"Recognition\nof text\n", "", 0)


def test_an_empty_name_is_not_the_current_folder(
    letter: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = list(tmp_path.iterdir())
    with pytest.raises(CommandError, match="this one is empty"):
        run(letter.pk, "-o", "")
    assert list(tmp_path.iterdir()) == before


def test_an_empty_name_is_no_document() -> None:
    with pytest.raises(CommandError, match="this one is empty"):
        run("")


def test_each_document_gets_a_file_of_its_own(letter: Document, document: Document, tmp_path: Path) -> None:
    Document.objects.update(title="Same")
    assert run(letter.pk, document.pk, "-o", tmp_path / "out") == (b"", "", 0)
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["Same (2).txt", "Same.txt"]


def test_what_is_in_the_folder_already_stays(letter: Document, tmp_path: Path) -> None:
    Document.objects.update(title="Same")
    (tmp_path / "same.txt").write_text("mine")
    assert run(letter.pk, "-o", tmp_path) == (b"", "", 0)
    assert (tmp_path / "same.txt").read_text() == "mine"
    assert (tmp_path / "Same (2).txt").read_text() == "Dear Sirs\n"


def test_a_text_is_printed_to_what_takes_text_alone(letter: Document) -> None:
    out = io.StringIO()
    call_command("export", str(letter.pk), stdout=out)
    assert out.getvalue() == "Dear Sirs\n"


def test_several_documents_need_a_folder(letter: Document, document: Document) -> None:
    with pytest.raises(CommandError, match="--output"):
        run(letter.pk, document.pk)


def test_one_page_alone(collection: Collection, owner: User) -> None:
    book = make_document(collection=collection, user=owner, texts=["one", "two"])
    assert run(book.pk, "--page", "2") == (b"two\n", "", 0)
    printed, complaint, code = run(book.pk, "--page", "3")
    assert (printed, code) == (b"", 1)
    assert "There is no page 3" in complaint


@pytest.mark.parametrize("name", ["letter", "6e7a1c0e-0f0b-4c55-9d0c-3b8e5e8f7a11"])
def test_what_is_not_there_is_named_and_the_others_are_written(
    letter: Document, tmp_path: Path, name: str
) -> None:
    assert run(name, letter.pk, "-o", tmp_path / "out") == (b"", f"There is no document {name}.\n", 1)
    assert [file.read_text() for file in (tmp_path / "out").iterdir()] == ["Dear Sirs\n"]


def test_what_is_in_the_trash_is_not_there(letter: Document) -> None:
    Document.objects.update(trashed_at=timezone.now())
    assert run(letter.pk) == (b"", f"There is no document {letter.pk}.\n", 1)


def test_a_format_that_there_is_not_is_refused(letter: Document) -> None:
    with pytest.raises(CommandError, match="invalid choice: 'odt'"):
        run(letter.pk, "--format", "odt")


@pytest.mark.parametrize(("form", "code"), [("txt", 1), ("pdf", 1), ("json", 0)])
def test_a_locked_document_says_so(letter: Document, form: str, code: int) -> None:
    Document.objects.update(is_locked=True)
    printed, complaint, exit_code = run(letter.pk, "--format", form)
    assert (exit_code, bool(printed), "locked with a password" in complaint) == (code, not code, bool(code))


def test_what_fails_leaves_no_file(letter: Document, tmp_path: Path) -> None:
    storage.delete([letter.originals.get().file])
    _printed, complaint, code = run(letter.pk, "--format", "pdf", "-o", tmp_path / "out")
    assert (complaint.startswith(str(letter.pk)), code) == (True, 1)
    assert not (tmp_path / "out").exists()


def test_no_table_is_a_sentence(letter: Document) -> None:
    out, err, code = run(letter.pk, "--format", "xlsx")
    assert (out, code) == (b"", 1)
    assert err.endswith("No table was found here. The words are in the other formats.\n")


@pytest.mark.slow
def test_a_standard_output_that_is_closed_is_a_sentence() -> None:
    asked = ["sh", "-c", 'exec "$@" >&-', "sh", sys.executable, "manage.py", "export", str(uuid4())]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    told = "CommandError: Standard output is closed. Name a folder with --output.\n"
    assert (done.stderr, done.returncode) == (told, 1)
