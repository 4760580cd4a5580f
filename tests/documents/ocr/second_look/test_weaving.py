import pytest

from documents.ocr.elements import Block, Box, Line, Word
from documents.ocr.second_look.weaving import by_row, woven


def word(text: str, x: int, y: int) -> Word:
    return Word(text, 50, Box(x, y, x + 40, y + 10))


ONE, TWO, THREE = word("one", 0, 0), word("two", 50, 0), word("three", 0, 20)
BLOCKS = (Block.of([Line.of([ONE, TWO]), Line.of([THREE])]),)


def test_words_belong_to_the_row_in_which_their_middle_lies() -> None:
    rows = [Box(0, 0, 100, 12), Box(0, 18, 100, 32)]
    assert by_row([ONE, TWO, THREE, word("far", 300, 0)], rows) == [[ONE, TWO], [THREE]]


def test_a_word_in_two_rows_belongs_to_the_nearer_one() -> None:
    assert by_row([THREE], [Box(0, 0, 100, 40), Box(0, 16, 100, 36)]) == [[], [THREE]]


def test_words_are_looked_for_among_the_rows_near_them(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [word("dot", x, y) for y in range(0, 3000, 60) for x in range(0, 3000, 60)]
    rows = [each.box for each in words]
    compared = list[Box]()
    holds = Box.holds

    def counted(row: Box, box: Box) -> bool:
        compared.append(row)
        return holds(row, box)

    monkeypatch.setattr(Box, "holds", counted)
    assert by_row(words, rows) == [[each] for each in words]
    assert len(compared) <= 9 * len(words)


def test_new_words_stand_where_the_first_of_the_old_ones_stood() -> None:
    new = [word("uno", 0, 0), word("due", 50, 0)]
    [block] = woven(BLOCKS, [([ONE, TWO], new)])
    assert block.text == "uno due\nthree"


def test_a_part_of_a_line_is_changed_alone() -> None:
    [block] = woven(BLOCKS, [([TWO], [word("2", 50, 0)])])
    assert block.text == "one 2\nthree"


def test_lines_and_blocks_without_words_go() -> None:
    [block] = woven(BLOCKS, [([THREE], [])])
    assert block.text == "one two"
    assert woven(BLOCKS, [([ONE, TWO, THREE], [])]) == ()


def test_a_row_that_was_missed_is_a_block_at_the_end() -> None:
    missed = [word("missed", 0, 40)]
    assert [block.text for block in woven(BLOCKS, [([], missed), ([], [])])] == ["one two\nthree", "missed"]


def test_without_changes_everything_stays() -> None:
    assert woven(BLOCKS, []) == BLOCKS
