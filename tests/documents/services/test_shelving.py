"""Files are moved aside; none is overwritten, and none is taken for another."""

import ctypes
import errno
import os
from pathlib import Path

import pytest

from documents.services import shelving


def always(_path: Path) -> bool:
    return True


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_text("new")
    return path


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_a_file_is_moved_by_its_name(scan: Path, tmp_path: Path) -> None:
    assert shelving.put(scan, tmp_path / "done", always)
    assert contents(tmp_path / "done") == {"scan.pdf": "new"}
    assert not scan.exists()


def test_a_name_that_is_taken_gets_a_number(scan: Path, tmp_path: Path) -> None:
    done = tmp_path / "done"
    done.mkdir()
    (done / "scan.pdf").write_text("old")
    (done / "scan (2).pdf").write_text("older")
    shelving.put(scan, done, always)
    assert contents(done) == {"scan.pdf": "old", "scan (2).pdf": "older", "scan (3).pdf": "new"}


def test_a_name_that_is_taken_at_the_last_moment_is_not_overwritten(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = tmp_path / "done"
    done.mkdir()
    (done / "scan.pdf").write_text("old")
    answers = iter([False])  # it was not there when it was looked for
    monkeypatch.setattr(os.path, "lexists", lambda path: next(answers, Path(path).exists()))
    shelving.put(scan, done, always)
    assert contents(done) == {"scan.pdf": "old", "scan (2).pdf": "new"}


def test_the_reason_lies_beside_the_file(scan: Path, tmp_path: Path) -> None:
    shelving.put(scan, tmp_path / "failed", always, "It is damaged.")
    assert contents(tmp_path / "failed") == {"scan.pdf": "new", "scan.pdf.error.txt": "It is damaged.\n"}


def test_another_file_that_came_in_its_place_is_put_back(scan: Path, tmp_path: Path) -> None:
    assert not shelving.put(scan, tmp_path / "failed", lambda _path: False, "It is damaged.")
    assert scan.read_text() == "new"
    assert contents(tmp_path / "failed") == {}


def test_what_is_put_back_overwrites_nothing_either(scan: Path, tmp_path: Path) -> None:
    def replaced(_path: Path) -> bool:
        scan.write_text("newer")
        return False

    shelving.put(scan, tmp_path / "done", replaced)
    assert scan.read_text() == "newer"
    assert (tmp_path / "scan (2).pdf").read_text() == "new"


def test_a_file_that_is_gone_leaves_no_reason_behind(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        shelving.put(tmp_path / "scan.pdf", tmp_path / "failed", always, "It is damaged.")
    assert contents(tmp_path / "failed") == {}


@pytest.mark.parametrize("name", [f"{'s' * 251}.pdf", "ü" * 127])
def test_names_of_any_length_have_room_for_a_number_and_a_reason(tmp_path: Path, name: str) -> None:
    for text in ("one", "two"):
        (tmp_path / name).write_text(text)
        shelving.put(tmp_path / name, tmp_path / "failed", always, "It is damaged.")
    names = os.listdir(tmp_path / "failed")  # noqa: PTH208
    assert len(names) == 4
    assert sum(one.endswith(".error.txt") for one in names) == 2


@pytest.mark.parametrize("name", [".scan", "scan", os.fsdecode(b"\xff.pdf")])
def test_names_without_an_ending_or_a_meaning_are_moved_too(tmp_path: Path, name: str) -> None:
    for text in ("one", "two"):
        (tmp_path / name).write_text(text)
        shelving.put(tmp_path / name, tmp_path / "done", always)
    assert sorted(contents(tmp_path / "done").values()) == ["one", "two"]


def test_where_the_system_cannot_rename_without_overwriting_it_looks_first(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Old:
        def renameat2(self, *_arguments: object) -> int:
            return -1

    monkeypatch.setattr(shelving, "_libc", Old())
    monkeypatch.setattr(ctypes, "get_errno", lambda: errno.EINVAL)
    target = tmp_path / "taken.pdf"
    target.write_text("old")
    with pytest.raises(FileExistsError):
        shelving.rename(scan, target)
    target.unlink()
    shelving.rename(scan, target)
    assert target.read_text() == "new"
