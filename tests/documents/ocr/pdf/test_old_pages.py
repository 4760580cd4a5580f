"""Pages of PDFs: they stay as they are, and what can be copied from them is the text once."""

from copy import copy
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from documents.errors import FileDamaged, PageMissing, PasswordNeeded
from documents.ocr.clean import rotate
from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.files.load import open_page
from documents.ocr.options import Limits
from tests.documents.ocr.pdf.made import make_pdf, page_of, source
from tests.files import A4, save_pdf, save_scan, says, text_image
from tests.pdf_reader import text_by_pdfium, text_by_poppler, words_by_pdfium

MARK = (150, 400, 270, 430)  # left, bottom, right, top in points
RECTANGLE = b"150 400 120 30 re f"
ALIKE = 2.0  # points
UNSEEN = b"BT 3 Tr /F 24 Tf 50 50 Td (%s) Tj ET"


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scan of “Hello world” that was read by another program, as “Hallo word”."""
    path = save_scan(tmp_path / "scan.pdf", text_image(), dpi=100, drawn=UNSEEN % b"Hallo word")
    return with_font(path)


def with_font(path: Path) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Resources.Font = pikepdf.Dictionary(
            F=pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        pdf.save(path)
    return path


def marked(path: Path, rotation: int = 0) -> PageText:
    """A page with one word where its black rectangle is seen, once it is turned upright."""
    image = rotate(open_page(path, limits=Limits()).image, rotation)
    rows, columns = np.nonzero(np.asarray(image.convert("L")) < 128)
    box = Box(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
    line = Line((Word("mark", 90.0, box),), box)
    return PageText(*image.size, (Block((line,), box),), rotation=rotation)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "boxes",
    [
        {"Rotate": 0},
        {"Rotate": 90},
        {"Rotate": 180},
        {"Rotate": 270},
        {"UserUnit": 2},
        {"MediaBox": [10, 20, 605, 862], "CropBox": [100, 300, 500, 700]},
        {"MediaBox": [595, 842, 0, 0]},
        {"CropBox": [100, 300, 5000, 7000], "Rotate": 90},
        {"CropBox": [700, 900, 800, 1000]},
    ],
    ids=str,
)
def test_words_lie_on_the_page_however_it_lies(
    tmp_path: Path, boxes: dict[str, object], rotation: int
) -> None:
    path = save_pdf(tmp_path / "page.pdf", RECTANGLE)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.update(pikepdf.Dictionary(**boxes))
        pdf.save(path)
    made = make_pdf(tmp_path, path, sources=[source(marked(path, rotation), rotation=rotation)])
    [word] = words_by_pdfium(made)
    assert word.box == pytest.approx(MARK, abs=ALIKE)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_lay_on_its_side_is_shown_upright(tmp_path: Path, rotation: int) -> None:
    path = save_pdf(tmp_path / "page.pdf", RECTANGLE)
    made = make_pdf(tmp_path, path, sources=[source(marked(path, rotation), rotation=rotation)])
    with pikepdf.open(made) as pdf:
        assert pdf.pages[0].rotation == rotation


def test_coordinates_that_a_page_leaves_scaled_do_no_harm(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "page.pdf", b"q 2 0 0 2 0 0 cm 75 200 60 15 re f")
    [word] = words_by_pdfium(make_pdf(tmp_path, path, pages=[marked(path)]))
    assert word.box == pytest.approx(MARK, abs=ALIKE)


def test_the_text_of_an_earlier_reading_makes_way_for_ours(tmp_path: Path, scan: Path) -> None:
    assert text_by_pdfium(scan) == "Hallo word"
    made = make_pdf(tmp_path, scan, pages=[page_of(["Hello", "world"])])
    assert text_by_pdfium(made) == "Hello world"
    assert text_by_poppler(made).split() == ["Hello", "world"]


def test_so_does_that_in_a_form(tmp_path: Path) -> None:
    path = with_form(save_pdf(tmp_path / "page.pdf", b"/Old Do /Old Do"), UNSEEN % b"Hallo word")
    made = make_pdf(tmp_path, path, pages=[page_of(["Hello", "world"])])
    assert text_by_pdfium(made) == "Hello world"


def with_form(path: Path, content: bytes) -> Path:
    """All pages may draw the form ``Old``, which may draw itself, and ``Outer``, which draws that."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        form = pdf.make_indirect(pikepdf.Stream(pdf, content, Type=pikepdf.Name.XObject))
        form.Subtype, form.BBox = pikepdf.Name.Form, [0, 0, 1000, 1000]
        form.Resources = pikepdf.Dictionary(Font=pdf.pages[0].Resources.Font, XObject={"/Self": form})
        outer = pdf.make_indirect(copy(form))
        outer.write(b"/Old Do")
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Old=form))
        for page in pdf.pages:
            page.Resources.XObject = pikepdf.Dictionary(Old=form, Outer=outer)
        pdf.save(path)
    return path


SHOWS_OLD = b"BT /F 24 Tf 50 50 Td (old) Tj ET"


@pytest.mark.parametrize("form", [b"/Old", b"/Outer"])
def test_so_does_that_in_a_form_that_a_page_draws_unseen(tmp_path: Path, form: bytes) -> None:
    path = with_form(save_pdf(tmp_path / "page.pdf", b"q 3 Tr %s Do Q" % form), SHOWS_OLD)
    made = make_pdf(tmp_path, path, pages=[page_of(["Hello", "world"])])
    assert text_by_pdfium(made) == "Hello world"


@pytest.mark.parametrize("first", [0, 1])
def test_the_same_form_stays_where_it_is_seen(tmp_path: Path, first: int) -> None:
    draws = (b"q 3 Tr /Old Do Q", b"/Old Do")
    path = with_form(save_pdf(tmp_path / "page.pdf", draws[first], draws[1 - first]), SHOWS_OLD)
    made = make_pdf(tmp_path, path, sources=[source(None), source(None, index=1)])
    assert [text_by_pdfium(made, index) for index in (first, 1 - first)] == ["", "old"]


def test_the_scan_itself_is_untouched(tmp_path: Path, scan: Path) -> None:
    made = make_pdf(tmp_path, scan, pages=[page_of(["Hello", "world"])])
    with pikepdf.open(scan) as before, pikepdf.open(made) as after:
        image = before.pages[0].Resources.XObject.I.read_raw_bytes()
        assert after.pages[0].Resources.XObject.I.read_raw_bytes() == image


def test_a_page_that_says_its_text_itself_keeps_it_and_gets_no_other(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "page.pdf", says("Hello world"))
    made = make_pdf(tmp_path, path, pages=[over(path, "Hello", "world")])
    assert text_by_pdfium(made) == "Hello world"


def test_so_does_one_that_places_each_letter_by_itself(tmp_path: Path) -> None:
    text = b"BT /F 12 Tf 72 700 Td (I) Tj 4 0 Td (I) Tj ET "
    path = with_font(save_pdf(tmp_path / "page.pdf", text))
    made = make_pdf(tmp_path, path, pages=[over(path, "II")])
    assert text_by_pdfium(made) == "II"


def over(path: Path, *texts: str) -> PageText:
    """A page with words that share the ink of ``path``."""
    whole = marked(path)
    box, words = whole.words[0].box, []
    width = box.width // len(texts)
    for number, text in enumerate(texts):
        left = box.x0 + number * width
        words.append(Word(text, 90.0, Box(left, box.y0, left + width, box.y1)))
    return PageText(whole.width, whole.height, (Block((Line(tuple(words), box),), box),))


def test_words_on_a_picture_beside_text_are_added(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "page.pdf", says("Hello world") + RECTANGLE.join((b" ", b" ")))
    scale = open_page(path, limits=Limits()).image.width / A4[0]
    left, bottom, right, top = (round(value * scale) for value in MARK)
    height = round(A4[1] * scale)
    stamp = Box(left, height - top, right, height - bottom)
    hello = Box(*(round(value * scale) for value in (50, 842 - 75, 110, 842 - 48)))
    lines = tuple(Line((Word(text, 90.0, box),), box) for text, box in (("PAID", stamp), ("Hello", hello)))
    page = PageText(round(A4[0] * scale), height, (Block(lines, stamp),))
    made = make_pdf(tmp_path, path, pages=[page])
    assert sorted(text_by_pdfium(made).split()) == ["Hello", "PAID", "world"]


def test_text_seen_beside_text_of_an_earlier_reading_stays(tmp_path: Path) -> None:
    seen = b"BT 0 Tr /F 24 Tf 50 700 Td (Seen) Tj ET "
    path = save_pdf(tmp_path / "page.pdf", seen + UNSEEN % b"Hallo")
    line = Line((Word("Hello", 90.0, Box(50, 740, 120, 790)),), Box(50, 740, 120, 790))
    page = PageText(595, 842, (Block((line,), line.box),))
    assert sorted(text_by_pdfium(make_pdf(tmp_path, path, pages=[page])).split()) == ["Hello", "Seen"]


@pytest.mark.parametrize(
    "shows",
    [
        b"(gone) '",
        b'1 2 (gone) "',
        b"[(go) 3 (ne)] TJ",
        b"q 3 Tr (gone) Tj Q",
        b"(gone) Tj (gone) ' (gone) Tj",
    ],
)
def test_whatever_shows_unseen_text_is_taken_out(tmp_path: Path, shows: bytes) -> None:
    path = save_pdf(
        tmp_path / "page.pdf", b"BT /F 9 Tf 12 TL 50 50 Td 3 Tr " + shows + b" T* 0 Tr (left) Tj ET"
    )
    made = make_pdf(tmp_path, path)
    assert text_by_pdfium(made) == "left"
    [word], words = words_by_pdfium(made), words_by_pdfium(path)
    assert word.box == pytest.approx(words[-1].box, abs=0.1)


@pytest.mark.parametrize("before", [b"(unseen ) Tj", b"(unseen ) '", b"[(un) 3 (seen )] TJ (too ) Tj"])
def test_text_to_be_seen_stays_where_it_is(tmp_path: Path, before: bytes) -> None:
    content = b"BT /F 9 Tf 12 TL 50 50 Td 3 Tr " + before + b" 0 Tr (seen) Tj 3 Tr ( gone) Tj ET"
    path = save_pdf(tmp_path / "page.pdf", content)
    made = make_pdf(tmp_path, path)
    *_, was, _gone = words_by_pdfium(path)
    *_, word = words_by_pdfium(made)
    assert word.text == "seen"
    assert word.box == pytest.approx(was.box, abs=0.1)


def test_what_a_pdf_has_besides_pages_stays(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "book.pdf", says("one"), says("two"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Chapter", 1))
        pdf.save(path)
    made = make_pdf(tmp_path, path, sources=[source(None), source(None, index=1)])
    with pikepdf.open(made) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Chapter"]


def test_one_page_of_a_book_comes_alone(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "book.pdf", says("one"), says("two"), says("three"))
    made = make_pdf(tmp_path, path, sources=[source(None, index=1)])
    with pikepdf.open(made) as pdf:
        assert len(pdf.pages) == 1
    assert text_by_pdfium(made) == "two"


@pytest.mark.parametrize("resources", ["inherited", "none"])
def test_a_page_may_lack_resources_of_its_own(tmp_path: Path, resources: str) -> None:
    path = save_pdf(tmp_path / "page.pdf", RECTANGLE, RECTANGLE)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        if resources == "inherited":
            pdf.Root.Pages.Resources = pikepdf.Dictionary()
        for page in pdf.pages:
            del page.obj.Resources
        pdf.save(path)
    sources = [source(marked(path)), source(marked(path), index=1)]
    made = make_pdf(tmp_path, path, sources=sources)
    assert [text_by_pdfium(made, index) for index in range(2)] == ["mark", "mark"]


def test_images_and_pdfs_make_one_document(tmp_path: Path, scan: Path) -> None:
    picture = tmp_path / "photo.png"
    text_image().save(picture)
    book = save_pdf(tmp_path / "book.pdf", says("one"), says("two"))
    sources = [
        source(page_of(["first"]), file=0),
        source(None, file=1, index=0),
        source(None, file=1, index=1),
        source(page_of(["last"]), file=2),
    ]
    made = make_pdf(tmp_path, picture, book, scan, sources=sources)
    assert [text_by_pdfium(made, index) for index in range(4)] == ["first", "one", "two", "last"]


def test_a_pdf_that_forbids_changes_opens_without_its_password(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "page.pdf", RECTANGLE)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="", owner="secret"))
    made = make_pdf(tmp_path, path, pages=[marked(path)])
    with pikepdf.open(made) as pdf:
        assert not pdf.is_encrypted
    assert text_by_pdfium(made) == "mark"


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "page.pdf", RECTANGLE, password="secret")
    with pytest.raises(PasswordNeeded):
        make_pdf(tmp_path, path)


def test_a_broken_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.4\nno page in sight")
    with pytest.raises(FileDamaged):
        make_pdf(tmp_path, path)


def test_a_page_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "page.pdf", RECTANGLE)
    with pytest.raises(PageMissing, match="no page 3"):
        make_pdf(tmp_path, path, sources=[source(None, index=2)])


def test_a_page_with_broken_parts_stays_without_text(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "page.pdf", RECTANGLE, says("two"))
    text = marked(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Resources = pikepdf.Array([1, 2])
        pdf.save(path)
    made = make_pdf(tmp_path, path, sources=[source(text), source(text, index=1)])
    assert text_by_pdfium(made, 1).split() == ["mark", "two"]
