import pytest

from documents.ocr.elements import Block, Box, Line, PageText
from documents.ocr.layout.roles import Role, roles
from tests.documents.ocr.layout.drawn import SIZE, block, line, text

BODY = block(text("a", 50, 200, 12))


def role_of(part: Block) -> Role:
    blocks = tuple(sorted((part, BODY), key=lambda one: one.box.y0))
    return roles(PageText(*SIZE, blocks))[blocks.index(part)]


def test_running_text_is_text() -> None:
    assert roles(PageText(*SIZE, (BODY,))) == (Role.TEXT,)


@pytest.mark.parametrize(("size", "role"), [(2.0, Role.TITLE), (1.4, Role.HEADING), (1.2, Role.TEXT)])
def test_large_lines_are_headings(size: float, role: Role) -> None:
    assert role_of(block(line("On otters", 50, 100, size=size))) == role


def test_a_large_figure_is_no_heading() -> None:
    assert role_of(block(line("** 12 / 7 **", 50, 1000, size=2), line("3", 50, 1100, size=2))) == Role.TEXT


def test_many_large_lines_are_no_heading() -> None:
    lines = [line("Large print for all", 50, 600 + 50 * at, size=1.5) for at in range(4)]
    assert role_of(block(lines)) == Role.TEXT


@pytest.mark.parametrize("number", ["12", "– 12 –", "xii", "XIV", "lxxxix", "3/7", "Page 3 of 7", "S. 12"])
@pytest.mark.parametrize("y", [30, 1350])
def test_a_lone_number_at_an_edge_is_that_of_the_page(number: str, y: int) -> None:
    assert role_of(block(line(number, 480, y))) == Role.PAGE_NUMBER


@pytest.mark.parametrize("word", ["Civil", "XXL", "ill", "Il", "livid", "iiii", "Vi", "Dr. Civic"])
def test_a_lone_word_at_an_edge_is_no_number(word: str) -> None:
    assert role_of(block(line(word, 480, 1350))) == Role.TEXT


def test_a_large_roman_number_is_a_heading() -> None:
    assert role_of(block(line("XX", 480, 30, size=1.4))) == Role.HEADING


def test_a_number_within_the_text_is_none() -> None:
    blocks = (block(line("Otters", 50, 100)), block(line("12", 50, 150)), BODY)
    assert roles(PageText(*SIZE, blocks))[1] == Role.TEXT


@pytest.mark.parametrize(
    "entry", ["• Wash the rice", "1. Wash the rice", "b) wash it", "(iv) wash it", "– wash it"]
)
def test_what_begins_with_a_bullet_or_a_number_is_in_a_list(entry: str) -> None:
    assert role_of(block(line(entry, 50, 600))) == Role.LIST_ITEM


@pytest.mark.parametrize("words", ["Fig. 3 Otters", "Abbildung 2: Otter", "Рис. 5. Выдры", "Table 1"])
def test_captions_say_so(words: str) -> None:
    assert role_of(block(line(words, 50, 600))) == Role.CAPTION


def test_small_print_at_the_foot_is_a_footnote() -> None:
    assert role_of(block(line("1 As seen in the river", 50, 1300, size=0.7))) == Role.FOOTNOTE


def test_small_print_elsewhere_is_text() -> None:
    assert role_of(block(line("As seen in the river", 50, 600, size=0.7))) == Role.TEXT


def test_a_page_without_text_has_none() -> None:
    assert roles(PageText(*SIZE, ())) == ()


def test_a_block_without_words_is_text() -> None:
    empty = Block.of([Line((), Box(50, 1300, 90, 1320))])
    assert roles(PageText(*SIZE, (BODY, empty))) == (Role.TEXT, Role.TEXT)
