"""PAGE of several years, in the manner of the programs that write it."""

import pytest

from documents.ocr.elements import Box
from documents.ocr.formats.readers.page import read

SIZE = 'imageFilename="img/0001.jpg" imageWidth="1000" imageHeight="800"'


def page(inside: str, about: str = SIZE, metadata: str = "", year: str = "2013-07-15") -> bytes:
    space = f"http://schema.primaresearch.org/PAGE/gts/pagecontent/{year}"
    head = f"<Metadata>{metadata}</Metadata>"
    return f'<PcGts xmlns="{space}">{head}<Page {about}>{inside}</Page></PcGts>'.encode()


def coords(x0: int, y0: int, x1: int, y1: int) -> str:
    return f'<Coords points="{x0},{y0} {x1},{y0} {x1},{y1} {x0},{y1}"/>'


def says(text: str, conf: str = "") -> str:
    return f"<TextEquiv {conf}><Unicode>{text}</Unicode></TextEquiv>"


def region(*lines: str, name: str = "r", more: str = "") -> str:
    return f'<TextRegion id="{name}" {more}>{coords(0, 0, 500, 100)}{"".join(lines)}</TextRegion>'


def line(text: str, *words: str, more: str = "") -> str:
    return f"<TextLine {more}>{coords(10, 10, 110, 30)}{''.join(words)}{says(text)}</TextLine>"


def word(text: str, *place: int, conf: str = "") -> str:
    return f"<Word>{coords(*place)}{says(text, conf)}</Word>"


def text_of(data: bytes) -> str:
    return read(data)[0].page.text


def test_a_page_of_transkribus_has_lines_without_words() -> None:
    lines = (
        line("Dritte", more='custom="readingOrder {index:2;}"'),
        line("Erste Zei¬", more='custom="readingOrder {index:0;}"'),
        line("le", more='custom="readingOrder {index:1;} person {offset:0; length:2;}"'),
    )
    [found] = read(page(region(*lines), metadata="<Creator>Transkribus</Creator>"))
    assert (found.image, found.page.engine, found.page.text) == (
        "img/0001.jpg", "Transkribus", "Erste Zei¬\nle\nDritte",
    )  # fmt: skip
    assert [word.box for word in found.page.words[:2]] == [Box(10, 10, 63, 30), Box(68, 10, 110, 30)]
    assert found.page.confidence == 100


def test_words_have_their_own_boxes_and_confidences() -> None:
    words = word("Hi", 10, 10, 30, 30, conf='conf="0.5"'), word("you", 40, 10, 110, 30)
    [found] = read(page(region(line("Hi you", *words))))
    assert [(word.box, word.confidence) for word in found.page.words] == [
        (Box(10, 10, 30, 30), 50.0),
        (Box(40, 10, 110, 30), 100.0),
    ]


def test_spaces_are_those_of_the_line() -> None:
    words = word("a", 1, 1, 2, 2), word("b", 1, 1, 2, 2), word(".", 1, 1, 2, 2)
    assert text_of(page(region(line("a b.", *words)))) == "a b."
    assert text_of(page(region(line("something else", *words)))) == "a b ."


def test_points_as_elements_and_any_year() -> None:
    points = '<Coords><Point x="1" y="2"/><Point x="30" y="2"/><Point x="30" y="40"/></Coords>'
    inside = f"<TextRegion><TextLine>{points}{says('x')}</TextLine></TextRegion>"
    for year in ("2010-03-19", "2016-07-15", "2019-07-15"):
        assert read(page(inside, year=year))[0].page.words[0].box == Box(1, 2, 30, 40)


def test_a_region_without_lines_is_cut_into_them() -> None:
    [found] = read(page(region(says("one\ntwo"))))
    assert found.page.text == "one\ntwo"
    assert [line.box for line in found.page.lines] == [Box(0, 0, 500, 50), Box(0, 50, 500, 100)]


def test_regions_are_read_in_their_order_and_inner_ones_behind_outer_ones() -> None:
    order = """<ReadingOrder><OrderedGroup id="g">
        <RegionRefIndexed index="1" regionRef="a"/><RegionRefIndexed index="0" regionRef="b"/>
        </OrderedGroup></ReadingOrder>"""
    inner = region(line("inner"), name="c")
    inside = region(line("a"), name="a") + region(line("b"), inner, name="b") + region(line("last"), name="z")
    assert text_of(page(order + inside)) == "b\n\ninner\n\nlast\n\na"
    assert text_of(page(inside)) == "a\n\nb\n\ninner\n\nlast"


def test_regions_may_be_numbered_by_themselves() -> None:
    first, second = (region(line(str(at)), more=f'custom="readingOrder {{index:{at};}}"') for at in (0, 1))
    assert text_of(page(second + first)) == "0\n\n1"


def test_text_in_tables_is_read() -> None:
    assert text_of(page(f"<TableRegion>{region(line('cell'))}</TableRegion>")) == "cell"


def test_the_best_of_several_readings_is_taken() -> None:
    readings = says("no", 'index="2"') + says("yes", 'index="1"')
    inside = f"<TextRegion><TextLine>{coords(1, 1, 9, 9)}{readings}</TextLine></TextRegion>"
    assert text_of(page(inside)) == "yes"


def test_letters_and_baselines_are_passed_over() -> None:
    glyph = f"<Glyph>{coords(1, 1, 2, 2)}{says('x')}</Glyph>"
    inside = f"<TextRegion><TextLine><Word>{glyph}{says('a')}</Word></TextLine></TextRegion>"
    assert text_of(page(inside)) == "a"


def test_languages_have_english_names() -> None:
    about = f'{SIZE} primaryLanguage="German" secondaryLanguage="other"'
    assert read(page(region(line("x")), about))[0].page.languages == ("deu",)


def test_more_than_two_languages_are_tags_in_the_metadata() -> None:
    about = f'{SIZE} primaryLanguage="German"'
    for tags, languages in (("ru ar de", ("rus", "ara", "deu")), ("? ?", ("deu",))):
        item = f'<MetadataItem name="languages" value="{tags}"/>'
        assert read(page(region(line("x")), about, item))[0].page.languages == languages


@pytest.mark.parametrize("inside", [region(), region(line(""))])
def test_a_page_that_is_only_marked_was_not_read(inside: str) -> None:
    assert read(page(inside))[0].page is None
    assert read(page(""))[0].page.text == ""
    assert read(page("", 'imageWidth="0" imageHeight="0"'))[0].page is None


def cell(row: int, column: int, *lines: str) -> str:
    role = f'<Roles><TableCellRole rowIndex="{row}" columnIndex="{column}"/></Roles>'
    place = coords(200 * column, 50 * row, 200 * column + 100, 50 * row + 20)
    return f'<TextRegion id="c{row}{column}">{place}{role}{"".join(lines)}</TextRegion>'


def table(*cells: str) -> str:
    return f'<TableRegion id="t">{coords(0, 0, 500, 100)}{"".join(cells)}</TableRegion>'


def test_the_cells_of_a_row_are_one_line() -> None:
    cells = cell(0, 0, line("Table lamp")), cell(0, 1, line("天")), cell(1, 0), cell(1, 1, line("气"))
    [found] = read(page(table(*cells) + region(line("Sum")), year="2019-07-15"))
    assert found.page.text == "Table lamp 天\n气\n\nSum"


def test_cells_of_several_lines_keep_them() -> None:
    cells = cell(0, 0, line("Table"), line("lamp")), cell(0, 1, line("12"))
    assert text_of(page(table(*cells), year="2019-07-15")) == "Table\nlamp\n\n12"


def test_a_table_that_the_order_names_has_its_cells_there() -> None:
    order = "".join(f'<RegionRefIndexed index="{at}" regionRef="{name}"/>' for at, name in enumerate("tr"))
    order = f'<ReadingOrder><OrderedGroup id="o">{order}</OrderedGroup></ReadingOrder>'
    data = page(order + region(line("last")) + table(cell(0, 0, line("one")), cell(0, 1, line("two"))))
    assert text_of(data) == "one two\n\nlast"
