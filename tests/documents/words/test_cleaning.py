"""Each kind of cleaning has a name, and says what it is good for."""

from documents.ocr.options import Cleaning
from documents.words.cleaning import CLEANINGS, good_for, label_of_cleaning


def test_every_kind_has_words_of_its_own() -> None:
    assert [value for value, _label in CLEANINGS] == list(Cleaning)
    said = {label_of_cleaning(kind) for kind in Cleaning} | {good_for(kind) for kind in Cleaning}
    assert len(said) == 2 * len(Cleaning)
