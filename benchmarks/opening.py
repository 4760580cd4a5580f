"""What it costs an upload that its file is opened and its pages are counted at the door.

    python benchmarks/opening.py [--runs 9]

*inspect* is that: recognising the type, reading the headers, for a PDF in a child process. *receive* is
all that the form waits for once the file is on disk: inspecting, storing, the rows and the queue.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import pages
from django.conf import settings
from site_under_test import command_line, empty_database

from accounts.models import User
from documents.ocr.files.load import inspect
from documents.services import recognise
from documents.services.receive import Incoming, receive_upload

FRAMES, PAGES = 100, 500


def seconds(work: Callable[[], object], runs: int) -> list[float]:
    taken = []
    for _run in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken


def receive(user: User, file: Incoming) -> None:
    """As from the form, whose temporary file is moved into the storage: here that is a second name of it."""
    upload = settings.OCRSITE_TMP_DIR / "benchmark.upload"
    os.link(file.path, upload)
    receive_upload(user=user, files=[replace(file, path=upload, is_temporary=True)], languages=["eng"])


def drawn_files(folder: Path) -> dict[str, Path]:
    page = pages.draw(Random(1))  # noqa: S311
    for ending in ("png", "jpg", "webp", "avif", "jp2"):
        page.save(folder / f"page.{ending}")
    frame = page.point(lambda level: 255 * (level > 128), mode="1")
    frame.save(
        folder / "pages.tif", compression="group4", save_all=True, append_images=[frame] * (FRAMES - 1)
    )
    return {
        **{f"{path.suffix[1:]}, a page": path for path in sorted(folder.glob("page.*"))},
        f"tif, {FRAMES} pages": folder / "pages.tif",
        "pdf, 1 page": pages.bind(folder / "page.pdf", 1),
        f"pdf, {PAGES} pages": pages.bind(folder / "pages.pdf", PAGES),
    }


def report(name: str, path: Path, inspecting: list[float], receiving: list[float]) -> None:
    size = f"{path.stat().st_size / 1e6:.1f} MB"
    print(f"{name:16} {size:>9}  inspect {_spread(inspecting)}  receive {_spread(receiving)}")


def _spread(values: list[float]) -> str:
    middle, low, high = (1000 * value for value in (statistics.median(values), min(values), max(values)))
    return f"{middle:7.1f} ms ({low:.1f}–{high:.1f})"


def main() -> None:
    options = command_line(__doc__, runs=9).parse_args()
    user = empty_database()
    limits = recognise.limits()
    with tempfile.TemporaryDirectory(dir=settings.OCRSITE_TMP_DIR) as folder:
        for name, path in drawn_files(Path(folder)).items():
            inspecting = seconds(partial(inspect, path, limits=limits), options.runs)
            receiving = seconds(partial(receive, user, Incoming.from_path(path)), options.runs)
            report(name, path, inspecting, receiving)


if __name__ == "__main__":
    main()
