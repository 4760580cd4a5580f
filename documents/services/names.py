"""What people call things: a line that shows and can be stored, or a sentence that says why not."""

import unicodedata

import regex

from documents.errors import NameEmpty, NameTooLong
from documents.search.text.analysis import fold

# They could make a name read backwards, or its ending look like another.
_DIRECTION_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_UNSTORABLE = ("Cc", "Cs")  # control characters and lone surrogates, which databases refuse
_SHOWS = regex.compile(r"[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}]")


def one_line(text: str) -> str:
    """``text`` without what does not show or cannot be stored."""
    return " ".join(storable(text).split())


def storable(text: str) -> str:
    """``text`` as names are stored, with its spaces as they are."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(" " if unicodedata.category(letter) in _UNSTORABLE else letter for letter in composed)
    return kept.translate(_DIRECTION_OVERRIDES)


def name(text: str, *, longest: int) -> str:
    """``text`` as a name of at most ``longest`` characters. Raises NameEmpty, NameTooLong."""
    line = one_line(text)
    if not _SHOWS.search(line):
        raise NameEmpty
    if len(line) > longest:
        raise NameTooLong(limit=longest)
    return line


def tag_name(text: str, *, longest: int) -> str:
    """``tax / 2024`` as ``tax/2024``; levels without a name are left out. Raises as `name` does."""
    levels = (level.strip() for level in one_line(text).replace("／", "/").split("/"))
    return name("/".join(level for level in levels if _SHOWS.search(level)), longest=longest)


def tag_names(text: str) -> list[str]:
    """The names with commas between them, as typed; one, though it is empty, where there is none."""
    return [part for part in text.split(",") if part.strip()] or [""]


def folded_levels(tag: str) -> tuple[str, ...]:
    """The levels of a tag's name, as they are compared."""
    return tuple(fold(level) for level in tag.split("/"))


def note_text(text: str) -> str:
    """``text`` with the line ends of one kind and without what databases refuse; empty where nothing shows.

    What would make the rest of the page read backwards is left out.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ").translate(_DIRECTION_OVERRIDES)
    return lines.encode(errors="replace").decode().strip() if _SHOWS.search(lines) else ""
