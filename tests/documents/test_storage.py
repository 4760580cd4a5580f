"""Files go in once under a name of ours, and come out as they were."""

import errno
import threading
from datetime import timedelta
from pathlib import Path
from typing import IO
from uuid import uuid4

import pytest
from django.core.files.storage import DefaultStorage, InMemoryStorage, default_storage
from django.utils import timezone

from documents import storage
from documents.errors import OriginalMissing, StorageFull


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.png"
    path.write_bytes(b"scan")
    return path


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> InMemoryStorage:
    """A storage whose files have no path of their own, as in a bucket."""
    bucket = InMemoryStorage()
    monkeypatch.setattr(default_storage, "_wrapped", bucket)
    return bucket


def test_a_copy_leaves_the_file_where_it_is(scan: Path) -> None:
    name = storage.save_file(scan, storage.original_name(uuid4(), 0, ".png"), move=False)
    with storage.open_file(name) as file:
        assert file.read() == b"scan"
    assert scan.exists()


def test_a_move_copies_no_bytes(scan: Path) -> None:
    inode = scan.stat().st_ino
    name = storage.save_file(scan, storage.original_name(uuid4(), 0, ".png"), move=True)
    assert not scan.exists()
    with storage.local_path(name) as path:
        assert path.stat().st_ino == inode


def test_the_files_of_a_document_are_deleted_together_and_no_others() -> None:
    ours, other = uuid4(), uuid4()
    names = [
        storage.save_bytes(b"x", name)
        for one in (ours, other)
        for name in (storage.original_name(one, 0, ".png"), storage.picture_name(one, 1, "image"))
    ]
    assert {name.rpartition("/")[0] for name in names} < set(storage.folders())
    storage.delete_document(ours)
    assert [default_storage.exists(name) for name in names] == [False, False, True, True]
    assert not default_storage.exists(names[0].rpartition("/")[0])
    storage.delete_document(ours)


def test_when_a_file_was_stored_is_known_while_it_is_there() -> None:
    name = storage.save_bytes(b"x", storage.original_name(uuid4(), 0, ".png"))
    assert abs(storage.modified_at(name) - timezone.now()) < timedelta(minutes=1)
    storage.delete([name])
    with pytest.raises(OriginalMissing):
        storage.modified_at(name)


def test_names_are_never_used_twice() -> None:
    document_id = uuid4()
    names = {storage.picture_name(document_id, 1, "image") for _try in range(10)}
    assert len(names) == 10


def test_a_missing_file_is_told() -> None:
    with pytest.raises(OriginalMissing):
        storage.open_file("originals/none")
    with pytest.raises(OriginalMissing), storage.local_path("originals/none"):
        pass


def test_a_remote_file_is_fetched_once_for_many_pages(
    remote: InMemoryStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_mine", threading.local())
    name = storage.save_bytes(b"a book", "originals/book.pdf")
    with storage.local_path(name) as first:
        assert first.read_bytes() == b"a book"
    remote.delete(name)
    with storage.local_path(name) as second:
        assert second == first


def test_copies_of_remote_files_do_not_pile_up(
    remote: InMemoryStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_mine", threading.local())
    for number in range(5):
        with storage.local_path(storage.save_bytes(b"x", f"originals/{number}.pdf")) as path:
            folder = path.parent
    assert len(list(folder.iterdir())) == 2


def test_a_storage_that_nothing_has_used_yet_hands_out_its_own_path(
    scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = storage.save_file(scan, storage.original_name(uuid4(), 0, ".png"), move=False)
    monkeypatch.setattr(storage, "default_storage", DefaultStorage())
    with storage.local_path(name) as path:
        assert path == Path(default_storage.path(name))


def test_a_file_that_is_used_once_leaves_no_copy(
    remote: InMemoryStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_mine", threading.local())
    name = storage.save_bytes(b"locked", "originals/locked.pdf")
    with storage.local_path(name, once=True) as path:
        assert path.read_bytes() == b"locked"
    assert not path.exists()
    assert list(storage._copies().iterdir()) == []


def test_a_bucket_writes_straight_into_the_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bucket(InMemoryStorage):
        def download_to(self, name: str, target: IO[bytes]) -> None:
            target.write(b"from the bucket")

    monkeypatch.setattr(default_storage, "_wrapped", Bucket())
    monkeypatch.setattr(storage, "_mine", threading.local())
    with storage.local_path("originals/book.pdf") as path:
        assert path.read_bytes() == b"from the bucket"


@pytest.mark.parametrize("once", [False, True])
def test_a_missing_remote_file_is_told(
    remote: InMemoryStorage, monkeypatch: pytest.MonkeyPatch, once: bool
) -> None:
    monkeypatch.setattr(storage, "_mine", threading.local())
    with pytest.raises(OriginalMissing), storage.local_path("originals/none", once=once):
        pass


def test_a_disk_that_is_full_when_a_remote_file_is_opened_is_named(
    remote: InMemoryStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(remote, "open", full)
    with pytest.raises(StorageFull):
        storage.open_file("pages/1.jpg")


def test_a_full_disk_leaves_no_half_file(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deleted: list[str] = []

    def full(*_args: object, **_kwargs: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    monkeypatch.setattr(default_storage, "delete", deleted.append)
    with pytest.raises(StorageFull):
        storage.save_file(scan, "originals/scan.png", move=False)
    assert deleted == ["originals/scan.png"]
