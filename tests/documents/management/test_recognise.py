import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image
from pytest_django import Settings

from documents.errors import EngineMissing, PageDamaged
from documents.ocr.elements import Block
from documents.ocr.engines.base import Glance
from documents.ocr.formats import FORMATS
from tests.documents.ocr.formats.pages import sheet
from tests.doubles import EchoEngine
from tests.factories import blocks, picture
from tests.files import save_pdf, says, text_image
from tests.project import ROOT
from tests.sites import wait_until

pytestmark = pytest.mark.slow

RUSSIAN = ["Все люди рождаются свободными и равными", "в своем достоинстве и правах. Они наделены"] * 4


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


def test_images_are_cleaned_as_one_wishes(echo: EchoEngine, tmp_path: Path) -> None:
    dark = picture(tmp_path / "dark.png", colour="black")
    seen = []

    def look(image: Image.Image) -> tuple[Block, ...]:
        seen.append(image.convert("L").getextrema())
        return ()

    echo.reads = look
    for cleaning in ("none", "invert"):
        run(dark, "-l", "eng", "--cleaning", cleaning)
    assert seen == [(0, 0), (255, 255)]


def test_a_language_beyond_the_engine_is_a_sentence(echo: EchoEngine, latin: EchoEngine, png: Path) -> None:
    out, err, code = run(png, "-l", "rus", "--engine", "rapidocr")
    assert (out, code) == ("", 2)
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
    for name in (*FORMATS, "pdf"):
        assert run(png, "--format", name, "-o", tmp_path / "out") == ("", "", 0)
    assert {file.name.partition(".")[2] for file in (tmp_path / "out").iterdir()} == {
        "txt", "json", "hocr", "alto.xml", "page.xml", "docx", "csv", "tables.csv", "xlsx", "pdf",
    }  # fmt: skip


def test_a_searchable_pdf_has_the_pages_that_were_asked_for(tmp_path: Path) -> None:
    scans = [text_image([line], size=(900, 200), px=48) for line in ("First page", "Second page")]
    book = tmp_path / "book.tif"
    scans[0].save(book, save_all=True, append_images=scans[1:])
    for more in ([], ["--page", "2"]):
        out = tmp_path / f"out{len(more)}"
        assert run(book, "-l", "eng", "--format", "pdf", "-o", out, *more)[2] == 0
    assert texts_of(tmp_path / "out0" / "book.pdf") == ["First page", "Second page"]
    assert texts_of(tmp_path / "out2" / "book.pdf") == ["Second page"]


def test_a_locked_pdf_can_be_searched_afterwards(locked: Path, tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("sésame")
    where = ["-o", tmp_path / "out", "--password-file", password]
    assert run(locked, "-l", "eng", "--format", "pdf", *where) == ("", "", 0)
    assert texts_of(tmp_path / "out" / "locked.pdf") == ["This is page 1.", "This is page 2."]


def texts_of(path: Path) -> list[str]:
    """Of each page of a PDF, as pdftotext reads it."""
    read = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, encoding="utf-8").stdout
    return [" ".join(page.split()) for page in read.split("\f")[:-1]]


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
    assert (out, err, code) == ("", f"{tmp_path}/nowhere: No such file or directory\n", 2)


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


@pytest.mark.parametrize("count", ["0", "1", "9999", "many"])
def test_a_limit_at_which_nothing_is_legible_is_refused(echo: EchoEngine, png: Path, count: str) -> None:
    with pytest.raises(CommandError, match="10000 or more"):
        run(png, "--max-pixels", count)
    assert echo.calls == []


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
    assert (out, code) == ("", 2)
    assert err.startswith(sentence)
    assert err.count("\n") == 1


def test_an_unknown_language_names_the_list(png: Path) -> None:
    assert run(png, "-l", "xyz")[1].endswith("To see the list: manage.py languages\n")


def test_pages_in_another_language_than_was_asked_for_are_told(tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    image = text_image(RUSSIAN, size=(1100, 500), px=36)
    image.save(path, save_all=True, append_images=[image])
    _, err, code = run(path, "-l", "eng", "--engine", "tesseract")
    told = f"Pages 1–2 of {path} seem to be in Russian. To read it so: --languages rus"
    assert (err.strip(), code) == (told, 0)


def test_the_pack_that_a_page_wants_is_named(echo: EchoEngine, png: Path) -> None:
    text_image(RUSSIAN, size=(1100, 500), px=36).save(png)
    echo.reads = lambda _image: blocks("Wia AGA", confidence=20)
    echo.glances = lambda _image: Glance(0, 9.0, "Taml")
    _, err, code = run(png)
    assert err.startswith(f"{png} seems to be in Tamil. Tamil (tam) is not installed.")
    assert code == 0


def test_a_missing_engine_is_a_sentence(echo: EchoEngine, png: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> frozenset[str]:
        raise EngineMissing(command="sudo apt-get install tesseract-ocr")

    monkeypatch.setattr(echo, "languages", missing)
    _, err, code = run(png)
    assert code == 2
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


def command(*arguments: object) -> list[str]:
    return [sys.executable, "manage.py", "recognise", *map(str, arguments)]


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """Pictures that say how they are called, one of them in a subfolder; and a file that is no picture."""
    folder = tmp_path / "scans"
    (folder / "old").mkdir(parents=True)
    for name in ("one", "two", "old/three", ".hidden"):
        text_image([f"This is {Path(name).name}"]).save(folder / f"{name}.png")
    (folder / "notes.txt").write_text("no picture")
    return folder


IN_ORDER = "This is one\nThis is two\nThis is three\n"


def test_standard_input_is_read(png: Path) -> None:
    with png.open("rb") as file:
        done = subprocess.run(
            command("-", "--format", "json"), cwd=ROOT, stdin=file, capture_output=True, check=True
        )
    assert json.loads(done.stdout)["file"] == "stdin"


def test_a_standard_input_that_is_closed_is_a_sentence(png: Path) -> None:
    asked = ["sh", "-c", 'exec "$@" <&-', "sh", *command("-", png)]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    told = "Standard input is closed: there is nothing to read.\n"
    assert (done.stdout, done.stderr, done.returncode) == ("", told, 2)


@pytest.mark.parametrize(
    ("engine", "redirection"),
    [("tesseract", "2>&-"), ("tesserocr", "<&-"), ("tesserocr", ">&-"), ("tesserocr", "<&- >&- 2>&-")],
)
def test_a_closed_stream_is_no_engine_s_file(tmp_path: Path, engine: str, redirection: str) -> None:
    """The children of an engine share files with us, which get the lowest number that is free."""
    text_image().save(tmp_path / "text.png")
    asked = command(tmp_path / "text.png", "-l", "eng", "--engine", engine, "-o", tmp_path / "texts")
    done = subprocess.run(["sh", "-c", f'exec "$@" {redirection}', "sh", *asked], cwd=ROOT, check=False)
    assert done.returncode == 0
    assert (tmp_path / "texts" / "text.txt").read_text().split() == ["Hello", "world"]


def test_a_standard_output_that_is_closed_is_a_sentence(png: Path) -> None:
    asked = ["sh", "-c", 'exec "$@" >&-', "sh", *command(png, "-l", "eng")]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    told = "Standard output is closed. Name a folder with --output.\n"
    assert (done.stderr, done.returncode) == (told, 2)


def test_a_pipe_that_may_not_be_read_is_a_sentence_and_the_other_files_are_read(
    png: Path, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, mode=0o200)
    done = subprocess.run(
        [*without_powers(), *command(pipe, png, "-l", "eng")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.returncode) == (f"{pipe}: Permission denied\n", 1)


def test_a_pipe_is_read_as_a_file_is(echo: EchoEngine, png: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["sh", "-c", f"cat {png} > {pipe}"]):
        assert run(pipe) == ("Hello world\n", "", 0)


def test_a_folder_is_read_with_its_subfolders_in_order(scans: Path) -> None:
    assert run(scans, "-l", "eng", "--engine", "tesseract") == (IN_ORDER, "", 0)


def test_several_processes_answer_in_order(scans: Path) -> None:
    assert run(scans, "-l", "eng", "--engine", "tesseract", "-j", "2") == (IN_ORDER, "", 0)


def test_a_pattern_is_read_where_no_shell_has_done_so(echo: EchoEngine, scans: Path) -> None:
    assert run(f"{scans}/**/*.png", "-l", "eng")[0].count("Hello world") == 3
    assert run(f"{scans}/*.png", "-l", "eng")[0].count("Hello world") == 2


def test_a_pattern_without_a_match_is_a_sentence(echo: EchoEngine, scans: Path) -> None:
    out, err, code = run(f"{scans}/*.gif")
    assert (out, code) == ("", 1)
    assert err.startswith(f"{scans}/*.gif: There is no file “*.gif”.")


def test_a_name_with_brackets_is_a_name_where_there_is_such_a_file(echo: EchoEngine, png: Path) -> None:
    path = png.rename(png.with_name("scan[1].png"))
    assert run(path)[2] == 0


def test_a_file_that_is_named_twice_is_read_once(echo: EchoEngine, scans: Path) -> None:
    assert run(scans / "one.png", scans, "-l", "eng")[0].count("Hello world") == 3


def test_texts_of_a_folder_lie_as_their_files_do(echo: EchoEngine, scans: Path, tmp_path: Path) -> None:
    run(scans, "-o", tmp_path / "out")
    assert {str(file.relative_to(tmp_path / "out")) for file in (tmp_path / "out").rglob("*.*")} == {
        "one.txt", "two.txt", "old/three.txt",
    }  # fmt: skip


def test_what_is_written_is_left_out_until_it_is_forced(
    echo: EchoEngine, scans: Path, tmp_path: Path
) -> None:
    there = "3 files were left out: their texts are there already. --force reads them again.\n"
    asked = (scans, "-l", "eng", "-o", tmp_path / "out")
    assert run(*asked) == ("", "", 0)
    assert run(*asked) == ("", there, 0)
    assert len(echo.calls) == 3
    assert run(*asked, "--force") == ("", "", 0)
    assert len(echo.calls) == 6


@pytest.mark.parametrize("is_marked", [True, False])
def test_what_has_changed_since_it_was_written_is_read_again(
    echo: EchoEngine, png: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_marked: bool
) -> None:
    """Also where the file system keeps no marks."""
    if not is_marked:
        monkeypatch.setattr(os, "setxattr", lambda *_arguments: None)
    run(png, "-l", "eng", "-o", tmp_path)
    assert run(png, "-l", "eng", "-o", tmp_path)[1].startswith("1 file was left out")
    Image.new("L", (70, 50), "white").save(png)
    assert run(png, "-l", "eng", "-o", tmp_path) == ("", "", 0)
    assert len(echo.calls) == 2


def test_another_wish_is_no_reason_to_leave_a_file_out(echo: EchoEngine, png: Path, tmp_path: Path) -> None:
    for wish in (
        ["-l", "eng"],
        ["-l", "rus"],
        ["-l", "rus", "--layout"],
        ["-l", "rus", "--max-pixels", "99000"],
        ["-l", "rus", "--max-pixels", "99000", "--cleaning", "none"],
    ):
        assert run(png, "-o", tmp_path, *wish) == ("", "", 0)
    assert len(echo.calls) == 5


def test_the_text_of_one_file_is_not_taken_for_that_of_another(
    echo: EchoEngine, png: Path, tmp_path: Path
) -> None:
    """The one that came to be first in line is older than the text that has its name."""
    run(png, "-l", "eng", "-o", tmp_path / "out")
    twin = png.with_suffix(".bmp")
    Image.new("L", (60, 40), "white").save(twin)
    os.utime(twin, (0, 0))
    run(twin, png, "-l", "eng", "-o", tmp_path / "out")
    assert len(echo.calls) == 2


@pytest.fixture
def namesakes(tmp_path: Path) -> tuple[Path, Path]:
    """Two files of one name, of 2024 and of 2025."""
    paths = tmp_path / "2024" / "scan.png", tmp_path / "2025" / "scan.png"
    for path in paths:
        path.parent.mkdir()
    return picture(paths[0]), picture(paths[1], colour="black")


def read_as(echo: EchoEngine, *texts: str) -> None:
    """Let the pages that come have these ``texts``."""
    coming = iter(texts)
    echo.reads = lambda _image: blocks(next(coming))


def texts_in(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir()}


def test_the_text_of_another_file_is_not_overwritten(
    echo: EchoEngine, namesakes: tuple[Path, Path], tmp_path: Path
) -> None:
    read_as(echo, "of 2024", "of 2025", "of 2024 again", "of 2025 again")
    out = tmp_path / "out"
    for file in namesakes:
        assert run(file, "-l", "eng", "-o", out) == ("", "", 0)
    assert texts_in(out) == {"scan.txt": "of 2024\n", "scan-2.txt": "of 2025\n"}
    for file in namesakes:
        assert run(file, "-l", "eng", "-o", out)[1].startswith("1 file was left out")
    for file in namesakes:
        assert run(file, "-l", "eng", "-o", out, "--force") == ("", "", 0)
    assert texts_in(out) == {"scan.txt": "of 2024 again\n", "scan-2.txt": "of 2025 again\n"}


def test_a_text_that_lacks_a_page_is_not_overwritten_by_that_of_another_file(
    echo: EchoEngine, namesakes: tuple[Path, Path], tmp_path: Path
) -> None:
    readings = iter([blocks("first"), None, blocks("of 2025")])

    def read(_image: Image.Image) -> tuple[Block, ...]:
        if (reading := next(readings)) is None:
            raise PageDamaged
        return reading

    echo.reads = read
    two = save_pdf(namesakes[0].with_suffix(".pdf"), says("first"), says("second"))
    assert run(two, "-l", "eng", "-o", tmp_path / "out")[2] == 1
    assert run(namesakes[1], "-l", "eng", "-o", tmp_path / "out")[2] == 0
    assert texts_in(tmp_path / "out") == {"scan.txt": "first\n\f", "scan-2.txt": "of 2025\n"}


def test_two_calls_at_once_do_not_overwrite_each_other(
    echo: EchoEngine, namesakes: tuple[Path, Path], tmp_path: Path
) -> None:
    """The second one reads and writes while the first one still reads."""
    first, second = namesakes

    def read(_image: Image.Image) -> tuple[Block, ...]:
        read_as(echo, "of 2025")
        run(second, "-l", "eng", "-o", tmp_path / "out")
        return blocks("of 2024")

    echo.reads = read
    assert run(first, "-l", "eng", "-o", tmp_path / "out") == ("", "", 0)
    assert texts_in(tmp_path / "out") == {"scan.txt": "of 2025\n", "scan-2.txt": "of 2024\n"}


def test_what_came_through_a_pipe_does_not_overwrite_the_text_of_a_file(
    echo: EchoEngine, png: Path, tmp_path: Path
) -> None:
    read_as(echo, "of the file", "of the pipe", "of the pipe again")
    file = png.rename(tmp_path / "scan.png")
    run(file, "-l", "eng", "-o", tmp_path / "out")
    pipe = tmp_path / "scan"
    os.mkfifo(pipe)
    for _time in range(2):
        with subprocess.Popen(["sh", "-c", f"cat {file} > {pipe}"]):
            assert run(pipe, "-l", "eng", "-o", tmp_path / "out")[2] == 0
    assert texts_in(tmp_path / "out") == {"scan.txt": "of the file\n", "scan-2.txt": "of the pipe again\n"}


@pytest.mark.parametrize("place", ["file.txt", "file.txt/texts"])
def test_a_folder_that_cannot_be_is_told_before_anything_is_read(
    echo: EchoEngine, png: Path, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file.txt").touch()
    assert run(png, "-o", tmp_path / place) == ("", f"{tmp_path}/file.txt: Not a directory\n", 2)
    assert echo.calls == []


def without_powers() -> list[str]:
    """What comes before a command: root may read and write everywhere while it keeps these capabilities."""
    few = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    return few if os.geteuid() == 0 else []


def test_a_folder_that_the_system_does_not_let_be_made_is_told_before_anything_is_read(
    echo: EchoEngine, png: Path
) -> None:
    """Root has every right in /proc, and can make nothing there."""
    assert run(png, "-o", "/proc/texts") == ("", "/proc: Permission denied\n", 2)
    assert echo.calls == []


def test_a_look_whether_a_folder_can_be_leaves_nothing_there(echo: EchoEngine, tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    assert run(tmp_path / "scans", "-o", tmp_path / "texts")[2] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["scans"]


@pytest.mark.parametrize(
    "options", [["-o", ""], ["--output="], ["--password-file", ""], ["-l", ""], ["-l", " "], [""]]
)
def test_an_empty_name_is_refused(
    echo: EchoEngine, png: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    """As of a variable that is not set; it would mean the current folder."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match="this one is empty"):
        run(png, *options)
    assert echo.calls == []


def test_a_folder_that_may_not_be_written_to_is_told_before_anything_is_read(
    png: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir(mode=0o555)
    asked = command(png, "-o", kept / "texts")
    done = subprocess.run([*without_powers(), *asked], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", f"{kept}: Permission denied\n", 2)


@pytest.mark.parametrize("is_marked", [True, False])
def test_a_text_with_a_page_missing_is_made_anew_the_next_time(
    echo: EchoEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_marked: bool
) -> None:
    if not is_marked:
        monkeypatch.setattr(os, "setxattr", lambda *_arguments: None)
    readings = iter([blocks("first"), None, blocks("first"), blocks("second")])

    def read(_image: Image.Image) -> tuple[Block, ...]:
        reading = next(readings)
        if reading is None:
            raise PageDamaged
        return reading

    echo.reads = read
    path = save_pdf(tmp_path / "two.pdf", *[says("page")] * 2)
    assert run(path, "-l", "eng", "-o", tmp_path)[2] == 1
    assert run(path, "-l", "eng", "-o", tmp_path) == ("", "", 0)
    assert (tmp_path / "two.txt").read_text() == "first\n\fsecond\n"


def test_a_file_appears_when_it_is_whole(echo: EchoEngine, png: Path, tmp_path: Path) -> None:
    """A disk that is full in the middle of it leaves what was there before, and no part."""
    folder = tmp_path / "out"
    run(png, "-o", folder)

    (before,) = folder.iterdir()
    limited = (
        f"ulimit -f 1; trap '' XFSZ; exec {' '.join(command(png, '-o', folder, '--force', '-l', 'eng'))}"
    )
    big = text_image(["Hello world"] * 60, size=(600, 4000))
    big.save(png)
    done = subprocess.run(["bash", "-c", limited], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert list(folder.iterdir()) == [before]


@pytest.mark.parametrize("form", sorted(FORMATS.keys() - {"txt", "json"}))
def test_what_can_only_stand_alone_is_not_put_behind_each_other(
    echo: EchoEngine, scans: Path, form: str
) -> None:
    out, err, code = run(scans, "--format", form)
    assert (out, code) == ("", 2)
    assert err == "Name a folder with --output to write several documents.\n"
    assert echo.calls == []


def test_json_of_several_files_is_one_object_behind_the_other(echo: EchoEngine, scans: Path) -> None:
    out, err, code = run(scans, "-l", "eng", "--format", "json")
    assert (err, code) == ("", 0)
    names = []
    while out:
        written, end = json.JSONDecoder().raw_decode(out)
        names.append(written["file"])
        out = out[end:].lstrip()
    assert names == ["one.png", "two.png", "three.png"]


def test_an_empty_folder_is_no_failure_but_told(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("no picture")
    told = "There is nothing to read: no image and no PDF lies there.\n"
    assert run(tmp_path) == ("", told, 0)


def test_wrong_use_has_an_exit_code_of_its_own(png: Path) -> None:
    done = subprocess.run(command(png, "-j", "0"), cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 2


@pytest.mark.parametrize("timeout", ["0", "-1", "nan", "soon", "1e9"])
def test_a_time_limit_that_is_none_is_refused(echo: EchoEngine, png: Path, timeout: str) -> None:
    with pytest.raises(CommandError, match="write seconds"):
        run(png, "--timeout", timeout)


def test_who_wants_no_more_output_is_no_mistake(scans: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{' '.join(command(scans, '-l', 'eng', '--engine', 'tesseract'))} | head -c 1"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == (b"T", b"")


def test_a_bar_grows_at_a_terminal_and_nowhere_else(scans: Path, tmp_path: Path) -> None:
    talker, terminal = os.openpty()
    asked = command(scans, "-l", "eng", "--engine", "tesseract")
    done = subprocess.run(asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=terminal, check=True)
    os.close(terminal)
    drawn = os.read(talker, 100_000).decode()
    os.close(talker)
    assert "100% 3/3" in drawn
    assert " 33% 1/3" in drawn
    assert done.stdout.decode() == IN_ORDER
    assert subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stderr == b""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Enough to be stopped in the middle of it."""
    page = "\n".join(f"({'The quick brown fox jumps over a dog ' * 2}) Tj T*" for _line in range(30))
    content = f"BT /F 9 Tf 12 TL 40 800 Td {page} ET".encode()
    return save_pdf(tmp_path / "book.pdf", *[content] * 8)


def descendants(pid: int) -> set[int]:
    found: set[int] = set()
    with suppress(OSError):  # it has ended
        for file in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, file.read_text().split()):
                found |= {child} | descendants(child)
    return found


def is_running(pid: int) -> bool:
    """A process that was killed may still wait to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def is_engine(pid: int) -> bool:
    try:
        return b"tesseract" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0]
    except OSError:
        return False


def reading(pid: int) -> list[int]:
    """Children of ``pid`` that run an engine."""
    return [child for child in descendants(pid) if any(map(is_engine, descendants(child)))]


@pytest.fixture
def _hears_ctrl_c() -> Iterator[None]:
    """What a shell starts in the background is deaf to Ctrl-C, and so is what that starts in its turn."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_hears_ctrl_c")
@pytest.mark.parametrize(("processes", "told"), [(1, signal.SIGINT), (2, signal.SIGINT), (2, signal.SIGTERM)])
def test_who_is_told_to_end_ends_with_all_children_at_once(
    book: Path, tmp_path: Path, processes: int, told: signal.Signals
) -> None:
    """The signal reaches the command alone, as `kill` sends it; Ctrl-C reaches the children, too."""
    own = tmp_path / "tmp"
    own.mkdir()
    asked = command(book, "-l", "eng", "--engine", "tesseract", "-j", processes, "-o", tmp_path / "out")
    settings = {"DJANGO_SETTINGS_MODULE": "ocrsite.settings", "OCRSITE_DATA_DIR": str(tmp_path / "data")}
    environment = os.environ | settings | {"TMPDIR": str(own)}
    with subprocess.Popen(asked, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        wait_until(
            lambda: sum(map(is_engine, descendants(process.pid))) == processes, seconds=120, what="Reading"
        )
        family = descendants(process.pid)
        process.send_signal(told)
        _out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == "Stopped.\nThe same command goes on where it was.\n"
    wait_until(lambda: not any(map(is_running, family)), seconds=5, what="The end of all children")
    assert not (tmp_path / "out").exists()
    assert list(own.iterdir()) == []


def test_no_process_outlives_the_command_that_is_killed(book: Path, tmp_path: Path) -> None:
    asked = command(book, "-l", "eng", "--engine", "tesseract", "-j", "2", "-o", tmp_path / "out")
    with subprocess.Popen(asked, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        wait_until(lambda: len(reading(process.pid)) == 2, seconds=120, what="Reading")
        family = descendants(process.pid)
        process.kill()
    wait_until(lambda: not any(map(is_running, family)), seconds=60, what="The end of all children")


def test_a_process_that_dies_takes_one_page_with_it(book: Path) -> None:
    asked = command(book, "-l", "eng", "--engine", "tesseract", "-j", "2", "--format", "json")
    with subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        (reader, *_others) = wait_until(partial(reading, process.pid), seconds=120, what="Reading")
        os.kill(reader, signal.SIGKILL)
        out, err = process.communicate(timeout=300)
    states = [page["state"] for page in json.loads(out)["pages"]]
    assert (len(states), states.count("failed"), process.returncode) == (8, 1, 1)
    assert err.decode().count("\n") == 1
