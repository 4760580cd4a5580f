"""Tesseract as a library: what is its own; `test_contract` has what it shares with the program."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from documents.errors import EngineCrashed, EngineMissing, EngineNonsense, EngineNotHere, EngineTimeout
from documents.ocr.elements import Block
from documents.ocr.engines import tesserocr
from documents.ocr.engines.tesseract import program
from documents.ocr.engines.tesserocr import Tesserocr
from tests.files import text_image
from tests.project import ROOT
from tests.sites import wait_until

HELLO = text_image(["Hello world!"])
NOISE = Image.effect_noise((1600, 1600), 90)  # takes Tesseract seconds


@pytest.fixture(autouse=True)
def _nobody_rests() -> Iterator[None]:
    tesserocr._children.end()
    yield
    tesserocr._children.end()


def resting() -> list[int]:
    return [child._process.pid for child in tesserocr._children._resting]


def said(blocks: tuple[Block, ...]) -> str:
    return "\n".join(block.text for block in blocks)


def read(image: Image.Image = HELLO, *languages: str, timeout: float = 60.0) -> str:
    return said(Tesserocr().read(image, languages or ["eng"], timeout=timeout))


def test_one_process_reads_page_after_page_in_any_language() -> None:
    assert read() == "Hello world!"
    first = resting()
    assert read(text_image(["Привет мир!"]), "rus") == "Привет мир!"
    assert resting() == first
    assert len(first) == 1


def test_two_threads_read_at_once() -> None:
    texts = ["Hello world!", "Good morning"]
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(lambda text: read(text_image([text])), texts * 3)) == texts * 3
    assert len(resting()) <= 2


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    read()  # the models are loaded
    with pytest.raises(EngineTimeout):
        read(NOISE, timeout=0.2)
    assert resting() == []
    assert read() == "Hello world!"


def test_a_process_that_is_killed_is_a_crash_and_the_next_page_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read()
    [victim] = resting()
    os.kill(victim, signal.SIGSTOP)  # so that it is in the middle of the page when it is killed
    with ThreadPoolExecutor(1) as threads:
        page = threads.submit(read)
        wait_until(lambda: not resting(), seconds=20, what="the page on its way")
        os.kill(victim, signal.SIGKILL)
        with pytest.raises(EngineCrashed):
            page.result()
    assert read() == "Hello world!"


def test_a_broken_pack_is_a_crash_and_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(Path(program().folder) / "eng.traineddata", tmp_path)
    (tmp_path / "fra.traineddata").write_bytes(b"nothing")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert Tesserocr().languages() == {"eng", "fra"}
    with pytest.raises(EngineCrashed):
        read(HELLO, "fra")
    assert read() == "Hello world!"


def test_the_sets_of_languages_that_were_used_last_stay_loaded(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"l{number}.traineddata").symlink_to(Path(program().folder) / "eng.traineddata")
    code = f"""
from documents.ocr.children.tesserocr_work import _Library
library = _Library()
for number in (0, 1, 2, 3, 4, 5, 0, 6, 7, 8):
    library._api("{tmp_path}/", f"l{{number}}").SetVariable("debug_file", "/dev/null")
print(*(languages for _folder, languages in library._loaded))
"""
    child = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert child.stdout.split() == ["l4", "l5", "l0", "l6", "l7", "l8"]


@pytest.mark.parametrize("answer", [{}, {"hocr": 5, "text": ""}, {"hocr": "no hOCR", "text": ""}])
def test_an_answer_that_is_none_is_an_error_that_may_pass(
    monkeypatch: pytest.MonkeyPatch, answer: dict[str, object]
) -> None:
    monkeypatch.setattr(tesserocr._children, "ask", lambda *_args, **_kwargs: answer)
    with pytest.raises(EngineNonsense):
        read()


@pytest.mark.parametrize("found", [5, {"orient_deg": "up"}, {"orient_deg": 0, "orient_conf": None}])
def test_a_glance_that_is_none_is_an_error_that_may_pass(
    monkeypatch: pytest.MonkeyPatch, found: object
) -> None:
    monkeypatch.setattr(tesserocr._children, "ask", lambda *_args, **_kwargs: {"found": found})
    with pytest.raises(EngineNonsense):
        Tesserocr().glance(HELLO, timeout=20)


def test_packs_are_found_without_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs = tmp_path / "packs"
    (packs / "script").mkdir(parents=True)
    shutil.copy(Path(program().folder) / "eng.traineddata", packs)
    shutil.copy(Path(program().folder) / "eng.traineddata", packs / "script" / "Latin.traineddata")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tesserocr, "_FOLDERS", (str(packs),))
    assert Tesserocr().languages() == {"eng", "Latin"}
    assert read(HELLO, "Latin") == "Hello world!"
    assert Tesserocr().glance(HELLO, timeout=20) is None  # there is no pack for it


def test_without_packs_the_error_says_how_to_install_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tesserocr, "_FOLDERS", (str(tmp_path / "none"),))
    with pytest.raises(EngineMissing, match="apt-get install tesseract-ocr"):
        Tesserocr().languages()


def test_without_the_package_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesserocr, "find_spec", lambda _name: None)
    for ask in (read, Tesserocr().languages, Tesserocr().version):
        with pytest.raises(EngineNotHere, match="pip install tesserocr"):
            ask()
