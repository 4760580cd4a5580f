"""Pages and languages as people send them."""

import pytest
from django.forms import ValidationError
from django.http import QueryDict

from documents.forms import UploadForm, parse_pages


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        ("", ()),
        ("7", (7,)),
        ("1-3, 7", (1, 2, 3, 7)),
        ("7,1 – 3;2", (1, 2, 3, 7)),
        (" 2 - 2 ,", (2,)),
        ("9-10", (9, 10)),
        ("3-1", (1, 2, 3)),
    ],
)
def test_pages_are_read_as_people_write_them(value: str, numbers: tuple[int, ...]) -> None:
    assert parse_pages(value, 10) == numbers


@pytest.mark.parametrize(
    "value", ["0", "11", "3-0", "11-3", "1-99999", "x", "1-", "-3", "1--3", "٣", "1" * 400]
)
def test_what_is_no_page_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        parse_pages(value, 10)


@pytest.mark.usefixtures("echo")
@pytest.mark.parametrize(("code", "is_told"), [("deu", True), ("klingon", False)])
def test_who_can_install_a_missing_language_finds_it_in_the_log(
    caplog: pytest.LogCaptureFixture, code: str, is_told: bool
) -> None:
    assert not UploadForm(QueryDict(f"languages={code}")).is_valid()
    assert ("German (deu) is not installed. To install it:" in caplog.text) is is_told
