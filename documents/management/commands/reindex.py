"""Write anew what search knows of every page."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from documents.management.progress import Bar
from documents.models import Page
from documents.services import catch_up

_AT_ONCE = 100  # pages in one transaction: those who read and write meanwhile wait that long


class Command(BaseCommand):
    help = "Writes anew what search knows of every page, while the site runs; goes on where it was stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--restart", action="store_true", help="begin with the first page again")

    def handle(self, *, restart: bool, **_options: object) -> None:
        place = Path(settings.OCRSITE_DATA_DIR) / "reindex.position"
        at = 0 if restart else _read(place)
        written = _write_all(place, at)
        catch_up.count_words_anew()
        place.unlink(missing_ok=True)
        self.stdout.write(
            ngettext("%(count)d page was indexed.", "%(count)d pages were indexed.", written)
            % {"count": written}
        )


def _read(place: Path) -> int:
    """The key of the last page that was written; 0 where none was."""
    text = place.read_text(encoding="ascii", errors="replace").strip() if place.exists() else ""
    return int(text) if text.isdecimal() else 0


def _write_all(place: Path, at: int) -> int:
    total = Page.objects.count()
    done = Page.objects.filter(pk__lte=at).count()
    bar = Bar(sys.stderr, total)
    written = 0
    while some := catch_up.page_ids(above=at, most=_AT_ONCE):
        written += catch_up.write(some, is_anew=True)
        at = some[-1]
        place.write_text(f"{at}\n", encoding="ascii")
        done += len(some)
        bar.show(done)
    return written
