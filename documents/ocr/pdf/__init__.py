"""A searchable PDF: the pages as they came, and the current text upon them, unseen but found and copied.

It is made by a process of its own, since files that people send may crash, hang or blow up what reads them.
"""

import json
import logging
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from documents.errors import PdfFailed
from documents.ocr.files.apart import environment, program, raise_told
from documents.ocr.options import Limits
from documents.ocr.pdf.request import About, PageSource, dump

__all__ = ["About", "PageSource", "time_for", "write"]

logger = logging.getLogger(__name__)

# Bytes of address space: an image of 300 megapixels in colour that is packed anew takes 2 GB.
_MEMORY = 3 << 30
_SHORTEST = 60.0  # seconds
_EACH_PAGE = 5.0  # seconds: an image of 100 megapixels that has to be packed anew
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}  # NumPy's library would take address space for each core


def time_for(pages: int) -> float:
    """Seconds that so many may take at most."""
    return _SHORTEST + _EACH_PAGE * pages


def write(
    target: IO[bytes],
    *,
    about: About,
    files: Iterable[Path],
    pages: Iterable[PageSource],
    limits: Limits,
    folder: Path,
    timeout: float,
) -> None:
    """Write the PDF of ``pages`` of ``files`` into ``target``, a real file, and go back to its start.

    ``folder`` is for what is made on the way; the caller empties it. Raises PdfFailed where it takes more
    than ``timeout`` seconds or too much memory, FileDamaged, PasswordNeeded, PageMissing, and OSError.
    """
    command = [*program("documents.ocr.pdf.binding", target.fileno(), _MEMORY), str(folder)]
    with TemporaryFile(dir=folder) as request:
        dump(request, about, files, pages, limits)
        request.seek(0)
        made = _run(command, request, target, timeout)
    if made.stderr:
        logger.warning("A PDF was made with trouble: %s", made.stderr.decode(errors="replace"))
    raise_told(json.loads(made.stdout))
    target.seek(0)


def _run(
    command: Sequence[str], request: IO[bytes], target: IO[bytes], timeout: float
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            command,
            stdin=request,
            capture_output=True,
            timeout=timeout,
            env=environment() | _ONE_THREAD,
            pass_fds=[target.fileno()],
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        logger.warning("No PDF was made: %s %r", error, error.stderr)
        raise PdfFailed from error
