"""Programs of Tesseract and Debian."""

import subprocess
from pathlib import Path


def run(*command: str | Path, folder: Path | None = None) -> None:
    """Raises subprocess.CalledProcessError, which says what the program printed."""
    try:
        subprocess.run(list(map(str, command)), cwd=folder, check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        error.add_note(error.stderr[-2000:])
        raise
