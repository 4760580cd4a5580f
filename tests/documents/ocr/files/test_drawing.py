from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from documents.errors import FileDamaged, FileMissing, PageDamaged, PageMissing, TooManyPixels
from documents.ocr.files.canvas import Part
from documents.ocr.files.painter import draw, draw_part
from documents.ocr.options import MAX_SIDE, Limits
from tests.files import A4, save_pdf, save_scan, says, text_image

LIMITS = Limits()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.pdf"


def is_marked(image: Image.Image) -> bool:
    return bool(np.asarray(image.convert("L")).min() < 100)


def test_page_is_drawn_at_300_dpi(path: Path) -> None:
    image = draw(save_pdf(path, says("Hello")), 0, limits=LIMITS).image

    assert image.size == (2480, 3509)
    assert is_marked(image.crop((200, 3100, 600, 3400)))
    assert not is_marked(image.crop((0, 0, 2480, 3000)))


def test_grey_page_is_grey_and_coloured_page_coloured(path: Path) -> None:
    one_red_dot = b" 1 0 0 rg 300 300 1 1 re f"
    save_pdf(path, says("Hello"), says("Hello") + one_red_dot)

    assert draw(path, 0, limits=LIMITS).image.mode == "L"
    coloured = draw(path, 1, limits=LIMITS).image
    assert coloured.mode == "RGB"
    assert coloured.getpixel((1252, 2257)) == (255, 0, 0)


def test_missing_page(path: Path) -> None:
    save_pdf(path, says("one"), says("two"))

    for index in (2, -1):
        with pytest.raises(PageMissing):
            draw(path, index, limits=LIMITS)


def test_missing_and_damaged_files(path: Path) -> None:
    with pytest.raises(FileMissing):
        draw(path, 0, limits=LIMITS)
    path.write_bytes(b"%PDF-1.7\n")
    with pytest.raises(FileDamaged):
        draw(path, 0, limits=LIMITS)


def test_page_that_the_file_only_promises_is_damaged(path: Path) -> None:
    content = save_pdf(path, says("one")).read_bytes()
    assert b"/Count 1" in content
    path.write_bytes(content.replace(b"/Count 1", b"/Count 3"))

    with pytest.raises(PageDamaged):
        draw(path, 2, limits=LIMITS)


@pytest.mark.parametrize(
    "size", [(14_400, 14_400), (14_400, 1), (1, 14_400), (1e9, 1e9), (0.01, 0.01), (0, 0)]
)
def test_page_of_any_size_is_drawn(path: Path, size: tuple[int, int]) -> None:
    image = draw(save_pdf(path, b"", size=size), 0, limits=LIMITS).image

    assert 0 < image.width * image.height <= 50_000_000
    assert max(image.size) <= MAX_SIDE


@pytest.mark.parametrize(
    ("boxes", "size"),
    [
        ({"CropBox": [700, 900, 900, 1000]}, (300, 400)),  # beside the page: viewers show all of it
        ({"CropBox": [300, 0, 400, 400]}, (300, 400)),
        ({"CropBox": [0, 0, 0, 0]}, (300, 400)),
        ({"CropBox": [100, 100, 1000, 1000]}, (200, 300)),
        ({"CropBox": [200, 200, 100, 100]}, (100, 100)),
        ({"MediaBox": [300, 400, 0, 0]}, (300, 400)),
        ({"MediaBox": [0, 0, 0, 100]}, (612, 792)),
        ({"MediaBox": ["a", "b"]}, (612, 792)),
        ({"Rotate": 45}, (300, 400)),
        ({"Rotate": -90}, (400, 300)),
        ({"UserUnit": 0}, (300, 400)),
    ],
)
def test_page_with_odd_boxes_is_drawn(path: Path, boxes: dict[str, object], size: tuple[int, int]) -> None:
    with pikepdf.open(save_pdf(path, b"", size=(300, 400)), allow_overwriting_input=True) as pdf:
        for key, value in boxes.items():
            pdf.pages[0].obj[f"/{key}"] = value
        pdf.save(path)

    image = draw(path, 0, limits=LIMITS).image

    assert image.size == pytest.approx([side / 72 * 300 for side in size], abs=1)


@pytest.mark.parametrize("most", [1, 2, 1_000, 100_000, 2_000_000])
def test_limits_hold_exactly(path: Path, most: int) -> None:
    save_pdf(path, says("Hello"))

    for limits, max_pixels in ((Limits(max_pixels=most), None), (LIMITS, most)):
        image = draw(path, 0, limits=limits, max_pixels=max_pixels).image
        assert most * 0.95 - 2 <= image.width * image.height <= most
        assert image.height < 3509


@pytest.mark.parametrize(
    ("size", "own", "drawn"),
    [
        ((1654, 2339), 200, 200),  # as good as at 300, in less time
        ((827, 1169), 100, 200),  # too coarse to be read as it is
        ((2480, 3508), 300, 300),
        ((4960, 7016), 600, 300),
        ((3000, 2000), 72, 72),  # a photo on a page of a pixel per point: large enough
        ((400, 300), 72, 200),
    ],
)
def test_scan_is_drawn_at_its_own_resolution_if_that_will_do(
    path: Path, size: tuple[int, int], own: int, drawn: float
) -> None:
    save_scan(path, Image.new("L", size, 200), dpi=own)

    image = draw(path, 0, limits=LIMITS).image

    assert max(image.size) == pytest.approx(max(size) / own * drawn, rel=0.001 if own == drawn else 0.02)


def test_scan_keeps_its_pixels_at_its_own_resolution(path: Path) -> None:
    scan = text_image(size=(1654, 2339), px=30)
    save_scan(path, scan, dpi=200)

    image = draw(path, 0, limits=LIMITS).image

    assert image.size == scan.size
    assert np.abs(np.asarray(image, np.int16) - np.asarray(scan, np.int16)).mean() < 1


@pytest.mark.parametrize(
    ("drawn", "factor"),
    [
        (
            b"BT 3 Tr /F 10 Tf 50 50 Td (found earlier) Tj ET",
            1,
        ),  # the invisible text of an earlier recognition
        (b"BT /F 10 Tf 50 50 Td (a stamp) Tj ET", 1.5),
        (b"0 0 m 100 100 l S", 1.5),
    ],
)
def test_scan_with_something_to_see_upon_it_is_drawn_at_300_dpi(
    path: Path, drawn: bytes, factor: float
) -> None:
    save_scan(path, Image.new("L", (1654, 2339), 200), dpi=200, drawn=drawn)

    assert draw(path, 0, limits=LIMITS).image.width == pytest.approx(1654 * factor, rel=0.001)


def test_small_picture_on_a_page_does_not_decide(path: Path) -> None:
    save_scan(path, Image.new("L", (400, 400)), dpi=200)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].MediaBox = [0, 0, *A4]
        pdf.save(path)

    assert draw(path, 0, limits=LIMITS).image.size == (2480, 3509)


@pytest.mark.parametrize("broken", [{"Width": 0}, {"Filter": "/Nonsense"}])
def test_broken_image_leaves_the_rest_of_the_page(path: Path, broken: dict[str, object]) -> None:
    save_scan(path, Image.new("L", (600, 600)), dpi=72, drawn=says("Hello"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for key, value in broken.items():
            pdf.pages[0].Resources.XObject.I[f"/{key}"] = (
                value if isinstance(value, int) else pikepdf.Name(value)
            )
        pdf.save(path)

    image = draw(path, 0, limits=LIMITS).image

    assert is_marked(image.crop((200, 2200, 600, 2350)))


def test_turned_page_is_drawn_as_it_is_shown(path: Path) -> None:
    with pikepdf.open(save_pdf(path, says("Hello")), allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(path)

    image = draw(path, 0, limits=LIMITS).image

    assert image.size == (3509, 2480)
    assert is_marked(image.crop((100, 200, 400, 600)))  # what was bottom left is top left


def test_form_fields_and_notes_are_drawn(path: Path) -> None:
    save_pdf(path, b"")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        look = pikepdf.Stream(pdf, b"0 0 100 20 re f")
        look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 100, 20]
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="name", V="Ann", F=4,
            Rect=[72, 720, 172, 740], AP=pikepdf.Dictionary(N=look),
        )  # fmt: skip
        stamp = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, F=4,
            Rect=[72, 144, 172, 164], AP=pikepdf.Dictionary(N=look),
        )  # fmt: skip
        pdf.pages[0].Annots = [pdf.make_indirect(field), pdf.make_indirect(stamp)]
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.pages[0].Annots[0]])
        pdf.save(path)

    image = draw(path, 0, limits=LIMITS).image

    assert is_marked(image.crop((310, 430, 700, 500)))
    assert is_marked(image.crop((310, 2830, 700, 2900)))


def test_page_with_an_image_beyond_the_limit_is_refused(path: Path) -> None:
    save_scan(path, Image.new("1", (60, 40)), dpi=72)

    with pytest.raises(TooManyPixels):
        draw(path, 0, limits=Limits(max_pixels=2_399))
    assert draw(path, 0, limits=Limits(max_pixels=2_400)).image


def test_part_of_a_page_is_what_stands_there_in_the_drawing_of_the_whole(path: Path) -> None:
    save_pdf(path, says("Hello"))
    whole = draw(path, 0, limits=LIMITS).image

    same = draw_part(path, 0, Part(150, 3100, 1150, 3400, width=1000), limits=LIMITS)
    smaller = draw_part(path, 0, Part(150, 3100, 1150, 3400, width=500), limits=LIMITS)

    assert same.size == (1000, 300)
    difference = ImageChops.difference(same, whole.crop((150, 3100, 1150, 3400)))
    assert ImageStat.Stat(difference).mean[0] < 0.2  # edges are smoothed a little otherwise
    assert smaller.size == pytest.approx((500, 150), abs=1)
    assert is_marked(smaller)


def test_page_tells_its_full_size_however_small_it_is_drawn(path: Path) -> None:
    save_pdf(path, b"", size=(4000, 2000))

    drawn = draw(path, 0, limits=LIMITS, max_pixels=1_000_000)

    assert drawn.size == (16_667, 8_334)
    assert drawn.image.width * drawn.image.height <= 1_000_000
