"""Compare what search knows with what stands on the pages, and the stored files with the documents."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext

from documents.errors import StorageDown
from documents.management.progress import Bar
from documents.models import Page
from documents.services import catch_up, orphans
from documents.words import explain_error

_AT_ONCE = 200  # pages


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
        differing += self._compare_files(is_mended=mend)
        is_sound = catch_up.index_is_sound()
        if not is_sound:
            self.stdout.write(gettext("The index of the database is damaged."))
            if mend:
                catch_up.rebuild_index()
        if is_sound and not differing:
            self.stdout.write(gettext("Search knows every page as it is."))
        elif mend:
            self.stdout.write(gettext("What differed was written anew."))
        else:
            raise CommandError(gettext("Run this command with --mend to put it right."))

    def _compare_words(self, *, is_mended: bool) -> int:
        """Returns how many words are miscounted, after it said so; after the pages, whose words they are."""
        count = catch_up.miscounted_words()
        if count:
            told = ngettext(
                "%(count)d word is counted on more or fewer pages than it is on.",
                "%(count)d words are counted on more or fewer pages than they are on.",
                count,
            )
            self.stdout.write(told % {"count": count})
            if is_mended:
                catch_up.count_words_anew()
        return count

    def _compare_files(self, *, is_mended: bool) -> int:
        """Returns how many files belong to nothing, after it said so."""
        try:
            count = orphans.remove_orphans() if is_mended else sum(1 for _name in orphans.orphans())
        except StorageDown as error:
            raise CommandError(explain_error(error)) from error
        if count:
            told = ngettext(
                "%(count)d stored file belongs to no document.",
                "%(count)d stored files belong to no document.",
                count,
            )
            self.stdout.write(told % {"count": count})
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
        for sentence in _sentences(lagging, left_over, other_words):
            self.stdout.write(sentence)
        return lagging + left_over + other_words


def _sentences(lagging: int, left_over: int, other_words: int) -> list[str]:
    told = [
        (
            lagging,
            ngettext(
                "%(count)d page is not known to search as it is now.",
                "%(count)d pages are not known to search as they are now.",
                lagging,
            ),
        ),
        (
            left_over,
            ngettext(
                "%(count)d page is known to search and should not be.",
                "%(count)d pages are known to search and should not be.",
                left_over,
            ),
        ),
        (
            other_words,
            ngettext(
                "%(count)d page is known to search with other words than it has.",
                "%(count)d pages are known to search with other words than they have.",
                other_words,
            ),
        ),
    ]
    return [sentence % {"count": count} for count, sentence in told if count]
