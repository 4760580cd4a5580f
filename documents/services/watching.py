"""A folder that is watched: what somebody, or a scanner, puts there comes in and is moved aside.

Nothing is lost or doubled, whenever this process is killed and however many watch one folder:

1. A file that stands still is copied and hashed. If it changes meanwhile, it is left for a later look.
2. The copy is received in one transaction, which holds the collection and looks for the same bytes there. So
   a file comes in once, though the process was killed before the next step, or another watcher has it, too.
3. After the commit the file is renamed into ``done``, never over another one. What was renamed is then
   compared with what was copied: a file that came in its place meanwhile is put back.

A text (hOCR, ALTO, PAGE) comes in with the image that is called like it and stands beside it.
"""

import errno
import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import DataError, Error, connection

from documents.errors import (
    AlreadyHere,
    DrawingKilled,
    FileDamaged,
    FileEmpty,
    InputError,
    OcrsiteError,
    TextAlone,
)
from documents.ocr.pairing import image_by_name, is_called_like_text
from documents.services import intake, shelving
from documents.services.copying import ChangedMeanwhile, Look, copied
from documents.services.incoming import Incoming
from documents.services.shelving import DONE, FAILED, REASON

logger = logging.getLogger(__name__)

Explain = Callable[[OcrsiteError], str]

# Seconds that what looks empty or cut off is left alone after its last change: a scanner may pause.
_PATIENCE = 60.0
# Seconds after which it is tried again to move a file aside, or to read one that could not be read.
_REST = 60.0
# How files are called that are still being written, by browsers, scanners, editors and file servers.
_UNFINISHED = ("~", ".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart", ".download", ".swp")
# What systems put into every folder.
_OF_SYSTEMS = frozenset(("thumbs.db", "desktop.ini", "@eadir", "#recycle", "lost+found"))


class Outcome(StrEnum):
    """What became of a file."""

    RECEIVED = "received"
    KNOWN = "known"  # it came in before, and was only moved aside
    REFUSED = "refused"
    LEFT = "left"  # for a later look


class Outage(Exception):
    """Nothing can come in now, through no fault of the file in hand. The cause says why."""


@contextmanager
def database_at_hand() -> Iterator[None]:
    """Raises Outage for what the database cannot do now; what it cannot do with a value goes through."""
    try:
        yield
    except DataError:
        raise
    except Error as error:
        connection.close()  # it may be dead; the next query opens another
        raise Outage from error


@dataclass(slots=True)
class Watcher:
    """Looks at ``folder`` again and again. ``explain`` makes a sentence of an error.

    ``seen`` is what stood there at the last look, ``beside`` the texts that come in with an image of these,
    ``resting`` what cannot be read or moved aside, and when (`time.monotonic`) it is tried again.
    """

    folder: Path
    terms: intake.Terms
    explain: Explain
    seen: dict[Path, Look] = field(default_factory=dict)
    beside: dict[Path, list[Path]] = field(default_factory=dict)
    resting: dict[Path, float] = field(default_factory=dict)

    def look(self) -> list[Path]:
        """The files that stand still since the last look and that nobody is writing, the oldest first; of an
        image and its texts the image alone, once all of them do.

        Raises OSError where the folder itself cannot be read, or nothing could be moved aside in it.
        """
        if place := shelving.in_the_way(self.folder):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
        now = dict(_files(self.folder))
        still = {path: look for path, look in now.items() if self.seen.get(path) == look}
        self.seen, self.beside = now, _beside(now)
        self.resting = {path: until for path, until in self.resting.items() if until > time.monotonic()}
        written_on = _open_for_writing(still)
        ready = still.keys() - written_on - self.resting.keys()
        ready -= {path for path, texts in self.beside.items() if not ready.issuperset(texts)}
        ready -= {text for texts in self.beside.values() for text in texts}
        return sorted(ready, key=lambda path: (still[path].written, path))

    @property
    def found(self) -> int:
        """How many things stood there at the last look: an image and its texts are one."""
        return len(self.seen) - sum(map(len, self.beside.values()))

    def take(self, path: Path) -> Outcome:
        """Bring in a file that `look` told of, with its texts, and move them aside. Raises Outage."""
        paths = [path, *self.beside.get(path, ())]
        with TemporaryDirectory(dir=settings.OCRSITE_TMP_DIR) as scratch:
            try:
                copies = [
                    copied(one, Path(scratch) / str(place), self.seen[one]) for place, one in enumerate(paths)
                ]
                if _was_just_written(path) and not intake.is_whole(copies[0][0]):
                    return Outcome.LEFT
                arrived = max(arrived for _, arrived in copies)
                outcome = self._receive(self._called(path), [file for file, _ in copies], arrived)
            except ChangedMeanwhile:
                return Outcome.LEFT
            except PermissionError as error:
                return self._rest(path, str(error.strerror))
            except DrawingKilled as error:  # the file may be good; those behind it may need less memory
                return self._rest(path, self.explain(error))
            except InputError as error:
                return self._refuse(paths, error)
            except OSError as error:
                raise Outage from error
        return outcome if self._put_all(paths, DONE) else Outcome.LEFT

    def _called(self, path: Path) -> str:
        """In the log: by its place below the folder."""
        return str(path.relative_to(self.folder))

    def _receive(self, called: str, files: Sequence[Incoming], arrived: datetime) -> Outcome:
        """Raises Outage; InputError where the files cannot be used; DrawingKilled."""
        try:
            with database_at_hand():
                return self._take_in(called, files, arrived)
        except (Outage, InputError, DrawingKilled):
            raise
        except (OcrsiteError, OSError) as error:
            raise Outage from error
        except Exception as error:  # whatever it was: the files behind this one would wait for ever
            logger.exception("%s could not be brought in", called)
            raise InputError from error

    def _take_in(self, called: str, files: Sequence[Incoming], arrived: datetime) -> Outcome:
        """Raises Outage for what is wrong with the terms, and what `intake.take_in` does."""
        file = files[0]
        try:
            document = intake.take_in(files=files, terms=self.terms, arrived=arrived)
        except AlreadyHere as error:
            logger.info("%s: %s", called, self.explain(error))
            return Outcome.KNOWN
        except TextAlone:
            if intake.came_with_another(file=file, terms=self.terms):
                return Outcome.KNOWN
            raise
        except intake.OF_TERMS as error:
            raise Outage from error
        logger.info("Brought in %s as %s", called, document.pk)
        return Outcome.RECEIVED

    def _refuse(self, paths: Sequence[Path], error: InputError) -> Outcome:
        """Move them to the failed ones with the reason beside each.

        What looks unfinished is given time first, and so is a text whose image may come yet.
        """
        if isinstance(error, FileEmpty | FileDamaged | TextAlone) and any(map(_was_just_written, paths)):
            return Outcome.LEFT
        reason = self.explain(error)
        if len(paths) > 1 and error.file:
            reason = f"{error.file}: {reason}"
        logger.warning("%s: %s", self._called(paths[0]), reason)
        return Outcome.REFUSED if self._put_all(paths, FAILED, reason) else Outcome.LEFT

    def _put_all(self, paths: Sequence[Path], shelf: str, reason: str = "") -> bool:
        """False where one of them still stands there."""
        moved = [self._put(path, self.seen[path], shelf, reason) for path in paths]
        return all(moved)

    def _put(self, path: Path, look: Look, shelf: str, reason: str = "") -> bool:
        """False where it is another file by now, which stays for the next look, or cannot be moved."""
        try:
            return shelving.put(path, shelving.shelf(self.folder, path, shelf), look.is_of, reason)
        except FileNotFoundError:  # another watcher was quicker
            return True
        except OSError as error:
            self._rest(path, str(error.strerror))
            return False

    def _rest(self, path: Path, reason: str) -> Outcome:
        logger.warning("%s is left where it is: %s", path, reason)
        self.resting[path] = time.monotonic() + _REST
        return Outcome.LEFT


def _files(root: Path) -> Iterator[tuple[Path, Look]]:
    """What is to come in, in subfolders, too, but for our own two. Raises OSError for ``root`` itself."""
    shelves = {str(root / DONE), str(root / FAILED)}
    folders = [str(root)]
    while folders:
        for entry in _entries(folders.pop(), root):
            if _is_left_alone(entry.name) or entry.path in shelves:
                continue
            with suppress(OSError):  # it is gone
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.is_file(follow_symlinks=False):  # a link could lead to what nobody put here
                    yield Path(entry.path), Look.of(entry.stat(follow_symlinks=False))


def _beside(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """The texts of images in the same folder, by their images, as the names tell."""
    found: dict[Path, list[Path]] = {}
    folders: dict[Path, list[Path]] = {}
    for path in paths:
        folders.setdefault(path.parent, []).append(path)
    for files in folders.values():
        texts = [path for path in files if is_called_like_text(path.name)]
        images = [path for path in files if path not in texts] if texts else []
        names = tuple(path.name for path in images)
        for text in texts:
            place = image_by_name(text.name, names)
            if place is not None:
                found.setdefault(images[place], []).append(text)
    return found


def _entries(folder: str, root: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        if folder == str(root):
            raise
        logger.debug("%s is not looked into: %s", folder, error.strerror)
        return []


def _is_left_alone(name: str) -> bool:
    """Names that are hidden, of files still being written, of the system's, or of reasons for a failure."""
    folded = name.casefold()
    return name.startswith((".", "~")) or folded.endswith((*_UNFINISHED, REASON)) or folded in _OF_SYSTEMS


def _was_just_written(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_ctime < _PATIENCE
    except FileNotFoundError:
        return False


def _open_for_writing(looks: Mapping[Path, Look]) -> set[Path]:
    """Those that a process on this machine has open for writing, as far as /proc lets us see.

    The name is compared first: a file system that does not answer is not asked about other files.
    """
    paths = {(look.device, look.inode): path for path, look in looks.items()}
    names = {path.name for path in looks}
    found = set()
    for link in _open_files() if looks else ():
        with suppress(OSError, ValueError):
            if link.readlink().name in names:
                status = link.stat()
                path = paths.get((status.st_dev, status.st_ino))
                if path and _is_for_writing(link):
                    found.add(path)
    return found


def _open_files() -> Iterator[Path]:
    """The links of all processes to the files that they have open, such as ``/proc/7/fd/3``."""
    for process in Path("/proc").iterdir():
        with suppress(OSError):  # it is none, has ended, or is somebody else's
            yield from (process / "fd").iterdir()


def _is_for_writing(link: Path) -> bool:
    """By its flags, which are told in octal."""
    told = (link.parents[1] / "fdinfo" / link.name).read_text()
    flags = next(line.split()[1] for line in told.splitlines() if line.startswith("flags:"))
    return bool(int(flags, 8) & os.O_ACCMODE)
