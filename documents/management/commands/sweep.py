"""Free what dead workers held, remind the queue of what it forgot, and delete what is due in the trash."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from accounts.services import idempotency
from documents import queues
from documents.errors import QueueDown, StorageDown
from documents.services import bulk, leases, scratch, trash, trying
from documents.words import explain_error


class Command(BaseCommand):
    help = (
        "Puts back in the queue what was interrupted, and deletes what has lain in the trash long enough, "
        "what killed processes left of uploads, and what is kept of requests to the API for a day. "
        "Safe at any time; workers do it every few seconds."
    )

    def handle(self, **_options: object) -> None:
        try:
            moved = leases.sweep()
            bulk.sweep()
            trying.sweep()
            queues.prune()
            deleted = trash.purge()
            bulk.forget_old()
            trying.forget_old()
            scratch.sweep()
            idempotency.forget_old()
        except (QueueDown, StorageDown) as error:
            raise CommandError(explain_error(error)) from error
        self.stdout.write(
            ngettext(
                "%(count)d page was put in the queue again.",
                "%(count)d pages were put in the queue again.",
                moved,
            )
            % {"count": moved}
        )
        if deleted:
            self.stdout.write(
                ngettext(
                    "%(count)d document was deleted from the trash.",
                    "%(count)d documents were deleted from the trash.",
                    deleted,
                )
                % {"count": deleted}
            )
