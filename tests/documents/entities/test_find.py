import random

import pytest

from documents.entities import find_entities

_LETTER = """Müller & Söhne GmbH, Tel. 030 901820, info@example.de
Berlin, den 12.03.2024
Betrag: 1.234,56 EUR bis 30.04.2024
IBAN DE89 3704 0044 0532 0130 00, USt-IdNr. DE136695976, www.example.de"""


def test_everything_stands_in_the_order_of_the_text() -> None:
    found = find_entities(_LETTER, ["deu"])
    kinds = [entity.kind for entity in found]
    assert kinds == ["phone", "email", "date", "amount", "date", "iban", "vat", "url"]
    assert all(_LETTER[entity.start : entity.end] == entity.text for entity in found)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("DE89 3704 0044 0532 0130 00", ["iban"]),  # not a phone number
        ("mail@www.example.org", ["email"]),  # not a web address
        ("12.03.2024 EUR", ["date"]),  # not a sum
        ("2024-03-12 10:20", ["date"]),  # not a phone number
    ],
)
def test_each_character_is_read_as_one_thing_only(text: str, kinds: list[str]) -> None:
    assert [entity.kind for entity in find_entities(text, ["deu"])] == kinds


def test_the_money_of_a_page_tells_the_plan_of_its_phone_numbers() -> None:
    found = find_entities("TEL: 03-3271 9872\nSR 6.00 52.00 3.12\nTOTAL RM 62.00", ["eng"])
    assert [entity.value for entity in found] == ["+60332719872", "62.00 MYR"]


def test_nothing_is_found_in_nothing() -> None:
    assert find_entities("", []) == ()


@pytest.mark.parametrize("seed", range(20))
def test_no_text_breaks_it(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    pieces = [
        "DE89 ",
        "12.",
        "03",
        "2024",
        "€",
        "EUR ",
        "@",
        "www.",
        "a.de",
        "+49",
        "(",
        "-",
        "\0",
        "\ud800",
        "年",
        "١",
    ]
    text = "".join(dice.choices(pieces, k=2000))
    for entity in find_entities(text, dice.sample(["deu", "eng", "ara", "xyz", "Cyrillic", "tha"], 2)):
        assert text[entity.start : entity.end] == entity.text


def test_a_page_full_of_beginnings_is_given_up_early() -> None:
    assert find_entities("AB12 DE1 +1 2 1.1.1.1 " * 5000, ["eng", "deu"]) == ()
