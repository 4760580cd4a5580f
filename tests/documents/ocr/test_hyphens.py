import pytest

from documents.ocr.hyphens import join_hyphens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Recog-\nnition of text", "Recognition\nof text"),
        ("the (recog-\nnition) ends", "the (recognition)\nends"),
        ("Erken\u2010\nnung, die", "Erkennung,\ndie"),
        ("распозна-\nвание текста", "распознавание\nтекста"),
        ("MOR-\nNING came", "MORNING\ncame"),
        ("die Erken=\nnung von", "die Erkennung\nvon"),
        ("die Erken\u00ac\nnung von", "die Erkennung\nvon"),
    ],
)
def test_a_divided_word_is_whole_on_its_first_line(text: str, expected: str) -> None:
    assert join_hyphens(text) == expected


def test_a_word_may_be_divided_twice() -> None:
    assert join_hyphens("Wort-\ntren-\nnung ist") == "Worttrennung\nist"


def test_a_word_may_be_divided_by_the_end_of_a_paragraph_as_that_of_a_column_is() -> None:
    assert join_hyphens("of recog-\n\nnition by\nothers") == "of recognition\n\nby\nothers"
    assert join_hyphens("of recog-\n\nnition\n\nOthers") == "of recognition\n\nOthers"
    assert join_hyphens("recog-\n\nnition") == "recognition"


def test_a_line_of_which_nothing_is_left_is_left_out() -> None:
    assert join_hyphens("Recog-\nnition\nof text") == "Recognition\nof text"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an E-\nMail came", "an E-Mail\ncame"),
        ("mother-in-\nlaw said", "mother-in-law\nsaid"),
        ("an x-\nray of", "an x-ray\nof"),
        ("well-\nknown, as in well-known", "well-known,\nas in well-known"),
    ],
)
def test_the_hyphen_of_a_word_stays(text: str, expected: str) -> None:
    assert join_hyphens(text) == expected


def test_a_short_beginning_is_joined_where_the_text_has_the_word_whole() -> None:
    assert join_hyphens("a-\nbove, and above") == "above,\nand above"


@pytest.mark.parametrize(
    "text",
    ["1914-\n1918", "COVID-\n19", "Vor-\nund Nachteile", "a -\ndash", "Recog-\n\nNition", "end-", "", "-\na"],
)
def test_what_is_no_divided_word_stays(text: str) -> None:
    assert join_hyphens(text) == text


def test_soft_hyphens_are_left_out() -> None:
    assert join_hyphens("su\u00adper, Recog\u00ad\nnition of") == "super, Recognition\nof"


def test_long_lines_without_a_space_are_looked_at_once() -> None:
    """Not so, this would take longer than a test may: each letter began a search."""
    text = f"{'a' * 200_000}1\n{'a' * 200_000}1-\n{'a' * 200_000}-\nb"
    assert join_hyphens(text) == text.replace("-\nb", "b")
