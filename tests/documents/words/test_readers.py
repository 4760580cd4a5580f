"""The programs that read, as readers call them."""

from django.utils.translation import override

from documents.ocr.elements import PageText
from documents.words.readers import page_readers, program_names, programs_of


def test_programs_are_told_with_their_versions() -> None:
    assert programs_of("best", "tesseract 5.3.0 + rapidocr 3.9.2") == "Tesseract 5.3.0 and RapidOCR 3.9.2"
    assert programs_of("best", "tesseract 5.3.0") == "Tesseract 5.3.0"
    assert programs_of("tesseract", "5.3.0") == "Tesseract 5.3.0"
    assert programs_of("rapidocr", "") == "RapidOCR"


def test_names_are_joined_in_the_language_of_the_reader() -> None:
    with override("fr"):
        assert program_names(["tesseract", "rapidocr"]) == "Tesseract et RapidOCR"


def test_of_a_page_those_are_named_that_had_a_part_in_it() -> None:
    page = PageText(60, 40, (), engine="best", engine_version="tesseract 5.3.0 + rapidocr 3.9.2")
    assert page_readers(page) == "Tesseract and RapidOCR"
