"""How long a searchable PDF takes to make, and how much memory.

    python benchmarks/exporting.py [--pages 400]

Of A4 pages with 500 words each: scans as JPEGs at 150 dpi, the same as one PDF, and that PDF once it is
searchable, so that its text makes way. Time is that of the processors: a quiet machine needs as long.
"""

import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw
from site_under_test import command_line

from documents.ocr import pdf
from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.options import Limits
from documents.ocr.packing import pack

SIZE = 1240, 1754  # pixels of A4 at 150 dpi
ABOUT = pdf.About("Benchmark", "en", "2026-11-20T12:00:00+00:00")


def text() -> bytes:
    """50 lines of 10 words."""
    return pack(PageText(*SIZE, (Block.of([_line(100 + 30 * number) for number in range(50)]),)))


def _line(top: int) -> Line:
    return Line.of(
        [
            Word("searched"[: 3 + at % 6], 90.0, Box(100 + 100 * at, top, 190 + 100 * at, top + 20))
            for at in range(10)
        ]
    )


def scan(path: Path) -> Path:
    """Noise, as paper has it, under bars for words: 300 kB."""
    image = Image.effect_noise(SIZE, 20).convert("RGB")
    draw = ImageDraw.Draw(image)
    for number in range(50):
        draw.rectangle((100, 100 + 30 * number, 1090, 115 + 30 * number), fill="black")
    image.save(path, quality=60, dpi=(150, 150))
    return path


def make(folder: Path, name: str, files: Sequence[Path], pages: Sequence[pdf.PageSource]) -> Path:
    """Make it and print what that took."""
    made = folder / f"{name}.pdf"
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with made.open("w+b") as file:
        pdf.write(file, about=ABOUT, files=files, pages=pages, limits=Limits(), folder=folder, timeout=3600)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{name:>11}: {processor:5.1f} s of processors, {time.monotonic() - started:5.1f} s in all,"
        f" at most {after.ru_maxrss / 1000:.0f} MB so far, {made.stat().st_size / 1e6:.0f} MB written"
    )
    return made


def main() -> None:
    count = command_line(__doc__, pages=400).parse_args().pages
    packed = text()
    in_one_file = [pdf.PageSource(0, index, 0, packed) for index in range(count)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = scan(folder / "scan.jpg")
        scanned = make(folder, "PDF", [file] * count, [pdf.PageSource(at, 0, 0, b"") for at in range(count)])
        searchable = make(folder, "scanned", [scanned], in_one_file)
        make(folder, "searchable", [searchable], in_one_file)
        make(folder, "images", [file] * count, [pdf.PageSource(at, 0, 0, packed) for at in range(count)])


if __name__ == "__main__":
    main()
