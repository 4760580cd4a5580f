from documents.ocr.elements import Box, Word, join_words
from documents.ocr.second_look.voting import voted


def reading(*words: tuple[str, float, int, int]) -> list[Word]:
    """Words with text, confidence, left and right edge."""
    return [Word(text, confidence, Box(left, 0, right, 10)) for text, confidence, left, right in words]


def test_of_words_at_the_same_place_the_surer_stays() -> None:
    first = reading(("Tota1", 50, 0, 50), ("12.50", 90, 60, 110))
    second = reading(("Total", 80, 1, 50), ("I2.50", 70, 60, 111))
    assert join_words(voted([first, second])) == "Total 12.50"


def test_two_that_agree_outvote_one_that_is_a_little_surer() -> None:
    readings = [reading((text, sure, 0, 50)) for text, sure in (("Tota1", 85), ("Total", 80), ("TOTAL", 75))]
    assert join_words(voted(readings)) == "Total"


def test_words_that_were_torn_are_weighed_against_the_whole_one() -> None:
    first = reading(("not", 60, 0, 30), ("eb", 40, 30, 45), ("ook", 50, 46, 80))
    second = reading(("notebook", 90, 0, 80))
    assert join_words(voted([first, second])) == "notebook"
    assert join_words(voted([second, first])) == "notebook"


def test_boxes_that_reach_a_little_into_each_other_are_neighbours() -> None:
    first = reading(("GST", 90, 0, 32), ("6%", 40, 30, 60))
    second = reading(("G5T", 50, 0, 31), ("6%", 90, 31, 60))
    assert join_words(voted([first, second])) == "GST 6%"


def test_what_only_one_has_seen_must_be_rather_sure() -> None:
    assert voted([reading(("~", 30, 0, 10)), []]) == []
    assert join_words(voted([[], reading(("0.00", 80, 0, 40))])) == "0.00"


def test_readings_from_right_to_left_are_taken_whole() -> None:
    first = reading(("שלום", 50, 60, 110), ("עולם", 90, 0, 50))
    second = reading(("שלוס", 60, 60, 110), ("עולם", 60, 0, 50))
    assert voted([first, second]) == first


def test_no_reading_at_all_is_nothing() -> None:
    assert voted([[], []]) == []
