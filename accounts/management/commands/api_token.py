"""Make a token with which a program acts for a person."""

from argparse import ArgumentParser, ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError

from accounts.models import ApiToken, User
from accounts.services.tokens import MOST_DAYS, make_token
from documents.api.schemas.sent import has_controls
from documents.errors import OcrsiteError, PersonUnknown
from documents.words import explain_error


class Command(BaseCommand):
    help = "Makes an API token and prints it, this once: it is kept nowhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("user", metavar="USER", help="the user name of the person for whom a program acts")
        add(
            "--name",
            type=_name,
            default="manage.py api_token",
            help="what the list of that person's tokens calls it",
        )
        add("--scope", choices=ApiToken.Scope.values, default=ApiToken.Scope.WRITE.value)
        add("--expires", type=_days, metavar="DAYS", help="when it ends; without it, never")

    def handle(self, *, user: str, name: str, scope: str, expires: int | None, **_options: object) -> None:
        try:
            person = User.objects.get(username=user, is_active=True)
            _token, clear = make_token(user=person, name=name, scope=ApiToken.Scope(scope), days=expires)
        except User.DoesNotExist as error:
            raise CommandError(explain_error(PersonUnknown(name=user))) from error
        except OcrsiteError as error:
            raise CommandError(explain_error(error)) from error
        self.stdout.write(clear)


def _name(text: str) -> str:
    """As the API takes it."""
    if has_controls(text):
        raise ArgumentTypeError("write a name without control characters")
    return text


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DAYS):
        raise ArgumentTypeError(f"write a whole number of days, from 1 to {MOST_DAYS}")
    return int(text)
