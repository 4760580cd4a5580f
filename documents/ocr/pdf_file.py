"""PDF files as such: how many pages they have, and a copy without their password.

PDFium is not thread-safe and a hostile file can crash it, so a web process uses the forms that end
in ``_apart``: they run this very file as a child process. It therefore imports PDFium and the
errors alone, and answers in 0.06 s; OpenCV by itself would add 0.2 s.
"""

import json
import logging
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from documents.errors import FileDamaged, FileMissing, InputError, PasswordNeeded, PasswordWrong

logger = logging.getLogger(__name__)

_PDFIUM = threading.RLock()

# Address space of the child, bytes. Counting pages takes 30 MB of it, unlocking as much as the file is long.
_CHILD_MEMORY = 2 << 30
_CHILD_ERRORS = {error.code: error for error in (FileDamaged, FileMissing, PasswordNeeded, PasswordWrong)}


@contextmanager
def opened(path: Path, password: str | None = None) -> Iterator[pdfium.PdfDocument]:
    """An open document; no other thread uses PDFium meanwhile.

    Raises FileMissing, FileDamaged, PasswordNeeded, PasswordWrong.
    """
    with _PDFIUM:
        document = _open(path.absolute(), password)
        try:
            yield document
        finally:
            document.close()


def _open(path: Path, password: str | None) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path, password)
    except FileNotFoundError as error:
        raise FileMissing(name=path.name) from error
    except UnicodeEncodeError as error:
        raise PasswordWrong from error
    except pdfium.PdfiumError as error:
        if error.err_code != pdfium_c.FPDF_ERR_PASSWORD:
            raise FileDamaged from error
        raise (PasswordWrong if password else PasswordNeeded) from error


def page_count(path: Path, password: str | None = None) -> int:
    """How many pages, at least 1. Raises FileMissing, FileDamaged, PasswordNeeded, PasswordWrong."""
    with opened(path, password) as document:
        return len(document)


def unlock(path: Path, password: str, target: Path) -> None:
    """Write a copy of ``path`` that needs no password to ``target``.

    Raises FileMissing, FileDamaged, PasswordWrong, and OSError where ``target`` cannot be written;
    nothing is left behind then.
    """
    with opened(path, password) as document:
        try:
            with target.open("wb") as file:
                _save(document, file)
        except (OSError, FileDamaged):
            target.unlink(missing_ok=True)
            raise


def _save(document: pdfium.PdfDocument, file: BinaryIO) -> None:
    sink = _Sink(file)
    try:
        document.save(sink, flags=pdfium_c.FPDF_REMOVE_SECURITY)
    except pdfium.PdfiumError as error:
        raise FileDamaged from error
    if sink.error:
        raise sink.error


class _Sink:
    """Keeps the error of a full disk, which PDFium's callback would swallow."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> None:
        if self.error:
            return
        try:
            self._file.write(data)
        except OSError as error:
            self.error = error


def page_count_apart(path: Path, password: str | None = None, *, timeout: float = 60.0) -> int:
    """``page_count`` in a child process; FileDamaged also where it crashes or takes too long (seconds)."""
    return int(_ask({"path": str(path), "password": password}, timeout)["pages"])


def unlock_apart(path: Path, password: str, target: Path, *, timeout: float = 60.0) -> None:
    """``unlock`` in a child process; FileDamaged also where it crashes or takes too long (seconds)."""
    try:
        _ask({"path": str(path), "password": password, "target": str(target)}, timeout)
    except FileDamaged:
        target.unlink(missing_ok=True)
        raise


def _ask(request: Mapping[str, str | None], timeout: float) -> dict[str, Any]:
    """The child's answer. The password travels through a pipe: arguments are visible to all users."""
    root = Path(__file__).parents[2]
    try:
        child = subprocess.run(
            [sys.executable, "-P", __file__],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=timeout,
            env=os.environ | {"PYTHONPATH": str(root)},
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        logger.warning("PDFium failed on %s: %s %r", request["path"], error, error.stderr)
        raise FileDamaged from error
    answer: dict[str, Any] = json.loads(child.stdout)
    if "errno" in answer:
        raise OSError(answer["errno"], answer["strerror"], answer["filename"])
    if "error" in answer:
        raise _CHILD_ERRORS[answer["error"]](**answer["params"])
    return answer


def _answer(request: Mapping[str, Any]) -> dict[str, object]:
    path, password = Path(request["path"]), request["password"]
    try:
        if "target" not in request:
            return {"pages": page_count(path, password)}
        unlock(path, password, Path(request["target"]))
    except InputError as error:
        return {"error": error.code, "params": error.params}
    except OSError as error:
        return {"errno": error.errno, "strerror": error.strerror, "filename": error.filename}
    return {}


def limit_memory(most: int) -> None:
    """Give this process ``most`` bytes of address space, or fewer where it may not have so many."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = most if hard == resource.RLIM_INFINITY else min(hard, most)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, wanted))


if __name__ == "__main__":
    limit_memory(_CHILD_MEMORY)
    json.dump(_answer(json.load(sys.stdin)), sys.stdout)
