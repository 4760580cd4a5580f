"""Files are moved aside within a watched folder: never over another one, and never one for another."""

import ctypes
import errno
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

DONE, FAILED = "done", "failed"
REASON = ".error.txt"

_LONGEST = 255  # bytes of a name, as file systems take them
_AT_FDCWD = -100  # fcntl.h: relative paths count from the current folder
_RENAME_NOREPLACE = 1  # linux/fs.h
_libc = ctypes.CDLL(None, use_errno=True)


def in_the_way(root: Path) -> Path | None:
    """What stands in ``root`` where a folder for those that are moved aside is to be, and is none."""
    shelves = (root / name for name in (DONE, FAILED))
    return next((place for place in shelves if os.path.lexists(place) and not place.is_dir()), None)


def shelf(root: Path, path: Path, name: str) -> Path:
    """Where in the folder ``name`` of ``root`` the file belongs: in the same subfolder as before."""
    return root / name / path.parent.relative_to(root)


def put(path: Path, folder: Path, is_it: Callable[[Path], bool], reason: str = "") -> bool:
    """Move the file into ``folder``, with a number where its name is taken; ``reason`` is put beside it.

    ``is_it`` looks at what was moved. If that is another file, which came in its place meanwhile, it is put
    back, and False is returned. Raises OSError; FileNotFoundError where the file is gone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in _names(path.name):
        target = folder / name
        if not os.path.lexists(target):
            with suppress(FileExistsError):  # somebody took the name just now
                _move(path, target, reason)
                break
    if is_it(target):
        return True
    _put_back(target, path)
    return False


def _move(path: Path, target: Path, reason: str) -> None:
    """The reason first: no failed file is without it, though this process be killed in between."""
    text = _reason_of(target)
    if reason:
        text.write_text(f"{reason}\n", encoding="utf-8", errors="replace")
    try:
        rename(path, target)
    except OSError:
        if reason and not os.path.lexists(target):
            text.unlink(missing_ok=True)
        raise


def _put_back(target: Path, path: Path) -> None:
    _reason_of(target).unlink(missing_ok=True)
    for name in _names(path.name):
        with suppress(FileExistsError):
            rename(target, path.with_name(name))
            return


def rename(path: Path, target: Path) -> None:
    """Raises FileExistsError where there is a ``target``, and OSError."""
    names = os.fsencode(path), os.fsencode(target)
    if _libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_NOREPLACE) == 0:
        return
    code = ctypes.get_errno()
    if code not in (errno.EINVAL, errno.ENOSYS):
        raise OSError(code, os.strerror(code), str(path))
    # NFS, for one, cannot do both at once.
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    path.rename(target)


def _reason_of(target: Path) -> Path:
    return target.with_name(target.name + REASON)


def _names(name: str) -> Iterator[str]:
    """``scan.pdf``, ``scan (2).pdf`` and so on, so short that the name of a reason is none too long."""
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    numbers = chain([""], (f" ({number})" for number in count(2)))
    return (_cut(stem, f"{number}{dot}{ending}") for number in numbers)


def _cut(stem: str, ending: str) -> str:
    while stem and len(os.fsencode(stem + ending + REASON)) > _LONGEST:
        stem = stem[:-1]
    return stem + ending
