import csv
from io import StringIO

import pytest

from documents.ocr.formats.csv import harmless
from tests.documents.ocr.formats.pages import SCRIPTS, sheet, written


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_each_word_is_a_row_with_its_place() -> None:
    found = rows(written("csv", None, sheet("one\n\nto be\nor not")))
    assert [row["text"] for row in found] == ["one", "to", "be", "or", "not"]
    assert found[4] == {
        "page": "2", "paragraph": "2", "line": "2", "word": "2", "text": "not", "confidence": "87.5",
        "x0": "30", "y0": "90", "x1": "60", "y1": "110",
    }  # fmt: skip


def test_excel_is_told_that_it_is_unicode() -> None:
    assert written("csv").startswith(b"\xef\xbb\xbfpage,")


@pytest.mark.parametrize("script", sorted(set(SCRIPTS) - {"any"}))
def test_words_of_any_script_come_back(script: str) -> None:
    text, languages = SCRIPTS[script]
    assert [row["text"] for row in rows(written("csv", sheet(text, languages)))] == text.split()


def test_commas_and_quotes_stay_in_their_field() -> None:
    assert [row["text"] for row in rows(written("csv", sheet('1,2 "a";b')))] == ["1,2", '"a";b']


@pytest.mark.parametrize("word", ["=1+1", "@SUM(A1)", "+cmd|'/C", "-2+3", "＝1", "\tx", "-A1", "+1-1"])
def test_what_a_spreadsheet_would_run_is_quoted(word: str) -> None:
    assert harmless(word) == f"'{word}"


@pytest.mark.parametrize("word", ["-5.00", "+1,000", "-12%", "-", "+", "a=b", "1-2", "'tis", ""])
def test_numbers_and_words_stay_as_they_are(word: str) -> None:
    assert harmless(word) == word
