"""PDFium opening files: the work of the child processes of `pdf_file`, and a part of that of `drawing`."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from documents.errors import FileDamaged, FileMissing, InputError, PasswordNeeded, PasswordWrong
from documents.ocr.files.apart import limit_memory, told

# Bytes of address space. Counting pages takes 30 MB of it, unlocking as much as the file is long.
_MEMORY = 2 << 30


@contextmanager
def opened(path: Path, password: str | None = None) -> Iterator[pdfium.PdfDocument]:
    """An open document. Raises FileMissing, FileDamaged, PasswordNeeded, PasswordWrong."""
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


def _answer(request: Mapping[str, Any]) -> dict[str, object]:
    try:
        with opened(Path(request["path"]), request["password"]) as document:
            if "target" not in request:
                return {"pages": len(document)}
            with Path(request["target"]).open("wb") as target:
                _save(document, target)
    except (InputError, OSError) as error:
        return told(error)
    return {}


def _save(document: pdfium.PdfDocument, file: BinaryIO) -> None:
    """Write ``document`` without its password. Raises FileDamaged, OSError."""
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


if __name__ == "__main__":
    limit_memory(_MEMORY)
    json.dump(_answer(json.load(sys.stdin)), sys.stdout)
