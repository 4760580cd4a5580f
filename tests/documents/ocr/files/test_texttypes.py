from pathlib import Path

import pytest

from documents.errors import FileMissing, TextUnknown
from documents.ocr.files.texttypes import ALTO, HOCR, PAGE, TextType, text_type


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.png"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<alto/>", ALTO),
        ('\ufeff<?xml version="1.0"?>\n<!-- by <html> hand --><alto xmlns="x">', ALTO),
        ('<?xml-stylesheet href="a>b"?> <pc:PcGts\n xmlns:pc="x">', PAGE),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD" "a.dtd"><html>', HOCR),
        ("<!doctype html>\n<HTML>", HOCR),
        ('<!DOCTYPE html [ <!ENTITY a "b"> ]>\n<html>', HOCR),
        ("%PDF-1.7 <alto>", None),
        ("words", None),
        ("", None),
    ],
)
def test_a_text_is_told_by_its_root(file: Path, content: str, kind: TextType | None) -> None:
    file.write_text(content)
    assert text_type(file) == kind


def test_utf_16_is_looked_through(file: Path) -> None:
    for encoding in ("utf-16", "utf-16-le"):
        file.write_text("<alto>", encoding)
        assert text_type(file) == ALTO


@pytest.mark.parametrize("content", ["<svg/>", "<", "<!-- <alto>", "<?xml?><mets:mets/>"])
def test_other_markup_is_named_as_such(file: Path, content: str) -> None:
    file.write_text(content)
    with pytest.raises(TextUnknown):
        text_type(file)


def test_a_missing_file_is_named(file: Path) -> None:
    with pytest.raises(FileMissing):
        text_type(file)
