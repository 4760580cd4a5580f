"""Free pages whose worker died, and remind the queue of pages that it forgot."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from documents import queue
from documents.services import leases


class Command(BaseCommand):
    help = (
        "Puts pages back in the queue whose worker died. Safe at any time; workers do it every few seconds."
    )

    def handle(self, **_options: object) -> None:
        moved = leases.sweep()
        queue.prune()
        self.stdout.write(
            ngettext(
                "%(count)d page was put in the queue again.",
                "%(count)d pages were put in the queue again.",
                moved,
            )
            % {"count": moved}
        )
