from documents.ocr.detection.agreement import Reading, agreed, is_telling


def strip(**readings: tuple[str, float]) -> dict[str, Reading]:
    return {script: Reading(script, confidence, text) for script, (text, confidence) in readings.items()}


def texts(*strips: dict[str, Reading]) -> list[str]:
    return [f"{reading.script} {reading.text}" for reading in agreed(strips)]


LABEL = strip(Grek=("Μερικό σύνολο", 94))
CASH = strip(Latn=("METPHTA", 96), Grek=("ΜΕΤΡΗΤΑ", 91))
SUM = strip(Latn=("247,50", 96))


def test_capitals_that_any_alphabet_explains_go_with_the_page() -> None:
    assert texts(LABEL, CASH) == ["Grek Μερικό σύνολο", "Grek ΜΕΤΡΗΤΑ"]


def test_figures_are_in_the_alphabet_of_the_page_and_stay_as_they_were_read() -> None:
    assert texts(LABEL, SUM, SUM, SUM) == ["Grek Μερικό σύνολο", *["Grek 247,50"] * 3]


def test_the_alphabet_that_explains_most_letters_is_that_of_the_page() -> None:
    """However many lines were first read in another one."""
    name = strip(Latn=("TnA. Kpatnote", 84), Grek=("Τηλ. Κρατήστε", 92))
    address = strip(Latn=("Odoc Eppou", 60), Grek=("Οδός Ερμού", 95))
    assert texts(name, CASH, CASH, address)[1:3] == ["Grek ΜΕΤΡΗΤΑ"] * 2


def test_a_line_that_is_clearly_in_another_alphabet_stays_in_it() -> None:
    russian = strip(Latn=("Bce nogu", 40), Cyrl=("Все люди", 95))
    english = strip(Latn=("All human beings", 95), Cyrl=("АП Питап Бешу5", 45))
    assert texts(english, russian) == ["Latn All human beings", "Cyrl Все люди"]


def test_of_two_alphabets_that_explain_the_same_the_surer_one_counts() -> None:
    assert texts(strip(Latn=("MOCKBA", 90), Cyrl=("МОСКВА", 96))) == ["Cyrl МОСКВА"]


def test_figures_alone_stay_as_they_were_read() -> None:
    assert texts(SUM, SUM) == ["Latn 247,50"] * 2


def test_a_page_without_strips_has_no_readings() -> None:
    assert agreed([]) == []


def test_letters_tell_an_alphabet_and_figures_do_not() -> None:
    assert is_telling(Reading("Latn", 90, "ABC 12"))
    assert not is_telling(Reading("Latn", 90, "12 345 kg"))
