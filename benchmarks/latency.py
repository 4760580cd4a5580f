"""Seconds from “Read” to the text on the page, for one small image sent through the form of the site.

    python benchmarks/latency.py [--runs 15]

The visitor does what a browser does: sends the form, opens the document page, asks for the progress as
often as the page says, and fetches the row of the page once it is told that it was read. Given are the
whole time, and what of it lies beyond *reading* (``Transcription.seconds``: detecting, straightening and
the engine) and beyond *tesseract* (the program alone over the same image). The images have two to eight
lines, so that their ends fall at any moment between two questions.
"""

import json
import os
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from random import Random

import pages
from site_under_test import command_line, serving
from visitor import Answer, Visitor

from documents.models import Transcription

WORKERS = 2
_POLL = re.compile(r'hx-get="([^"]*/progress/[^"]*)"\s+hx-trigger="every (\d+)(ms|s)"')


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds."""

    whole: float
    reading: float
    tesseract: float


def upload_and_wait(visitor: Visitor, image: Path, languages: str) -> Timing:
    """The token of the form is fetched within the time: half a per cent of it."""
    start = time.perf_counter()
    address = visitor.upload(image, languages)
    page = visitor.get(address)
    while not _has_text(page):
        page = _next_row(visitor, page, address)
    whole = time.perf_counter() - start
    reading = Transcription.objects.latest("created_at")
    return Timing(whole, reading.seconds, _tesseract(image, "+".join(reading.languages)))


def _next_row(visitor: Visitor, page: Answer, address: str) -> Answer:
    """Ask for the progress, as the page or the answer before says, until the first page was read."""
    while poll := _POLL.search(page.text):
        time.sleep(float(poll[2]) / (1000 if poll[3] == "ms" else 1))
        page = visitor.get(unescape(poll[1]))
        event = json.loads(page.headers["HX-Trigger-After-Settle"])
        if event["ocrsite:pages"]["pages"]:
            return visitor.get(f"{address}pages/1/")
    raise RuntimeError("The reading ended without text")


def _has_text(page: Answer) -> bool:
    return 'class="words"' in page.text


def _tesseract(image: Path, languages: str) -> float:
    start = time.perf_counter()
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    command = ["tesseract", str(image), "-", "-l", languages]
    subprocess.run(command, check=True, env=one_thread, capture_output=True)
    return time.perf_counter() - start


def _images(folder: Path) -> Iterator[Path]:
    """Small images, each another."""
    random = Random(7)  # noqa: S311
    number = 0
    while True:
        number += 1
        path = folder / f"note-{number}.png"
        pages.draw_note(random, lines=random.randint(2, 8)).save(path)
        yield path


def report(name: str, timings: list[Timing]) -> None:
    print(f"{name}:")
    columns = {
        "whole": [timing.whole for timing in timings],
        "beyond reading": [timing.whole - timing.reading for timing in timings],
        "beyond tesseract": [timing.whole - timing.tesseract for timing in timings],
    }
    for column, values in columns.items():
        spread = f"({min(values):.2f}–{max(values):.2f})"
        print(f"  {column:17} {statistics.median(values):.2f} s  {spread}")


def main() -> None:
    options = command_line(__doc__, runs=15).parse_args()
    kinds = {"language chosen": "eng", "language detected": ""}
    timings: dict[str, list[Timing]] = {name: [] for name in kinds}
    with tempfile.TemporaryDirectory() as folder, serving(workers=WORKERS) as site:
        visitor, images = Visitor(site), _images(Path(folder))
        first = upload_and_wait(visitor, next(images), "")
        for _run in range(options.runs):
            for name, languages in kinds.items():
                timings[name].append(upload_and_wait(visitor, next(images), languages))
    report("very first upload, language detected", [first])
    for name, values in timings.items():
        report(name, values)


if __name__ == "__main__":
    main()
