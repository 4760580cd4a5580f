"""Errors in the words of the reader."""

import pytest
from django.utils import translation

from documents import errors
from documents.ocr.options import Limits
from documents.words import explain, explain_error


def every_error() -> list[type[errors.OcrsiteError]]:
    found = [errors.OcrsiteError]
    for error in found:
        found.extend(error.__subclasses__())
    return found


def test_codes_are_unique() -> None:
    codes = [error.code for error in every_error() if error is not errors.OcrsiteError]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("error", every_error(), ids=lambda error: error.code)
def test_each_sentence_says_what_to_do(error: type[errors.OcrsiteError]) -> None:
    assert error.template.count(".") >= 1 or ":" in error.template
    assert error.template[0].isupper() or error.template[0] in "“%"


def test_a_stored_error_is_told_in_the_language_of_the_reader() -> None:
    with translation.override("fr"):
        sentence = explain("file-empty", {})
    assert sentence != errors.FileEmpty.template


def test_the_name_of_a_language_is_in_the_language_of_the_reader() -> None:
    missing = errors.LanguageMissing(language="swe", name="Swedish", command="apt-get install x")
    with translation.override("fr"):
        assert "suédois" in explain_error(missing)


def test_large_numbers_are_grouped_as_the_reader_does() -> None:
    too_many = errors.TooManyPages(pages=3000, limit=2000)
    assert "3,000 pages; the limit is 2,000" in explain_error(too_many)
    with translation.override("fr"):
        assert "3\xa0000 pages" in explain_error(too_many)


@pytest.mark.parametrize(
    ("size", "words"),
    [((60_000, 60_000), "has 3,600 megapixels;"), ((10_000, 5_001), "has 51 megapixels;")],
)
def test_megapixels_are_told_as_other_numbers_are(size: tuple[int, int], words: str) -> None:
    with pytest.raises(errors.TooManyPixels) as caught:
        Limits(max_pixels=50_000_000).check_pixels(size)
    assert words in explain_error(caught.value)
    assert "the limit is 50." in explain_error(caught.value)


def test_an_unknown_code_still_gives_a_sentence() -> None:
    assert explain("from-a-later-version", {"extra": 1}) == errors.OcrsiteError.template
