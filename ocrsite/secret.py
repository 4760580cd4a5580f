"""The site's secret key: from the environment, else made once and kept beside the data."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def secret_key(from_environment: str, data_dir: Path) -> str:
    """Two processes that start at once agree on one key: the first to link its file wins."""
    if from_environment:
        return from_environment
    path = data_dir / "secret-key"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=data_dir) as file:  # made with mode 0600
            file.write(secrets.token_urlsafe(50))
            file.flush()
            with contextlib.suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text().strip()
