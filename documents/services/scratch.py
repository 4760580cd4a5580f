"""What processes that were killed left in the site's own folder for work under way."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

logger = logging.getLogger(__name__)

# Uploads and parts of them, as `tempfile` calls them, in the folder itself and in those that the supervisor
# gives its parts: it empties these when a part starts, but the web server outlives its processes.
_LEFT = ("tmp*", "web/tmp*", "worker-*/tmp*")
_DEAD = timedelta(days=1)  # the slowest upload writes more often


def sweep() -> int:
    """Remove what nobody has touched for a day. Safe from any process at any time. Returns how many.

    Only in the folder within the data: ``TMPDIR`` may be everybody's.
    """
    count = sum(map(_remove, _left(Path(settings.OCRSITE_DATA_DIR) / "tmp")))
    if count:
        logger.info("Removed from the folder for work under way: %d", count)
    return count


def _left(folder: Path) -> Iterator[Path]:
    before = (timezone.now() - _DEAD).timestamp()
    for pattern in _LEFT:
        for path in list(folder.glob(pattern)):
            with suppress(FileNotFoundError):  # removed since the folder was listed
                if path.lstat().st_mtime < before:
                    yield path


def _remove(path: Path) -> bool:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    return not path.exists()
