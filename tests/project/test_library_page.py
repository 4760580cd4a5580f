"""``docs/library.md`` shows what works: each example is run as it stands there, where there is no Django."""

import ast
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from documents import errors
from documents.ocr.engines import ENGINES
from documents.ocr.engines.tesseract import program
from documents.ocr.formats import FORMATS
from documents.ocr.options import Cleaning, Layout, Options
from documents.ocr.recognition import How
from tests.files import empty_png, save_pdf, says, text_image
from tests.project import ROOT
from tests.project.imports import imports, modules

pytestmark = pytest.mark.slow

_PAGE = (ROOT / "docs" / "library.md").read_text()
_EXAMPLE = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
_SERVICE = "from flask import"
# What the examples must do without is not there, however it is asked for.
_WITHOUT_DJANGO = (
    "import sys; sys.modules['django'] = None; exec(compile(sys.stdin.read(), 'example', 'exec'))"
)


class Example(NamedTuple):
    """``prints``: what the page shows under it; empty where it shows nothing."""

    line: int
    code: str
    prints: str


def examples_of(page: str) -> list[Example]:
    return [
        Example(page.count("\n", 0, found.start()) + 2, found[1], found[2] or "")
        for found in _EXAMPLE.finditer(page)
    ]


_ALL = examples_of(_PAGE)
_EXAMPLES = [example for example in _ALL if not example.code.startswith(_SERVICE)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files that the page speaks of, and nothing else."""
    folder = tmp_path / "files"
    (folder / "scans").mkdir(parents=True)
    text_image(["Invoice 2041", "Привет, мир!"]).save(folder / "letter.png")
    text_image(["Завтра будет дождь,", "а потом снова солнце"]).save(folder / "russian.png")
    for number, word in enumerate(_PAGES, start=1):
        text_image([f"{word} page"]).save(folder / "scans" / f"page-{number}.png")
    letter = ["The meeting begins at nine", "in the large room upstairs", "and ends before lunch"] * 2
    text_image(letter, size=(700, 480)).rotate(90, expand=True).save(folder / "sideways.png")
    save_pdf(folder / "book.pdf", *(says(f"{word} page") for word in _PAGES))
    save_pdf(folder / "locked.pdf", says("The secret"), password="sesame")
    first, second = (text_image([f"{word} page"], mode="RGB") for word in _PAGES[:2])
    (folder / "torn.tif").write_bytes(_torn_at_the_end(first, second))
    (folder / "empty.png").touch()
    (folder / "notes.txt").write_text("Milk, bread, eggs")
    whole = (folder / "letter.png").read_bytes()
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    (folder / "huge.png").write_bytes(empty_png(20_000, 20_000))
    sentence = "the quick brown fox jumps over the lazy dog and runs far away from here " * 2
    text_image([sentence] * 70, size=(2500, 3500), px=32).save(folder / "crowded.png")
    return folder


_PAGES = ("First", "Second", "Third")


def _torn_at_the_end(first: Image.Image, second: Image.Image) -> bytes:
    """A TIFF of two pages, the second of which has lost pixels."""
    file = BytesIO()
    first.save(file, "TIFF", save_all=True, append_images=[second], compression="tiff_lzw")
    data = bytearray(file.getvalue())
    with TiffImageFile(BytesIO(data)) as image:
        image.seek(1)
        [start, *_rest], [length, *_others] = image.tag_v2[273], image.tag_v2[279]
    data[start : start + length] = bytes(length)
    return bytes(data)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Where the project is found, and the packs that this machine has, but for one."""
    packs = tmp_path / "packs"
    packs.mkdir()
    for pack in Path(program().folder).iterdir():
        if pack.name != "chr.traineddata":
            (packs / pack.name).symlink_to(pack)
    return {**os.environ, "PYTHONPATH": str(ROOT), "TESSDATA_PREFIX": str(packs)}


def run(example: Example, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _WITHOUT_DJANGO],
        cwd=folder, env=environment, input=example.code, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: f"line-{example.line}")
def test_an_example_prints_what_stands_under_it(
    example: Example, folder: Path, environment: dict[str, str]
) -> None:
    done = run(example, folder, environment)
    assert (done.stdout, done.returncode) == (example.prints, 0), done.stderr


def test_each_example_but_the_service_shows_what_it_prints() -> None:
    assert len(_ALL) == _PAGE.count("```python") == len(_EXAMPLES) + 1 > 10
    assert [example.line for example in _EXAMPLES if not example.prints] == []
    assert sum(bool(example.prints) for example in _EXAMPLES) == _PAGE.count("```text")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import django", "ModuleNotFoundError"),
        ("from documents import models", "ModuleNotFoundError"),
        ("from documents.ocr import recognize", "ImportError"),
    ],
)
def test_an_example_that_does_not_work_is_noticed(
    code: str, why: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    done = run(Example(1, code, ""), tmp_path, environment)
    assert done.returncode
    assert why in done.stderr


def test_an_example_is_known_with_its_output() -> None:
    page = "Text\n\n```python\nprint(1)\n```\n\n```text\n1\n```\n\n```python\nx = 2\n```\n\n```sh\nls\n```\n"
    assert examples_of(page) == [Example(4, "print(1)\n", "1\n"), Example(12, "x = 2\n", "")]


# The service


@contextmanager
def served(folder: Path, environment: dict[str, str]) -> Iterator[int]:
    """The service of the page, on a port of this machine."""
    [service] = (example.code for example in _ALL if example.code.startswith(_SERVICE))
    (folder / "service.py").write_text(service)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "flask",
        "--app",
        "service",
        "run",
        "--host",
        "127.0.0.1",
        "--port",
        f"{port}",
    ]
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_until_it_answers(port, process)
            yield port
        finally:
            process.terminate()


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError(process.returncode)


def sent(port: int, data: bytes, languages: str) -> tuple[int, dict[str, object]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("POST", f"/read?languages={languages}", data)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def test_the_service_reads_what_is_sent_and_refuses_in_a_sentence(
    folder: Path, environment: dict[str, str]
) -> None:
    letter = (folder / "letter.png").read_bytes()
    with served(folder, environment) as port:
        status, answer = sent(port, letter, "eng+rus")
        assert (status, answer["text"]) == (200, "Invoice 2041\nПривет, мир!")
        assert answer["languages"] == ["eng", "rus"]
        for data, languages, sentence in (
            ((folder / "notes.txt").read_bytes(), "eng", errors.UnknownType.template),
            (b"", "eng", errors.FileEmpty.template),
            ((folder / "cut.png").read_bytes(), "eng", errors.PageDamaged.template),
            (letter, "xyz", errors.LanguageUnknown.template % {"language": "xyz"}),
        ):
            assert sent(port, data, languages) == (422, {"error": sentence})


def test_the_service_has_ten_lines() -> None:
    [service] = (example.code for example in _ALL if example.code.startswith(_SERVICE))
    assert len([line for line in service.splitlines() if line]) == 10


# The tables


def rows(heading: str, columns: int) -> list[list[str]]:
    """The cells of the table below the ``heading`` of two levels."""
    section = re.split(r"^## ", _PAGE.split(f"\n## {heading}\n")[1], flags=re.MULTILINE)[0]
    lines = re.findall(r"^\| `.*\|$", section, re.MULTILINE)
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    assert all(len(row) == columns for row in cells)
    return cells


def _named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_option_is_described_with_its_values() -> None:
    options = {_named(name)[0]: meaning for name, meaning in rows("Options", 2)}
    assert options.keys() == How.__annotations__.keys()
    assert set(_named(options["engine"])) == set(ENGINES)
    for name, kind in (("cleaning", Cleaning), ("layout", Layout)):
        assert _names(kind) == _named(options[name])
    assert f"({Options().timeout:g})" in options["timeout"]
    assert f"({Options().max_pixels:,}," in options["max_pixels"]
    assert [_named(options[name]) for name in ("orient", "deskew")] == [["True"], ["True"]]


def _names(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


def test_every_format_is_named() -> None:
    [names] = re.findall(r"\[formats\]\(formats.md\): (.*?)\. ", _PAGE.replace("\n", " "))
    assert _named(names) == list(FORMATS)


def test_every_error_of_the_library_stands_there_with_its_sentence() -> None:
    told = {_named(name)[0]: sentence for name, _when, sentence in rows("What can go wrong", 3)}
    assert told.keys() == set(_raised()) - _FAMILIES
    for name, sentence in told.items():
        assert re.sub(r"%\(\w+\)s", "…", getattr(errors, name).template) == sentence


_FAMILIES = {"OcrsiteError", "InputError", "by_code"}
# What is loaded by its name only when it is needed, and what runs in child processes.
_BEGINNINGS = tuple(
    f"documents.ocr.{name}"
    for name in (
        "recognition",
        "saving",
        "engines.",
        "children.",
        "files.pdf_child",
        "files.drawing",
        "pdf.binding",
    )
)


def _raised() -> Iterator[str]:
    """The names that the modules which the library uses take from `documents.errors`."""
    known = modules(ROOT)
    todo = [name for name in known if name.startswith(_BEGINNINGS)]
    seen = set[str]()
    while todo:
        module = todo.pop()
        tree = ast.parse(known[module].read_text())
        seen.add(module)
        todo += {name for _line, name in imports(tree, module, known)} & known.keys() - seen
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "documents.errors":
                yield from (alias.name for alias in node.names)
