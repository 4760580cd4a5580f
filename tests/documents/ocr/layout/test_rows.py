import random
from itertools import product

import pytest

from documents.ocr.elements import Box, Line, Word
from documents.ocr.layout import rows
from documents.ocr.layout.rows import boxes_of, chained, in_one_row
from documents.ocr.layout.view import Piece, View
from tests.documents.ocr.layout.drawn import HEIGHT, PITCH, line

VIEW = View("ltr", (1000, 30_000))


def pieces(*lines: Line) -> list[Piece]:
    return [Piece.of(one, VIEW) for one in lines]


def texts(*lines: Line) -> list[list[str]]:
    return [[piece.letters for piece in row] for row in chained(pieces(*lines))]


def test_what_stands_on_one_baseline_is_a_row_from_left_to_right() -> None:
    assert texts(line("c", 300, 2), line("a", 10, 0), line("b", 100, 1), line("d", 10, PITCH)) == [
        ["a", "b", "c"],
        ["d"],
    ]
    assert texts() == []


def test_a_large_letter_is_followed_by_the_first_line_beside_it() -> None:
    initial = line("N", 10, 0, size=2.5)
    lower, upper = line("lower", 40, HEIGHT + 8), line("upper", 45, 2)
    assert texts(lower, initial, upper) == [["N", "upper"], ["lower"]]


def test_of_two_pieces_before_one_the_nearer_one_is_joined_to_it() -> None:
    far, near, last = line("far", 10, 0), line("near", 10, 9), line("last", 300, 9)
    assert texts(far, near, last) == [["far"], ["near", "last"]]


def test_boxes_in_one_row_are_the_same_however_many_are_compared_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(7)  # noqa: S311
    places = [(chance.randrange(900), chance.randrange(600)) for _ in range(300)]
    boxes = sorted((Box(x, y, x + 20, y + chance.randint(10, 20)) for x, y in places), key=lambda box: box.y0)
    wanted = {
        (one, other) for one, other in product(range(300), repeat=2) if _share(boxes[one], boxes[other])
    }
    for at_once in (1, 500, 1_000_000):
        monkeypatch.setattr(rows, "_AT_ONCE", at_once)
        found = [zip(one, other, strict=True) for one, other in in_one_row(boxes_of(boxes))]
        assert {(int(one), int(other)) for pairs in found for one, other in pairs} == wanted


def _share(one: Box, other: Box) -> bool:
    return min(one.y1, other.y1) - max(one.y0, other.y0) >= min(one.height, other.height) / 2


def test_one_tall_stroke_does_not_make_every_line_a_neighbour_of_all() -> None:
    stroke = Line.of([Word("|", 20.0, Box(990, 0, 995, 30_000))])
    lines = pieces(stroke, *(line("some words", 50, PITCH * at) for at in range(1_000)))
    assert len(chained(lines)) == 1_001
    boxes = sorted((piece.box for piece in lines), key=lambda box: box.y0)
    firsts, ends = rows._spans(boxes_of(boxes))
    assert (ends - firsts).sum() < 10 * len(lines)
