"""A page whose whole text was typed anew, as the changes that this makes of it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein, Opcode

from documents.ocr.correcting.operations import DeleteLine, InsertLine, Operation, RetypeLine
from documents.ocr.correcting.typed import whole
from documents.ocr.elements import Box, Line, PageText


def text_to_type(page: PageText) -> str:
    """The text of ``page``: a line for each of its lines, an empty one between its blocks."""
    return "\n\n".join("\n".join(line.text for line in block.lines) for block in page.blocks)


def retyping(page: PageText, text: str) -> list[Operation]:
    """What changes ``page`` into ``text``, a line for each line; empty ones do not count.

    A line that is new stands just below the one before it. The last change comes first, because it moves what
    is behind it.
    """
    typed = [line for line in (line.strip() for line in text.splitlines()) if line]
    lines = list(page.lines)
    steps = Levenshtein.opcodes([line.text for line in lines], typed)
    room = _Room(lines, whole(page))
    return [change for step in reversed(list(steps)) for change in _changes(room, step, typed)]


def _changes(room: "_Room", step: Opcode, typed: Sequence[str]) -> Iterator[Operation]:
    new = typed[step.dest_start : step.dest_end]
    match step.tag:
        case "replace":
            for line in reversed(range(step.src_start, step.src_end)):
                yield RetypeLine(line, new[line - step.src_start])
        case "delete":
            for line in reversed(range(step.src_start, step.src_end)):
                yield DeleteLine(line)
        case "insert":
            for text in reversed(new):
                yield InsertLine(step.src_start, text, room.below(step.src_start - 1))


@dataclass(frozen=True, slots=True)
class _Room:
    """Where the ``lines`` of a page stand that is as large as ``page``."""

    lines: Sequence[Line]
    page: Box

    def below(self, line: int) -> Box:
        """For a line that comes after ``line``; -1: before the first one."""
        if not self.lines:
            return self.page
        box = self.lines[max(line, 0)].box
        by = box.height if line >= 0 else -box.height
        return box._replace(y0=box.y0 + by, y1=box.y1 + by)
