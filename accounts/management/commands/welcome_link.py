"""Make the one-time link under which the first account is made. ``bin/serve`` prints it."""

from django.core.management.base import BaseCommand

from accounts import services


class Command(BaseCommand):
    help = "Makes a one-time link for making the first account; says nothing when there is one."

    def handle(self, **_options: object) -> None:
        if services.is_new_site():
            self.stdout.write(f"/welcome/?key={services.issue_welcome_key()}")
