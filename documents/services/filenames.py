"""Titles as names of files that every system takes: Windows, macOS, Linux, and old unpackers."""

import re
from pathlib import PurePath

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
# Names of devices on Windows, whatever comes after the first dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
# File systems take 255 bytes; the ending and a number have to fit, too.
_MOST_BYTES = 200
_LONGEST_ENDING = 20  # characters, with its dot


def safe_stem(title: str) -> str:
    """``title`` without what a system refuses in the name of a file; “document” where nothing is left."""
    line = " ".join(_UNSAFE.sub(" ", title).split())
    cut = line.encode(errors="ignore")[:_MOST_BYTES].decode(errors="ignore").strip(". ")
    return f"_{cut}" if _DEVICES.match(cut) else cut or "document"


def safe_name(name: str) -> str:
    """The ``name`` of a file in the same way, with its ending."""
    path = PurePath(_UNSAFE.sub(" ", name))
    return f"{safe_stem(path.stem)}{path.suffix[:_LONGEST_ENDING]}"


def unique_name(stem: str, ending: str, taken: set[str]) -> str:
    """``stem`` with its ``ending`` (such as ``.txt``), numbered where ``taken`` has it, in which it is noted.

    Windows and macOS take names for the same that differ in capitals only.
    """
    name, number = f"{stem}{ending}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number}){ending}"
    taken.add(name.casefold())
    return name
