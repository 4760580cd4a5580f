from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from documents.errors import PageDamaged
from documents.ocr.files import whole
from documents.ocr.files.whole import is_whole, require_readable
from documents.ocr.options import Limits
from tests.files import save_pdf, says

LIMITS = Limits()
# What Pillow writes under these names. None of them tells its length by its first bytes alone.
NAMES = (
    "scan.png",
    "scan.jpg",
    "scan.tif",
    "scan.gif",
    "scan.webp",
    "scan.bmp",
    "scan.jp2",
    "scan.j2k",
    "scan.pbm",
    "scan.pgm",
    "scan.ppm",
    "scan.heic",
    "scan.avif",
)


def noise(seed: int = 1) -> Image.Image:
    """So that no format makes it short."""
    samples = np.random.default_rng(seed).integers(0, 256, (200, 150, 3), np.uint8)
    return Image.fromarray(samples)


def scan(path: Path) -> Path:
    mode = {".pbm": "1", ".pgm": "L"}.get(path.suffix, "RGB")
    noise().convert(mode).save(path)
    return path


def cut(path: Path, share: float) -> Path:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    return path


@pytest.mark.parametrize("name", NAMES)
def test_an_image_is_whole(tmp_path: Path, name: str) -> None:
    path = scan(tmp_path / name)
    assert is_whole(path, LIMITS)
    require_readable(path, LIMITS)


@pytest.mark.parametrize("share", [0.5, 0.99])
@pytest.mark.parametrize("name", NAMES)
def test_an_image_of_which_the_end_is_missing_is_not_whole(tmp_path: Path, name: str, share: float) -> None:
    assert not is_whole(cut(scan(tmp_path / name), share), LIMITS)


@pytest.mark.parametrize("name", ["scan.png", "scan.jpg", "scan.tif", "scan.bmp"])
def test_half_an_image_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(PageDamaged):
        require_readable(cut(scan(tmp_path / name), 0.5), LIMITS)


@pytest.mark.parametrize("options", [{"progressive": True}, {"quality": 100, "restart_marker_rows": 1}])
def test_a_jpeg_of_any_kind_is_whole_at_its_end_alone(tmp_path: Path, options: dict[str, int]) -> None:
    path = tmp_path / "scan.jpg"
    noise().save(path, **options)
    assert is_whole(path, LIMITS)
    assert not is_whole(cut(path, 0.6), LIMITS)


def test_the_end_of_a_thumbnail_is_not_that_of_its_jpeg(tmp_path: Path) -> None:
    path, thumbnail = tmp_path / "scan.jpg", scan(tmp_path / "thumbnail.jpg").read_bytes()
    noise().save(path, comment=thumbnail)
    assert is_whole(path, LIMITS)
    assert not is_whole(cut(path, 0.9), LIMITS)


def test_what_a_phone_puts_behind_a_jpeg_is_no_damage(tmp_path: Path) -> None:
    path = scan(tmp_path / "photo.jpg")
    path.write_bytes(path.read_bytes() + b"\0\0\0\x18ftypmp42" + bytes(3_000_000))
    assert is_whole(path, LIMITS)


def test_a_bmp_that_does_not_say_its_length_is_taken_for_whole(tmp_path: Path) -> None:
    path = scan(tmp_path / "scan.bmp")
    data = bytearray(path.read_bytes())
    data[2:6] = bytes(4)
    path.write_bytes(data)
    assert is_whole(path, LIMITS)


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "jpeg"])
def test_a_tiff_of_several_pages_that_is_cut_is_not_whole_and_can_be_read(
    tmp_path: Path, compression: str | None
) -> None:
    path = tmp_path / "scan.tif"
    pages = [noise(seed) for seed in range(3)]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression=compression)
    assert is_whole(path, LIMITS)
    cut(path, 0.5)
    assert not is_whole(path, LIMITS)
    require_readable(path, LIMITS)


def test_an_image_that_only_seems_to_be_cut_can_be_read(tmp_path: Path) -> None:
    """Its last chunk is missing, and no pixel."""
    path = scan(tmp_path / "scan.png")
    path.write_bytes(path.read_bytes()[:-12] + bytes(12))
    assert not is_whole(path, LIMITS)
    require_readable(path, LIMITS)


def with_parts(path: Path, part: bytes, times: int) -> Path:
    """So many of ``part`` behind what the file begins with."""
    scan(path)
    data = path.read_bytes()
    place = {".png": 8, ".jpg": 2, ".heic": len(data)}[path.suffix]
    path.write_bytes(data[:place] + part * times + data[place:])
    return path


PARTS = [
    ("scan.png", bytes(4) + b"teXt" + bytes(4)),
    ("scan.jpg", b"\xff\xe0\x00\x02"),
    ("scan.jpg", b"\xff"),
    ("scan.jpg", b"\xff\xff\xe0\x00\x02"),
]


@pytest.mark.parametrize("times", [3, 200_000])
@pytest.mark.parametrize(("name", "part"), PARTS)
def test_an_image_may_have_many_parts_before_its_pixels(
    tmp_path: Path, name: str, part: bytes, times: int
) -> None:
    path = with_parts(tmp_path / name, part, times)
    assert is_whole(path, LIMITS)
    path.write_bytes(path.read_bytes()[:-3000])
    assert not is_whole(path, LIMITS)


@pytest.mark.parametrize(("name", "part"), [*PARTS, ("scan.heic", b"\0\0\0\x08free")])
def test_millions_of_parts_are_not_walked_through_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, part: bytes
) -> None:
    """The watcher would be busy with one file for minutes."""
    path = with_parts(tmp_path / name, part, 200_000)
    reads = []
    at = whole._Bytes.at

    def counted(self: whole._Bytes, place: int, length: int) -> bytes:
        reads.append(place)
        return at(self, place, length)

    monkeypatch.setattr(whole._Bytes, "at", counted)
    assert is_whole(path, LIMITS)
    assert len(reads) < 40_000


def test_a_pdf_to_which_pages_are_added_is_whole_at_its_last_end(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "scan.pdf", says("one"))
    assert is_whole(path, LIMITS)
    with path.open("ab") as file:
        file.write(b"5 0 obj\n<< >>\nendobj\n" * 100)
    assert not is_whole(path, LIMITS)
    require_readable(path, LIMITS)
    with path.open("ab") as file:
        file.write(b"startxref\n9\n%%EOF\n" + bytes(900))
    assert is_whole(path, LIMITS)
