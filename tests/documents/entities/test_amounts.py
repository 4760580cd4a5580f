from decimal import Decimal

import pytest

from documents.entities.amounts import find_amounts


def amounts(text: str, *languages: str) -> list[str]:
    return [entity.value for entity in find_amounts(text, languages)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56 €", "1234.56 EUR"),
        ("€ 1,234.56", "1234.56 EUR"),
        ("EUR 99,-", "99.00 EUR"),
        ("1.234 €", "1234.00 EUR"),
        ("12 345,60\u00a0€", "12345.60 EUR"),
        ("CHF 1'200.50", "1200.50 CHF"),
        ("1’200.– CHF", "1200.00 CHF"),
        ("$5", "5.00 USD"),
        ("US$ 12.5", "12.50 USD"),
        ("$100 CAD", "100.00 CAD"),
        ("£1,000,000", "1000000.00 GBP"),
        ("-12,00 EUR", "-12.00 EUR"),
        ("EUR -12,00", "-12.00 EUR"),
        ("1 500 Kč", "1500.00 CZK"),
        ("49,99 zł", "49.99 PLN"),
        ("1 234,50 ₽", "1234.50 RUB"),
        ("500 руб.", "500.00 RUB"),
        ("￥1,200", "1200.00 JPY"),
        ("3000円", "3000.00 JPY"),
        ("₹1,00,000.50", "100000.50 INR"),
        ("RM 8.20", "8.20 MYR"),
        ("RM00.50", "0.50 MYR"),
        ("RM 010.50", "10.50 MYR"),
        ("€ 01,20", "1.20 EUR"),
        ("05.50 EUR", "5.50 EUR"),
        ("12 000 Ft", "12000.00 HUF"),
        ("15 euros", "15.00 EUR"),
    ],
)
def test_a_sum_is_read_however_it_is_written(text: str, value: str) -> None:
    assert amounts(text, "eng") == [value]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("swe", "100 kr", "100.00 SEK"),
        ("dan", "100 kr", "100.00 DKK"),
        ("nor", "100 kr", "100.00 NOK"),
        ("jpn", "¥100", "100.00 JPY"),
        ("chi_sim", "¥100", "100.00 CNY"),
    ],
)
def test_the_language_tells_what_a_sign_means(language: str, text: str, value: str) -> None:
    assert amounts(text, language) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "12.50",
        "TOP 10",
        "ALL 100",
        "12 eurosceptics",
        "17:30 EUR",
        "192.168.1.10 EUR",
        "AEUR 5",
        "EUR",
        "50 %",
        "12.345.6 EUR",
    ],
)
def test_a_number_without_a_currency_is_none(text: str) -> None:
    assert amounts(text, "eng") == []


def test_each_sign_belongs_to_one_number() -> None:
    assert amounts("$5 £3 and 7 € 8 €", "eng") == ["5.00 USD", "3.00 GBP", "7.00 EUR", "8.00 EUR"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("$1.60 1 $1.60", ["1.60 USD", "1.60 USD"]),
        ("RM 2.80 2 0.00 RM5.60 SR", ["2.80 MYR", "5.60 MYR"]),
        ("RM 2.80 2 0.00 RM 5.60 SR", ["2.80 MYR", "5.60 MYR"]),
        ("5,00 $ 3,00 $", ["5.00 USD", "3.00 USD"]),
    ],
)
def test_a_sign_between_two_prices_belongs_to_one(text: str, values: list[str]) -> None:
    assert amounts(text, "eng") == values


def test_a_number_that_begins_with_nought_and_has_no_cents_is_no_price() -> None:
    assert amounts("Doc No C$06012727, $0.50, $ 007, 0815 EUR", "eng") == ["0.50 USD"]


def test_number_and_currency_can_be_compared() -> None:
    (entity,) = find_amounts("Total 1.234,50 €", ("deu",))
    assert (entity.number, entity.currency) == (Decimal("1234.50"), "EUR")
