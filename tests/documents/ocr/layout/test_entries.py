import pytest

from documents.ocr.layout.entries import are_entries
from documents.ocr.layout.view import Piece, View
from tests.documents.ocr.layout.drawn import HEIGHT, PITCH, SIZE, line

WORDS = ["birch", "acorn", "clover", "ash", "cedar", "barley"]
OTHERS = ["kettle", "fork", "oven", "hammer", "needle", "ladder"]
LEVEL = [PITCH * at for at in range(6)]
PARTED = [PITCH * at + (PITCH // 2 if at > 2 else 0) for at in range(6)]


def column(x: int, entries: list[str], tops: list[int]) -> list[Piece]:
    view = View("ltr", SIZE)
    return [Piece.of(line(entry, x, 100 + top), view) for entry, top in zip(entries, tops, strict=True)]


def are_apart(left: list[Piece], right: list[Piece]) -> bool:
    return are_entries(left, right, (left, right), HEIGHT)


def paged(words: list[str]) -> list[str]:
    return [f"{word}, {at + 2}, {at + 30}" for at, word in enumerate(words)]


def test_entries_with_numbers_of_pages_are_an_index_wherever_they_stand() -> None:
    assert are_apart(column(50, paged(WORDS), LEVEL), column(500, paged(OTHERS), LEVEL))


def _turned(words: list[str]) -> tuple[list[str], list[int]]:
    """Entries of an index, each with pages that go on in the next line, farther in."""
    lines = [line for at, word in enumerate(words) for line in (f"{word}, {at + 2}, 17,", f"{at + 30}, 98")]
    return lines, [PITCH * at for at in range(len(lines))]


def test_entries_whose_pages_go_on_in_the_next_line_are_an_index() -> None:
    assert are_apart(column(50, *_turned(WORDS)), column(500, *_turned(OTHERS)))


def test_entries_below_one_headword_are_an_index() -> None:
    left, right = (
        paged([f"{word} {more}" for word in words[:2] for more in ("", "by law", "by night")])
        for words in (WORDS, OTHERS)
    )
    assert are_apart(column(50, left, LEVEL), column(500, right, LEVEL))


def _numbered(x: int, names: list[str]) -> tuple[list[Piece], list[Piece]]:
    """A column of names, and one of the numbers at their ends."""
    numbers = [str(100 + 7 * at) for at in range(len(names))]
    return column(x, names, LEVEL), column(x + 300, numbers, LEVEL)


def test_a_list_from_a_to_z_may_have_a_number_at_each_end() -> None:
    (names, numbers), (others, more) = _numbered(50, sorted(WORDS)), _numbered(500, sorted(OTHERS))
    assert are_entries([*names, *numbers], [*others, *more], (numbers, others), HEIGHT)
    unsorted, _ = _numbered(500, OTHERS)
    assert not are_entries([*names, *numbers], [*unsorted, *more], (numbers, unsorted), HEIGHT)


def test_words_on_one_height_are_rows() -> None:
    assert not are_apart(column(50, WORDS, LEVEL), column(500, OTHERS, LEVEL))


def test_words_from_a_to_z_are_a_list_wherever_they_stand() -> None:
    first, second = sorted(WORDS), sorted(OTHERS)
    assert are_apart(column(50, first, LEVEL), column(500, second, LEVEL))
    misread = [*first[:3], "Bírch", *first[4:]]
    assert are_apart(column(50, misread, LEVEL), column(500, second, LEVEL))


def test_columns_that_are_sorted_each_for_itself_are_rows() -> None:
    names, places = ["Ann", "Ben", "Cid", "Dora", "Eve", "Fred"], sorted(WORDS)
    assert not are_apart(column(50, names, LEVEL), column(500, places, LEVEL))


def test_words_that_stand_between_each_other_are_two_lists() -> None:
    assert are_apart(column(50, WORDS, LEVEL), column(500, OTHERS, PARTED))


def test_all_rows_of_a_table_that_leans_are_off_by_as_much() -> None:
    assert not are_apart(column(50, WORDS, LEVEL), column(500, OTHERS, [top + 12 for top in LEVEL]))


def test_figures_between_the_rows_are_those_of_rows() -> None:
    prices = [f"{at}.50" for at in range(6)]
    assert not are_apart(column(50, WORDS, LEVEL), column(500, prices, PARTED))


def test_cells_of_two_lines_are_beside_a_cell_of_one() -> None:
    tops = [PITCH // 2 + 2 * PITCH * at for at in range(6)]
    lines = column(500, [f"{word} and more" for word in OTHERS + WORDS], [PITCH * at for at in range(12)])
    assert not are_apart(column(50, WORDS, tops), lines)


def test_a_unit_before_each_figure_is_no_entry() -> None:
    sums = [f"EUR {at}.50" for at in range(6)]
    assert not are_apart(column(50, paged(WORDS), LEVEL), column(500, sums, LEVEL))


def test_an_index_with_a_column_of_figures_is_a_table() -> None:
    left, right = column(50, paged(WORDS), LEVEL), column(400, paged(OTHERS), LEVEL)
    figures = column(800, [f"{at}.50" for at in range(6)], LEVEL)
    assert not are_entries(left, [*right, *figures], (left, right), HEIGHT)


@pytest.mark.parametrize("count", [0, 4])
def test_a_few_entries_are_none(count: int) -> None:
    left, right = (
        column(x, paged(words)[:count], LEVEL[:count]) for x, words in ((50, WORDS), (500, OTHERS))
    )
    assert not are_apart(left, right)
