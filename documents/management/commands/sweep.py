"""Free pages whose worker died, and remind the queue of pages that it forgot."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from documents import queues
from documents.errors import QueueDown
from documents.services import leases
from documents.words import explain_error


class Command(BaseCommand):
    help = (
        "Puts pages back in the queue whose worker died. Safe at any time; workers do it every few seconds."
    )

    def handle(self, **_options: object) -> None:
        try:
            moved = leases.sweep()
            queues.prune()
        except QueueDown as error:
            raise CommandError(explain_error(error)) from error
        self.stdout.write(
            ngettext(
                "%(count)d page was put in the queue again.",
                "%(count)d pages were put in the queue again.",
                moved,
            )
            % {"count": moved}
        )
