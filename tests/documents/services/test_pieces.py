"""Pieces are cut once, one page at a time, and go with their document."""

import fcntl
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.core.files.storage import default_storage
from PIL import Image

from documents import storage
from documents.errors import (
    CuttingEnded,
    OriginalMissing,
    PageDamaged,
    PageTooComplex,
    TooManyPixels,
    UnknownType,
)
from documents.models import Document, Page
from documents.ocr.files import pieces as files
from documents.services import pieces

SIZE = (3000, 2600)


@pytest.fixture
def page(document: Document, tmp_path: Path) -> Page:
    """With an original of that many pixels, so that there is something to see closer."""
    Image.effect_noise(SIZE, 40).save(tmp_path / "scan.png", compress_level=1)
    name = storage.original_name(document.pk, 0, ".png")
    document.originals.update(file=storage.save_file(tmp_path / "scan.png", name, move=True))
    Page.objects.update(width=SIZE[0], height=SIZE[1])
    return Page.objects.select_related("original").get(document=document)


def test_a_page_is_cut_once(page: Page) -> None:
    assert pieces.prepare(page=page)
    first = storage.modified_at(pieces.name(page))
    assert pieces.prepare(page=page)
    assert storage.modified_at(pieces.name(page)) == first
    jpeg = pieces.piece(page=page, level=0, x=5, y=5)
    assert jpeg is not None
    assert jpeg.startswith(b"\xff\xd8")
    assert pieces.piece(page=page, level=0, x=6, y=5) is None


def test_while_another_page_is_cut_one_asks_again(page: Page) -> None:
    with (settings.OCRSITE_TMP_DIR / "pieces.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert not pieces.prepare(page=page)
    assert pieces.prepare(page=page)


def test_a_small_page_has_nothing_to_cut(document: Document) -> None:
    page = document.pages.get()
    assert list(pieces.levels(page)) == []
    assert pieces.prepare(page=page)
    assert not default_storage.exists(pieces.name(page))
    page.image = ""
    assert list(pieces.levels(page)) == []


def test_before_they_are_cut_there_are_none(page: Page) -> None:
    with pytest.raises(OriginalMissing):
        pieces.piece(page=page, level=0, x=0, y=0)


def test_what_cannot_be_cut_is_tried_once(page: Page) -> None:
    with default_storage.open(page.original.file, "wb") as file:
        file.write(b"no picture")
    with pytest.raises(UnknownType):
        pieces.prepare(page=page)
    with pytest.raises(PageDamaged):
        pieces.prepare(page=page)
    assert pieces.piece(page=page, level=0, x=0, y=0) is None


@pytest.mark.parametrize("program", ["import os; os.kill(os.getpid(), 9)", "import sys; sys.exit(4)"])
def test_what_there_was_no_memory_for_is_tried_again(
    page: Page, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(files, "program", lambda _module: [sys.executable, "-c", program])
        with pytest.raises(CuttingEnded):
            pieces.prepare(page=page)
    assert pieces.prepare(page=page)
    assert pieces.piece(page=page, level=0, x=0, y=0)


def test_what_limits_forbade_is_tried_again(page: Page, settings: LazySettings) -> None:
    most = settings.OCRSITE_MAX_PIXELS
    settings.OCRSITE_MAX_PIXELS = 1000
    with pytest.raises(TooManyPixels):
        pieces.prepare(page=page)
    settings.OCRSITE_MAX_PIXELS = most
    assert pieces.prepare(page=page)
    assert pieces.piece(page=page, level=0, x=0, y=0)


def test_a_cutting_that_ends_half_way_leaves_nothing_behind(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = "import json, sys; open(json.load(sys.stdin)['target'], 'wb').write(b'PK'); sys.exit(1)"
    monkeypatch.setattr(files, "program", lambda _module: [sys.executable, "-c", half])
    before = set(settings.OCRSITE_TMP_DIR.glob("tmp*"))
    with pytest.raises(PageTooComplex):
        pieces.prepare(page=page)
    assert set(settings.OCRSITE_TMP_DIR.glob("tmp*")) == before
    assert pieces.piece(page=page, level=0, x=0, y=0) is None


def test_damaged_pieces_are_cut_anew(page: Page) -> None:
    pieces.prepare(page=page)
    with default_storage.open(pieces.name(page), "wb") as file:
        file.write(b"PK" * 100)
    with pytest.raises(OriginalMissing):
        pieces.piece(page=page, level=0, x=0, y=0)
    pieces.prepare(page=page)
    assert pieces.piece(page=page, level=0, x=0, y=0)


def test_they_go_with_their_document(page: Page) -> None:
    pieces.prepare(page=page)
    storage.delete_document(page.document_id)
    assert not default_storage.exists(pieces.name(page))
