import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image

from documents.errors import EngineMissing, PageDamaged
from documents.ocr.elements import Block
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


def test_no_database_is_touched(echo: EchoEngine, png: Path) -> None:
    """Without the ``db`` fixture a query fails the test."""
    assert run(png, "-l", "eng+rus")[2] == 0
    assert echo.calls == [("eng", "rus")]


def test_json_has_words_and_boxes(echo: EchoEngine, png: Path) -> None:
    written = json.loads(run(png, "--format", "json")[0])
    assert written["file"] == png.name
    assert written["pages"][0]["words"][0]["text"] == "Hello"


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


def test_one_page_can_be_asked_for(echo: EchoEngine, tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "two.pdf", says("one"), says("two"))
    assert run(path, "-l", "eng", "--page", "2") == ("Hello world\n", "", 0)
    assert len(echo.calls) == 1
    assert "There is no page 3" in run(path, "--page", "3")[1]


@pytest.mark.parametrize(
    ("languages", "sentence"),
    [
        ("xyz", "“xyz” is not a language code."),
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
