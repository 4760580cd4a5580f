"""The only writers of people's rows."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User, WelcomeKey


class WelcomeKeyUsed(Exception):
    """Somebody else was first with the same link."""


def make_first_account(*, key: WelcomeKey, user: User) -> None:
    """Save ``user`` as the administrator and use ``key`` up: both or neither. Raises WelcomeKeyUsed."""
    with transaction.atomic():
        if not key.claim():
            raise WelcomeKeyUsed
        user.is_staff = user.is_superuser = True
        user.save()


def remember_languages(*, user: User, codes: Sequence[str]) -> None:
    """What the language chooser offers first the next time; an explicit “detect” is remembered as such."""
    user.reading_languages = list(codes) or ["detect"]
    user.save(update_fields=["reading_languages"])
