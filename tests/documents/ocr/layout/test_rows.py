import pytest

from documents.ocr.elements import Box, Line, Word
from documents.ocr.layout import rows
from documents.ocr.layout.rows import chained
from documents.ocr.layout.view import Piece, View
from tests.documents.ocr.layout.drawn import PITCH, line

VIEW = View("ltr", (1000, 30_000))


def test_one_tall_stroke_does_not_make_every_line_a_neighbour_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[Box] = []
    are_beside = rows._are_beside

    def counted(left: Box, right: Box) -> bool:
        looked_at.append(left)
        return are_beside(left, right)

    monkeypatch.setattr(rows, "_are_beside", counted)
    stroke = Line.of([Word("|", 20.0, Box(990, 0, 995, 30_000))])
    lines = [line("some words", 50, PITCH * at) for at in range(1_000)]
    found = chained([Piece.of(one, VIEW) for one in (stroke, *lines)])
    assert len(found) == 1_001
    assert len(looked_at) < 10 * len(lines)
