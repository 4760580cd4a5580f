"""Pages cut into pieces."""

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from documents.errors import CuttingEnded, FileDamaged, PageDamaged, PageTooComplex, TooManyPixels
from documents.ocr.files import cutting, pieces
from documents.ocr.files.apart import program
from documents.ocr.files.pieces import SIDE, PageSource, cut, levels, piece, size_at
from documents.ocr.options import Limits
from tests.files import empty_png, save_pdf, says

LIMITS = Limits()


def painted(path: Path, size: tuple[int, int]) -> Path:
    """Colours that run across and down, so that a piece in the wrong place shows."""
    across = Image.linear_gradient("L").rotate(90).resize(size)
    down = Image.linear_gradient("L").resize(size)
    Image.merge("RGB", (across, down, Image.new("L", size, 90))).save(path)
    return path


def together(path: Path, level: int, size: tuple[int, int]) -> Image.Image:
    """The page again, of all its pieces at ``level``."""
    whole = Image.new("RGB", size_at(size, level))
    for y in range(-(-whole.height // SIDE)):
        for x in range(-(-whole.width // SIDE)):
            jpeg = piece(path, level, x, y)
            assert jpeg
            whole.paste(Image.open(BytesIO(jpeg)), (x * SIDE, y * SIDE))
    return whole


def difference(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1400, 2000), []),  # the picture shows all there is
        ((1700, 2400), []),  # hardly more
        ((2480, 3508), [0]),
        ((10_000, 10_000), [0, 1]),
        ((20_000, 15_000), [0, 1, 2]),
    ],
)
def test_levels_are_those_that_show_more_than_the_picture(size: tuple[int, int], expected: list[int]) -> None:
    assert sorted(levels(size, picture=2000)) == sorted(expected)


@pytest.mark.parametrize("rotation", [0, 90])
def test_the_pieces_of_a_level_are_the_page_turned_upright(tmp_path: Path, rotation: int) -> None:
    file, target = painted(tmp_path / "page.png", (1301, 700)), tmp_path / "pieces"
    with Image.open(file) as image:
        upright = image.rotate(-rotation, expand=True)
    cut(PageSource(file, 0, rotation, upright.size), target, picture=200, limits=LIMITS)
    for level in levels(upright.size, picture=200):
        expected = upright.resize(size_at(upright.size, level), Image.Resampling.BOX)
        assert difference(together(target, level, upright.size), expected) < 3


def test_a_page_of_a_pdf_is_drawn_as_it_was_read(tmp_path: Path) -> None:
    file, target = save_pdf(tmp_path / "letter.pdf", says("Hello"), says("World")), tmp_path / "pieces"
    cut(PageSource(file, 1, 0, (2480, 3509)), target, picture=2000, limits=LIMITS)
    assert together(target, 0, (2480, 3509)).convert("L").getextrema()[0] < 60


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    file, target = painted(tmp_path / "page.png", (900, 700)), tmp_path / "pieces"
    cut(PageSource(file, 0, 0, (900, 700)), target, picture=400, limits=LIMITS)
    assert piece(target, 0, 1, 1)
    assert (piece(target, 0, 2, 0), piece(target, 7, 0, 0)) == (None, None)


def test_a_zip_that_is_none_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "pieces").write_bytes(b"nothing")
    with pytest.raises(PageDamaged):
        piece(tmp_path / "pieces", 0, 0, 0)


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    file = painted(tmp_path / "page.jpg", (900, 700))
    file.write_bytes(file.read_bytes()[:400])
    with pytest.raises((PageDamaged, FileDamaged)):
        cut(PageSource(file, 0, 0, (900, 700)), tmp_path / "pieces", picture=400, limits=LIMITS)


def test_limits_hold(tmp_path: Path) -> None:
    file = painted(tmp_path / "page.png", (900, 700))
    with pytest.raises(TooManyPixels):
        cut(PageSource(file, 0, 0, (900, 700)), tmp_path / "pieces", picture=400, limits=Limits(max_pixels=5))
    with pytest.raises(CuttingEnded):
        cut(PageSource(file, 0, 0, (900, 700)), tmp_path / "pieces", picture=400, limits=Limits(timeout=0.01))


def test_a_hundred_megapixels_stay_out_of_our_own_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, target = tmp_path / "huge.png", tmp_path / "pieces"
    file.write_bytes(empty_png(10_000, 10_000))
    limited = ["sh", "-c", 'ulimit -v 4000000; exec "$@"', "sh"]  # kilobytes
    monkeypatch.setattr(pieces, "program", lambda module: limited + program(module))
    cut(PageSource(file, 0, 0, (10_000, 10_000)), target, picture=2000, limits=LIMITS)
    with zipfile.ZipFile(target) as made:
        assert len(made.namelist()) == 20 * 20 + 10 * 10


@pytest.mark.parametrize("ends", ["kill -KILL $$", "kill -TERM $$", "exit 4"])
def test_a_child_that_is_ended_from_outside_is_no_fault_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    monkeypatch.setattr(pieces, "program", lambda _module: ["sh", "-c", ends])
    with pytest.raises(CuttingEnded):
        cut(PageSource(tmp_path, 0, 0, (9, 9)), tmp_path / "pieces", picture=4, limits=LIMITS)


def test_a_page_for_which_the_memory_is_not_enough_is_no_fault_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = painted(tmp_path / "page.png", (6000, 5000))
    starved = ["sh", "-c", 'ulimit -v 600000; exec "$@"', "sh"]  # kilobytes
    monkeypatch.setattr(pieces, "program", lambda module: starved + program(module))
    with pytest.raises(CuttingEnded):
        cut(PageSource(file, 0, 0, (6000, 5000)), tmp_path / "pieces", picture=400, limits=LIMITS)


def test_a_child_that_dies_is_a_page_that_is_too_complex(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "program", lambda _module: ["sh", "-c", "kill -SEGV $$"])
    with pytest.raises(PageTooComplex) as raised:
        cut(PageSource(tmp_path, 0, 0, (9, 9)), tmp_path / "pieces", picture=4, limits=LIMITS)
    assert isinstance(raised.value.__cause__, subprocess.CalledProcessError)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_levels_that_are_too_large_to_be_held_are_cut_in_bands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rotation: int
) -> None:
    monkeypatch.setattr(cutting, "_WHOLE", 300_000)
    monkeypatch.setattr(cutting, "_BAND", 600_000)  # two levels, the larger in three bands
    file, target = painted(tmp_path / "page.png", (1301, 1100)), tmp_path / "pieces"
    with Image.open(file) as image:
        upright = image.rotate(-rotation, expand=True)
    cutting._cut(PageSource(file, 0, rotation, upright.size), target, 200, LIMITS)
    for level in levels(upright.size, picture=200):
        expected = upright.resize(size_at(upright.size, level), Image.Resampling.BOX)
        assert difference(together(target, level, upright.size), expected) < 3
