"""ALTO of several versions, in the manner of the programs that write it."""

import pytest

from documents.errors import TextDamaged, TextWithoutSize
from documents.ocr.elements import Box
from documents.ocr.formats.readers.alto import read

PLACE = 'HPOS="{}" VPOS="{}" WIDTH="{}" HEIGHT="{}"'


def place(*numbers: float) -> str:
    return PLACE.format(*numbers)


def alto(page: str, head: str = "<MeasurementUnit>pixel</MeasurementUnit>", version: int = 4) -> bytes:
    space = f' xmlns="http://www.loc.gov/standards/alto/ns-v{version}#"'
    return f"<alto{space}><Description>{head}</Description><Layout>{page}</Layout></alto>".encode()


def in_page(inside: str, about: str = 'WIDTH="1000" HEIGHT="800"') -> bytes:
    return alto(f'<Page ID="p" {about}><PrintSpace>{inside}</PrintSpace></Page>')


def line(*strings: str, about: str = "") -> str:
    return f"<TextBlock><TextLine {about}>{''.join(strings)}</TextLine></TextBlock>"


def string(content: str, *numbers: float, more: str = "") -> str:
    return f'<String CONTENT="{content}" {place(*numbers) if numbers else ""} {more}/>'


def text_of(data: bytes) -> str:
    return read(data)[0].page.text


@pytest.mark.parametrize("version", [2, 3, 4])
def test_every_version_is_read(version: int) -> None:
    inside = line(string("Hi", 10.4, 20, 30.2, 40, more='WC="0.85"'), "<SP/>", string("you", 50, 20, 30, 40))
    head = """<MeasurementUnit>pixel</MeasurementUnit>
        <sourceImageInformation><fileName> scan_1.tif </fileName></sourceImageInformation>
        <OCRProcessing><ocrProcessingStep><processingSoftware><softwareName>ABBYY FineReader</softwareName>
        <softwareVersion>11</softwareVersion></processingSoftware></ocrProcessingStep></OCRProcessing>"""
    page = f'<Page PHYSICAL_IMG_NR="3" WIDTH="1000" HEIGHT="800"><PrintSpace>{inside}</PrintSpace></Page>'
    [found] = read(alto(page, head, version))
    assert (found.image, found.number, found.page.text) == ("scan_1.tif", 3, "Hi you")
    assert (found.page.engine, found.page.engine_version) == ("ABBYY FineReader", "11")
    first, second = found.page.words
    assert (first.box, first.confidence, second.confidence) == (Box(10, 20, 41, 60), 85.0, 100.0)


def test_a_prefix_of_the_namespace_changes_nothing() -> None:
    inside = line(string("Hi", 1, 2, 3, 4))
    page = f'<Page WIDTH="9" HEIGHT="9"><PrintSpace>{inside}</PrintSpace></Page>'.replace("</", "</a:")
    page = page.replace("<", "<a:").replace("<a:/a:", "</a:")
    assert text_of(f'<a:alto xmlns:a="x"><a:Layout>{page}</a:Layout></a:alto>'.encode()) == "Hi"


def test_hyphens_stay_at_the_ends_of_lines() -> None:
    first = string("exam", 1, 1, 40, 9, more='SUBS_TYPE="HypPart1" SUBS_CONTENT="example"')
    hyphen = f'<HYP CONTENT="-" {place(41, 1, 5, 9)}/>'
    [found] = read(in_page(line(first, hyphen) + line(string("ple", 1, 20, 9, 9))))
    assert found.page.text == "exam-\n\nple"
    assert found.page.words[0].box == Box(1, 1, 46, 10)


def test_a_hyphen_that_is_written_twice_is_read_once() -> None:
    assert text_of(in_page(line(string("exam-", 1, 1, 40, 9), '<HYP CONTENT="-"/>'))) == "exam-"


def test_where_a_page_has_spaces_there_is_none_without_one() -> None:
    one = line(string("a", 1, 1, 9, 9), "<SP/>", string("b", 10, 1, 9, 9), string(".", 20, 1, 9, 9))
    assert text_of(in_page(one)) == "a b."
    assert text_of(in_page(one.replace("<SP/>", ""))) == "a b ."


def test_words_without_boxes_share_that_of_their_line() -> None:
    [found] = read(in_page(line(string("ab"), string("cd"), about=place(100, 10, 40, 20))))
    assert [word.box for word in found.page.words] == [Box(100, 10, 118, 30), Box(122, 10, 140, 30)]


def test_a_word_without_a_box_stands_between_its_neighbours() -> None:
    words = string("ab", 0, 10, 20, 10), string("cd"), string("ef", 50, 10, 20, 10)
    assert read(in_page(line(*words)))[0].page.words[1].box == Box(23, 10, 37, 20)


def test_boxes_end_at_the_edge_of_the_page() -> None:
    [found] = read(in_page(line(string("a", -5, 790, 2000, 50))))
    assert found.page.words[0].box == Box(0, 790, 1000, 800)


@pytest.mark.parametrize("unit", ["mm10", "inch1200"])
def test_places_in_other_units_count_by_the_size_of_the_page(unit: str) -> None:
    area = f"<PrintSpace {place(0, 0, 2100, 2970)}>{line(string('a', 100, 200, 30, 40))}</PrintSpace>"
    head = f"<MeasurementUnit>{unit}</MeasurementUnit>"
    [found] = read(alto(f"<Page>{area}</Page>", head))
    assert (found.page.width, found.page.height) == (2100, 2970)
    with pytest.raises(TextWithoutSize):
        read(alto(f"<Page>{area.replace(place(0, 0, 2100, 2970), '')}</Page>", head))


def test_in_pixels_the_size_may_be_left_to_the_image() -> None:
    [found] = read(in_page(line(string("a", 1, 2, 3, 4)), about=""))
    assert (found.page.width, found.page.words[0].box) == (0, Box(1, 2, 4, 6))


def test_the_foot_of_a_page_is_read_last() -> None:
    areas = ("BottomMargin", "foot"), ("TopMargin", "head"), ("PrintSpace", "body")
    inside = "".join(f"<{area}>{line(string(text, 1, 1, 2, 2))}</{area}>" for area, text in areas)
    assert text_of(alto(f'<Page WIDTH="9" HEIGHT="9">{inside}</Page>')) == "head\n\nbody\n\nfoot"


def blocks(**following: str) -> str:
    return "".join(
        f'<TextBlock ID="{name}" {after}><TextLine>{string(name, 1, 1, 2, 2)}</TextLine></TextBlock>'
        for name, after in following.items()
    )


def test_blocks_are_read_in_the_order_that_they_tell() -> None:
    assert text_of(in_page(blocks(c="", a='IDNEXT="b"', b='IDNEXT="c"'))) == "a\n\nb\n\nc"
    assert text_of(in_page(blocks(a='IDNEXT="b"', b='IDNEXT="a"'))) == "a\n\nb"


def test_the_reading_order_of_a_file_comes_before_that() -> None:
    group = '<OrderedGroup><ElementRef REF="b"/><ElementRef REF="a"/></OrderedGroup>'
    order = f"<ReadingOrder>{group}</ReadingOrder><Layout>".encode()
    page = in_page(blocks(a='IDNEXT="b"', b="")).replace(b"<Layout>", order)
    assert text_of(page) == "b\n\na"


def test_languages_are_those_of_the_page_else_of_its_blocks() -> None:
    def languages(about: str, block: str) -> tuple[str, ...]:
        inside = f"<TextBlock {block}><TextLine>{string('a', 1, 1, 2, 2)}</TextLine></TextBlock>"
        return read(in_page(inside, f'WIDTH="9" HEIGHT="9" {about}'))[0].page.languages

    assert languages('LANG="de" OTHERLANGS="fr-CH xx"', 'LANG="en"') == ("deu", "fra")
    assert languages("", 'LANG="en-US"') == ("eng",)
    assert languages("", 'language="ger"') == ("deu",)


def test_the_name_in_the_head_is_not_that_of_many_images() -> None:
    head = "<fileName>one.tif</fileName>"
    assert [page.image for page in read(alto('<Page WIDTH="9" HEIGHT="9"/>' * 2, head))] == ["", ""]


def test_a_page_that_is_only_marked_was_not_read() -> None:
    assert read(alto('<Page ID="p"/>'))[0].page is None
    assert read(in_page(line(string(" ", 1, 1, 2, 2))))[0].page is None
    assert read(in_page(""))[0].page.text == ""


def test_a_file_that_is_cut_off_says_where() -> None:
    with pytest.raises(TextDamaged, match="line 1"):
        read(in_page(line(string("a", 1, 1, 2, 2)))[:-30])
