"""What readers of PDFs find on a page: PDFium, which Chromium uses, and poppler's pdftotext."""

import html
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium

# pdftotext says in which direction to show what it prints.
_DIRECTION = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')


class Place(NamedTuple):
    """A word and its box in points."""

    text: str
    box: tuple[float, float, float, float]


def words_by_pdfium(path: Path, index: int = 0) -> list[Place]:
    """Boxes are left, bottom, right, top in the page's own points."""
    with pdfium.PdfDocument(path) as document:
        text = document[index].get_textpage()
        found: list[Place] = []
        is_inside = False
        for number in range(text.count_chars()):
            letter = text.get_text_range(number, 1)
            if not letter.strip():
                is_inside = False
                continue
            box = text.get_charbox(number)
            if is_inside:
                before = found.pop()
                letter, box = before.text + letter, _around(before.box, box)
            found.append(Place(letter, box))
            is_inside = True
        return found


def _around(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return (
        min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]),
    )  # fmt: skip


def text_by_pdfium(path: Path, index: int = 0) -> str:
    with pdfium.PdfDocument(path) as document:
        return str(document[index].get_textpage().get_text_range()).replace("\r\n", "\n")


def text_by_poppler(path: Path, *options: str) -> str:
    return _run("-enc", "UTF-8", *options, path).translate(_DIRECTION)


def words_by_poppler(path: Path) -> list[Place]:
    """Boxes are left, top, right, bottom in points from the top left of the page as it is shown."""
    return [
        Place(html.unescape(word).translate(_DIRECTION), tuple(map(float, box)))
        for *box, word in _WORD.findall(_run("-bbox", "-cropbox", path))
    ]


def _run(*arguments: str | Path) -> str:
    return subprocess.run(["pdftotext", *arguments, "-"], capture_output=True, check=True).stdout.decode()
