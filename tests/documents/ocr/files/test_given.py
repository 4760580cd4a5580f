from io import BytesIO
from pathlib import Path
from tempfile import gettempdir

import pytest

from documents.errors import PasswordNeeded, PasswordWrong
from documents.ocr.files.given import readable
from documents.ocr.files.load import inspect
from documents.ocr.options import Limits
from tests.files import save_pdf, says


class Upload:
    """Can be read, and nothing else."""

    def __init__(self, data: bytes) -> None:
        self._file = BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    return save_pdf(tmp_path / "locked.pdf", says("secret"), password="sesame")


@pytest.mark.parametrize("kind", [Path, str])
def test_a_path_is_read_in_its_place(kind: type, png: Path) -> None:
    with readable(kind(png)) as path:
        assert path == png


def test_an_open_file_is_read_from_where_it_stands(tmp_path: Path) -> None:
    file = BytesIO(b"behind, before")
    file.seek(8)
    with readable(file) as path:
        assert path.read_bytes() == b"before"
    assert not path.parent.exists()
    assert not file.closed


def test_what_can_only_be_read_is_enough() -> None:
    with readable(Upload(b"bytes" * 100_000)) as path:
        assert path.read_bytes() == b"bytes" * 100_000


def test_a_copy_is_gone_after_a_failure() -> None:
    def fail() -> None:
        with readable(BytesIO(b"bytes")) as path:
            copies.append(path)
            raise KeyError

    copies: list[Path] = []
    with pytest.raises(KeyError):
        fail()
    assert not copies[0].exists()


def test_text_is_no_file_of_bytes(tmp_path: Path) -> None:
    with (tmp_path / "text").open("w+") as file:
        file.write("text")
        file.seek(0)
        with pytest.raises(TypeError, match="bytes"), readable(file):
            pass


@pytest.mark.parametrize("is_open", [False, True])
def test_a_password_opens_a_copy(locked: Path, is_open: bool) -> None:
    before = locked.read_bytes()
    with readable(BytesIO(before) if is_open else locked, "sesame") as path:
        assert inspect(path, limits=Limits()).page_count == 1
        assert path.is_relative_to(gettempdir())
        assert path != locked
    assert not path.exists()
    assert locked.read_bytes() == before


@pytest.mark.parametrize(("password", "error"), [("", PasswordNeeded), ("open!", PasswordWrong)])
def test_another_password_does_not(locked: Path, password: str, error: type[Exception]) -> None:
    with pytest.raises(error), readable(locked, password):
        pass


def test_without_one_a_locked_file_stays_so(locked: Path) -> None:
    with readable(locked) as path:
        assert inspect(path, limits=Limits()).is_locked


def test_other_files_do_not_mind_a_password(png: Path) -> None:
    with readable(png, "sesame") as path:
        assert path == png
