"""Pages per minute: the whole path of the site against the engine alone, and a naive loop beside them.

    python benchmarks/throughput.py [--pages 24] [--rounds 3]

Same pages, same run, two processes each, in turn. *engine*: ``tesseract`` over the bare images, two at a
time, one thread each. *ocrsite*: from stored uploads to searchable text with thumbnail and browser image,
by two workers that are already running, as they are on a site. *naive*: pytesseract's
``image_to_string`` and ``image_to_data`` on Pillow images with its defaults, as the tutorials do.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytesseract
from PIL import Image

import pages
from site_under_test import Site, site

LANGUAGE = "eng"


def engine(images: list[Path]) -> float:
    """Seconds for ``tesseract`` over ``images``, two processes at a time."""
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}

    def read(image: Path) -> None:
        command = ["tesseract", str(image), "-", "-l", LANGUAGE]
        subprocess.run(command, check=True, env=one_thread, capture_output=True)

    start = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(read, images))
    return time.perf_counter() - start


def ocrsite(site: Site, images: list[Path]) -> float:
    """Seconds until ``images``, stored as a document each, are read by the site's two workers."""
    return site.seconds_to_read(site.store(images, LANGUAGE))


def naive(images: list[Path]) -> float:
    """Seconds for the loop of the tutorials."""
    start = time.perf_counter()
    for path in images:
        with Image.open(path) as image:
            pytesseract.image_to_string(image, lang=LANGUAGE)
            pytesseract.image_to_data(image, lang=LANGUAGE)
    return time.perf_counter() - start


def report(name: str, pages_per_minute: list[float]) -> None:
    median = statistics.median(pages_per_minute)
    print(f"{name:9} {median:6.1f} pages/min  ({min(pages_per_minute):.1f}–{max(pages_per_minute):.1f})")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, site(workers=2) as running:
        images = pages.draw_all(Path(folder), options.pages)
        few = images[: max(2, options.pages // 6)]
        speeds: dict[str, list[float]] = {"engine": [], "ocrsite": [], "naive": []}
        for _round in range(options.rounds):
            speeds["engine"].append(60 * len(images) / engine(images))
            speeds["ocrsite"].append(60 * len(images) / ocrsite(running, images))
            speeds["naive"].append(60 * len(few) / naive(few))
    for name, values in speeds.items():
        report(name, values)
    pairs = zip(speeds["ocrsite"], speeds["engine"], strict=True)
    print(f"ocrsite / engine  {statistics.median(ours / theirs for ours, theirs in pairs):.2f}")
    pairs = zip(speeds["ocrsite"], speeds["naive"], strict=True)
    print(f"ocrsite / naive   {statistics.median(ours / theirs for ours, theirs in pairs):.1f}")


if __name__ == "__main__":
    main()
