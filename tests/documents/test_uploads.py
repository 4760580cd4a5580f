"""Files stream to disk, hashed on the way; one that is refused leaves the others alone."""

import errno
import hashlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from documents.errors import FileTooLarge, StorageFull
from documents.uploads import HashingUploadHandler, ReceivedFile, incoming

Post = Callable[..., list[ReceivedFile]]


@pytest.fixture
def post(rf: RequestFactory) -> Iterator[Post]:
    """Sends files, given as pairs of name and content, and hands on what the handler made of them."""
    requests: list[HttpRequest] = []

    def send(*files: tuple[str, bytes], is_signed_in: bool = True) -> list[ReceivedFile]:
        uploads = [BytesIO(content) for _name, content in files]
        for upload, (name, _content) in zip(uploads, files, strict=True):
            upload.name = name
        request = rf.post("/", {"files": uploads})
        request.user = SimpleNamespace(is_authenticated=is_signed_in)  # type: ignore[assignment]
        requests.append(request)
        return requests[-1].FILES.getlist("files")

    yield send
    for request in requests:
        request.close()


def test_a_file_is_on_disk_with_its_hash(post: Post) -> None:
    content = b"scan" * 100_000
    (file,) = post(("scan.png", content))
    received = incoming(file)
    assert received.path.read_bytes() == content
    assert received.sha256 == hashlib.sha256(content).hexdigest()
    assert received.byte_size == len(content)


@pytest.mark.parametrize("name", ["Привет мир.png", "長い名前.pdf", "a." + "x" * 400, "no ending"])
def test_any_name_is_taken(post: Post, name: str) -> None:
    (file,) = post((name, b"x"))
    assert incoming(file).path.is_file()


def test_nothing_is_stored_for_who_is_not_signed_in(post: Post, settings) -> None:
    before = list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())
    assert post(("scan.png", b"x" * 100_000), is_signed_in=False) == []
    assert list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()) == before


def test_a_file_over_the_limit_is_refused_alone(post: Post, settings) -> None:
    settings.OCRSITE_MAX_UPLOAD_MB = 1
    large, small = post(("large.png", b"x" * 1_000_001), ("small.png", b"x" * 1_000_000))
    with pytest.raises(FileTooLarge):
        incoming(large)
    assert incoming(small).byte_size == 1_000_000
    assert Path(large.temporary_file_path()).stat().st_size == 0  # its room is free again


def test_a_full_disk_refuses_the_file_and_keeps_the_request(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: ReceivedFile, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ReceivedFile, "write", full, raising=False)
    (file,) = post(("scan.png", b"x"))
    with pytest.raises(StorageFull):
        incoming(file)


def test_another_error_of_the_disk_is_not_hidden(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: ReceivedFile, _content: bytes) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(ReceivedFile, "write", broken, raising=False)
    with pytest.raises(OSError, match="Input/output"):
        post(("scan.png", b"x"))


def test_a_file_of_another_handler_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        incoming(SimpleUploadedFile("scan.png", b"x"))


def test_the_site_uses_this_handler(settings) -> None:
    assert [
        f"{HashingUploadHandler.__module__}.{HashingUploadHandler.__name__}"
    ] == settings.FILE_UPLOAD_HANDLERS
