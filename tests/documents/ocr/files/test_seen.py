"""Pages in pieces, as they were prepared for an engine."""

import weakref
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from documents.errors import FileDamaged, PageDamaged
from documents.ocr.clean import rotate
from documents.ocr.clean.on_page import on_page
from documents.ocr.elements import Cure
from documents.ocr.files import pieces, seeing, seen
from documents.ocr.files.load import PageImage, open_page
from documents.ocr.files.pieces import PageSource
from documents.ocr.options import Cleaning, Limits, Options
from tests.files import text_image

LIMITS = Limits()
LINES = ["The quick brown fox jumps over the lazy dog, and so on."] * 10


@pytest.fixture
def source(tmp_path: Path) -> PageSource:
    """A crooked page in the dark, that lies on its side."""
    dark = rotate(text_image(LINES, size=(1240, 900), px=36), 4).point(lambda value: value // 3)
    rotate(dark, 90).save(tmp_path / "page.png")
    return PageSource(tmp_path / "page.png", 0, 270, dark.size)


def piece(path: Path, level: int, x: int, y: int) -> Image.Image:
    jpeg = pieces.piece(path, level, x, y)
    assert jpeg
    return Image.open(BytesIO(jpeg))


def test_a_page_is_cut_as_it_was_prepared(source: PageSource, tmp_path: Path) -> None:
    target = tmp_path / "pieces"
    seen.cut(source, target, cleaning=Cleaning.AUTO, limits=LIMITS)
    about = seen.about(target)
    assert (about.size, about.is_smaller) == (source.size, False)
    assert [cure for cure, _amount in about.treatments] == [Cure.EVENED, Cure.STRAIGHTENED]
    assert about.degrees == pytest.approx(-4, abs=0.1)
    assert list(about.levels) == [0, 1]
    assert piece(target, 0, 0, 0).size == (512, 512)
    assert piece(target, 1, 1, 0).width == -(-source.size[0] // 2) - 512
    assert piece(target, 1, 0, 0).getextrema()[1] > 240  # the original has 85 at most


def test_a_kind_that_was_chosen_by_hand_is_applied(source: PageSource, tmp_path: Path) -> None:
    target = tmp_path / "pieces"
    seen.cut(source, target, cleaning=Cleaning.INVERT, limits=LIMITS)
    assert [cure for cure, _amount in seen.about(target).treatments] == [Cure.STRAIGHTENED]
    assert piece(target, 0, 0, 0).getextrema()[0] > 130  # black in the original


def test_a_page_whose_lines_run_downwards_is_straightened_by_these(tmp_path: Path) -> None:
    crooked = rotate(text_image(LINES * 2, size=(1240, 1754), px=36), 93)
    crooked.save(tmp_path / "crooked.png")
    source = PageSource(tmp_path / "crooked.png", 0, 0, crooked.size)
    target = tmp_path / "pieces"
    seen.cut(source, target, cleaning=Cleaning.AUTO, limits=LIMITS, languages=["jpn_vert"])
    assert seen.about(target).degrees == pytest.approx(-3, abs=0.1)


def test_a_page_too_large_to_be_held_at_once_is_shown_smaller(source: PageSource, tmp_path: Path) -> None:
    target = tmp_path / "pieces"
    seeing.see(source, target, Options(max_pixels=300_000), LIMITS)
    about = seen.about(target)
    assert about.is_smaller
    assert 250_000 < about.size[0] * about.size[1] <= 300_000


def test_a_page_is_held_turned_and_not_as_it_lay_too(
    source: PageSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 20 megapixels in colour that is 75 MB of 614."""
    lay: list[weakref.ref[Image.Image]] = []

    def opened(*args: Any, **named: Any) -> PageImage:
        page = open_page(*args, **named)
        lay.append(weakref.ref(page.image))
        return page

    def laid(*args: Any) -> Image.Image:
        assert [image() for image in lay] == [None]
        return on_page(*args)

    monkeypatch.setattr(seeing, "open_page", opened)
    monkeypatch.setattr(seeing, "on_page", laid)
    seeing.see(source, tmp_path / "pieces", Options(), LIMITS)
    assert lay


def test_facing_pages_are_not_turned_as_a_whole(tmp_path: Path) -> None:
    page = text_image(LINES * 2, size=(1240, 1754), px=36)
    both = Image.new("L", (2 * page.width, page.height), 255)
    for x, degrees in ((0, 2), (page.width, -2)):
        both.paste(rotate(page, degrees).resize(page.size), (x, 0))
    both.paste(100, (page.width - 6, 0, page.width + 6, page.height))
    both.save(tmp_path / "both.png")
    source = PageSource(tmp_path / "both.png", 0, 0, both.size)
    seeing.see(source, tmp_path / "pieces", Options(), LIMITS)
    about = seen.about(tmp_path / "pieces")
    assert about.degrees == 0.0
    assert {Cure.SPLIT, Cure.STRAIGHTENED} == {cure for cure, _amount in about.treatments}


@pytest.mark.parametrize(
    ("side", "expected"), [(1, [0]), (600, [0]), (1200, [0]), (1300, [0, 1]), (5000, [0, 1, 2])]
)
def test_levels_go_down_to_a_few_pieces(side: int, expected: list[int]) -> None:
    assert list(seen.levels((side, 10))) == expected


def test_a_damaged_page_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"none" * 20)
    source = PageSource(tmp_path / "page.png", 0, 0, (10, 10))
    with pytest.raises(FileDamaged):
        seen.cut(source, tmp_path / "pieces", cleaning=Cleaning.AUTO, limits=LIMITS)


def test_pieces_of_which_nothing_is_known_are_damaged(tmp_path: Path) -> None:
    pieces.cut_none(tmp_path / "pieces")
    with pytest.raises(PageDamaged):
        seen.about(tmp_path / "pieces")
