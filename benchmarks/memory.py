"""Memory of the site's own processes, while a long PDF is uploaded and read.

    python benchmarks/memory.py [--pages 500]

The PDF has A4 pages at 300 dpi, in grey, in colour and set in type (see ``pages.bind``); two workers read it.
``OCRSITE_ENGINE`` names the engine: with ``rapidocr`` each page goes to the second one of ``best``.
*peak* is the most resident memory that a process ever had (VmHWM); the engine that a worker runs is a
process of its own and not in it. One that stays from page to page is shown, and so is the process that draws
pages; the canvas (26 MB of an A4 page in colour) counts in both. *family* is the most that all web processes
had together at any one moment of the upload, shared memory counted once (Pss).
"""

import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pages
from site_under_test import Site, command_line, serving
from visitor import Visitor

from documents.models import Document, State

WORKERS = 2


def peak(pid: int) -> float:
    """The most resident memory that the process ever had, MB."""
    return _megabytes(Path(f"/proc/{pid}/status"), "VmHWM")


def shared_out(pids: list[int]) -> float:
    """The memory of these processes now, MB; what several share is divided between them."""
    return sum(_megabytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss") for pid in pids)


def _megabytes(file: Path, entry: str) -> float:
    found = re.search(rf"^{entry}:\s+(\d+) kB", file.read_text(), re.MULTILINE)
    assert found
    return int(found[1]) * 1024 / 1e6


@contextmanager
def highest(measure: Callable[[], float]) -> Iterator[list[float]]:
    """A list of one: the highest value of ``measure`` within the block, taken every 20 ms."""
    values, over = [measure()], threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            values[0] = max(values[0], measure())

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield values
    finally:
        over.set()
        thread.join()


def measure_upload(site: Site, visitor: Visitor, book: Path) -> Document:
    web = site.web_processes()
    for _warm_up in range(8):
        visitor.get("/upload/")
    before = shared_out(web)
    with highest(lambda: shared_out(web)) as family:
        start = time.perf_counter()
        visitor.upload(book, "eng")
        seconds = time.perf_counter() - start
    print(f"upload of {book.stat().st_size / 1e6:.0f} MB in {seconds:.1f} s")
    print(f"  web processes, peak of each: {_peaks(web)}")
    print(f"  web processes, family: {before:.0f} MB before, {family[0]:.0f} MB at most", flush=True)
    return Document.objects.get()


def measure_reading(site: Site, document: Document) -> None:
    workers = site.workers()
    print(f"reading {document.page_count} pages; peak of each worker, of what draws and what reads for it:")
    step = told = max(1, document.page_count // 10)
    while not State(document.state).is_over:
        time.sleep(0.5)
        document.refresh_from_db()
        if document.pages_done >= told:
            print(
                f"  after {document.pages_done:4} pages: {_peaks(workers)}; {_peaks(site.painters())}; "
                f"{_peaks(site.engines())}",
                flush=True,
            )
            told = document.pages_done + step
    assert document.state == State.DONE
    assert site.workers() == workers, "a worker had to be started again"


def _peaks(pids: list[int]) -> str:
    return ", ".join(f"{peak(pid):.0f} MB" for pid in pids)


def main() -> None:
    options = command_line(__doc__, pages=500).parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(workers=WORKERS) as site:
        book = pages.bind(Path(folder) / "book.pdf", options.pages)
        document = measure_upload(site, Visitor(site), book)
        measure_reading(site, document)


if __name__ == "__main__":
    main()
