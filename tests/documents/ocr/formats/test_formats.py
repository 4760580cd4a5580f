"""What holds for every format."""

from collections.abc import Iterator

import pytest

from documents.ocr.formats import FORMATS, PageEntry, form_of
from tests.documents.ocr.formats.pages import SCRIPTS, entries, sheet, vertical, written


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("script", SCRIPTS)
def test_any_script_is_written(name: str, script: str) -> None:
    assert written(name, sheet(*SCRIPTS[script]))


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_without_pages_is_written(name: str) -> None:
    assert isinstance(written(name), bytes)


@pytest.mark.parametrize("name", FORMATS)
def test_pages_that_wait_or_are_empty_or_vertical_are_written(name: str) -> None:
    assert written(name, None, sheet(""), vertical("吾輩は", "猫である"))


# The list of contents of a spreadsheet stands before its sheets.
@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"xlsx"}))
def test_a_book_is_written_page_by_page(name: str) -> None:
    asked = []

    def pages() -> Iterator[PageEntry]:
        for entry in entries(*[sheet("Hello world")] * 100):
            asked.append(entry.number)
            yield entry

    pieces = FORMATS[name].write(pages(), {})
    next(pieces)
    assert len(asked) <= 2


@pytest.mark.parametrize("name", FORMATS)
def test_only_page_and_text_have_other_forms(name: str) -> None:
    usual = form_of(name)
    assert usual is FORMATS[name]
    assert (form_of(name, is_alone=True) is usual) == (name != "page")
    assert (form_of(name, is_laid_out=True) is usual) == (name != "txt")
