"""The engine against programs in Tesseract's place; `test_contract` has the real one."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from documents.errors import (
    EngineCrashed,
    EngineMissing,
    EngineNonsense,
    EngineTimeout,
    LanguageMissing,
)
from documents.ocr.engines import tesseract
from documents.ocr.engines.tesseract import Tesseract
from tests.files import text_image

WHITE = Image.new("L", (60, 40), 255)
WORD = "<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 90'>%s</span>"
PAGE = f"<html><div class='ocr_page'><p class='ocr_par'><span class='ocr_line'>{WORD}</span></p></div></html>"

Program = Callable[..., None]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Puts a shell script in Tesseract's place; ``$2`` is the name of its output without the ending."""

    def put(does: str, languages: str = "eng script/Latin osd") -> None:
        script = tmp_path / "bin" / "tesseract"
        script.parent.mkdir()
        script.write_text(
            f"""#!/bin/sh
case "$1" in
--version) echo "tesseract 9.8.7"; exit ;;
--list-langs) echo 'List of available languages in "/tessdata/" (3):'; printf '%s\\n' {languages}; exit ;;
esac
{does}
"""
        )
        script.chmod(0o755)
        monkeypatch.setenv("PATH", str(script.parent), prepend=os.pathsep)

    return put


@pytest.fixture
def own_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def read(languages: str = "eng", timeout: float = 20.0) -> str:
    blocks = Tesseract().read(WHITE, languages.split("+"), timeout=timeout)
    return "\n".join(block.text for block in blocks)


def test_the_answer_of_the_program_is_read(program: Program, own_tmp: Path) -> None:
    program(f"""echo "{PAGE % "Hello"}" > "$2.hocr" """)
    assert read() == "Hello"
    assert list(own_tmp.iterdir()) == []


def test_the_program_gets_a_plain_grey_image_and_one_thread(program: Program) -> None:
    program(f"""word="$(head -c 2 "$1")-$OMP_THREAD_LIMIT"; echo "{PAGE % "$word"}" > "$2.hocr" """)
    assert read() == "II-1"


def test_packs_of_scripts_are_asked_for_by_the_names_the_program_has(program: Program) -> None:
    program(f"""echo "{PAGE % "$4"}" > "$2.hocr" """)
    assert read("Latin+eng") == "script/Latin+eng"


def test_spaces_are_those_of_the_plain_text(program: Program) -> None:
    words = f"中</span>{WORD % 'PDF'}<span class='ocrx_word' title='bbox 1 2 3 4'>文"
    program(f"""echo "{PAGE % words}" > "$2.hocr"; echo 中PDF 文 > "$2.txt" """)
    assert read() == "中PDF 文"


def test_plain_text_that_is_none_does_no_harm(program: Program) -> None:
    program(f"""echo "{PAGE % "Hello"}" > "$2.hocr"; head -c 5000 /dev/urandom > "$2.txt" """)
    assert read() == "Hello"


def test_the_program_is_told_a_resolution_that_suits_the_letters(program: Program) -> None:
    program("""while [ "$1" != --dpi ]; do shift; done; echo "dpi $2" >&2; exit 1""")
    told = {}
    for px in (12, 40):
        with pytest.raises(EngineCrashed) as caught:
            Tesseract().read(text_image(["a b c d e f"], px=px), ["eng"], timeout=20)
        told[px] = int(str(caught.value.__cause__).rpartition("dpi ")[2].strip("')"))
    assert 70 <= told[12] <= 100
    assert 200 <= told[40] <= 300


def test_languages_leave_out_what_reads_no_text(program: Program) -> None:
    program("exit 1", languages="eng chi_sim script/Latin osd equ")
    assert Tesseract().languages() == {"eng", "chi_sim", "Latin"}
    assert Tesseract().version() == "9.8.7"


@pytest.mark.parametrize(
    "does", ["echo 'no memory' >&2; exit 1", "kill -SEGV $$", r"printf '\377' >&2; exit 3"]
)
def test_a_crash_is_an_error_that_may_pass(program: Program, own_tmp: Path, does: str) -> None:
    program(does)
    with pytest.raises(EngineCrashed) as caught:
        read()
    assert caught.value.retryable
    assert list(own_tmp.iterdir()) == []


def test_the_program_has_limited_memory_and_more_for_a_larger_image(program: Program) -> None:
    program(f"""sleep 0.2; echo "{PAGE % "$(ulimit -v)"}" > "$2.hocr" """)
    large = Image.new("L", (1024, 1024), 255)
    few, more = (int(Tesseract().read(image, ["eng"], timeout=20)[0].text) for image in (WHITE, large))
    assert 4 << 20 <= few < more < 5 << 20  # kilobytes


def test_a_program_that_eats_memory_is_stopped_and_this_process_lives(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract, "_LEAST_MEMORY", 64 << 20)
    program("sleep 0.2; exec python3 -c 'bytes(1 << 30)'")
    with pytest.raises(EngineCrashed, match="scan the page at a lower resolution"):
        read()


def test_what_the_program_complained_of_is_logged(program: Program, caplog: pytest.LogCaptureFixture) -> None:
    program("echo 'no memory' >&2; exit 1")
    with pytest.raises(EngineCrashed):
        read()
    assert "no memory" in caplog.text


def test_a_program_that_hangs_is_stopped(program: Program, own_tmp: Path) -> None:
    program('echo "$$" > "${0%/*}/pid"; exec sleep 60')
    with pytest.raises(EngineTimeout):
        read(timeout=0.5)
    pid = int((own_tmp.parent / "bin" / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert list(own_tmp.iterdir()) == []


@pytest.mark.parametrize(
    "does", ["true", 'echo nonsense > "$2.hocr"', 'head -c 5000 /dev/urandom > "$2.hocr"']
)
def test_nonsense_is_told_from_text(program: Program, own_tmp: Path, does: str) -> None:
    program(does)
    with pytest.raises(EngineNonsense):
        read()
    assert list(own_tmp.iterdir()) == []


def test_without_the_program_the_error_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for ask in (read, Tesseract().version, Tesseract().languages):
        with pytest.raises(EngineMissing, match="sudo apt-get install tesseract-ocr"):
            ask()


def test_a_missing_pack_is_found_before_the_program_runs(program: Program, tmp_path: Path) -> None:
    program(f"touch {tmp_path}/ran; exit 1")
    with pytest.raises(LanguageMissing, match="French"):
        read("eng+fra")
    assert not (tmp_path / "ran").exists()


def test_a_glance_that_tells_nothing_is_none(program: Program) -> None:
    program("echo 'Too few characters' >&2; exit 1")
    assert Tesseract().glance(WHITE, timeout=20) is None


def test_without_the_pack_for_it_nothing_is_told_at_a_glance(program: Program) -> None:
    program("exit 1", languages="eng")
    assert Tesseract().glance(WHITE, timeout=20) is None
