"""Reading for a program that waits, with the real engine in a process of its own."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from documents.errors import (
    EngineCrashed,
    EngineTimeout,
    LanguageMissing,
    PageDamaged,
    PageMissing,
    PasswordNeeded,
)
from documents.ocr.children.parent import Children
from documents.services import at_once
from documents.services.at_once import read_at_once
from documents.services.incoming import Incoming
from tests.files import save_pdf, says, text_image


@pytest.fixture(autouse=True)
def _no_child_is_left() -> Iterator[None]:
    yield
    at_once._children.end()


@pytest.fixture
def letter(tmp_path: Path) -> Incoming:
    path = tmp_path / "letter.png"
    text_image(["Hello world"]).save(path)
    return Incoming.from_path(path)


@pytest.fixture
def tmp(settings: Settings, tmp_path: Path) -> Path:
    """The folder for work under way."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    settings.OCRSITE_TMP_DIR = folder
    return folder


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def test_a_page_is_read_and_nothing_is_left(letter: Incoming, tmp: Path) -> None:
    read = read_at_once(file=letter, languages="eng")
    assert (read.text, read.languages, read.engine) == ("Hello world", ("eng",), "tesseract")
    assert letter.path.exists()
    assert [path.name for path in tmp.iterdir()] == ["recognise-0.lock"]


def test_nothing_is_left_of_what_took_too_long(letter: Incoming, tmp: Path, settings: Settings) -> None:
    settings.OCRSITE_PAGE_TIMEOUT = 0.01
    with pytest.raises(EngineTimeout):
        read_at_once(file=letter, languages="eng")
    assert [path.name for path in tmp.iterdir()] == ["recognise-0.lock"]


def test_the_process_ends_when_nobody_asks_any_more(
    letter: Incoming, tmp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_once, "_IDLE", 0.1)
    read_at_once(file=letter, languages="eng")
    wait_until(lambda: not at_once._children._resting)


def test_it_ends_after_a_page_that_could_not_be_read_too(
    letter: Incoming, tmp: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_once, "_IDLE", 0.1)
    cut = tmp_path / "cut.png"
    cut.write_bytes(letter.path.read_bytes()[:-200])
    with pytest.raises(PageDamaged):
        read_at_once(file=Incoming.from_path(cut), languages="eng")
    wait_until(lambda: not at_once._children._resting)


def test_a_crash_is_told_and_the_next_one_is_read(
    letter: Incoming, tmp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(at_once, "_children", Children("tests.documents.no_such", memory=1 << 30, at_rest=0))
        with pytest.raises(EngineCrashed):
            read_at_once(file=letter, languages="eng")
    assert read_at_once(file=letter, languages="eng").words


def test_what_cannot_be_read_takes_no_place(letter: Incoming, tmp: Path, tmp_path: Path) -> None:
    locked = Incoming.from_path(save_pdf(tmp_path / "locked.pdf", says("Locked"), password="sesame"))
    with pytest.raises(PasswordNeeded):
        read_at_once(file=locked)
    with pytest.raises(PageMissing):
        read_at_once(file=letter, page=2)
    with pytest.raises(LanguageMissing):
        read_at_once(file=letter, languages="swa")
    assert list(tmp.iterdir()) == []
