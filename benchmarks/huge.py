"""Memory and time of a worker that reads pages of 300 megapixels, and whether it reads them right.

    python benchmarks/huge.py [--megapixels 300] [--filled 20] [FORMAT ...]

The page is a poster: columns of small letters (40 pixels, as 10 points at 300 dpi) on tinted paper, of which
``--filled`` percent have text, so that the figures come in minutes; the memory is the same for a full one. It
is uploaded as each FORMAT, and read by one worker.
*peak* is the most that the worker and all that it started (decoders, PDFium, the engine) had together at any
one moment, memory that they share counted once (Pss), taken every 20 ms. *words* is the share of the
words that were read, order aside; *order* how much of the text stands in the right order (1: all).
"""

import json
import math
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

import pikepdf
import pyvips
from memory import highest, shared_out
from PIL import Image, ImageDraw, ImageFont
from site_under_test import Site, children, command_line, serving
from visitor import Visitor

from documents.models import Document, State

_FONT = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", 40)
_LINE, _COLUMN, _MARGIN = 90, 2600, 200  # pixels
# Its words are drawn in any order.
_TEXT = """
The old ferry left the harbour before sunrise, while seven fishermen mended their nets beside the stone
quay. A baker carried warm bread across the market square, and children followed the smell through narrow
streets. Beyond the lighthouse, grey clouds gathered above the quiet water; nobody expected such weather in
early June. My grandmother used to keep a small book in which she wrote the names of every ship, its captain
and its cargo: timber from the north, oranges and olive oil, coal for winter, sometimes letters that had
travelled for months. When the railway reached our valley, most sailors became porters, clerks or gardeners,
yet their stories remained. Today a museum shows maps, lanterns, ropes, broken oars and one enormous bell,
which visitors may ring at noon.
"""
# By name: the ending of the file, and what libvips is told.
_FORMATS: dict[str, tuple[str, dict[str, object]]] = {
    "jpeg": (".jpg", {"Q": 85}),
    "jpeg-progressive": (".jpg", {"Q": 85, "interlace": True}),
    "png": (".png", {"compression": 1}),
    "png-interlaced": (".png", {"compression": 1, "interlace": True}),
    "tiff-strips-lzw": (".tif", {"compression": "lzw"}),
    "tiff-tiles-deflate-big": (".tif", {"compression": "deflate", "tile": True, "bigtiff": True}),
    "tiff-g4": (".tif", {"compression": "ccittfax4", "bitdepth": 1}),
    "pdf": (".jpg", {"Q": 85}),
}


def poster(side: int, filled: float) -> tuple[pyvips.Image, list[str]]:
    """A square page, and its words in reading order."""
    choice = random.Random(300)  # noqa: S311
    words = re.findall("[a-z]{3,}", _TEXT)
    page = Image.new("L", (side, side), 255)
    pen, said = ImageDraw.Draw(page), list[str]()
    for left in range(_MARGIN, side - _COLUMN, _COLUMN + _MARGIN):
        for y in range(_MARGIN, round(side * filled) - _LINE, _LINE):
            line = _line(choice, words)
            pen.text((left, y), " ".join(line), fill=20, font=_FONT)
            said += line
    grey = pyvips.Image.new_from_memory(page.tobytes(), side, side, 1, "uchar")
    tinted = grey.bandjoin([grey * 0.98, grey * 0.9]).cast("uchar")
    return tinted.copy(interpretation="srgb"), said


def _line(choice: random.Random, words: Sequence[str]) -> list[str]:
    line = [choice.choice(words)]
    while _FONT.getlength(" ".join([*line, longer := choice.choice(words)])) <= _COLUMN:
        line.append(longer)
    return line


def save(page: pyvips.Image, name: str, folder: Path) -> Path:
    extension, options = _FORMATS[name]
    path = folder / f"{name}{extension}"
    if name == "tiff-g4":
        page = (page[1] > 128).ifthenelse(255, 0).cast("uchar").copy(interpretation="b-w")
    page.write_to_file(str(path), **options)
    return _bound(path, page.width) if name == "pdf" else path


def _bound(jpeg: Path, side: int) -> Path:
    """In a PDF, at 300 dpi."""
    points = side / 300 * 72
    pdf = pikepdf.new()
    sheet = pdf.add_blank_page(page_size=(points, points))
    scan = pikepdf.Stream(pdf, jpeg.read_bytes())
    scan.Type, scan.Subtype, scan.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
    scan.Width = scan.Height = side
    scan.BitsPerComponent, scan.ColorSpace = 8, pikepdf.Name.DeviceRGB
    sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=pdf.make_indirect(scan)))
    sheet.Contents = pikepdf.Stream(pdf, f"{points} 0 0 {points} 0 0 cm /Scan Do".encode())
    pdf.save(path := jpeg.with_suffix(".pdf"))
    return path


def measure(site: Site, path: Path, said: list[str]) -> None:
    worker = site.workers()[0]
    with highest(lambda: _together(worker)) as peak:
        start = time.perf_counter()
        address = Visitor(site).upload(path, "eng")
        document = Document.objects.latest("created_at")
        while not State(document.state).is_over:
            time.sleep(0.5)
            document.refresh_from_db()
        seconds = time.perf_counter() - start
    read = json.loads(Visitor(site).get(f"{address.split('?')[0]}download/json").text)
    words = " ".join(page["text"] for page in read["pages"]).split()
    found = (Counter(said) & Counter(words)).total() / max(len(said), len(words), 1)
    order = SequenceMatcher(None, said, words, autojunk=False).ratio()
    print(
        f"{path.stem:24} {path.stat().st_size / 1e6:5.0f} MB  {document.state:7}"
        f"  peak {peak[0]:5.0f} MB  {seconds:5.0f} s  words {found:.4f}  order {order:.4f}",
        flush=True,
    )


def _together(pid: int) -> float:
    """Of the process and all below it, MB; what has just ended counts no more."""
    family = [pid]
    for one in family:
        family += children(one)
    return sum(_now(one) for one in family)


def _now(pid: int) -> float:
    try:
        return shared_out([pid])
    except (FileNotFoundError, ProcessLookupError, AssertionError):  # gone, or about to be
        return 0.0


def main() -> None:
    parser = command_line(__doc__ or "", megapixels=300, filled=20)
    parser.add_argument("formats", nargs="*", default=list(_FORMATS), metavar="FORMAT")
    options = parser.parse_args()
    page, said = poster(math.isqrt(options.megapixels * 1_000_000), options.filled / 100)
    print(f"{page.width} x {page.height} pixels, {len(said)} words")
    with tempfile.TemporaryDirectory() as folder, serving(workers=1) as site:
        for name in options.formats:
            measure(site, path := save(page, name, Path(folder)), said)
            path.unlink()


if __name__ == "__main__":
    main()
