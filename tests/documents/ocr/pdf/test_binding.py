"""What the PDF says of itself, and the process that makes it."""

import os
import struct
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

import pikepdf
import pytest
from PIL import Image

from documents.errors import FileMissing, PageMissing, PdfFailed
from documents.ocr import pdf as binding
from documents.ocr.options import Limits
from documents.ocr.pdf import About, PageSource
from documents.ocr.pdf.glyphless import EM, font_program
from documents.ocr.pdf.request import dump, load
from tests.documents.ocr.pdf.made import ABOUT, SRGB, make_pdf, page_of, source
from tests.factories import picture
from tests.files import save_pdf, says


@contextmanager
def metadata_of(path: Path) -> Iterator[pikepdf.models.PdfMetadata]:
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        yield metadata


def test_it_says_its_title_and_its_language(tmp_path: Path) -> None:
    about = About("Größe & <Маß> 手紙", "zh-Hans", "2026-11-20T12:00:00+01:00")
    made = make_pdf(tmp_path, picture(tmp_path / "scan.png"), about=about)
    with pikepdf.open(made) as pdf:
        assert pdf.Root.Lang == "zh-Hans"
        assert pdf.docinfo["/Title"] == about.title
        assert pdf.docinfo["/CreationDate"] == "D:20261120120000+01'00"
    with metadata_of(made) as metadata:
        assert metadata["dc:title"] == about.title


def test_a_language_that_is_not_known_is_not_said(tmp_path: Path) -> None:
    made = make_pdf(tmp_path, picture(tmp_path / "scan.png"), about=About("x", "", ABOUT.made_at))
    with pikepdf.open(made) as pdf:
        assert "/Lang" not in pdf.Root


@pytest.mark.parametrize(("name", "mode"), [("a.png", "RGB"), ("a.jpg", "L"), ("a.tif", "1"), ("a.gif", "P")])
def test_pages_of_images_are_pdf_a(tmp_path: Path, name: str, mode: str) -> None:
    """ISO 19005-2 as far as it bears on such a file; test_archival.py asks a validator."""
    path = tmp_path / name
    Image.new(mode, (300, 400)).save(path)
    made = make_pdf(tmp_path, path, pages=[page_of(["Hello", "Привет"])])
    with metadata_of(made) as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
    with pikepdf.open(made) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert not pdf.is_encrypted
        assert len(pdf.trailer.ID) == 2
        [intent] = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()[16:20] == b"RGB "
        assert "/Filter" not in pdf.Root.Metadata
        for font in pdf.pages[0].Resources.Font.as_dict().values():
            [descendant] = font.DescendantFonts
            assert descendant.FontDescriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
            assert advance_of(descendant.FontDescriptor.FontFile2.read_bytes()) == descendant.DW
    assert made.read_bytes().startswith(b"%PDF-1.7\n%")


def advance_of(font: bytes) -> int:
    """Of any glyph, in thousandths of the size, from the table of widths (OpenType, hmtx)."""
    start, _length = tables_of(font)[b"hmtx"]
    return int(struct.unpack(">H", font[start : start + 2])[0]) * 1000 // EM


def tables_of(font: bytes) -> dict[bytes, tuple[int, int]]:
    """Where each of the six begins, and how long it is."""
    return {
        font[at : at + 4]: struct.unpack(">II", font[at + 8 : at + 16]) for at in range(12, 12 + 16 * 6, 16)
    }


def test_a_font_has_a_glyph_for_each_reach() -> None:
    font = font_program([(1000, 200), (700, 1)])
    tables = tables_of(font)
    start, length = tables[b"loca"]
    ends = struct.unpack(f">{length // 2}H", font[start : start + length])
    glyphs = [font[tables[b"glyf"][0] + 2 * end :] for end in ends[1:3]]
    assert [struct.unpack(">hhhhh", glyph[:10]) for glyph in glyphs] == [
        (1, 0, -200, 500, 1000),
        (1, 0, -1, 500, 700),
    ]


@pytest.mark.parametrize("name", ["cmyk.jpg", "scan.jp2"])
def test_colours_that_mean_nothing_by_themselves_are_not_called_archival(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    Image.new("CMYK" if "cmyk" in name else "RGB", (300, 400)).save(path)
    made = make_pdf(tmp_path, path)
    with metadata_of(made) as metadata:
        assert "pdfaid:part" not in metadata


def test_a_grey_picture_loses_a_profile_of_colours(tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    Image.new("L", (300, 400)).save(path, icc_profile=SRGB)
    assert colours_of(make_pdf(tmp_path, path)) == "/DeviceGray"


@pytest.mark.parametrize("profile", [SRGB[:200], SRGB.replace(b"mntr", b"link", 1)], ids=["half", "link"])
def test_a_profile_that_explains_no_colours_is_left_out(tmp_path: Path, profile: bytes) -> None:
    path = tmp_path / "colour.png"
    Image.new("RGB", (300, 400)).save(path, icc_profile=profile)
    assert colours_of(make_pdf(tmp_path, path)) == "/DeviceRGB"


def colours_of(path: Path) -> pikepdf.Object:
    with pikepdf.open(path) as pdf:
        [image] = pdf.pages[0].Resources.XObject.as_dict().values()
        return image.ColorSpace


def test_an_uploaded_pdf_does_not_become_archival(tmp_path: Path) -> None:
    made = make_pdf(tmp_path, save_pdf(tmp_path / "page.pdf", says("Hello")))
    with metadata_of(made) as metadata:
        assert "pdfaid:part" not in metadata
        assert metadata["dc:title"] == ABOUT.title


@pytest.mark.parametrize("claim", ["pdfaid:part", "pdfaid:conformance", "pdfuaid:part"])
def test_an_uploaded_pdf_claims_nothing_any_more(tmp_path: Path, claim: str) -> None:
    path = save_pdf(tmp_path / "page.pdf", says("Hello"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        with pdf.open_metadata() as metadata:
            metadata.register_xml_namespace("http://www.aiim.org/pdfua/ns/id/", "pdfuaid")
            metadata["dc:creator"] = ["Anna"]
            metadata[claim] = "1"
        pdf.save(path)
    with metadata_of(make_pdf(tmp_path, path)) as metadata:
        assert claim not in metadata
        assert metadata["dc:creator"] == ["Anna"]


def test_a_book_from_right_to_left_is_still_turned_that_way(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "page.pdf", says("Hello"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name.R2L)
        pdf.save(path)
    with pikepdf.open(make_pdf(tmp_path, path)) as pdf:
        assert pdf.Root.ViewerPreferences == {"/Direction": pikepdf.Name.R2L, "/DisplayDocTitle": True}


def test_the_text_of_a_book_need_not_be_in_memory(tmp_path: Path) -> None:
    """Neither as pages, nor as what the other process is told."""
    pages = (PageSource(0, index, 0, os.urandom(20_000)) for index in range(100))
    with (tmp_path / "request").open("w+b") as file:
        tracemalloc.start()
        dump(file, ABOUT, [], pages, Limits())
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        file.seek(0)
        assert len(load(file).pages) == 100
    assert most < 500_000


def written(tmp_path: Path, path: Path, *, index: int = 0, timeout: float = 60) -> bytes:
    with TemporaryFile() as file:
        binding.write(
            file,
            about=ABOUT,
            files=[path],
            pages=[source(page_of(["Hello"]), index=index)],
            limits=Limits(),
            folder=tmp_path,
            timeout=timeout,
        )
        return file.read()


def test_a_process_of_its_own_writes_it(tmp_path: Path) -> None:
    made = written(tmp_path, picture(tmp_path / "scan.png"))
    assert made.startswith(b"%PDF-1.7")
    assert b"%%EOF" in made[-10:]


def test_what_is_wrong_is_told_by_that_process(tmp_path: Path) -> None:
    with pytest.raises(PageMissing, match="no page 8; the file has 1"):
        written(tmp_path, save_pdf(tmp_path / "page.pdf", says("one")), index=7)


def test_what_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(PdfFailed):
        written(tmp_path, picture(tmp_path / "scan.png"), timeout=0.01)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        written(tmp_path, tmp_path / "gone.png")
