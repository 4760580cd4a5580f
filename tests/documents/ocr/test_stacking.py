"""Strips of a page on a sheet."""

from documents.ocr.stacking import strip_at, tops


def test_strips_stand_apart_and_away_from_the_edges() -> None:
    assert tops([20, 30], margin=5) == [5, 30, 65]
    assert tops([], margin=5) == [5]


def test_each_row_belongs_to_the_strip_at_it_or_above_it() -> None:
    begins = tops([20, 30], margin=5)
    assert [strip_at(row, begins) for row in (0, 5, 24, 29, 30, 64, 500)] == [0, 0, 0, 0, 1, 1, 1]
