from documents.ocr.elements import Box
from documents.ocr.seams import ends, joined

LEFT, RIGHT, WIDTH = Box(0, 0, 1100, 500), Box(900, 0, 2000, 500), 2000


def test_ends_are_wide_words_at_an_inner_side_of_a_tile() -> None:
    first, whole, narrow, last = (
        Box(3, 10, 300, 40), Box(400, 10, 600, 40), Box(920, 10, 1000, 40), Box(700, 10, 1050, 40),
    )  # fmt: skip
    assert ends([first, whole, narrow, last], LEFT, 200, WIDTH) == [last]
    assert ends([Box(950, 10, 1400, 40), Box(1600, 10, 1998, 40)], RIGHT, 200, WIDTH) == [
        Box(950, 10, 1400, 40)
    ]


def test_both_ends_of_a_word_tell_its_place() -> None:
    assert joined([[Box(500, 10, 1098, 40)], [Box(900, 12, 1500, 42)]]) == [Box(500, 10, 1500, 42)]


def test_letters_between_the_ends_may_be_unread() -> None:
    assert joined([[Box(500, 10, 980, 40)], [Box(1000, 10, 1500, 40)]]) == [Box(500, 10, 1500, 40)]


def test_word_over_three_tiles_is_one() -> None:
    cut = [[Box(500, 10, 1100, 40)], [Box(900, 10, 2100, 40)], [Box(1900, 10, 2500, 40)]]
    assert joined(cut) == [Box(500, 10, 2500, 40)]


def test_words_of_two_lines_are_two() -> None:
    left, right = (
        [Box(500, 10, 1100, 40), Box(600, 50, 1100, 80)],
        [Box(900, 10, 1500, 40), Box(900, 50, 1400, 80)],
    )
    assert joined([left, right]) == [Box(500, 10, 1500, 40), Box(600, 50, 1400, 80)]


def test_words_of_one_tile_are_whole() -> None:
    assert joined([[Box(500, 10, 800, 40), Box(810, 10, 1098, 40)], [Box(900, 300, 1500, 340)]]) == []
