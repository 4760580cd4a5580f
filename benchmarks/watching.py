"""Files dropped into the folder that a site watches, while the site is started again and again.

    python benchmarks/watching.py [--files 5000] [--restarts 3] [--kills 0] [--workers 0]

All files are dropped at once: small pictures of one line each, all different. On the way the site is stopped
(SIGTERM) and started ``--restarts`` times. ``--kills`` times more its watcher is killed (SIGKILL), which the
site starts again, and then the site with all its processes. In the end each file must be a document, once,
and lie in ``done``. First it says what one look at all of them costs. With ``--workers`` they are read
meanwhile; how fast that goes is what `throughput.py` measures.
"""

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from pages import FONT
from PIL import Image, ImageDraw, ImageFont
from site_under_test import HOST, children, command_line, empty_database

from accounts.models import User
from documents.models import Document
from documents.services.intake import Terms
from documents.services.organise import personal_collection
from documents.services.watching import Watcher
from documents.words import explain_error
from tests.sites import free_port

_ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 3600.0  # seconds


def drop(folder: Path, count: int) -> set[str]:
    """Small pictures of a line each; returns their SHA-256."""
    font, hashes = ImageFont.truetype(FONT, 40), set()
    for number in range(count):
        path = folder / f"scan-{number:05d}.png"
        picture = Image.new("L", (520, 90), 250)
        ImageDraw.Draw(picture).text((20, 20), f"Invoice {number:05d} paid", fill=20, font=font)
        picture.save(path)
        hashes.add(hashlib.sha256(path.read_bytes()).hexdigest())
    return hashes


@contextmanager
def serving(folder: Path, user: User, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    settings = {
        "OCRSITE_WATCH_DIR": str(folder),
        "OCRSITE_WATCH_USER": user.username,
        "OCRSITE_WORKERS": str(workers),
        "OCRSITE_ENGINE": "tesseract",
        "OCRSITE_DEFAULT_LANGUAGES": "eng",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "ocrsite.serve", HOST, str(free_port())],
        cwd=_ROOT,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def arrived(folder: Path) -> int:
    return sum(1 for _path in (folder / "done").glob("*.png"))


def has_more(folder: Path, than: int) -> bool:
    return arrived(folder) > than


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)


def kill_watcher(supervisor: int) -> None:
    """And wait until the site has started another."""
    [process] = _watchers(supervisor)
    os.kill(process, signal.SIGKILL)
    wait_for(lambda: bool(_watchers(supervisor) - {process}))


def _watchers(supervisor: int) -> set[int]:
    commands = ((child, Path(f"/proc/{child}/cmdline")) for child in children(supervisor))
    return {child for child, words in commands if b"watch" in words.read_bytes().split(b"\0")}


def kill_all(process: int) -> None:
    """``process``, and all that it has started."""
    started = children(process)
    os.kill(process, signal.SIGKILL)
    for child in started:
        with suppress(ProcessLookupError):  # it has ended with its parent
            kill_all(child)


def look_at(folder: Path, user: User) -> tuple[float, float]:
    """Seconds of processor time of the first look, and of the second one, which finds all standing still."""
    terms = Terms(user=user, collection=personal_collection(user=user))
    watcher, costs = Watcher(folder, terms, explain_error), []
    for _look in range(2):
        began = time.process_time()
        watcher.look()
        costs.append(time.process_time() - began)
    return costs[0], costs[1]


def main() -> None:
    options = command_line(__doc__, files=5000, restarts=3, kills=0, workers=0).parse_args()
    user = empty_database()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        hashes = drop(folder, options.files)
        first, second = look_at(folder, user)
        looks = f"{first * 1000:.0f} ms; where all stand still: {second * 1000:.0f} ms"
        print(f"a look at {options.files} files: {looks}")
        stops = options.restarts + options.kills
        began = time.perf_counter()
        for stop in range(stops):
            with serving(folder, user, options.workers) as site:
                wait_for(partial(has_more, folder, options.files * (stop + 1) // (stops + 1)))
                if stop < options.kills:
                    kill_watcher(site.pid)
                    kill_all(site.pid)
        with serving(folder, user, options.workers):
            wait_for(partial(has_more, folder, options.files - 1))
        elapsed = time.perf_counter() - began
        left, in_done = sorted(path.name for path in folder.iterdir()), len(list((folder / "done").iterdir()))
    found = Counter(Document.objects.values_list("sha256", flat=True))
    assert found == Counter(hashes), "A file was lost or doubled"
    assert (left, in_done) == (["done"], options.files), (left, in_done)
    print(f"{options.files} files arrived once each, in {elapsed:.0f} s with {stops} interruptions")
    print(f"{sum(found.values())} documents, {in_done} files in done, none in failed")
    print(f"{Document.objects.filter(pages_done=1).count()} of them were read by then")


if __name__ == "__main__":
    main()
