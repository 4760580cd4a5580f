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
_LEFT = ("tmp*", "web/tmp*", "worker-*/tmp*", "watch/tmp*")
_DEAD = timedelta(days=1)  # the slowest work writes more often


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
                if _last_written(path) < before:
                    yield path


def _last_written(path: Path) -> float:
    """Of a folder, when the newest of what lies in it was: its own time does not tell."""
    within = path.rglob("*") if path.is_dir() and not path.is_symlink() else ()
    return max(float(one.lstat().st_mtime) for one in (path, *within))


def _remove(path: Path) -> bool:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:  # of somebody else, perhaps: the others can still go
            logger.warning("%s is old and cannot be removed: %s", path, error.strerror)
    return not path.exists()
