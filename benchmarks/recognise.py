"""Pages per minute of `manage.py recognise` against as many ``tesseract`` processes side by side.

    python benchmarks/recognise.py [--pages 100] [--jobs 2] [--rounds 3] [--images DIR]

The same pages, in turn, in the same run. *engine*: ``tesseract`` over the bare images, so many at a time, one
thread each. *recognise*: the command as a person types it, with its start, `-j` so many, and the text of each
page in a file. ``--images`` reads the images of a folder instead of drawn pages. The ratio is that of the
speeds; beside it stands that of the processor times, which says nearly the same on a machine that is busy.
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
from pathlib import Path
from typing import NamedTuple

import pages
from PIL import Image
from site_under_test import command_line

_ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "eng"


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


def engine(images: Sequence[Path], jobs: int, folder: Path) -> None:
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}

    def read(image: Path) -> None:
        command = ["tesseract", str(image), str(folder / image.stem), "-l", LANGUAGE]
        subprocess.run(command, check=True, env=one_thread, capture_output=True)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(read, images))


def recognise(images: Sequence[Path], jobs: int, folder: Path, name: str) -> None:
    command = [sys.executable, "manage.py", "recognise", *map(str, images)]
    options = ["-j", str(jobs), "-l", LANGUAGE, "--engine", name, "-o", str(folder)]
    subprocess.run([*command, *options], cwd=_ROOT, check=True)


def report(costs: dict[str, list[Cost]], count: int) -> None:
    for name, of_rounds in costs.items():
        speed = _spread([60 * count / cost.elapsed for cost in of_rounds], ".1f")
        processor = _spread([cost.processor / count for cost in of_rounds], ".2f")
        print(f"{name:10} {speed} pages/min   {processor} s of processor time a page")
    pairs = list(zip(costs["engine"], costs["recognise"], strict=True))
    speed = _spread([theirs.elapsed / ours.elapsed for theirs, ours in pairs], ".2f")
    processor = _spread([theirs.processor / ours.processor for theirs, ours in pairs], ".2f")
    print(f"recognise / engine: speed {speed}, by processor time {processor}")


def _spread(values: list[float], form: str) -> str:
    return f"{statistics.median(values):{form}} ({min(values):{form}}–{max(values):{form}})"


def _images_in(folder: Path) -> list[Path]:
    endings = Image.registered_extensions()
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in endings)


def main() -> None:
    parser = command_line(__doc__, pages=100, jobs=2, rounds=3)
    parser.add_argument("--images", type=Path, metavar="DIR")
    parser.add_argument("--engine", default="tesseract")
    options = parser.parse_args()
    costs: dict[str, list[Cost]] = {"engine": [], "recognise": []}
    with tempfile.TemporaryDirectory() as scratch:
        drawn = Path(scratch) / "pages"
        drawn.mkdir()
        images = _images_in(options.images) if options.images else pages.draw_all(drawn, options.pages)
        for number in range(options.rounds):
            folders = [Path(scratch) / f"{name}-{number}" for name in costs]
            for folder in folders:
                folder.mkdir()
            read_bare = partial(engine, images, options.jobs, folders[0])
            read_here = partial(recognise, images, options.jobs, folders[1], options.engine)
            costs["engine"].append(cost_of(read_bare))
            costs["recognise"].append(cost_of(read_here))
            texts = [len(list(folder.glob("*.txt"))) for folder in folders]
            assert texts == [len(images)] * 2, texts
    report(costs, len(images))


if __name__ == "__main__":
    main()
