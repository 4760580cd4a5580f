"""PDF files as such: how many pages they have, and a copy without their password.

A hostile file can crash PDFium or make it hang, so a child process asks it, which answers in 0.09 s.
"""

import json
import logging
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from documents.errors import DrawingKilled, FileDamaged
from documents.ocr.files.apart import environment, program, raise_told

logger = logging.getLogger(__name__)

_CHILD = program("documents.ocr.files.pdf_child")


def page_count(path: Path, password: str | None = None, *, timeout: float = 60.0) -> int:
    """How many pages, at least 1. Raises FileMissing, FileDamaged (also where PDFium crashes or takes more
    than ``timeout`` seconds), DrawingKilled (where the system ended it), PasswordNeeded, PasswordWrong."""
    return int(_ask({"path": str(path), "password": password}, timeout)["pages"])


def unlock(path: Path, password: str, target: Path, *, timeout: float = 60.0) -> None:
    """Write a copy of ``path`` that needs no password to ``target``.

    Raises as `page_count` does, and OSError where ``target`` cannot be written; nothing is left behind then.
    """
    try:
        _ask({"path": str(path), "password": password, "target": str(target)}, timeout)
    except (OSError, FileDamaged, DrawingKilled):
        target.unlink(missing_ok=True)
        raise


def _ask(request: Mapping[str, str | None], timeout: float) -> dict[str, Any]:
    """The child's answer. The password travels through a pipe: arguments are visible to all users."""
    try:
        child = subprocess.run(
            _CHILD,
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=timeout,
            env=environment(),
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        logger.warning("PDFium failed on %s: %s %r", request["path"], error, error.stderr)
        killed = isinstance(error, subprocess.CalledProcessError) and error.returncode == -signal.SIGKILL
        raise (DrawingKilled if killed else FileDamaged) from error
    answer: dict[str, Any] = json.loads(child.stdout)
    raise_told(answer)
    return answer
