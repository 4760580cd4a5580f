"""The engine that `docs/extending.md` shows works as it stands there."""

import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import cv2
import pytest
from PIL import Image

from documents.errors import LanguageBeyond
from documents.ocr import recognise
from documents.ocr.engines import ENGINES, get_engine
from documents.ocr.engines.base import Inability
from tests.project import ROOT

WHITE = Image.new("L", (60, 40), 255)


@pytest.fixture(autouse=True)
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The first block of Python on the page, as a module, with its engine in the registry."""
    page = (ROOT / "docs" / "extending.md").read_text()
    code = re.search(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert code
    file = tmp_path / "qrcodes.py"
    file.write_text(code[1])
    spec = spec_from_file_location("qrcodes", file)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "qrcodes", module)
    spec.loader.exec_module(module)
    monkeypatch.setitem(ENGINES, "qrcodes", module.QrCodes)
    return module


def page_with(text: str) -> Image.Image:
    code = Image.fromarray(cv2.QRCodeEncoder.create().encode(text)).resize(
        (300, 300), Image.Resampling.NEAREST
    )
    page = Image.new("L", (900, 600), 255)
    page.paste(code, (500, 200))
    return page


def test_it_reads_a_page() -> None:
    page = recognise(page_with("Kitchen 7b"), "eng", engine="qrcodes")
    assert (page.text, page.engine, page.engine_version) == ("Kitchen 7b", "qrcodes", cv2.__version__)
    [first, _second] = page.words
    assert 490 <= first.box.x0 < first.box.x1 <= 810
    assert 190 <= first.box.y0 < first.box.y1 <= 510


def test_it_finds_nothing_on_a_blank_page() -> None:
    assert recognise(WHITE, "eng", engine="qrcodes").text == ""


def test_it_says_what_it_cannot_read() -> None:
    with pytest.raises(LanguageBeyond, match="qrcodes"):
        recognise(WHITE, "rus", engine="qrcodes")


def test_it_says_what_it_cannot_do() -> None:
    assert get_engine("qrcodes").cannot == frozenset(Inability)
