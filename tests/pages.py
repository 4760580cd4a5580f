"""Pages for tests, written as they look."""

from documents.ocr.elements import Block, Box, Line, PageText, Word


def page(*paragraphs: str, confidence: float = 80.0) -> PageText:
    """A paragraph has a line in each row; a letter is 10 × 20 pixels, and so is a space.

    Lines stand 30 pixels below each other.
    """
    blocks = []
    row = 0
    for paragraph in paragraphs:
        lines = []
        for text in paragraph.splitlines():
            lines.append(Line.of(_words(text, row, confidence)))
            row += 1
        blocks.append(Block.of(lines))
    return PageText(1000, 1000, tuple(blocks), ("eng",))


def _words(text: str, row: int, confidence: float) -> list[Word]:
    words, at = [], 0
    for piece in text.split():
        at = text.index(piece, at)
        box = Box(10 * at, 30 * row, 10 * (at + len(piece)), 30 * row + 20)
        words.append(Word(piece, confidence, box))
        at += len(piece)
    return words


def layout(read: PageText) -> list[list[str]]:
    """The texts of the lines of each block."""
    return [[line.text for line in block.lines] for block in read.blocks]
