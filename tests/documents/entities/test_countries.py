"""Where a page comes from, by its money and its companies."""

import pytest

from documents.entities.countries import countries_of


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("TOTAL RM 5.60", ("MY",)),
        ("Amount (RM)", ("MY",)),
        ("S$5.60 and £3, £4", ("GB", "SG")),
        ("5 USD", ("US",)),
        ("Perniagaan Sdn. Bhd.", ("MY",)),
        ("PERNIAGAAN SDN BHD", ("MY",)),
        ("Acme Pte Ltd, 12,00 €", ("SG", "EU")),
    ],
)
def test_money_and_companies_tell(text: str, countries: tuple[str, ...]) -> None:
    assert countries_of(text) == countries


def test_a_sign_can_be_left_out() -> None:
    assert countries_of("$5", without="$") == ()
    assert countries_of("$5, US$6, Acme Pte Ltd", without="$") == ("US", "SG")


@pytest.mark.parametrize("text", ["", "TRY our RED PEN", "FARM 5", "C$06012727", "a $B", "RMX 5", "Acme Ltd"])
def test_words_and_misread_signs_tell_nothing(text: str) -> None:
    assert countries_of(text) == ()
