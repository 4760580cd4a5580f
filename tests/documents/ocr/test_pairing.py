"""Which text belongs to which image."""

import pytest

from documents.errors import InputError, TextAlone, TextOfAnother, TextPagesDiffer, TextTwice
from documents.ocr.elements import PageText
from documents.ocr.formats.readers import TextOfPage
from documents.ocr.pairing import ImageFile, TextFile, image_by_name, paired


def page(name: str = "", image: str = "", number: int | None = None, *, is_read: bool = True) -> TextOfPage:
    """Its text is told by its engine."""
    return TextOfPage(PageText(9, 9, (), engine=name) if is_read else None, image, number)


def pairs(texts: list[TextFile], *images: ImageFile) -> dict[tuple[int, int], str]:
    return {place: text.engine for place, text in paired(texts, images).items()}


ONE, TWO, BOOK = ImageFile("one.png", 1), ImageFile("Two.tif", 1), ImageFile("book.pdf", 3)


@pytest.mark.parametrize(
    "name", ["two.xml", "TWO.alto.xml", "two.page.xml", "two.hocr", "two.tif.html", "Two.tif.hocr.xml"]
)
def test_a_text_belongs_to_the_image_that_is_called_like_it(name: str) -> None:
    assert pairs([TextFile(name, (page("t", image="one.png"),))], ONE, TWO) == {(1, 0): "t"}


def test_names_are_the_same_however_accents_are_written() -> None:
    assert image_by_name("e\u0301te\u0301.xml", ("été.png",)) == 0


@pytest.mark.parametrize("inside", ["/scans/one.png", r"C:\scans\ONE.JPG", "one"])
def test_else_to_the_image_that_it_names_inside(inside: str) -> None:
    assert pairs([TextFile("x.xml", (page("t", image=inside),))], TWO, ONE) == {(1, 0): "t"}


def test_a_text_of_several_images_is_of_each_that_its_pages_name() -> None:
    text = TextFile("all.hocr", (page("b", image="two.tif"), page("a", image="one.png")))
    assert pairs([text], ONE, TWO) == {(1, 0): "b", (0, 0): "a"}


@pytest.mark.parametrize("inside", ["", "stdin", "-", "unknown"])
def test_of_a_lone_image_is_any_text_that_names_none(inside: str) -> None:
    assert pairs([TextFile("x.xml", (page("t", image=inside),))], ONE) == {(0, 0): "t"}


def test_names_inside_may_be_those_of_pages_that_were_bound_since() -> None:
    texts = [TextFile(f"page-{name}.xml", (page(name, image=f"scan-{name}.tif"),)) for name in "abc"]
    assert pairs(texts, BOOK) == {(0, 0): "a", (0, 1): "b", (0, 2): "c"}


def test_of_a_text_of_several_images_a_lone_one_has_its_own_page() -> None:
    text = TextFile("all.hocr", (page("b", image="two.tif"), page("a", image="one.png")))
    assert pairs([text], ONE) == {(0, 0): "a"}


def test_a_page_that_names_no_image_is_of_the_lone_one() -> None:
    text = TextFile("all.hocr", (page("a", image="book.pdf"), page("b"), page("c", image="unknown")))
    assert pairs([text], BOOK) == {(0, 0): "a", (0, 1): "b", (0, 2): "c"}


def test_several_pages_are_in_order() -> None:
    assert pairs([TextFile("book.xml", tuple(map(page, "abc")))], BOOK) == {
        (0, 0): "a",
        (0, 1): "b",
        (0, 2): "c",
    }
    files = [TextFile(f"page-{name}.xml", (page(name, image="book.pdf"),)) for name in "abc"]
    assert pairs(files, ONE, BOOK) == {(1, 0): "a", (1, 1): "b", (1, 2): "c"}


def test_some_of_several_pages_are_told_by_their_numbers() -> None:
    assert pairs([TextFile("book.xml", (page("c", number=3), page("a", number=1)))], BOOK) == {
        (0, 2): "c",
        (0, 0): "a",
    }
    assert pairs([TextFile("book.xml", (page("b", number=2),))], BOOK) == {(0, 1): "b"}


def test_a_page_that_was_not_read_is_left_to_the_engine() -> None:
    assert pairs([TextFile("book.xml", (page("a"), page(is_read=False), page("c")))], BOOK) == {
        (0, 0): "a",
        (0, 2): "c",
    }


def test_texts_that_name_no_image_are_in_the_order_of_all_pages() -> None:
    text = TextFile("all.alto.xml", tuple(map(page, "abcd")))
    assert pairs([text], ONE, BOOK) == {(0, 0): "a", (1, 0): "b", (1, 1): "c", (1, 2): "d"}


def refused(error: type[InputError], texts: list[TextFile], *images: ImageFile) -> str:
    with pytest.raises(error) as caught:
        paired(texts, images)
    return caught.value.file


def test_a_text_of_no_image_is_refused() -> None:
    lone = TextFile("x.xml", (page(),))
    assert refused(TextAlone, [lone], ONE, TWO) == "x.xml"
    assert refused(TextAlone, [TextFile("one.xml", (page(),)), lone], ONE, TWO) == "x.xml"


@pytest.mark.parametrize("images", [(ONE,), (ONE, TWO)], ids=["alone", "in order"])
def test_a_text_that_names_another_image_is_refused_with_both_names(images: tuple[ImageFile, ...]) -> None:
    texts = [TextFile(f"{name}.xml", (page(image="/a/other.png"),)) for name in "xy"[: len(images)]]
    with pytest.raises(TextOfAnother) as caught:
        paired(texts, images)
    assert (caught.value.file, caught.value.params) == ("x.xml", {"named": "other.png", "image": "one.png"})


@pytest.mark.parametrize("numbers", [(None, None), (1, 1), (1, 4), (1,), (None,), (2, 0)])
def test_pages_that_cannot_be_told_are_refused(numbers: tuple[int | None, ...]) -> None:
    text = TextFile("book.xml", tuple(page(number=number) for number in numbers))
    assert refused(TextPagesDiffer, [text], BOOK) == "book.xml"


def test_one_text_of_a_page_is_enough() -> None:
    texts = [TextFile("one.hocr", (page(),)), TextFile("one.xml", (page(),))]
    assert refused(TextTwice, texts, ONE, TWO) == "one.xml"
