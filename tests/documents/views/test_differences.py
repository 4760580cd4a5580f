"""Which ticks mean the same after the text changed."""

from documents.ocr.correcting.comparing import compare
from documents.views.differences import still_ticked
from tests.pages import page

OTHER = page("one 2 three 4 5")


def ticked(before: str, after: str, *numbers: int) -> set[int]:
    return still_ticked(compare(page(before), OTHER), compare(page(after), OTHER), numbers)


def test_the_same_change_stays_ticked_under_another_number() -> None:
    assert ticked("one two three four five", "uno two three four five", 0, 3) == {1}


def test_what_is_not_ticked_stays_so() -> None:
    assert ticked("one two three four five", "uno two three four five") == set()


def test_a_word_that_says_something_else_by_now_is_not_ticked() -> None:
    assert ticked("one two three four five", "one too three four five", 0, 1) == {1}


def test_equal_changes_in_different_places_are_told_apart() -> None:
    other = page("a x b x")
    before, after = compare(page("a y b y"), other), compare(page("a y b x"), other)
    assert still_ticked(before, after, [1]) == set()
    assert still_ticked(before, after, [0]) == {0}
