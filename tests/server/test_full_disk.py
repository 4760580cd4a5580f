"""The disk is full: a sentence, nothing half stored, and what was there before is safe."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.files import text_image
from tests.people import Person
from tests.sites import Prepared, Site, running_site, wait_until

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk"),
]

FULL = (
    "There is no room left on the server's disk; this file was not stored. "
    "Free some space, then send it again."
)
NO_ROOM_TO_PACK = "There is no room left on the server's disk to pack this download."
MB = 1_000_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 40 MB."""
    path = tmp_path / "disk"
    path.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", path], check=False)
    if mounted.returncode:
        pytest.skip("this system mounts no tmpfs")
    yield path
    subprocess.run(["umount", "--lazy", path], check=True)


@pytest.fixture
def site(disk: Path, prepared: Prepared) -> Iterator[Site]:
    with running_site(prepared.with_people, disk / "data") as site:
        # A second after their start, workers load what tells languages, by way of a file on this disk:
        # whoever filled it meanwhile would get that room back.
        time.sleep(5)
        yield site


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.bmp"
    text_image(["Hello world"]).save(path)
    return path


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """3 MB."""
    path = tmp_path / "picture.bmp"
    text_image(["Hello world"], size=(1500, 2000)).save(path)
    return path


def fill(disk: Path, *, leave: int) -> Path:
    """A file that leaves room for so many bytes; it grows when it is there already."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        # Until there is no room, rather than by its size: the site writes at the same time.
        with suppress(OSError):
            while file.write(bytes(MB)):
                pass
        file.truncate(max(0, file.tell() - leave))
    return ballast


def test_a_file_for_which_there_is_no_room_is_refused(
    site: Site, disk: Path, ann: Person, letter: Path, picture: Path
) -> None:
    before = ann.finished(ann.send(letter))
    ballast = fill(disk, leave=2 * MB)

    answer = ann.upload(picture)

    assert (answer.status, FULL in answer.text) == (503, True)
    assert site.rows("SELECT count(*) FROM documents_document") == [(1,)]
    assert ann.document(f"/documents/{before['id']}/") == before
    ballast.unlink()
    assert ann.finished(ann.send(picture))["pages"][0]["text"].strip() == "Hello world"


def test_the_other_files_of_the_request_are_kept(
    site: Site, disk: Path, ann: Person, letter: Path, picture: Path
) -> None:
    fill(disk, leave=2 * MB)
    answer = ann.upload(picture, letter)
    assert (answer.status, FULL in answer.text) == (200, True)
    assert site.rows("SELECT title FROM documents_document") == [("letter",)]


def test_a_download_that_does_not_fit_is_given_up_with_a_sentence(
    site: Site, disk: Path, ann: Person, picture: Path
) -> None:
    document = ann.send_and_wait(picture).split("/")[-2]
    ballast = fill(disk, leave=2 * MB)
    asked = {"kind": "zip", "document": document, "formats": "original", "asked": "1"}

    page = ann.post("/bulk/", asked).url

    wait_until(lambda: NO_ROOM_TO_PACK in ann.get(page).text, seconds=30, what="The sentence")
    assert ann.get(f"{page}download").status == 404
    assert list(disk.rglob("*.zip")) == []
    ballast.unlink()
    page = ann.post("/bulk/", asked).url
    wait_until(lambda: ann.get(f"{page}download").status == 200, seconds=30, what="The download")


def test_with_no_room_at_all_the_site_says_so_and_reads_on_when_there_is(
    site: Site, disk: Path, ann: Person, letter: Path
) -> None:
    with site.workers_held():
        waiting = ann.send(letter)
        ballast = fill(disk, leave=0)
    answer = ann.upload(letter)
    assert FULL in answer.text
    fill(disk, leave=0)  # what the refused upload gave back
    assert ann.get("/readyz").status == 503
    ballast.unlink()
    assert ann.finished(waiting, seconds=90)["state"] == "done"
    assert ann.finished(ann.send(letter))["state"] == "done"
