"""A watched folder beside a site that is killed, stopped and started: each file arrives once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.factories import picture
from tests.people import Person
from tests.project import ROOT
from tests.sites import PEOPLE, Prepared, Site, running_site, wait_until

pytestmark = pytest.mark.server

_DOCUMENTS = "SELECT sha256 FROM documents_document"


@contextmanager
def watching(site: Site, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A watcher of its own; whatever becomes of the test, it ends."""
    command = [
        sys.executable,
        "manage.py",
        "watch",
        str(folder),
        "-u",
        PEOPLE[0],
        "-l",
        "eng",
        "--every",
        "0.2",
    ]
    with site.log.open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def unstarted(prepared: Prepared, tmp_path: Path) -> Site:
    """The data of a site that does not run: the watcher needs no more."""
    data_dir = tmp_path / "data"
    subprocess.run(["cp", "-r", prepared.with_people, data_dir], check=True)
    return Site(data_dir)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "scans"
    path.mkdir()
    return path


def drop(folder: Path, count: int) -> None:
    """So many pictures, each of its own."""
    for number in range(count):
        picture(folder / f"scan-{number:03d}.png", colour=f"#{number:06x}")


def done(folder: Path) -> int:
    return len(list((folder / "done").glob("*.png")))


def at_least(folder: Path, count: int) -> bool:
    return done(folder) >= count


def arrived_once(site: Site, count: int) -> bool:
    rows = site.rows(_DOCUMENTS)
    return (len(rows), len(set(rows))) == (count, count)


def test_200_files_at_once_arrive_once_though_the_watcher_is_killed_again_and_again(
    unstarted: Site, folder: Path
) -> None:
    drop(folder, 200)
    for share in (20, 80, 140):
        with watching(unstarted, folder) as watcher:
            wait_until(partial(at_least, folder, share), seconds=120, what="Some files")
            os.kill(watcher.pid, signal.SIGKILL)
    with watching(unstarted, folder):
        wait_until(lambda: done(folder) == 200, seconds=120, what="All files")
    assert arrived_once(unstarted, 200)
    assert [path.name for path in folder.iterdir()] == ["done"]


def test_two_watchers_of_one_folder_double_nothing(unstarted: Site, folder: Path) -> None:
    drop(folder, 60)
    with watching(unstarted, folder), watching(unstarted, folder):
        wait_until(lambda: done(folder) == 60, seconds=120, what="All files")
    assert arrived_once(unstarted, 60)


def test_a_site_watches_the_folder_of_its_settings_and_reads_what_comes(
    prepared: Prepared, tmp_path: Path, folder: Path
) -> None:
    """Also through a restart in the middle of it."""
    drop(folder, 12)
    environment = {
        "OCRSITE_WATCH_DIR": str(folder),
        "OCRSITE_WATCH_USER": PEOPLE[0],
        "OCRSITE_ENGINE": "tesseract",
    }
    with running_site(prepared.with_people, tmp_path / "data", **environment) as site:
        wait_until(lambda: done(folder) >= 1, seconds=60, what="The first file")
        assert site.stop() == 0
        site.start()
        wait_until(lambda: done(folder) == 12, seconds=60, what="All files")
        assert arrived_once(site, 12)
        assert Person(site, PEOPLE[0]).get("/").text.count("scan-") >= 12
        wait_until(
            lambda: len(site.rows("SELECT id FROM documents_document WHERE state = 'done'")) == 12,
            seconds=120,
            what="The reading of all",
        )
