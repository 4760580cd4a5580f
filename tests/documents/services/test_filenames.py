"""Titles as names of files."""

import pytest

from documents.services.filenames import safe_name, safe_stem, unique_name


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("A letter", "A letter"),
        ("1/2: what?", "1 2 what"),
        ("  ..hidden.. ", "hidden"),
        ("con", "_con"),
        ("Com1.txt", "_Com1.txt"),
        ("console", "console"),
        ("…", "…"),
        ("...", "document"),
        ("\ud800", "document"),
        ("見積書", "見積書"),
        ("../../etc/passwd", "etc passwd"),
    ],
)
def test_a_title_becomes_what_every_system_takes(title: str, stem: str) -> None:
    assert safe_stem(title) == stem


def test_a_long_title_is_cut_between_letters() -> None:
    stem = safe_stem("見" * 300)
    assert len(stem.encode()) <= 200
    assert set(stem) == {"見"}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("scan.v2.PDF", "scan.v2.PDF"),
        ("a/b\\c.png", "a b c.png"),
        ("con.tif", "_con.tif"),
        ("..", "document"),
        ("x" * 300 + ".jpeg", "x" * 200 + ".jpeg"),
        ("x." + "y" * 300, "x." + "y" * 19),
    ],
)
def test_the_name_of_a_file_keeps_its_ending(given: str, name: str) -> None:
    assert safe_name(given) == name


def test_names_differ_in_more_than_capitals() -> None:
    taken: set[str] = set()
    names = [unique_name(stem, ".txt", taken) for stem in ("Letter", "letter", "Letter", "letter (2)")]
    assert names == ["Letter.txt", "letter (2).txt", "Letter (3).txt", "letter (2) (2).txt"]
