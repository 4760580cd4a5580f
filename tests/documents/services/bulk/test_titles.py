"""New titles for many documents, from one pattern."""

from datetime import date

import pytest

from documents.errors import NameEmpty, NameTooLong, PlaceholderUnknown, TitlesUnchanged
from documents.services.bulk.titles import Renaming

DAY = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("pattern", "title"),
    [
        ("Letter", "Letter"),
        ("{date} {title}", "2024-03-31 Old"),
        ("{Title} / { NUMBER }", "Old / 3"),
        ("  {title}\tnew ", "Old new"),
        ("{title", "{title"),
        ("}{", "}{"),
    ],
)
def test_a_pattern_is_filled(pattern: str, title: str) -> None:
    renaming = Renaming(pattern)
    renaming.check()
    assert renaming.title_of("Old", DAY, position=2) == title


def test_numbers_have_as_many_figures_as_the_first() -> None:
    renaming = Renaming("{number}", first="098")
    assert [renaming.title_of("", DAY, position=at) for at in (0, 1, 2, 902)] == ["098", "099", "100", "1000"]


def test_a_part_of_the_old_title_is_replaced_each_time() -> None:
    assert Renaming(find="scan_", replacement="").title_of("scan_scan_1", DAY, position=0) == "1"
    assert Renaming(find=" - ", replacement=": ").title_of("a - b", DAY, position=0) == "a: b"


def test_what_an_old_title_has_in_brackets_stays() -> None:
    assert Renaming("{title} {number}").title_of("{date}", DAY, position=0) == "{date} 1"


@pytest.mark.parametrize(
    ("renaming", "error"),
    [
        (Renaming(""), NameEmpty),
        (Renaming(" \u202e "), NameEmpty),
        (Renaming("{name}"), PlaceholderUnknown),
        (Renaming("{}"), PlaceholderUnknown),
        (Renaming("{title} {dates}"), PlaceholderUnknown),
        (Renaming(), TitlesUnchanged),
        (Renaming(" {Title} "), TitlesUnchanged),
        (Renaming(find="a", replacement="a"), TitlesUnchanged),
    ],
)
def test_what_cannot_be_meant_is_refused(renaming: Renaming, error: type[Exception]) -> None:
    with pytest.raises(error):
        renaming.check()


def test_a_title_that_comes_to_nothing_or_too_much_is_refused() -> None:
    with pytest.raises(NameEmpty):
        Renaming(find="scan").title_of("scan", DAY, position=0)
    with pytest.raises(NameTooLong):
        Renaming("{title}{title}").title_of("x" * 151, DAY, position=0)
