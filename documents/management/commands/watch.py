"""Bring in what is put into a folder, for as long as told."""

import logging
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management.base import BaseCommand
from django.db import Error
from django.utils.translation import gettext

from documents.errors import OcrsiteError
from documents.management.codes import FAILED, MISUSED
from documents.management.numbers import seconds
from documents.management.paths import filled_path
from documents.management.signals import asked_to_end
from documents.management.terms import Misuse, NobodyYet, Usual, add_arguments, database_trouble, terms
from documents.services.intake import Terms
from documents.services.shelving import in_the_way
from documents.services.watching import Outage, Outcome, Watcher, database_at_hand
from documents.words import explain_error, figure

logger = logging.getLogger(__name__)

_EVERY = 5.0  # seconds
_PAUSE = 30.0  # seconds in which an outage is left to pass
_NAP = 0.25  # seconds between two looks whether to end


class Command(BaseCommand):
    help = "Brings in what is put into a folder, such as a scanner's, until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("folder", nargs="?", type=filled_path, metavar="DIR", help="else OCRSITE_WATCH_DIR")
        add_arguments(parser)
        add(
            "--every",
            type=seconds,
            default=_EVERY,
            metavar="SECONDS",
            help=f"between two looks, in which a file must stand still ({_EVERY:g})",
        )
        add("--once", action="store_true", help="bring in what is there, then end")

    def handle(self, *, folder: Path | None, every: float, once: bool, **asked: Any) -> None:
        self._counts = Counter[Outcome]()
        self._said = ""
        with asked_to_end() as is_over:
            self._is_over = is_over
            try:
                place = _folder(folder)
                wanted = terms(asked, _usual()) if once else self._awaited_terms(asked, every)
            except Misuse as error:
                self.stderr.write(str(error))
                sys.exit(MISUSED)
            except Error as error:
                self.stderr.write(database_trouble(error))
                sys.exit(FAILED)
            if wanted is None:
                return
            watcher = Watcher(place, wanted, explain_error)
            if once:
                self._look_once(watcher, every)
            else:
                self._watch(watcher, every)

    def _awaited_terms(self, asked: Mapping[str, Any], every: float) -> Terms | None:
        """None where the command is to end before anybody has an account. Raises Misuse."""
        while not self._is_over():
            pause = every
            try:
                with database_at_hand():
                    return terms(asked, _usual())
            except NobodyYet as error:
                self._tell(str(error))
            except Outage as error:
                self._tell(_why(error))
                pause = max(every, _PAUSE)
            self._nap(pause)
        return None

    def _watch(self, watcher: Watcher, every: float) -> None:
        while not self._is_over():
            pause = every
            try:
                self._take_all(watcher, watcher.look())
                self._said = ""
            except (Outage, OSError) as error:
                self._tell(_why(error))
                pause = max(every, _PAUSE)
            self._nap(pause)

    def _look_once(self, watcher: Watcher, every: float) -> None:
        try:
            watcher.look()
            self._nap(every)
            self._take_all(watcher, watcher.look())
        except (Outage, OSError) as error:
            self.stderr.write(_why(error))
            sys.exit(FAILED)
        finally:
            self._summarise(watcher.found)
        if self._counts[Outcome.REFUSED] or watcher.resting:
            sys.exit(FAILED)

    def _take_all(self, watcher: Watcher, paths: Sequence[Path]) -> None:
        """Raises Outage."""
        for path in paths:
            if self._is_over():
                break
            self._counts[watcher.take(path)] += 1

    def _summarise(self, found: int) -> None:
        sentence = gettext(
            "Brought in: %(received)s. Here already: %(known)s. Refused: %(refused)s. "
            "Left for later: %(left)s."
        )
        counts = {outcome.value: self._counts[outcome] for outcome in Outcome}
        counts["left"] = found - sum(self._counts[outcome] for outcome in Outcome if outcome != Outcome.LEFT)
        self.stdout.write(sentence % {name: figure(count) for name, count in counts.items()})

    def _tell(self, sentence: str) -> None:
        """Once, for as long as it is so."""
        if sentence != self._said:
            logger.warning(sentence)
        self._said = sentence

    def _nap(self, pause: float) -> None:
        end = time.monotonic() + pause
        while not self._is_over() and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _NAP))


def _usual() -> Usual:
    return Usual(settings.OCRSITE_WATCH_USER, settings.OCRSITE_WATCH_COLLECTION)


def _folder(given: Path | None) -> Path:
    """Raises Misuse. That of the settings may come to be later, as when a disk is not there yet."""
    folder: Path | None = given or settings.OCRSITE_WATCH_DIR
    if folder is None:
        raise Misuse(gettext("Name the folder to watch, or set OCRSITE_WATCH_DIR."))
    if given and not given.is_dir():
        raise Misuse(gettext("There is no folder %(folder)s.") % {"folder": given})
    place = folder.resolve()
    stored = default_storage.path("") if isinstance(default_storage, FileSystemStorage) else ""
    of_site = [Path(one).resolve() for one in (settings.BASE_DIR, settings.OCRSITE_DATA_DIR, stored) if one]
    others = [settings.OCRSITE_TMP_DIR.resolve(), Path.home().resolve()]
    holds_more = any(one.is_relative_to(place) for one in (*of_site, *others))
    if holds_more or any(place.is_relative_to(one) for one in of_site):
        sentence = gettext(
            "All that lies in %(folder)s would be moved aside, and files of the site, or a home, lie there "
            "or around it. Watch a folder that is there for this alone."
        )
        raise Misuse(sentence % {"folder": place})
    if other := in_the_way(place):
        sentence = gettext("%(place)s is a file, and a folder has to be there. Move it away.")
        raise Misuse(sentence % {"place": other})
    return place


def _why(error: Exception) -> str:
    """A sentence about what keeps everything from coming in."""
    cause = error.__cause__ if isinstance(error, Outage) else error
    if isinstance(cause, OcrsiteError):
        return explain_error(cause)
    if isinstance(cause, OSError):
        return f"{cause.filename}: {cause.strerror}"
    return database_trouble(cause)
