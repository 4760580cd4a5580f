"""Loose lines as paragraphs in reading order."""

from collections.abc import Sequence

from documents.ocr.elements import Block, Line
from documents.ocr.layout.columns import in_columns
from documents.ocr.layout.furniture import without_furniture
from documents.ocr.layout.margins import with_notes, without_notes
from documents.ocr.layout.paragraphs import in_paragraphs
from documents.ocr.layout.rows import in_rows
from documents.ocr.layout.view import Piece, View, usual_height


def arrange(lines: Sequence[Line], size: tuple[int, int]) -> tuple[Block, ...]:
    """Loose ``lines``, in any order and perhaps in pieces, as paragraphs in reading order.

    ``size`` is that of the page (width, height; pixels). Columns of running text are read one after the
    other, everything else row by row: what stands on one baseline is one line, as an item and its price on a
    receipt. Notes in the margin follow the paragraph that they stand beside.
    """
    lines = [line for line in lines if line.words]
    view = View.of(lines, size)
    pieces = [Piece.of(line, view) for line in lines]
    head, body, foot = without_furniture(pieces)
    main, notes = without_notes(body, usual_height(pieces))
    paragraphs = [rows for column in in_columns(main) for rows in in_paragraphs(in_rows(column))]
    read = [in_rows(head), *with_notes(paragraphs, notes), in_rows(foot)]
    return tuple(_block(rows) for rows in read if rows)


def _block(rows: Sequence[Piece]) -> Block:
    return Block.of([Line.of(row.words) for row in rows])
