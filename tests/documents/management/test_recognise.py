import json
import os
import subprocess
import sys
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image
from pytest_django import Settings

from documents.errors import EngineMissing, PageDamaged
from documents.ocr.elements import Block
from documents.ocr.formats import FORMATS
from tests.documents.ocr.formats.pages import sheet
from tests.doubles import EchoEngine
from tests.factories import blocks
from tests.files import save_pdf, says, text_image
from tests.project import ROOT


def run(*arguments: object) -> tuple[str, str, int]:
    """What the command printed and complained of, and its exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("recognise", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        return out.getvalue(), err.getvalue(), int(stop.code or 0)
    return out.getvalue(), err.getvalue(), 0


def test_the_text_is_printed(echo: EchoEngine, png: Path) -> None:
    assert run(png) == ("Hello world\n", "", 0)


def test_another_engine_can_be_asked_for(echo: EchoEngine, latin: EchoEngine, png: Path) -> None:
    assert run(png, "-l", "eng", "--engine", "rapidocr")[2] == 0
    assert (latin.calls, echo.calls) == ([("eng",)], [])


def test_the_engine_of_the_site_reads_where_none_is_named(
    settings: Settings, echo: EchoEngine, latin: EchoEngine, png: Path
) -> None:
    settings.OCRSITE_ENGINE = "rapidocr"
    run(png, "-l", "eng")
    assert (latin.calls, echo.calls) == ([("eng",)], [])


def test_a_language_beyond_the_engine_is_a_sentence(echo: EchoEngine, latin: EchoEngine, png: Path) -> None:
    out, err, code = run(png, "-l", "rus", "--engine", "rapidocr")
    assert (out, code) == ("", 1)
    assert err.startswith("The engine “RapidOCR” cannot read Russian (rus).")


def test_no_database_is_touched(echo: EchoEngine, png: Path) -> None:
    """Without the ``db`` fixture a query fails the test."""
    assert run(png, "-l", "eng+rus")[2] == 0
    assert echo.calls == [("eng", "rus")]


def test_json_has_words_and_boxes(echo: EchoEngine, png: Path) -> None:
    written = json.loads(run(png, "--format", "json")[0])
    assert written["file"] == png.name
    assert written["pages"][0]["words"][0]["text"] == "Hello"


def test_text_can_keep_its_place(echo: EchoEngine, png: Path) -> None:
    echo.reads = lambda _image: sheet("Bread       7.80\nCake       14.50").blocks
    assert run(png, "-l", "eng", "--layout")[0] == "Bread       7.80\nCake       14.50\n"
    assert run(png, "-l", "eng")[0] == "Bread 7.80\nCake 14.50\n"


def test_divided_words_can_be_joined(echo: EchoEngine, png: Path) -> None:
    echo.reads = lambda _image: sheet("Recog-\nnition of text").blocks
    assert run(png, "-l", "eng", "--join-hyphens")[0] == "Recognition\nof text\n"
    assert run(png, "-l", "eng")[0] == "Recog-\nnition of text\n"


def test_every_format_can_be_saved(echo: EchoEngine, png: Path, tmp_path: Path) -> None:
    for name in FORMATS:
        assert run(png, "--format", name, "-o", tmp_path / "out") == ("", "", 0)
    assert {file.name.partition(".")[2] for file in (tmp_path / "out").iterdir()} == {
        "txt", "json", "hocr", "alto.xml", "page.xml", "docx", "csv", "tables.csv", "xlsx",
    }  # fmt: skip


def test_files_that_are_no_text_can_be_printed(png: Path, tmp_path: Path) -> None:
    with (tmp_path / "out.docx").open("wb") as out:
        subprocess.run(
            [sys.executable, "manage.py", "recognise", png, "--format", "docx"],
            cwd=ROOT,
            stdout=out,
            check=True,
        )
    with zipfile.ZipFile(tmp_path / "out.docx") as archive:
        assert archive.testzip() is None


def test_each_file_gets_its_own_in_a_folder(echo: EchoEngine, png: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "texts"
    twin = png.with_suffix(".bmp")
    Image.open(png).save(twin)
    assert run(png, twin, "-o", folder) == ("", "", 0)
    assert {file.name: file.read_text() for file in folder.iterdir()} == {
        "white.txt": "Hello world\n",
        "white-2.txt": "Hello world\n",
    }


def test_a_mistake_is_one_sentence_and_the_other_files_are_read(
    echo: EchoEngine, png: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.png").touch()
    out, err, code = run(tmp_path / "nowhere.png", tmp_path / "empty.png", png)
    assert (out, code) == ("Hello world\n", 1)
    assert [line.partition(": ")[0] for line in err.splitlines()] == [
        f"{tmp_path}/nowhere.png", f"{tmp_path}/empty.png",
    ]  # fmt: skip
    assert "This file is empty" in err


def test_a_page_that_cannot_be_read_leaves_its_place_empty(echo: EchoEngine, tmp_path: Path) -> None:
    readings = iter([blocks("first"), None, blocks("third")])

    def read(_image: Image.Image) -> tuple[Block, ...]:
        reading = next(readings)
        if reading is None:
            raise PageDamaged
        return reading

    echo.reads = read
    path = save_pdf(tmp_path / "three.pdf", *[says("page")] * 3)
    out, err, code = run(path, "-l", "eng")
    assert (out, code) == ("first\n\f\fthird\n", 1)
    assert "three.pdf, page 2: " in err


def test_json_tells_why_a_page_has_no_text(echo: EchoEngine, png: Path) -> None:
    def damaged(_image: Image.Image) -> tuple[Block, ...]:
        raise PageDamaged

    echo.reads = damaged
    (page,) = json.loads(run(png, "-l", "eng", "--format", "json")[0])["pages"]
    assert (page["state"], page["error"]["code"]) == ("failed", "page-damaged")
    assert page["error"]["message"].startswith("The picture of this page is damaged")


def test_a_folder_is_told_apart(echo: EchoEngine, tmp_path: Path) -> None:
    assert run(tmp_path) == ("", f"{tmp_path}: This is a folder. Name the files in it.\n", 1)


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    return save_pdf(
        tmp_path / "locked.pdf", says("This is page 1."), says("This is page 2."), password="sésame"
    )


@pytest.mark.parametrize("content", ["sésame", "sésame\n", "sésame\r\nand more\n"])
def test_a_file_holds_the_password(echo: EchoEngine, locked: Path, tmp_path: Path, content: str) -> None:
    key = tmp_path / "key"
    key.write_text(content, encoding="utf-8", newline="")
    assert run(locked, "-l", "eng", "--password-file", key) == ("Hello world\n\fHello world\n", "", 0)


@pytest.mark.parametrize("content", [b"guessed", b"", b"\xff\xfe"])
def test_a_wrong_password_is_a_sentence(
    echo: EchoEngine, locked: Path, tmp_path: Path, content: bytes
) -> None:
    key = tmp_path / "key"
    key.write_bytes(content)
    out, err, code = run(locked, "--password-file", key)
    assert (out, code) == ("", 1)
    assert err.startswith(f"{locked}: ")
    assert "password" in err


def test_a_password_file_that_is_not_there_is_told_before_anything_is_read(
    echo: EchoEngine, png: Path, tmp_path: Path
) -> None:
    out, err, code = run(png, "--password-file", tmp_path / "nowhere")
    assert (out, err, code) == ("", f"{tmp_path}/nowhere: No such file or directory\n", 1)


def test_without_a_terminal_the_password_is_to_be_in_a_file(
    echo: EchoEngine, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO())
    out, err, code = run(locked)
    assert (out, code) == ("", 1)
    assert "--password-file" in err


def test_at_a_terminal_the_password_is_asked_for(locked: Path) -> None:
    """In a terminal of its own, as a person would be."""
    talker, terminal = os.openpty()
    command = [sys.executable, "manage.py", "recognise", str(locked), "-l", "eng", "--format", "json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=terminal, stdout=subprocess.PIPE, stderr=terminal, start_new_session=True
    ) as process:
        os.close(terminal)
        asked = b""
        while b"Password of" not in asked:
            asked += os.read(talker, 1000)
        os.write(talker, "sésame\n".encode())
        out, _ = process.communicate()
    os.close(talker)
    assert [page["text"] for page in json.loads(out)["pages"]] == ["This is page 1.", "This is page 2."]


def test_one_page_can_be_asked_for(echo: EchoEngine, tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "two.pdf", says("one"), says("two"))
    assert run(path, "-l", "eng", "--page", "2") == ("Hello world\n", "", 0)
    assert len(echo.calls) == 1
    assert "There is no page 3" in run(path, "--page", "3")[1]


def test_json_numbers_a_page_as_the_file_does(echo: EchoEngine, tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "two.pdf", says("one"), says("two"))
    pages = json.loads(run(path, "-l", "eng", "--format", "json", "--page", "2")[0])["pages"]
    assert [page["number"] for page in pages] == [2]


@pytest.mark.parametrize("page", ["0", "-1", "one"])
def test_a_number_that_no_page_has_is_refused(echo: EchoEngine, png: Path, page: str) -> None:
    with pytest.raises(CommandError, match="--page"):
        run(png, "--page", page)
    assert echo.calls == []


@pytest.mark.parametrize(
    ("languages", "sentence"),
    [
        ("xyz", "“xyz” is not a language code. Choose one from the list"),
        ("eng+chr", "Cherokee (chr) is not installed. To install it: "),
    ],
)
def test_a_wrong_language_is_said_once_before_anything_is_read(
    png: Path, languages: str, sentence: str
) -> None:
    out, err, code = run(png, png, "-l", languages)
    assert (out, code) == ("", 1)
    assert err.startswith(sentence)
    assert err.count("\n") == 1


def test_an_unknown_language_names_the_list(png: Path) -> None:
    assert run(png, "-l", "xyz")[1].endswith("To see the list: manage.py languages\n")


def test_a_missing_engine_is_a_sentence(echo: EchoEngine, png: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> frozenset[str]:
        raise EngineMissing(command="sudo apt-get install tesseract-ocr")

    monkeypatch.setattr(echo, "languages", missing)
    _, err, code = run(png)
    assert code == 1
    assert err == (
        "Tesseract, which reads the text, is not installed. "
        "To install it: sudo apt-get install tesseract-ocr\n"
    )


def test_the_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    text_image(["Привет мир!"]).save(tmp_path / "привет.png")
    done = subprocess.run(
        [sys.executable, "manage.py", "recognise", tmp_path / "привет.png"],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == "Привет мир!\n"
