"""The engines there are: what can run here, in which version, and what it cannot do."""

from django.core.management.base import BaseCommand

from documents.words.engines import report


class Command(BaseCommand):
    help = "Lists the engines with their version, how many languages they read and what they cannot do."
    requires_system_checks = ()

    def handle(self, **_options: object) -> None:
        for line in report():
            self.stdout.write(line)
