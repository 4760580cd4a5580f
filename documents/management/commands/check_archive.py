"""Compare what search knows with what stands on the pages."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext

from documents.management.progress import Bar
from documents.models import Page
from documents.services import catch_up

_AT_ONCE = 200  # pages


class Command(BaseCommand):
    help = "Compares index, entries and texts, and says what differs. Exit code 1 where something does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="write anew what differs")

    def handle(self, *, mend: bool, **_options: object) -> None:
        differing = self._compare_pages(is_mended=mend)
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
