"""What only shows in a process of its own: crashes, time-outs, full disks, and what it loads."""

import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from documents.errors import DrawingKilled, FileDamaged, FileMissing
from documents.ocr.files import pdf_file
from documents.ocr.files.pdf_file import page_count, unlock
from tests.files import save_pdf, says


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return save_pdf(tmp_path / "a.pdf", says("secret"), password="geheim")


@contextmanager
def small_files_only() -> Iterator[None]:
    """Writing more than 100 bytes fails, as on a full disk; in child processes too.

    Not a fixture: the test runner writes to a file of its own between the steps of a test.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def replace_child(monkeypatch: pytest.MonkeyPatch, path: Path, code: str) -> None:
    path.write_text(code)
    monkeypatch.setattr(pdf_file, "_CHILD", [sys.executable, str(path)])


def test_crash_of_the_child_means_a_damaged_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pdf: Path
) -> None:
    replace_child(monkeypatch, tmp_path / "crash.py", f"import os; os.kill(os.getpid(), {signal.SIGSEGV:d})")

    with pytest.raises(FileDamaged):
        page_count(pdf, "geheim")


def test_child_that_the_system_ends_says_nothing_about_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pdf: Path
) -> None:
    """As a rule for want of memory."""
    replace_child(monkeypatch, tmp_path / "killed.py", f"import os; os.kill(os.getpid(), {signal.SIGKILL:d})")
    with pytest.raises(DrawingKilled):
        page_count(pdf)
    with pytest.raises(DrawingKilled):
        unlock(pdf, "sesame", tmp_path / "open.pdf")
    assert not (tmp_path / "open.pdf").exists()


def test_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pdf: Path) -> None:
    replace_child(monkeypatch, tmp_path / "hang.py", "import time; time.sleep(60)")

    with pytest.raises(FileDamaged):
        page_count(pdf, "geheim", timeout=0.3)


def test_password_is_not_among_the_arguments(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pdf: Path
) -> None:
    seen = tmp_path / "seen"
    code = f"import sys; open({str(seen)!r}, 'w').write(' '.join(sys.argv)); print('{{\"pages\": 1}}')"
    replace_child(monkeypatch, tmp_path / "spy.py", code)

    page_count(pdf, "geheim")

    assert "spy.py" in seen.read_text()
    assert "geheim" not in seen.read_text()


def test_full_disk_is_told_as_such(tmp_path: Path, pdf: Path) -> None:
    with small_files_only(), pytest.raises(OSError, match="File too large"):
        unlock(pdf, "geheim", tmp_path / "open.pdf")

    assert not (tmp_path / "open.pdf").exists()


def test_missing_file_is_told_across_processes(tmp_path: Path) -> None:
    with pytest.raises(FileMissing) as caught:
        page_count(tmp_path / "absent.pdf")
    assert caught.value.params == {"name": "absent.pdf"}
