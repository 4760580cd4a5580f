from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageOps

import documents.ocr
from documents.errors import (
    FileEmpty,
    LanguageMissing,
    LanguageUnknown,
    PageDamaged,
    PageMissing,
    PageTooComplex,
    PasswordNeeded,
    PasswordWrong,
)
from documents.ocr import page_count, page_image, recognise, recognise_pages
from documents.ocr.elements import Box
from documents.ocr.options import Cleaning
from documents.ocr.recognition import How
from tests.doubles import EchoEngine
from tests.files import save_pdf, save_slow, says, text_image

pytestmark = pytest.mark.slow


def test_the_door_shows_little() -> None:
    assert set(documents.ocr.__all__) == {
        "Block", "Box", "InputError", "Line", "OcrsiteError", "PageText", "Word", "page_count", "page_image",
        "recognise", "recognise_pages", "save", "save_pdf",
    }  # fmt: skip
    with pytest.raises(AttributeError, match="no attribute 'recognize'"):
        documents.ocr.recognize  # noqa: B018


@pytest.mark.parametrize("languages", ["eng+rus", ["eng", "rus"], ("eng", "rus")])
def test_languages_come_as_text_or_as_a_list(echo: EchoEngine, png: Path, languages: str | list[str]) -> None:
    assert recognise(png, languages).languages == ("eng", "rus")
    assert echo.calls == [("eng", "rus")]


def test_a_path_may_be_text(echo: EchoEngine, png: Path) -> None:
    assert recognise(str(png), "eng").text == recognise(png, "eng").text == "Hello world"


def test_a_pillow_image_is_read_and_left_as_it_is(echo: EchoEngine) -> None:
    image = Image.new("P", (30, 20))
    assert recognise(image, "eng").text == "Hello world"
    assert image.mode == "P"


def test_boxes_are_pixels_of_the_file_even_if_it_was_scaled_down(echo: EchoEngine, tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("L", (800, 400), 255).save(path)
    read = recognise(path, "eng", max_pixels=80_000)
    assert (read.width, read.height) == (800, 400)
    assert read.words[0].box == Box(0, 0, 20, 20)


@pytest.mark.parametrize("most", [1, 10, 7_777])
@pytest.mark.parametrize("as_file", [True, False])
def test_the_size_is_that_of_the_original_however_small_it_was_read(
    echo: EchoEngine, tmp_path: Path, most: int, as_file: bool
) -> None:
    image = Image.new("L", (991, 703), 255)
    image.save(tmp_path / "odd.png")
    read = recognise(tmp_path / "odd.png" if as_file else image, "eng", max_pixels=most)
    assert (read.width, read.height) == (991, 703)


@pytest.mark.parametrize("most", [0, -5])
def test_a_limit_below_one_pixel_is_a_mistake_of_the_caller(png: Path, most: int) -> None:
    with pytest.raises(ValueError, match="max_pixels"):
        recognise(png, "eng", max_pixels=most)


def test_a_code_that_does_not_exist_is_refused(png: Path) -> None:
    with pytest.raises(LanguageUnknown):
        recognise(png, "xyz")


@pytest.mark.parametrize("read", [recognise, lambda *asked: next(recognise_pages(*asked))])
def test_a_missing_pack_is_told_before_the_file_is_opened(
    echo: EchoEngine, tmp_path: Path, read: Callable[..., object]
) -> None:
    with pytest.raises(LanguageMissing):
        read(tmp_path / "nowhere.png", "eng+chr")


def test_pages_of_a_file_are_read_in_turn_or_by_number(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "two.pdf", says("first"), says("second"))
    assert [read.text for read in recognise_pages(path, "eng")] == ["first", "second"]
    assert recognise(path, "eng", page=2).text == "second"


def test_pages_are_read_only_as_they_are_asked_for(echo: EchoEngine, tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "three.pdf", *[says("page")] * 3)
    next(recognise_pages(path, "eng"))
    assert len(echo.calls) == 1


@pytest.mark.parametrize("page", [0, 2, -1])
def test_a_page_that_is_not_there_is_an_error(png: Path, page: int) -> None:
    with pytest.raises(PageMissing):
        recognise(png, "eng", page=page)


def test_a_pillow_image_has_one_page(echo: EchoEngine) -> None:
    image = Image.new("L", (30, 20))
    assert recognise(image, "eng", page=1).words
    for read in (lambda: recognise(image, "eng", page=2), lambda: page_image(image, 0)):
        with pytest.raises(PageMissing):
            read()


def test_an_open_file_is_read(echo: EchoEngine, png: Path) -> None:
    with png.open("rb") as file:
        assert recognise(file, "eng").words
        with pytest.raises(FileEmpty):
            recognise(file, "eng")  # now at its end


def test_all_pages_of_an_open_book_are_read(echo: EchoEngine, tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "two.pdf", says("first"), says("second"))
    with path.open("rb") as file:
        assert [read.text for read in recognise_pages(file, "eng")] == ["Hello world"] * 2


def test_progress_is_told_before_each_page_is_handed_on(echo: EchoEngine, tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "two.pdf", says("first"), says("second"))
    told: list[tuple[int, int]] = []
    pages = recognise_pages(path, "eng", progress=lambda *progress: told.append(progress))
    assert [list(told) for _page in pages] == [[(0, 2), (1, 2)], [(0, 2), (1, 2), (2, 2)]]


@pytest.mark.parametrize("is_open", [False, True])
def test_pages_are_counted_under_their_lock_too(tmp_path: Path, is_open: bool) -> None:
    path = save_pdf(tmp_path / "locked.pdf", says("one"), says("two"), password="sesame")
    book = BytesIO(path.read_bytes()) if is_open else path
    assert page_count(book, password="sesame") == 2
    with pytest.raises(PasswordNeeded):
        page_count(path)
    with pytest.raises(PasswordWrong):
        page_count(path, password="open!")


def test_locked_pages_are_read_and_shown_with_their_password(echo: EchoEngine, tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "locked.pdf", b"", says("secret"), password="sesame")
    assert recognise(path, "eng", page=2, password="sesame").text == "Hello world"
    assert len(list(recognise_pages(path, "eng", password="sesame"))) == 2
    darkest = [page_image(path, page, password="sesame").getextrema()[0] for page in (1, 2)]
    assert darkest == [255, 0]


@pytest.mark.parametrize("as_file", [True, False])
def test_the_image_of_a_page_is_the_one_that_boxes_lie_on(
    echo: EchoEngine, tmp_path: Path, as_file: bool
) -> None:
    image = Image.new("RGB", (90, 40), "white")
    image.putpixel((0, 0), (0, 0, 0))
    image.getexif()[ExifTags.Base.Orientation] = 6  # to be turned clockwise
    image.save(tmp_path / "photo.png", exif=image.getexif())
    source = tmp_path / "photo.png" if as_file else Image.open(tmp_path / "photo.png")
    read = recognise(source, "eng", max_pixels=1000)
    shown = page_image(source, rotation=read.rotation)
    assert shown.size == (read.width, read.height) == (40, 90)
    assert shown.getpixel((39, 0)) == (0, 0, 0)
    assert page_image(source, rotation=90).size == (90, 40)


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"cleaning": "soap"}, r"no cleaning “soap”.*auto, none"),
        ({"layout": "poem"}, r"no layout “poem”.*auto, line"),
        ({"timeout": 0}, "timeout"),
        ({"timeout": float("inf")}, "timeout"),
        ({"timeout": float("nan")}, "timeout"),
        ({"timeout": 2_147_484}, "86400 at most"),
    ],
)
def test_an_option_that_cannot_be_is_a_mistake_of_the_caller(
    png: Path, how: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        recognise(png, "eng", **how)


@pytest.mark.parametrize("how", [{"page": 1.0}, {"page": "1"}, {"max_pixels": 1.5}])
def test_so_is_a_number_that_is_not_whole(png: Path, how: dict[str, Any]) -> None:
    for source in (png, Image.open(png)):
        with pytest.raises(TypeError, match="integer"):
            recognise(source, "eng", **how)


def test_an_opened_image_that_is_cut_off_is_damaged(png: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.png"
    cut.write_bytes(png.read_bytes()[:-40])
    with pytest.raises(PageDamaged):
        recognise(Image.open(cut), "eng")


def test_an_option_that_does_not_exist_is_one_too(png: Path) -> None:
    with pytest.raises(TypeError, match="angle"):
        recognise(png, "eng", angle=3)  # type: ignore[call-arg]


@pytest.mark.parametrize("source", [b"\x89PNG", None, Image.Image])
def test_what_is_no_source_is_one_too(source: object) -> None:
    for take in (recognise, page_count, page_image):
        with pytest.raises(TypeError, match=r"io\.BytesIO"):
            take(source)


@pytest.mark.parametrize("size", [(0, 5), (5, 0)])
def test_an_image_without_width_or_height_is_one_too(size: tuple[int, int]) -> None:
    for take in (recognise, page_image):
        with pytest.raises(ValueError, match="width or height"):
            take(Image.new("L", size))


def test_such_a_mistake_is_told_before_the_first_page_is_asked_for(png: Path) -> None:
    with pytest.raises(ValueError, match="no cleaning"):
        recognise_pages(png, "eng", cleaning="soap")


def test_options_that_are_none_are_as_if_left_out(echo: EchoEngine, png: Path) -> None:
    nothing = dict.fromkeys(How.__annotations__)
    assert recognise(png, "eng", **nothing).text == recognise(png, "eng").text


@pytest.mark.parametrize(
    ("cleaning", "cures"),
    [("none", []), (Cleaning.NONE, []), ("auto", ["inverted"]), (Cleaning.AUTO, ["inverted"])],
)
def test_the_name_of_an_option_is_as_good_as_its_member(
    echo: EchoEngine, cleaning: str, cures: list[str]
) -> None:
    dark = ImageOps.invert(text_image(["Hello world"]))
    read = recognise(dark, "eng", cleaning=cleaning)
    assert [treatment.cure for treatment in read.treatments] == cures


def test_a_locked_pdf_is_an_error(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "locked.pdf", says("secret"), password="sesame")
    with pytest.raises(PasswordNeeded):
        list(recognise_pages(path, "eng"))


@pytest.mark.parametrize("ending", ["png", "bmp", "jpg", "tif", "webp", "pdf"])
def test_two_languages_are_found_and_read_exactly_in_every_format(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"two.{ending}"
    text_image(["Hello world!", "Привет мир!"], mode="RGB").save(path)
    read = recognise(path)
    assert read.text == "Hello world!\nПривет мир!"
    assert set(read.languages) == {"eng", "rus"}


def test_a_page_in_one_language_needs_no_hint(tmp_path: Path) -> None:
    text_image(["Привет мир!"]).save(tmp_path / "hello.png")
    read = recognise(tmp_path / "hello.png")
    assert (read.text, read.languages) == ("Привет мир!", ("rus",))


def test_time_limit_holds_for_drawing_too(echo: EchoEngine, tmp_path: Path) -> None:
    with pytest.raises(PageTooComplex):
        recognise(save_slow(tmp_path / "slow.pdf"), "eng", timeout=1)
