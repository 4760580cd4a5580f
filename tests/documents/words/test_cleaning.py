"""Each kind of cleaning has a name, and says what it is good for."""

from documents.ocr.elements import Cure, Treatment
from documents.ocr.options import Cleaning
from documents.words.cleaning import (
    CLEANINGS,
    done_before_reading,
    good_for,
    label_of_cleaning,
    turned_before_reading,
)


def test_every_kind_has_words_of_its_own() -> None:
    assert [value for value, _label in CLEANINGS] == list(Cleaning)
    said = {label_of_cleaning(kind) for kind in Cleaning} | {good_for(kind) for kind in Cleaning}
    assert len(said) == 2 * len(Cleaning)


def test_what_was_done_is_told_in_a_few_words() -> None:
    done = [Treatment(Cure.EVENED), Treatment(Cure.STRAIGHTENED, -3.24), Treatment("of a later version")]
    assert done_before_reading(done) == ["shadow evened", "straightened by 3.2°"]
    assert len(set(done_before_reading([Treatment(cure) for cure in Cure]))) == len(Cure)


def test_which_way_a_page_was_turned_is_told() -> None:
    told = [turned_before_reading(rotation) for rotation in (90, 180, 270)]
    assert told == [["turned by 90° to the right"], ["turned by 180°"], ["turned by 90° to the left"]]
    assert turned_before_reading(0) == []
