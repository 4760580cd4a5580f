"""A copy is of one moment of a file, or there is none."""

import hashlib
import os
from pathlib import Path

import pytest

from documents.errors import FileChanged, FileTooLarge
from documents.services.copying import ChangedMeanwhile, Look, copied, copy_of
from documents.services.incoming import Incoming


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"a scan" * 500_000)
    return path


def test_the_copy_is_hashed_on_the_way(scan: Path, tmp_path: Path) -> None:
    file, _arrived = copied(scan, tmp_path / "copy", Look.of(scan.lstat()))
    assert (tmp_path / "copy").read_bytes() == scan.read_bytes()
    assert file.sha256 == hashlib.sha256(scan.read_bytes()).hexdigest()
    assert (file.name, file.byte_size, file.is_temporary) == ("scan.pdf", scan.stat().st_size, True)


def test_a_file_that_was_replaced_is_another_one(scan: Path, tmp_path: Path) -> None:
    look = Look.of(scan.lstat())
    (tmp_path / "new").write_bytes(scan.read_bytes())
    os.utime(tmp_path / "new", ns=(look.written, look.written))
    (tmp_path / "new").replace(scan)
    with pytest.raises(ChangedMeanwhile):
        copied(scan, tmp_path / "copy", look)


def test_a_file_that_grows_while_it_is_copied_is_not_taken(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Look.of(scan.lstat())
    sha256 = hashlib.sha256

    def and_more_comes() -> object:
        with scan.open("ab") as file:
            file.write(b"more")
        return sha256()

    monkeypatch.setattr(hashlib, "sha256", and_more_comes)
    with pytest.raises(ChangedMeanwhile):
        copied(scan, tmp_path / "copy", look)


def test_a_file_that_is_gone_has_changed(scan: Path, tmp_path: Path) -> None:
    look = Look.of(scan.lstat())
    scan.unlink()
    with pytest.raises(ChangedMeanwhile):
        copied(scan, tmp_path / "copy", look)


def test_a_link_in_its_place_is_not_followed(scan: Path, tmp_path: Path) -> None:
    look = Look.of(scan.lstat())
    link = tmp_path / "link.pdf"
    link.symlink_to(scan)
    with pytest.raises(OSError, match="symbolic links"):
        copied(link, tmp_path / "copy", look)


def test_the_limit_counts_before_anything_is_copied(scan: Path, tmp_path: Path) -> None:
    with pytest.raises(FileTooLarge):
        copied(scan, tmp_path / "copy", Look(0, 0, 10**12, 0))
    assert not (tmp_path / "copy").exists()


def test_a_copy_has_the_bytes_that_were_hashed(scan: Path, tmp_path: Path) -> None:
    file = Incoming.from_path(scan)
    copy = copy_of(file, tmp_path / "copy")
    assert (copy.name, copy.sha256, copy.is_temporary) == ("scan.pdf", file.sha256, True)
    assert copy.path.read_bytes() == scan.read_bytes()


def test_there_is_no_copy_of_what_has_other_bytes_by_now(scan: Path, tmp_path: Path) -> None:
    file = Incoming.from_path(scan)
    scan.write_bytes(b"b" + scan.read_bytes()[1:])
    with pytest.raises(FileChanged):
        copy_of(file, tmp_path / "copy")
