"""What says that it is PDF/A-2b, as a validator sees it.

All files are made and looked at together, for the time that the validator takes to start.
"""

import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pillow_heif
import pytest
from PIL import Image
from PIL.ExifTags import Base
from PIL.PngImagePlugin import PngInfo

from documents.ocr.elements import PageText
from documents.ocr.pdf import About
from tests.documents.ocr.pdf.made import ABOUT, SRGB, make_pdf, page_of, saved, sketch, source
from tests.files import save_pdf, says
from tests.verapdf import BrokenRule, broken_rules

pytestmark = pytest.mark.server

Made = Callable[[Path], Path]  # a PDF in an empty folder

NO_CLAIM = ("6.6.4", 1)
pillow_heif.register_heif_opener()


def image(name: str, mode: str = "RGB", size: tuple[int, int] = (300, 400), **options: Any) -> Made:
    return lambda folder: make_pdf(
        folder, saved(folder / name, sketch(mode, size), **options), pages=[page_of(["Hello"])]
    )


def turned(name: str, orientation: int) -> Made:
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    return image(name, exif=exif)


def profile(
    *, colours: bytes = b"RGB ", kind: bytes = b"mntr", version: int = 4, length: int | None = None
) -> bytes:
    """What says that it is such a profile (ICC.1, 7.2); the numbers behind that are not looked at."""
    return (SRGB[:8] + bytes([version]) + SRGB[9:12] + kind + colours + SRGB[20:])[:length]


def png_with(chunk: bytes, content: bytes, mode: str = "RGB") -> Made:
    info = PngInfo()
    info.add(chunk, content)
    return image("scan.png", mode, pnginfo=info)


def jpeg_of_adobe(folder: Path) -> Path:
    """With the marker that tells in which colours it is (Adobe technical note 5116, section 18): YCbCr."""
    content = saved(folder / "plain.jpg", sketch()).read_bytes()
    marker = b"\xff\xee\x00\x0eAdobe" + struct.pack(">HHHB", 100, 0, 0, 1)
    (folder / "scan.jpg").write_bytes(content[:2] + marker + content[2:])
    return make_pdf(folder, folder / "scan.jpg")


def book(folder: Path) -> Path:
    """Pages of many kinds, with and without text, one of them turned and one of them lost."""
    scan = saved(folder / "scan.png", sketch("L"))
    photo = saved(folder / "photo.jpg", sketch(), dpi=(300, 300))
    fax = saved(folder / "fax.tif", sketch("1"), save_all=True, append_images=[sketch("1")] * 2)
    broken = folder / "broken.png"
    broken.write_bytes(scan.read_bytes()[:50])
    return make_pdf(
        folder, scan, photo, fax, broken,
        sources=[
            source(page_of(["One,", "two"], ["three"])),
            source(page_of(["Раз"]), file=1, rotation=90),
            source(None, file=2),
            source(page_of(["三"]), file=2, index=2),
            source(page_of(["lost"]), file=3),
        ],
    )  # fmt: skip


def text(page: PageText | None) -> Made:
    return lambda folder: make_pdf(folder, saved(folder / "scan.png", sketch()), pages=[page])


def titled(title: str, language: str = "en") -> Made:
    about = About(title, language, ABOUT.made_at)
    return lambda folder: make_pdf(folder, saved(folder / "scan.png", sketch()), about=about)


def every_letter() -> PageText:
    """More letters than a font has codes for: all that are assigned in the first two planes."""
    letters = list(filter(str.isprintable, map(chr, range(0x21, 0x20000))))
    assert len(letters) > 0xFFFF
    return page_of(*("".join(letters[start : start + 100]).split() for start in range(0, len(letters), 100)))


ARCHIVAL: dict[str, Made] = {
    "colour PNG": image("scan.png"),
    "grey PNG": image("scan.png", "L"),
    "black and white PNG": image("scan.png", "1"),
    "PNG with palette": image("scan.png", "P"),
    "PNG with palette, partly transparent": image("scan.png", "P", transparency=0),
    "transparent PNG": image("scan.png", "RGBA"),
    "transparent grey PNG": image("scan.png", "LA"),
    "PNG of 16 bits": image("scan.png", "I;16"),
    "PNG with gamma": png_with(b"gAMA", struct.pack(">I", 45455)),
    "grey PNG with gamma": png_with(b"gAMA", struct.pack(">I", 100_000), "L"),
    "PNG in sRGB": png_with(b"sRGB", b"\0"),
    "JPEG": image("scan.jpg"),
    "grey JPEG": image("scan.jpg", "L"),
    "progressive JPEG": image("scan.jpg", progressive=True),
    "JPEG of Adobe": jpeg_of_adobe,
    "JPEG that was turned": turned("scan.jpg", 6),
    "JPEG that was mirrored": turned("scan.jpg", 7),
    "TIFF as a fax": image("scan.tif", "1", compression="group4"),
    "TIFF": image("scan.tif", compression="tiff_lzw"),
    "TIFF with JPEG": image("scan.tif", compression="jpeg"),
    "GIF": image("scan.gif", "P"),
    "BMP": image("scan.bmp"),
    "WebP": image("scan.webp"),
    "HEIC": image("scan.heic"),
    "AVIF": image("scan.avif"),
    "one pixel": image("scan.png", size=(1, 1)),
    "as wide as a road": image("scan.png", "L", (20_000, 200)),
    "wider than a PDF can be": image("scan.png", "1", (60_000, 4), dpi=(100, 100)),
    "many pages": book,
    **{
        f"profile: {name}": image(f"scan.{ending}", mode, icc_profile=content)
        for name, ending, mode, content in (
            ("colour", "png", "RGB", SRGB),
            ("colour in a JPEG", "jpg", "RGB", SRGB),
            ("colour in a TIFF", "tif", "RGB", SRGB),
            ("colour in a WebP", "webp", "RGB", SRGB),
            ("colour, transparent", "png", "RGBA", SRGB),
            ("colour, palette", "png", "P", SRGB),
            ("version 2", "png", "RGB", profile(version=2)),
            ("version 5", "png", "RGB", profile(version=5)),
            ("grey", "png", "L", profile(colours=b"GRAY")),
            ("grey, black and white", "png", "1", profile(colours=b"GRAY")),
            ("colour on grey", "png", "L", SRGB),
            ("CMYK", "jpg", "CMYK", profile(colours=b"CMYK", kind=b"prtr")),
            ("CMYK on colour", "png", "RGB", profile(colours=b"CMYK", kind=b"prtr")),
            ("Lab on colour", "png", "RGB", profile(colours=b"Lab ", kind=b"spac")),
            ("link of two devices", "png", "RGB", profile(kind=b"link")),
            ("names of colours", "png", "RGB", profile(kind=b"nmcl")),
            ("cut off", "png", "RGB", profile(length=200)),
            ("cut off at once", "jpg", "RGB", profile(length=10)),
            ("rubbish", "png", "RGB", b"rubbish " * 40),
        )
    },
    "no text": text(None),
    "empty text": text(PageText(2480, 3508, (), ("eng",))),
    "Latin": text(page_of(["Größe", "naïve"], ["e\u0301te\u0301"])),
    "Cyrillic": text(page_of(["Привет,", "мир!"])),
    "Arabic": text(page_of(["السلام", "عليكم"], ["كِتَابٌ", "2026"], is_right_to_left=True)),
    "Devanagari": text(page_of(["नमस्ते", "क्षत्रिय"])),
    "Chinese": text(page_of(["这是", "中文。"], ["𠮷野家"])),
    "Japanese": text(page_of(["日本語", "の", "テキスト"])),
    "emoji": text(page_of(["😀", "👩\u200d👩\u200d👧", "🇫🇷"])),
    "letters without width": text(page_of(["a\u200bb", "c\u200dd", "\ufeffe", "soft\u00adhyphen"])),
    "no letters": text(page_of(["a\x00b", "\t", "\ufffe\uffff", "\ue000\U000f0000"])),
    "all letters": text(every_letter()),
    "long title": titled("Größe " * 50),
    "title of XML": titled("a <b> & \"c\" ' ]]> <!-- &amp; d"),
    "title that XML cannot hold": titled("nul \x00, bell \x07, \x0b, \uffff"),
    "title in lines": titled(" one\ntwo\r\nthree\tfour "),
    "title of emoji": titled("😀 手紙"),
    "no title": titled(""),
    "no language": titled("A letter", ""),
    "language and script": titled("信", "zh-Hans"),
}  # fmt: skip


def born_digital(folder: Path) -> Path:
    return make_pdf(folder, save_pdf(folder / "page.pdf", says("Hello")))


def born_digital_with_a_scan(folder: Path) -> Path:
    page = save_pdf(folder / "page.pdf", says("Hello"))
    return make_pdf(folder, saved(folder / "scan.png", sketch()), page)


# With a rule that they break besides.
OTHERS: dict[str, tuple[Made, tuple[str, int]]] = {
    "CMYK": (image("scan.jpg", "CMYK"), ("6.2.4.3", 3)),
    "CMYK without loss": (image("scan.tif", "CMYK"), ("6.2.4.3", 3)),
    "CMYK, with a profile of colours": (image("scan.jpg", "CMYK", icc_profile=SRGB), ("6.2.4.3", 3)),
    "born digital": (born_digital, ("6.2.11.4.1", 1)),
    "born digital, with a scan": (born_digital_with_a_scan, ("6.2.11.4.1", 1)),
}


def without_colours(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def without_glyphs(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.as_dict().values():
        del font.DescendantFonts[0].CIDToGIDMap


def with_a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.beep()")


# What a file that was PDF/A has become, and which rule that breaks.
SPOILT: dict[str, tuple[Callable[[pikepdf.Pdf], None], tuple[str, int]]] = {
    "no colours": (without_colours, ("6.2.4.3", 2)),
    "no glyphs": (without_glyphs, ("6.2.11.3.2", 1)),
    "a script": (with_a_script, ("6.5.1", 1)),
}


def spoilt(change: Callable[[pikepdf.Pdf], None]) -> Made:
    def made(folder: Path) -> Path:
        path = ARCHIVAL["Latin"](folder)
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(path)
        return path

    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    others = {name: make for name, (make, _rule) in OTHERS.items()}
    bad = {name: spoilt(change) for name, (change, _rule) in SPOILT.items()}
    makers = ARCHIVAL | others | bad
    assert len(makers) == len(ARCHIVAL) + len(others) + len(bad)
    return {name: make(tmp_path_factory.mktemp("made")) for name, make in makers.items()}


@pytest.fixture(scope="module")
def broken(made: Mapping[str, Path]) -> dict[str, list[BrokenRule]]:
    return dict(zip(made, broken_rules(list(made.values())), strict=True))


def rules(broken: list[BrokenRule]) -> set[tuple[str, int]]:
    return {(rule.clause, rule.test) for rule in broken}


def claims(path: Path) -> bool:
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        return metadata.get("pdfaid:part") == "2" and metadata.get("pdfaid:conformance") == "B"


@pytest.mark.parametrize("name", ARCHIVAL)
def test_what_says_that_it_is_pdf_a_is(
    made: dict[str, Path], broken: dict[str, list[BrokenRule]], name: str
) -> None:
    assert claims(made[name])
    assert broken[name] == []


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_pdf_a_does_not_say_so(broken: dict[str, list[BrokenRule]], name: str) -> None:
    assert {NO_CLAIM, OTHERS[name][1]} <= rules(broken[name])


@pytest.mark.parametrize("name", SPOILT)
def test_the_validator_finds_what_is_wrong(broken: dict[str, list[BrokenRule]], name: str) -> None:
    found = rules(broken[name])
    assert SPOILT[name][1] in found
    assert NO_CLAIM not in found
