"""The text of a page as HTML: its paragraphs, tables and lines, unsure words and hits of a search marked.

Joined here, because a template is slow for the 1,500 words of a newspaper page. Where a text is changed the
script makes the same elements (`static/js/reader/text.js`, `tables.js`).
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from documents.ocr.correcting.doubts import UNSURE
from documents.ocr.elements import Block, Line, PageText, Word, is_unspaced, separator
from documents.ocr.insets import Inset, InsetCell, Part, Segment, parts, rows_of
from documents.ocr.layout.direction import direction_of_text
from documents.search.text.marks import Mark
from documents.search.text.places import Hit

# This part of the lines of prose, or more, begins within a sentence and with a small letter: capitals begin
# names, too, and in German every noun. Rows begin with one as a rule.
GOING_ON = 1 / 3
# Where a larger part of the lines has figures, they are rows of a bill; a year stands in few lines of prose.
MANY_FIGURES = 2 / 3
# Up to so many lines may be an address or a few names; prose of so few ends as a sentence does.
FEW_LINES = 4
# An address is rarely wider, in characters, nor is a phone.
WIDE_LINE = 40
# So many characters, with the space, may a word seem to have found room at the end of the line before:
# boxes end where the ink of letters does.
LOOSE = 2
# What fits beside the image on a small desk, in characters. Longer lines of prose are broken anew there.
LONG_LINE = 70
# What ends a sentence, and what divides it, in the scripts that have such marks.
_STOPS = (*".!?…:;", *"。．！？：；", *"؟۔؛", *"।॥", "։", "។", "።")
_PAUSES = (*_STOPS, *",，、،")
_CLOSING = "\"'«»‹›“”„‟‘’‚」』）)]】"


class _Piece(NamedTuple):
    """Some text that is marked all in one way, and where it begins in the text of the page."""

    start: int
    text: str
    is_unsure: bool = False
    hit: Hit | None = None

    def part(self, start: int, stop: int, hit: Hit | None = None) -> "_Piece":
        return self._replace(start=start, text=self.text[start - self.start : stop - self.start], hit=hit)


def typeset(
    page: PageText, hits: Sequence[Hit] = (), now: int = 0, tables: Sequence[Inset] = ()
) -> SafeString:
    """A paragraph for each block, a span for each line, a mark around each unsure word and each hit.

    Of ``tables`` each row is a row; in its cells a line is the spans from one without ``data-more`` to the
    next. The parts of a hit share its ``data-hit``, its number on the page. That of number ``now`` is the one
    to look at, and what ``#hit`` leads to.
    """
    setter = _Setter(hits, now)
    together = groupby(parts(page, tables), key=lambda part: part.inset)
    return mark_safe("".join(setter.part(table, [*found]) for table, found in together))  # noqa: S308


def misread_for(mark: Mark) -> str:
    """What a reader is told of a hit that is none as it stands."""
    return _("Perhaps “%(asked)s”, misread") % {"asked": mark.asked}


class _Setter:
    """Walks through a page, and knows where in its text it is."""

    def __init__(self, hits: Sequence[Hit], now: int) -> None:
        # gettext looks past what is inside an f-string
        unsure = escape(_("The engine is unsure of this word."))
        self._unsure = f'<mark class="unsure" title="{unsure}">'
        self._hits = list(hits)
        self._now = now
        self._anchor = 'id="hit" '  # of the first part of that hit
        self._at = 0
        self._tables = 0  # that were set
        self._hits_here: list[Hit] = []  # those on the line
        self._ends: set[int] = set()  # lines, by id, of the table that are the last of a paragraph

    def part(self, table: Inset | None, found: Sequence[Part]) -> str:
        """Neighbours that are all in one table, or in none."""
        if table is None:
            return "".join(map(self._paragraph, found))
        return self._table(table, found)

    def _paragraph(self, part: Part) -> str:
        block = part.block
        lines = "".join(f"<span>{self._line(line)}</span>{_after(line)}" for line in block.lines).rstrip()
        self._at += part.is_last
        if not _flows(block):
            return f"<p>{lines}</p>\n"
        kind = "flows long" if _is_long(block) else "flows"
        return f'<p class="{kind}">{lines}</p>\n'

    def _table(self, table: Inset, found: Sequence[Part]) -> str:
        self._tables += 1
        name = escape(_("Table %(number)s") % {"number": self._tables})
        lines = chain.from_iterable(part.block.lines for part in found)
        self._ends = {id(part.block.lines[-1]) for part in found if part.is_last}
        rows = "".join(
            self._row(row, table, is_head=at < table.head) for at, row in enumerate(rows_of(table, lines))
        )
        # The frame can be reached by keyboard, as a wide table is moved in it; the script knows which are.
        return (
            f'<div class="table-frame" role="group" aria-label="{name}" tabindex="0">'
            f'<table dir="{table.direction}">{rows}</table></div>\n'
        )

    def _row(self, row: Sequence[tuple[InsetCell, list[Segment]]], table: Inset, *, is_head: bool) -> str:
        cells: list[str] = []
        reached = 0
        for cell, segments in row:
            cells += ["<td></td>"] * (cell.column - reached)
            cells.append(self._cell(cell, segments, is_head=is_head))
            reached = cell.column + cell.span
        cells += ["<td></td>"] * (table.columns - reached)
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, cell: InsetCell, segments: Sequence[Segment], *, is_head: bool) -> str:
        lines = "\n".join(map(self._segment, segments))
        wide = f' colspan="{cell.span}"' if cell.span > 1 else ""
        if not is_head:
            return f"<td{wide}>{lines}</td>"
        return f'<th scope="{"colgroup" if wide else "col"}"{wide}>{lines}</th>'

    def _segment(self, segment: Segment) -> str:
        line, start, end = segment
        more = " data-more" if start else ""
        html = f"<span{more}>{self._words(line, start, end)}</span>"
        if end == len(line.words):
            self._at += 1 + (id(line) in self._ends)
        return html

    def _line(self, line: Line) -> str:
        html = self._words(line, 0, len(line.words))
        self._at += 1
        return html

    def _words(self, line: Line, start: int, end: int) -> str:
        """Words ``start`` to ``end`` of a line, of which those before were set."""
        if not start:
            self._hits_here = self._hits and self._hits_before(self._at + len(line.text) + 1)
        words = line.words[start:end]
        before = line.words[start - 1] if start else None
        if not self._hits_here:
            return self._plain(words, before)
        pieces = [*_pieces(words, before, self._at)]
        self._at += sum(len(piece.text) for piece in pieces)
        parts = (part for piece in pieces for part in _cut(piece, self._hits_here) if part.text)
        groups = groupby(parts, key=lambda piece: piece.hit)
        return "".join(self._marked(hit, "".join(map(self._html, group))) for hit, group in groups)

    def _plain(self, words: Sequence[Word], before: Word | None) -> str:
        """Words without hits, which most are: a page has thousands."""
        html = ""
        for word in words:
            space = separator(before, word)
            text = escape(word.text)
            html += f"{space}{self._unsure}{text}</mark>" if word.confidence < UNSURE else space + text
            self._at += len(space) + len(word.text)
            before = word
        return html

    def _hits_before(self, end: int) -> list[Hit]:
        """Those that begin before ``end``; a hit is forgotten with the last line that it stands on."""
        hits = [hit for hit in self._hits if hit.mark.start < end]
        self._hits = [hit for hit in self._hits if hit.mark.end > end]
        return hits

    def _html(self, piece: _Piece) -> str:
        text = escape(piece.text)
        return f"{self._unsure}{text}</mark>" if piece.is_unsure else text

    def _marked(self, hit: Hit | None, html: str) -> str:
        if hit is None:
            return html
        kind, more = "hit", ""
        if hit.mark.how == "misread":
            kind, more = "hit misread", f'title="{escape(misread_for(hit.mark))}" '
        if hit.number == self._now:
            kind, more = f"{kind} is-now", more + self._anchor
            self._anchor = ""
        return f'<mark {more}class="{kind}" data-hit="{hit.number}">{html}</mark>'


def _pieces(words: Iterable[Word], before: Word | None, at: int) -> Iterator[_Piece]:
    """Words that begin at ``at`` behind another one of their line, and what stands between them."""
    for word in words:
        if space := separator(before, word):
            yield _Piece(at, space)
        yield _Piece(at + len(space), word.text, is_unsure=word.confidence < UNSURE)
        at += len(space) + len(word.text)
        before = word


def _cut(piece: _Piece, hits: Sequence[Hit]) -> Iterator[_Piece]:
    """``piece`` divided where ``hits`` begin and end."""
    at, end = piece.start, piece.start + len(piece.text)
    for hit in hits:
        start, stop = max(at, hit.mark.start), min(end, hit.mark.end)
        if start < stop:
            yield piece.part(at, start)
            yield piece.part(start, stop, hit)
            at = stop
    yield piece.part(at, end)


def _after(line: Line) -> str:
    """What parts a line from the next where both are on one: nothing after the hyphen of a divided word."""
    return "" if line.text.endswith("-") else "\n"


def _flows(block: Block) -> bool:
    """Do the lines end where the column did, as in prose? Then a narrow screen may break them elsewhere.

    Rows of a list or a bill can be as wide as each other, too, so what they say has to speak for it; rows
    that run into each other are worse than prose that keeps its lines.
    """
    lines, following = block.lines, block.lines[1:]
    if not following or any(map(_has_bullet, lines)):
        return False
    if sum(map(_has_figure, lines)) > MANY_FIGURES * len(lines):
        return False
    begins = [_first_letter(line) for line in following]
    has_capitals = sum(_is_caseless(letter) for letter in begins) <= len(following) / 2
    if has_capitals and sum(letter.islower() for letter in begins) < GOING_ON * len(following):
        return False
    return _is_said(block) and _is_filled(block)


def _is_filled(block: Block) -> bool:
    """Had the first word of each line no room at the end of the one before? So it is in ragged prose, too."""
    runs_left = direction_of_text(block.text) == "rtl"
    return all(
        before.words[-1].text.endswith("-")
        or _room_behind(before, block, runs_left=runs_left) <= _needed(line)
        for before, line in pairwise(block.lines)
    )


def _room_behind(line: Line, block: Block, *, runs_left: bool) -> int:
    return line.box.x0 - block.box.x0 if runs_left else block.box.x1 - line.box.x1


def _needed(line: Line) -> float:
    """By the first word of ``line``, in pixels; where a script has no spaces by one letter."""
    first, letter = line.words[0], line.box.width / len(line.text)
    return (letter if is_unspaced(first.text[:1]) else first.box.width) + LOOSE * letter


def _is_said(block: Block) -> bool:
    """Does it end as sentences do, or is a word divided, or is it much, with marks of sentences within?"""
    lines = block.lines
    if _ends_with(lines[-1].words[-1], _STOPS) or any(
        line.words[-1].text.endswith("-") for line in lines[:-1]
    ):
        return True
    is_much = len(lines) > FEW_LINES or max(len(line.text) for line in lines) > WIDE_LINE
    return is_much and any(_ends_with(word, _PAUSES) for line in lines for word in line.words)


def _ends_with(word: Word, marks: tuple[str, ...]) -> bool:
    return word.text.rstrip(_CLOSING).endswith(marks)


def _has_bullet(line: Line) -> bool:
    return not any(character.isalnum() for character in line.words[0].text)


def _has_figure(line: Line) -> bool:
    return any(character.isdigit() for word in line.words for character in word.text)


def _first_letter(line: Line) -> str:
    """What a line begins with behind quotation marks and brackets, a letter or not."""
    return line.text.lstrip("\"'«»‹›“”„‟‘’‚‛「『（([¿¡")[:1]


def _is_caseless(letter: str) -> bool:
    """Arabic, Chinese and Devanagari have no capitals: a letter does not tell where a sentence begins."""
    return letter.isalpha() and letter.lower() == letter.upper()


def _is_long(block: Block) -> bool:
    """Would a line fall apart beside the image, one word alone under the others?"""
    return max(sum(len(word.text) + 1 for word in line.words) for line in block.lines) > LONG_LINE
