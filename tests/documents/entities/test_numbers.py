import pytest

from documents.entities.numbers import find_ibans, find_vat_numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX", "DE89370400440532013000"),
        ("IBAN:DE89370400440532013000.", "DE89370400440532013000"),
        ("IBAN DE 89 370 400 440 532 013 000", "DE89370400440532013000"),
        ("GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"),
        ("FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606"),
        ("NO93 8601 1117 947", "NO9386011117947"),
        ("MT84 MALT 0110 0001 2345 MTLC AST0 01S", "MT84MALT011000012345MTLCAST001S"),
    ],
)
def test_an_iban_is_found(text: str, value: str) -> None:
    assert [entity.value for entity in find_ibans(text, ())] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("DE89 37O4 0O44 0532 0l30 00", "DE89370400440532013000"),
        ("DEB9 3704 0044 O532 0I3O OO", "DE89370400440532013000"),
        ("GB29 NWBK 60l6 l33I 9268 19", "GB29NWBK60161331926819"),
    ],
)
def test_letters_read_for_figures_are_mended_where_the_check_digits_then_fit(text: str, value: str) -> None:
    (entity,) = find_ibans(text, ())
    assert (entity.value, entity.text) == (value, text)


@pytest.mark.parametrize(
    "text",
    [
        "DE88 3704 0044 0532 0130 00",
        "DE89 3704 0O45 0532 0130 00",
        "DE89 3704 0044",
        "XX89 3704 0044 0532 0130 00",
        "ADE89 3704 0044 0532 0130 00",
    ],
)
def test_wrong_check_digits_are_no_iban(text: str) -> None:
    assert list(find_ibans(text, ())) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("USt-IdNr. DE136695976", "DE136695976"),
        ("USt-IdNr.: DE 136 695 976, Berlin", "DE136695976"),
        ("DE136695976  ATU13585627", "DE136695976"),
        ("ATU13585627", "ATU13585627"),
        ("TVA FR 40 303 265 045", "FR40303265045"),
        ("VAT No GB 980 7806 84", "GB980780684"),
        ("NL4495445B01", "NL4495445B01"),
        ("ESB58378431", "ESB58378431"),
        ("CHE-107.787.577 IVA", "CHE107787577"),
        ("NO 995 525 828 MVA", "NO995525828MVA"),
        ("EL 094259216", "EL094259216"),
    ],
)
def test_a_vat_number_is_found(text: str, value: str) -> None:
    assert value in [entity.value for entity in find_vat_numbers(text, ())]


@pytest.mark.parametrize(
    "text", ["DE136695978", "ATU13585628", "CHE-107.787.578", "136695976", "DE136695976 12", "ORDER DE 12345"]
)
def test_wrong_check_digits_are_no_vat_number(text: str) -> None:
    assert list(find_vat_numbers(text, ())) == []
