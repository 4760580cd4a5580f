from documents.ocr.combining import combined
from documents.ocr.elements import Box, Line, Word

SURE, UNSURE = 90.0, 60.0


def line(*words: str, y: int = 0, x: int = 0, confidence: float = SURE) -> Line:
    """Letters of ten pixels, a space of one letter between words."""
    found = list[Word]()
    for text in words:
        found.append(Word(text, confidence, Box(x, y, x + 10 * len(text), y + 20)))
        x += 10 * len(text) + 10
    return Line.of(found)


def said(better: Line, other: Line) -> list[str]:
    return [found.text for found in combined([better], [other])]


def test_a_space_that_only_the_other_saw_is_put_in() -> None:
    assert said(line("STATIONERYSHOP"), line("STATIONERY", "SHOP")) == ["STATIONERY SHOP"]


def test_letters_are_those_of_the_better_reading() -> None:
    assert said(line("Tota1", "RMSHOP"), line("Total", "RM", "SNOP")) == ["Tota1 RM SHOP"]


def test_the_pieces_of_a_word_share_its_box() -> None:
    [found] = combined([line("abcdef")], [line("ab", "cdef")])
    assert [word.box for word in found.words] == [Box(0, 0, 20, 20), Box(20, 0, 60, 20)]
    assert found.box == Box(0, 0, 60, 20)


def test_a_space_beside_a_doubtful_word_a_number_or_a_lone_letter_stays_out() -> None:
    assert said(line("SILASHOP"), line("SILA", "SHOP", confidence=UNSURE)) == ["SILASHOP"]
    assert said(line("000689913856"), line("0006899", "13856")) == ["000689913856"]
    assert said(line("RIVER"), line("R", "IVER")) == ["RIVER"]


def test_spaces_that_the_better_reading_saw_stay() -> None:
    assert said(line("to", "day"), line("today")) == ["to day"]


def test_where_letters_differ_beside_a_space_nothing_is_parted() -> None:
    assert said(line("abcdef"), line("abx", "yef")) == ["abcdef"]


def test_words_belong_to_the_line_that_they_stand_in() -> None:
    better = [line("onetwo"), line("onetwo", y=30)]
    other = [line("one", "two", y=30)]
    assert [found.text for found in combined(better, other)] == ["onetwo", "one two"]


def test_sure_words_where_the_better_reading_has_nothing_are_added() -> None:
    better, other = line("Hello"), line("Hello", "again", "7", x=0)
    assert said(better, other) == ["Hello", "again"]
    assert said(better, line("dust", y=100, confidence=UNSURE)) == ["Hello"]


def test_without_another_reading_nothing_changes() -> None:
    lines = [line("Hello"), line("again", y=30)]
    assert combined(lines, []) == lines
    assert combined([], lines) == lines


def test_a_line_of_which_the_better_reading_has_only_the_full_stop_stays() -> None:
    russian = line("HoBaa", "Nporpamma", "6bina", confidence=40)
    stop = Line.of([Word(".", 98, Box(195, 0, 215, 20))])
    english = line("First", y=50)
    found = combined([english, stop], [russian, english])
    assert [each.text for each in found] == ["First", "HoBaa Nporpamma 6bina"]


def test_rows_of_other_signs_are_no_letters() -> None:
    assert said(line("-"), line("ses")) == ["-"]
    assert said(line("************"), line("JAOREPESERRE", confidence=2)) == ["************"]
