"""Compare what search knows with what stands on the pages, and the stored files with the documents."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext_lazy

from documents import storage
from documents.errors import StorageDown
from documents.management.progress import Bar
from documents.models import Page
from documents.services import catch_up, orphans
from documents.words import explain_error

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_AT_ONCE = 200  # pages
_LAGGING = ngettext_lazy(
    "%(count)d page is not known to search as it is now.",
    "%(count)d pages are not known to search as they are now.",
    "count",
)
_LEFT_OVER = ngettext_lazy(
    "%(count)d page is known to search and should not be.",
    "%(count)d pages are known to search and should not be.",
    "count",
)
_OTHER_WORDS = ngettext_lazy(
    "%(count)d page is known to search with other words than it has.",
    "%(count)d pages are known to search with other words than they have.",
    "count",
)
_MISCOUNTED = ngettext_lazy(
    "%(count)d word is counted on more or fewer pages than it is on.",
    "%(count)d words are counted on more or fewer pages than they are on.",
    "count",
)
_ORPHANS = ngettext_lazy(
    "%(count)d stored file belongs to no document.",
    "%(count)d stored files belong to no document.",
    "count",
)
_LOST = ngettext_lazy(
    "%(count)d file that a document has is missing in the storage:",
    "%(count)d files that documents have are missing in the storage:",
    "count",
)
_STRAYS = ngettext_lazy(
    "%(count)d file lies in the storage where the site keeps none:",
    "%(count)d files lie in the storage where the site keeps none:",
    "count",
)
_DELETED = ngettext_lazy("%(count)d file was deleted.", "%(count)d files were deleted.", "count")
_NAMED = 20  # files


class Command(BaseCommand):
    help = (
        "Compares index, entries, texts and files, and says what differs. Exit code 1 where something does."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--mend",
            action="store_true",
            help="write anew what differs, and delete files that belong to nothing",
        )

    def handle(self, *, mend: bool, **_options: object) -> None:
        differing = self._compare_pages(is_mended=mend) + self._compare_words(is_mended=mend)
        with _storage_down_told():
            ownerless = self._compare_files(is_mended=mend)
            by_hand = self._list(_LOST, orphans.lost()) + self._list(_STRAYS, storage.strays())
        is_sound = catch_up.index_is_sound()
        if not is_sound:
            self.stdout.write(gettext("The index of the database is damaged."))
            if mend:
                catch_up.rebuild_index()
        if is_sound and not differing:
            self.stdout.write(gettext("Search knows every page as it is."))
        elif mend:
            self.stdout.write(gettext("What differed was written anew."))
        if mend:
            self._tell(_DELETED, ownerless)
        elif differing or ownerless or not is_sound:
            raise CommandError(gettext("Run this command with --mend to put it right."))
        if by_hand:
            raise CommandError(
                gettext("Put missing files back from a backup, and move away what is not the site’s.")
            )

    def _compare_words(self, *, is_mended: bool) -> int:
        """Returns how many words are miscounted, after it said so; after the pages, whose words they are."""
        count = catch_up.miscounted_words()
        self._tell(_MISCOUNTED, count)
        if count and is_mended:
            catch_up.count_words_anew()
        return count

    def _compare_files(self, *, is_mended: bool) -> int:
        """Returns how many files belong to nothing, after it said so."""
        count = orphans.remove_orphans() if is_mended else sum(1 for _name in orphans.orphans())
        self._tell(_ORPHANS, count)
        return count

    def _compare_pages(self, *, is_mended: bool) -> int:
        """Returns how many differ, after it said in which way."""
        bar = Bar(sys.stderr, Page.objects.count())
        lagging = left_over = other_words = done = at = 0
        while some := catch_up.page_ids(above=at, most=_AT_ONCE):
            found = catch_up.differences(some)
            if is_mended and found:
                catch_up.mend(found)
            lagging += len(found.lagging)
            left_over += len(found.left_over)
            other_words += len(found.other_words)
            at, done = some[-1], done + len(some)
            bar.show(done)
        self._tell(_LAGGING, lagging)
        self._tell(_LEFT_OVER, left_over)
        self._tell(_OTHER_WORDS, other_words)
        return lagging + left_over + other_words

    def _list(self, sentence: "StrPromise", names: Iterator[str]) -> int:
        """Returns how many ``names`` there are, after it told the first of them."""
        first = [*islice(names, _NAMED)]
        more = sum(1 for _name in names)
        self._tell(sentence, len(first) + more)
        for name in [*first, *["…"] * (more > 0)]:
            self.stdout.write(f"  {name}")
        return len(first) + more

    def _tell(self, sentence: "StrPromise", count: int) -> None:
        if count:
            self.stdout.write(sentence % {"count": count})


@contextmanager
def _storage_down_told() -> Iterator[None]:
    try:
        yield
    except StorageDown as error:
        raise CommandError(explain_error(error)) from error
