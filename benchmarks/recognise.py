"""Pages per minute of `manage.py recognise` against as many ``tesseract`` processes side by side.

    python benchmarks/recognise.py [--pages 100] [--jobs 2] [--rounds 3] [--images DIR]

The same pages, in turn, in the same run. *engine*: ``tesseract`` over the bare images, so many at a time, one
thread each, which write plain text; *hocr* the same, with the places and confidences of words beside it.
*auto* and *none*: the command as a person types it, with its start, `-j` so many, that cleaning, and the text
of each page in a file. ``--images`` reads the images of a folder instead of drawn pages. The ratio is that of
the speeds; beside it stands that of the processor times, which says nearly the same where others work, too.
What other engines keep loaded works in processes that nobody waits for, so theirs is not told.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pages
from PIL import Image
from site_under_test import command_line

_ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "eng"
_OUTPUTS = {"engine": ["txt"], "hocr": ["hocr", "txt"]}
_CLEANINGS = ("auto", "none")
_COUNTED = "tesseract"  # the engine whose processes end before the command does


class Cost(NamedTuple):
    """Seconds: of the clock, and of all processors together."""

    elapsed: float
    processor: float


def cost_of(work: Callable[[], object]) -> Cost:
    began, used = time.perf_counter(), _processor_time()
    work()
    return Cost(time.perf_counter() - began, _processor_time() - used)


def _processor_time() -> float:
    """Of the children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def engine(images: Sequence[Path], jobs: int, folder: Path, outputs: Sequence[str]) -> None:
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}

    def read(image: Path) -> None:
        command = ["tesseract", str(image), str(folder / image.stem), "-l", LANGUAGE, *outputs]
        subprocess.run(command, check=True, env=one_thread, capture_output=True)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(read, images))


def recognise(images: Sequence[Path], jobs: int, folder: Path, name: str, cleaning: str) -> None:
    command = [sys.executable, "manage.py", "recognise", *map(str, images)]
    options = ["-j", str(jobs), "-l", LANGUAGE, "--engine", name, "--cleaning", cleaning, "-o", str(folder)]
    subprocess.run([*command, *options], cwd=_ROOT, check=True)


def report(costs: dict[str, list[Cost]], count: int, *, is_counted: bool) -> None:
    for name, of_rounds in costs.items():
        speed = _spread([60 * count / cost.elapsed for cost in of_rounds], ".1f")
        processor = _spread([cost.processor / count for cost in of_rounds], ".2f")
        told = f"   {processor} s of processor time a page" if is_counted or name in _OUTPUTS else ""
        print(f"{name:10} {speed} pages/min{told}")
    for ours, theirs in product(_CLEANINGS, _OUTPUTS):
        pairs = list(zip(costs[theirs], costs[ours], strict=True))
        speed = _spread([bare.elapsed / here.elapsed for bare, here in pairs], ".2f")
        processor = _spread([bare.processor / here.processor for bare, here in pairs], ".2f")
        told = f", by processor time {processor}" if is_counted else ""
        print(f"{ours} / {theirs}: speed {speed}{told}")


def _spread(values: list[float], form: str) -> str:
    return f"{statistics.median(values):{form}} ({min(values):{form}}–{max(values):{form}})"


def _images_in(folder: Path) -> list[Path]:
    endings = Image.registered_extensions()
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in endings)


def main() -> None:
    parser = command_line(__doc__, pages=100, jobs=2, rounds=3)
    parser.add_argument("--images", type=Path, metavar="DIR")
    parser.add_argument("--engine", default=_COUNTED)
    options = parser.parse_args()
    costs: dict[str, list[Cost]] = {name: [] for name in (*_OUTPUTS, *_CLEANINGS)}
    with tempfile.TemporaryDirectory() as scratch:
        drawn = Path(scratch) / "pages"
        drawn.mkdir()
        images = _images_in(options.images) if options.images else pages.draw_all(drawn, options.pages)
        for number in range(options.rounds):
            for name, of_rounds in costs.items():
                folder = Path(scratch) / f"{name}-{number}"
                folder.mkdir()
                how = (images, options.jobs, folder)
                if outputs := _OUTPUTS.get(name):
                    of_rounds.append(cost_of(partial(engine, *how, outputs)))
                else:
                    of_rounds.append(cost_of(partial(recognise, *how, options.engine, name)))
                assert len(list(folder.glob("*.txt"))) == len(images)
    report(costs, len(images), is_counted=options.engine == _COUNTED)


if __name__ == "__main__":
    main()
