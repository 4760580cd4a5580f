"""Who had a part in a reading."""

import pytest

from documents.ocr.readers import Reader, names_of, readers_of, together, told

TESSERACT, BOTH = "tesseract 5.3.0", "tesseract 5.3.0 + rapidocr 3.9.2"


def test_readers_are_told_once_and_in_their_order() -> None:
    assert told([TESSERACT, "rapidocr 3.9.2", "rapidocr 3.9.2"]) == BOTH
    assert told(["5.3.0"]) == "5.3.0"


def test_the_version_of_an_engine_may_name_others() -> None:
    assert readers_of("best", BOTH) == (Reader("tesseract", "5.3.0"), Reader("rapidocr", "3.9.2"))
    assert names_of("best", TESSERACT) == ("tesseract",)


@pytest.mark.parametrize(
    ("engine", "version"),
    [
        ("tesseract", "5.3.0"),
        ("tesseract", ""),
        ("ABBYY FineReader", "11"),
        ("Transcriber", "tool 3"),
        ("best", "tesseract 5.3.0, rapidocr 3.9.2"),  # what there was, whether it read or not
    ],
)
def test_else_the_engine_read_by_itself(engine: str, version: str) -> None:
    assert readers_of(engine, version) == (Reader(engine, version),)


def test_nobody_read_what_names_no_engine() -> None:
    assert readers_of("", "") == ()


@pytest.mark.parametrize(
    ("one", "other", "all_of_them"),
    [
        ("", TESSERACT, TESSERACT),
        (TESSERACT, "", TESSERACT),
        (TESSERACT, BOTH, BOTH),
        (BOTH, TESSERACT, BOTH),
        (TESSERACT, "tesseract 5.5.0 + rapidocr 3.9.2", BOTH),
        ("5.3.0", "5.5.0", "5.3.0"),
    ],
)
def test_two_readings_name_all_who_had_a_part_in_either(one: str, other: str, all_of_them: str) -> None:
    assert together(one, other) == all_of_them
