"""The library comes with ``pip install`` from the folder of the project, whole and without Django."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.files import text_image
from tests.project import ROOT

pytestmark = pytest.mark.slow

_PARTS = ("pyproject.toml", "LICENSE", "documents")
_IMPORT_ALL = """
import importlib, pkgutil, sys
sys.modules["django"] = None
import documents.ocr
for module in pkgutil.walk_packages(documents.ocr.__path__, "documents.ocr."):
    importlib.import_module(module.name)
for name in documents.ocr.__all__:
    getattr(documents.ocr, name)
print(documents.ocr.__file__)
"""
_READ = """
import sys
sys.modules["django"] = None
from documents.ocr import recognise, save, save_pdf
page = recognise("letter.png", "eng", engine=sys.argv[1])
save(page, "letter.hocr", "hocr")
save_pdf("letter.png", page, "letter.pdf")
print(page.text, recognise("letter.pdf", "eng").text)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where it was installed to, from a copy, since building leaves its traces in the folder."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("target")
    for part in _PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, source / part)
    quietly = ("--quiet", "--disable-pip-version-check")
    offline = ("--no-deps", "--no-index", "--no-build-isolation")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        *quietly,
        *offline,
        "--target",
        str(target),
        str(source),
    ]
    subprocess.run(command, check=True)
    return target


def run(code: str, *arguments: str, installed: Path, folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    return done.stdout.strip()


def test_all_that_it_needs_of_ours_comes_along(installed: Path, tmp_path: Path) -> None:
    found = Path(run(_IMPORT_ALL, installed=installed, folder=tmp_path))
    assert found.is_relative_to(installed)


def test_type_checkers_are_told_that_it_has_types(installed: Path) -> None:
    assert (installed / "documents" / "py.typed").is_file()


def test_the_site_does_not_come_along(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if path.is_dir()} <= {
        "documents",
        "ocrsite-0.1.0.dist-info",
    }
    assert not (installed / "documents" / "views").exists()


@pytest.mark.parametrize("engine", ["best", "tesserocr", "rapidocr"])
def test_it_reads_and_saves_with_each_kind_of_engine(engine: str, installed: Path, tmp_path: Path) -> None:
    text_image(["Hello world"]).save(tmp_path / "letter.png")
    assert run(_READ, engine, installed=installed, folder=tmp_path) == "Hello world Hello world"
