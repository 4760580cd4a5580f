"""What is loaded where: it counts at every start of a child process, and where PDFium is, it can crash."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from documents.ocr.files.apart import environment, program
from tests.project import ROOT


def loaded_with(module: str) -> set[str]:
    """The modules that a process has which imports ``module``."""
    code = f"import sys, {module}; print(*sys.modules)"
    child = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    return set(child.stdout.split())


@pytest.mark.parametrize("child", ["pdf_child", "drawing"])
def test_children_load_pdfium_and_nothing_large_beside(child: str) -> None:
    loaded = loaded_with(f"documents.ocr.files.{child}")
    assert "pypdfium2" in loaded
    assert loaded.isdisjoint({"PIL", "cv2", "numpy", "django", "babel"})


def test_no_parent_loads_pdfium() -> None:
    loaded = loaded_with("documents.ocr.recognition")
    assert "documents.ocr.files.painter" in loaded
    assert "pypdfium2" not in loaded


def test_settings_load_nothing_that_reads_pages() -> None:
    assert loaded_with("ocrsite.settings").isdisjoint({"PIL", "cv2", "numpy", "py3langid"})


def test_children_get_what_engines_need_and_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = {"PATH": "/bin", "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "TESSDATA_PREFIX": "/packs"}
    for name in ("OCRSITE_SECRET_KEY", "DATABASE_URL", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "a key")
    for name, value in needed.items():
        monkeypatch.setenv(name, value)
    passed = environment()
    assert needed.items() <= passed.items()
    assert "a key" not in passed.values()


def test_a_child_finds_the_project_from_any_folder(tmp_path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('not the library')")
    command = program("documents.ocr.files.pdf_child")
    child = subprocess.run(
        command, cwd=tmp_path, env=environment(), input=b'{"path": "nowhere", "password": null}',
        capture_output=True, check=True,
    )  # fmt: skip
    assert b"file-missing" in child.stdout


def test_a_child_finds_libraries_where_we_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{os.pathsep}{tmp_path}")
    first, *others = environment()["PYTHONPATH"].split(os.pathsep)
    assert (first, others) == (str(ROOT), [str(tmp_path)])
