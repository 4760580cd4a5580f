import pytest

from documents.entities.phones import find_phones


def phones(text: str, *languages: str) -> list[str]:
    return [entity.value for entity in find_phones(text, languages)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("deu", "Tel. +49 30 901820", "+4930901820"),
        ("deu", "030 / 90 18 20", "+4930901820"),
        ("deu", "Telefon: 030901820", "+4930901820"),
        ("eng", "(415) 555-2671", "+14155552671"),
        ("eng", "020 7946 0958", "+442079460958"),
        ("fra", "01 42 68 53 00", "+33142685300"),
        ("rus", "8 (495) 123-45-67", "+74951234567"),
        ("spa", "+34 912 345 678", "+34912345678"),
        ("eng", "+49 (0)30 901820", "+4930901820"),
    ],
)
def test_a_number_is_read_in_the_plan_of_its_country(language: str, text: str, value: str) -> None:
    assert phones(text, language) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "030901820",
        "customer 4155552671",
        "123-45",
        "+1 000 000 0000",
        "12.345.678,90",
        "SR 6.00 52.00 3.12",
        "SR 6.00 24.00 1.44",
        "2024-03-12 10:20",
        "99999999999999999999999",
    ],
)
def test_what_is_no_phone_number_is_left(text: str) -> None:
    assert phones(text, "eng", "deu") == []


def test_the_country_of_the_page_comes_before_that_of_its_language() -> None:
    text = "TEL: 03-3271 9872"
    assert phones(text, "eng") == []
    (entity,) = find_phones(text, ("eng",), ("MY",))
    assert entity.value == "+60332719872"
    (foreign,) = find_phones("+49 30 901820", ("eng",), ("EU", "MY"))
    assert foreign.value == "+4930901820"


def test_points_within_a_number_are_no_prices() -> None:
    assert phones("01.42.68.53.00", "fra") == ["+33142685300"]


def test_two_numbers_on_one_line_stay_two() -> None:
    assert phones("Tel. 030 901820, Fax 030 901821", "deu") == ["+4930901820", "+4930901821"]


def test_the_place_of_a_number_is_told() -> None:
    text = "call (415) 555-2671 now"
    (entity,) = find_phones(text, ("eng",))
    assert text[entity.start : entity.end] == entity.text == "(415) 555-2671"
