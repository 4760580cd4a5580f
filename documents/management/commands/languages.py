"""The languages that can be read here, and how to install the others."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from documents.errors import OcrsiteError
from documents.ocr.engines import ENGINES, get_engine
from documents.ocr.languages import install_command, installable
from documents.words import by_name, explain_error


class Command(BaseCommand):
    help = "Lists the languages that can be read, by code and name."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those to install, each with the command")
        parser.add_argument("--engine", choices=ENGINES, default=settings.OCRSITE_ENGINE)

    def handle(self, *, all: bool, engine: str, **_options: object) -> None:  # noqa: A002
        try:
            here = get_engine(engine).languages()
        except OcrsiteError as error:
            raise CommandError(explain_error(error)) from error
        for code, name in by_name(here):
            self.stdout.write(f"{code:20} {name}")
        if all:
            self.stdout.write("\n" + gettext("Not installed:"))
            for code, name in by_name(installable(here)):
                self.stdout.write(f"{code:20} {name:40} {install_command(code)}")
