import pytest

from documents.entities.dates import find_dates


def dates(text: str, *languages: str) -> list[str]:
    return [entity.value for entity in find_dates(text, languages)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("deu", "Berlin, den 12.03.2024", "2024-03-12"),
        ("deu", "12. März 2024", "2024-03-12"),
        ("deu", "am 3. Mrz. 24, 4.5.24", "2024-05-04"),
        ("deu", "1.Februar 2023", "2023-02-01"),
        ("eng", "March 12, 2024", "2024-03-12"),
        ("eng", "MARCH 12TH 2024", "2024-03-12"),
        ("eng", "12th of March 2024", "2024-03-12"),
        ("eng", "5 Sept. 2023", "2023-09-05"),
        ("eng", "12-Mar-2024", "2024-03-12"),
        ("eng", "2024-03-12", "2024-03-12"),
        ("eng", "12/31/98", "1998-12-31"),
        ("fra", "le 1er août 2024", "2024-08-01"),
        ("fra", "12/03/2024", "2024-03-12"),
        ("fra", "14 févr. 2024", "2024-02-14"),
        ("spa", "12 de marzo de 2024", "2024-03-12"),
        ("por", "12 de março de 2024", "2024-03-12"),
        ("ita", "lì 12 gennaio 2024", "2024-01-12"),
        ("nld", "12 maart 2024", "2024-03-12"),
        ("pol", "12 marca 2024", "2024-03-12"),
        ("ces", "12. března 2024", "2024-03-12"),
        ("rus", "12 марта 2024 г.", "2024-03-12"),
        ("ukr", "12 березня 2024 року", "2024-03-12"),
        ("swe", "den 12 mars 2024", "2024-03-12"),
        ("hun", "2024. március 12.", "2024-03-12"),
        ("tur", "12 Ağustos 2024", "2024-08-12"),
        ("ell", "12 Μαρτίου 2024", "2024-03-12"),
        ("chi_sim", "2024年3月12日", "2024-03-12"),
        ("jpn", "2024 年 3 月 12 日", "2024-03-12"),
        ("jpn", "発行日\n2024年\n3月\n12日\n以上", "2024-03-12"),
        ("jpn", "2024\n年\n3\n月\n12\n日", "2024-03-12"),
        ("kor", "2024년 3월 12일", "2024-03-12"),
        ("vie", "ngày 12 tháng 3 năm 2024", "2024-03-12"),
        ("ara", "١٢ مارس ٢٠٢٤", "2024-03-12"),
        ("hin", "12 मार्च 2024", "2024-03-12"),
        ("tha", "12 มีนาคม 2567", "2024-03-12"),
    ],
)
def test_a_date_is_read_as_its_language_writes_it(language: str, text: str, value: str) -> None:
    assert value in dates(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "30.02.2024",
        "2024-13-01",
        "version 1.2.3",
        "192.168.12.24",
        "12.34",
        "12-03-24 40512345",
        "Room 12, March 2024",
        "12 Marchers 2024",
        "May 2024",
        "May 5",
        "99/99/9999",
        "tel 12/03/2024/55",
    ],
)
def test_what_is_no_date_is_left(text: str) -> None:
    assert dates(text, "eng") == []


@pytest.mark.parametrize(
    ("languages", "text", "values"),
    [
        (["eng"], "03/04/2024", ["2024-03-04"]),
        (["deu"], "03/04/2024", ["2024-04-03"]),
        (["eng"], "03.04.2024", ["2024-04-03"]),
        (["eng"], "03/04/2024 and 25/12/2024", ["2024-04-03", "2024-12-25"]),
        (["fra"], "03/04/2024 and 12/25/2024", ["2024-03-04", "2024-12-25"]),
        (["eng"], "03/04/2024 £12.00", ["2024-04-03"]),
        (["eng"], "03/04/2024 £12.00 or $15.00", ["2024-03-04"]),
        ([], "03/04/2024", ["2024-03-04"]),
    ],
)
def test_the_page_tells_whether_the_day_or_the_month_comes_first(
    languages: list[str], text: str, values: list[str]
) -> None:
    assert dates(text, *languages) == values


@pytest.mark.parametrize(
    ("text", "value", "is_doubtful"),
    [
        ("12/03/2018 TOTAL RM 5.60", "2018-03-12", False),
        ("PERNIAGAAN SDN. BHD. 12/03/2018", "2018-03-12", False),
        ("12/03/2018 5.60 EUR", "2018-03-12", False),
        ("12/03/2018 Total $5.60", "2018-12-03", True),
        ("12/03/2018 Total US$5.60", "2018-12-03", False),
        ("12/03/2018 Total $5.60 (USD)", "2018-12-03", False),
        ("12/03/2018 $5.60 Acme Pte Ltd", "2018-12-03", True),
        ("12/03/2018 CAD 5.60", "2018-12-03", True),
        ("12/03/2018 $5.60 or £4.00", "2018-12-03", True),
        ("12/03/2018", "2018-12-03", True),
        ("03/03/2018", "2018-03-03", False),
        ("03.12.2018", "2018-12-03", False),
        ("11/12/2017, printed Monday, 11 December, 2017", "2017-12-11", False),
        ("11/12/2017, printed November 12, 2017", "2017-11-12", False),
        ("11/12/2017, printed 3 May 2018", "2017-11-12", True),
    ],
)
def test_a_date_in_english_is_doubtful_until_something_tells(
    text: str, value: str, is_doubtful: bool
) -> None:
    first = next(find_dates(text, ("eng",)))
    assert (first.value, first.is_doubtful) == (value, is_doubtful)


def test_no_other_language_leaves_a_doubt() -> None:
    assert [entity.is_doubtful for entity in find_dates("03/04/2024", ("deu",))] == [False]


def test_months_of_every_language_of_the_page_are_known() -> None:
    assert dates("3 mai 2024, 4 mayo 2024", "fra", "spa") == ["2024-05-03", "2024-05-04"]


def test_the_place_of_a_date_is_told() -> None:
    text = "Köln, 1. Mai 2024!"
    (entity,) = find_dates(text, ("deu",))
    assert text[entity.start : entity.end] == entity.text == "1. Mai 2024"
