"""What the site and the child process that makes a PDF tell each other: lines of JSON."""

import base64
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from documents.ocr.options import Limits


@dataclass(frozen=True, slots=True)
class About:
    """``language`` is a BCP 47 tag, empty where it is not known; ``made_at`` an ISO 8601 time."""

    title: str
    language: str
    made_at: str


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page of the document: page ``index`` (from 0) of file number ``file``, turned by ``rotation`` degrees
    clockwise to be upright, with its packed text (see ``ocr/packing.py``; empty without text)."""

    file: int
    index: int
    rotation: int
    packed: bytes


@dataclass(frozen=True, slots=True)
class Request:
    about: About
    files: list[Path]
    pages: list[PageSource]
    limits: Limits


def dump(
    target: IO[bytes], about: About, files: Iterable[Path], pages: Iterable[PageSource], limits: Limits
) -> None:
    """Write it into ``target`` page by page: the text of a book need not be in memory."""
    head = {"about": asdict(about), "files": list(map(str, files)), "limits": asdict(limits)}
    target.write(_line(head))
    for page in pages:
        packed = base64.b64encode(page.packed).decode()
        target.write(_line([page.file, page.index, page.rotation, packed]))


def _line(value: object) -> bytes:
    return json.dumps(value).encode() + b"\n"


def load(lines: Iterable[bytes]) -> Request:
    values = map(json.loads, lines)
    head = next(values)
    return Request(
        about=About(**head["about"]),
        files=list(map(Path, head["files"])),
        pages=[
            PageSource(file, index, rotation, base64.b64decode(packed))
            for file, index, rotation, packed in values
        ],
        limits=Limits(**head["limits"]),
    )
