"""What a killed process left of its work under way."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from documents.services import scratch


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.OCRSITE_DATA_DIR = tmp_path
    return tmp_path / "tmp"


def left(path: Path, *, days_ago: int, is_folder: bool = False) -> Path:
    (path if is_folder else path.parent).mkdir(parents=True, exist_ok=True)
    written = path / "0001.jpg" if is_folder else path
    written.write_bytes(b"half")
    then = (timezone.now() - timedelta(days=days_ago)).timestamp()
    for one in {written, path}:
        os.utime(one, (then, then))
    return path


@pytest.mark.parametrize("part", ["", "web", "worker-9"])
def test_what_is_old_is_removed_and_what_is_new_stays(folder: Path, part: str) -> None:
    old = [
        left(folder / part / "tmpabc.upload", days_ago=2),
        left(folder / part / "tmpdef", days_ago=2, is_folder=True),
    ]
    new = left(folder / part / "tmpghi.upload", days_ago=0)
    assert scratch.sweep() == 2
    assert not any(path.exists() for path in old)
    assert new.exists()


def test_a_folder_in_which_somebody_writes_stays(folder: Path) -> None:
    in_use = left(folder / "tmpabc", days_ago=2, is_folder=True)
    then = in_use.stat().st_mtime
    (in_use / "0001.jpg").write_bytes(b"more")
    assert in_use.stat().st_mtime == then
    assert scratch.sweep() == 0
    assert (in_use / "0001.jpg").exists()


@pytest.mark.parametrize("name", ["pieces.lock", "web/originals-abc", "web", "note.txt"])
def test_locks_copies_in_use_and_foreign_files_stay(folder: Path, name: str) -> None:
    kept = left(folder / name, days_ago=9)
    assert scratch.sweep() == 0
    assert kept.exists()


def test_what_a_link_leads_to_is_not_removed(folder: Path, tmp_path: Path) -> None:
    elsewhere = left(tmp_path / "elsewhere", days_ago=2, is_folder=True)
    folder.mkdir()
    (folder / "tmplink").symlink_to(elsewhere)
    os.utime(folder / "tmplink", (0, 0), follow_symlinks=False)
    scratch.sweep()
    assert (elsewhere / "0001.jpg").exists()
    assert not (folder / "tmplink").is_symlink()


def test_where_there_is_no_folder_there_is_nothing_to_do(folder: Path) -> None:
    assert scratch.sweep() == 0
