from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

import documents.ocr
from documents.errors import LanguageMissing, LanguageUnknown, PageMissing, PageTooComplex, PasswordNeeded
from documents.ocr import recognise, recognise_pages
from documents.ocr.elements import Box
from tests.doubles import EchoEngine
from tests.files import save_pdf, save_slow, says, text_image


def test_the_door_shows_little() -> None:
    assert set(documents.ocr.__all__) == {
        "Block", "Box", "Line", "PageText", "Word", "recognise", "recognise_pages",
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
