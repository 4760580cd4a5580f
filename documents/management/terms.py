"""For whom files come in from the command line, and as what: options that commands share."""

from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from accounts.models import User
from documents import packs
from documents.errors import LanguageUnknown, OcrsiteError, PersonUnknown
from documents.management.paths import filled_name, filled_names
from documents.models import Collection
from documents.search.text.analysis import fold
from documents.selectors.membership import choices_among, editable_collections
from documents.services.intake import Terms
from documents.services.organise import personal_collection
from documents.services.tags import clean_names
from documents.words import explain_error


class Misuse(Exception):
    """The command was given something that cannot be; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What counts where the command line says nothing."""

    user: str = ""
    collection: str = ""


_NOTHING = Usual()


def add_arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "-u",
        "--user",
        type=filled_name,
        metavar="USER",
        help="whose documents they are; else the only user's, or administrator's",
    )
    add(
        "-l",
        "--languages",
        type=filled_name,
        metavar="CODES",
        help="such as eng+rus; else OCRSITE_DEFAULT_LANGUAGES, or found",
    )
    add(
        "--collection",
        type=filled_name,
        metavar="NAME",
        help="where they lie; else in the user's personal one",
    )
    add(
        "--tag",
        action="append",
        type=filled_names,
        default=[],
        metavar="NAMES",
        help="marks them; with commas, or several times",
    )


def terms(asked: Mapping[str, Any], usual: Usual = _NOTHING) -> Terms:
    """Raises Misuse."""
    try:
        user = _user(asked["user"] or usual.user)
        place = _collection(user, asked["collection"] or usual.collection)
        languages = settings.OCRSITE_DEFAULT_LANGUAGES if asked["languages"] is None else asked["languages"]
        return Terms(
            user=user,
            collection=place,
            languages=packs.checked(languages),
            tag_names=tuple(clean_names(",".join(asked["tag"]))) if asked["tag"] else (),
        )
    except LanguageUnknown as error:
        advice = gettext("To see the list: manage.py languages")
        raise Misuse(f"{explain_error(error)} {advice}") from error
    except OcrsiteError as error:
        raise Misuse(explain_error(error)) from error


def _user(name: str) -> User:
    """Raises PersonUnknown; Misuse where no name is given and it is not clear who is meant."""
    if name:
        found = User.objects.filter(username=name, is_active=True).first()
        if found is None:
            raise PersonUnknown(name=name)
        return found
    people = User.objects.filter(is_active=True).order_by("pk")
    for some in (people, people.filter(is_superuser=True)):
        first = list(some[:2])
        if len(first) == 1:
            return first[0]
    if User.objects.exists():
        raise Misuse(gettext("Say with --user whose documents these are to be."))
    raise NobodyYet(gettext("Nobody has an account yet. Make the first one in the browser."))


class NobodyYet(Misuse):
    """The site is new."""


def _collection(user: User, name: str) -> Collection:
    """The one that the lists of ``user`` call so. Raises Misuse."""
    if not name:
        return personal_collection(user=user)
    places = editable_collections(user)
    names = dict(choices_among(user, places))
    for place in places:
        if fold(name) == fold(names[place.pk]):
            return place
    sentence = gettext("%(user)s may put documents into no collection “%(name)s”, but into: %(names)s.")
    told = {"user": user.get_username(), "name": name, "names": ", ".join(names.values())}
    raise Misuse(sentence % told)


def database_trouble(error: BaseException | None) -> str:
    """A sentence about what the database cannot do now, with the first line of what it says itself."""
    return gettext("The database cannot be used now: %(reason)s") % {"reason": str(error).partition("\n")[0]}


def printable(text: object) -> str:
    """A path or name for a terminal: names of files may hold anything."""
    return str(text).encode(errors="replace").decode()
