"""Files dropped into the folder that a site watches, while the site is started again and again.

    python benchmarks/watching.py [--files 5000] [--restarts 3] [--kills 0]

All files are dropped at once, each different from the others. On the way the site is stopped and started
``--restarts`` times, and ``--kills`` times more after its watcher was killed (SIGKILL). Then each file must
be a document, once, and lie in ``done``. First it says what one look at all of them costs. No worker reads:
that is what `throughput.py` measures.
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
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PIL import Image
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
    """Small pictures; returns their SHA-256."""
    hashes = set()
    for number in range(count):
        path = folder / f"scan-{number:05d}.png"
        Image.new("RGB", (60, 40), f"#{number:06x}").save(path)
        hashes.add(hashlib.sha256(path.read_bytes()).hexdigest())
    return hashes


@contextmanager
def serving(folder: Path, user: User) -> Iterator[subprocess.Popen[bytes]]:
    settings = {"OCRSITE_WATCH_DIR": str(folder), "OCRSITE_WATCH_USER": user.username, "OCRSITE_WORKERS": "0"}
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
    for process in children(supervisor):
        if b"watch" in Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0"):
            os.kill(process, signal.SIGKILL)


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
    options = command_line(__doc__, files=5000, restarts=3, kills=0).parse_args()
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
            with serving(folder, user) as site:
                wait_for(partial(has_more, folder, options.files * (stop + 1) // (stops + 1)))
                if stop < options.kills:
                    kill_watcher(site.pid)
        with serving(folder, user):
            wait_for(partial(has_more, folder, options.files - 1))
        elapsed = time.perf_counter() - began
        left = sorted(path.name for path in folder.iterdir())
    found = Counter(Document.objects.values_list("sha256", flat=True))
    assert found == Counter(hashes), "A file was lost or doubled"
    assert left == ["done"], left
    print(f"{options.files} files arrived once each, in {elapsed:.0f} s with {stops} interruptions")


if __name__ == "__main__":
    main()
