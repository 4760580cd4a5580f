from pathlib import Path

import pytest
from PIL import Image

from documents.errors import FileEmpty, FileMissing, UnknownType
from documents.ocr.files.filetypes import PDF, read_type, type_of


@pytest.mark.parametrize(
    "content",
    [
        b"plain text that somebody called .png",
        b"<!doctype html><html></html>",
        b"PK\x03\x04" + bytes(100),  # a zip, and so a .docx
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"BMW makes cars, and this is no bitmap",
        b"P1 is a motorway",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(content)

    with pytest.raises(UnknownType):
        read_type(path)


def test_name_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "picture.pdf"
    Image.new("L", (2, 2)).save(path, "PNG")

    assert read_type(path).media_type == "image/png"


def test_empty_file_is_its_own_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.png"
    path.touch()

    with pytest.raises(FileEmpty):
        read_type(path)


@pytest.mark.parametrize("name", ["absent.png", "."])
def test_missing_file_and_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileMissing):
        read_type(tmp_path / name)


def test_pdf_header_may_follow_other_bytes() -> None:
    assert type_of(b"mail header\r\n" * 70 + b"%PDF-1.7") == PDF


@pytest.mark.parametrize(
    ("brands", "media_type"),
    [
        (b"heic\0\0\0\0mif1heic", "image/heic"),
        (b"mif1\0\0\0\0mif1avif", "image/avif"),
        (b"avif\0\0\0\0mif1miaf", "image/avif"),
    ],
)
def test_brands_tell_avif_from_heic(brands: bytes, media_type: str) -> None:
    found = type_of(b"\0\0\0\x18ftyp" + brands + b"\0\0\0\x08mdatavif")

    assert found is not None
    assert found.media_type == media_type
