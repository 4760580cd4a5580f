"""Pages per minute: the whole path of the site against the engine alone, and a naive loop beside them.

    python benchmarks/throughput.py [--pages 24] [--rounds 3] [--images DIR]

Same pages, same run, two processes each, in turn. *engine*: ``tesseract`` over the bare images, two at a
time, one thread each. *ocrsite*: from stored uploads to searchable text with thumbnail and browser image,
by two workers that are already running, as they are on a site. *naive*: pytesseract's
``image_to_string`` and ``image_to_data`` on Pillow images with its defaults, one after the other, as the
tutorials do; on a part of the images. ``--images`` reads the images of a folder instead of drawn pages.
Beside the speed stands the processor time of a page, which says nearly the same on a machine that is busy.
"""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pages
import pytesseract
from django.db import transaction
from PIL import Image
from site_under_test import Site, command_line, processor_time, serving

from documents.models import Document, State
from documents.services.receive import Incoming, receive_upload

LANGUAGE = "eng"


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a page, in seconds: of the clock, and of all processors together."""

    elapsed: float
    processor: float


class Stopwatch:
    """``processor`` gives the processor time (seconds) of those who do the work."""

    def __init__(self, processor: Callable[[], float]) -> None:
        self._processor = processor
        self.start()

    def start(self) -> None:
        self._began, self._used = time.perf_counter(), self._processor()

    def cost(self, page_count: int) -> Cost:
        elapsed, used = time.perf_counter() - self._began, self._processor() - self._used
        return Cost(elapsed / page_count, used / page_count)


def engine(images: Sequence[Path]) -> Cost:
    """``tesseract`` over ``images``, two processes at a time."""
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}

    def read(image: Path) -> None:
        command = ["tesseract", str(image), "-", "-l", LANGUAGE]
        subprocess.run(command, check=True, env=one_thread, capture_output=True)

    watch = Stopwatch(_processor_time_here)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(read, images))
    return watch.cost(len(images))


def ocrsite(site: Site, images: Sequence[Path]) -> Cost:
    """``images``, stored as a document each, until they are read by the site's two workers."""
    watch = Stopwatch(lambda: sum(map(processor_time, site.workers())))
    with transaction.atomic():
        documents = [
            receive_upload(user=site.user, files=[Incoming.from_path(image)], languages=[LANGUAGE])
            for image in images
        ]
        watch.start()  # the commit lets the workers know
    _wait_for(documents)
    return watch.cost(len(images))


def naive(images: Sequence[Path]) -> Cost:
    """The loop of the tutorials."""
    watch = Stopwatch(_processor_time_here)
    for path in images:
        with Image.open(path) as image:
            pytesseract.image_to_string(image, lang=LANGUAGE)
            pytesseract.image_to_data(image, lang=LANGUAGE)
    return watch.cost(len(images))


def _processor_time_here() -> float:
    """Of this process and its children that have ended, seconds."""
    return sum(os.times()[:4])


def _wait_for(documents: Sequence[Document]) -> None:
    ids = [document.pk for document in documents]
    while (done := Document.objects.filter(pk__in=ids, state=State.DONE).count()) < len(ids):
        if Document.objects.filter(pk__in=ids, state__in=[State.FAILED, State.PARTLY_FAILED]).exists():
            raise RuntimeError(f"A page could not be read; {done} documents were")
        time.sleep(0.05)


def report(costs: dict[str, list[Cost]]) -> None:
    for name, of_rounds in costs.items():
        speed = _spread([60 / cost.elapsed for cost in of_rounds], ".1f")
        processor = _spread([cost.processor for cost in of_rounds], ".2f")
        print(f"{name:9} {speed} pages/min   {processor} s of processor time a page")
    for other in ("engine", "naive"):
        pairs = list(zip(costs[other], costs["ocrsite"], strict=True))
        speed = _spread([theirs.elapsed / ours.elapsed for theirs, ours in pairs], ".2f")
        processor = _spread([theirs.processor / ours.processor for theirs, ours in pairs], ".2f")
        print(f"ocrsite / {other:6}: speed {speed}, by processor time {processor}")


def _spread(values: list[float], form: str) -> str:
    return f"{statistics.median(values):{form}} ({min(values):{form}}–{max(values):{form}})"


def _images_in(folder: Path) -> list[Path]:
    endings = Image.registered_extensions()
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in endings)


def main() -> None:
    parser = command_line(__doc__, pages=24, rounds=3)
    parser.add_argument("--images", type=Path, metavar="DIR")
    options = parser.parse_args()
    del os.environ["OMP_THREAD_LIMIT"]  # set by the site's settings; the naive loop knows nothing of it
    with tempfile.TemporaryDirectory() as folder, serving(workers=2) as site:
        images = _images_in(options.images) if options.images else pages.draw_all(Path(folder), options.pages)
        few = images[: max(2, len(images) // 6)]
        costs: dict[str, list[Cost]] = {"engine": [], "ocrsite": [], "naive": []}
        for _round in range(options.rounds):
            costs["engine"].append(engine(images))
            costs["ocrsite"].append(ocrsite(site, images))
            costs["naive"].append(naive(few))
    report(costs)


if __name__ == "__main__":
    main()
