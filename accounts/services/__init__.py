"""The only writers of people's rows."""

import secrets
from collections.abc import Sequence
from hashlib import sha256

from django.db import transaction

from accounts.models import User, WelcomeKey
from documents.services import members


class WelcomeKeyUsed(Exception):
    """Somebody else was first with the same link."""


def is_new_site() -> bool:
    """True until there is an administrator: nobody else may have an account before."""
    return not User.objects.filter(is_superuser=True).exists()


def issue_welcome_key() -> str:
    """Make a new key, void all earlier ones, and return it in clear, once."""
    key = secrets.token_urlsafe(24)
    with transaction.atomic():
        WelcomeKey.objects.all().delete()
        WelcomeKey.objects.create(hash=_hash(key))
    return key


def is_welcome_key(key: str) -> bool:
    return WelcomeKey.objects.filter(hash=_hash(key)).exists()


def make_first_account(*, key: str, user: User) -> None:
    """Save ``user`` as the administrator and use ``key`` up: both or neither. Raises WelcomeKeyUsed."""
    with transaction.atomic():
        used, _rows = WelcomeKey.objects.filter(hash=_hash(key)).delete()
        if not used:
            raise WelcomeKeyUsed
        user.is_staff = user.is_superuser = True
        user.save()


def delete_accounts(*, users: Sequence[User]) -> None:
    """All or none. Raises OwnerNeeded, DocumentsNeedPlace."""
    with transaction.atomic():
        members.let_go(users=users)
        User.objects.filter(pk__in=[user.pk for user in users]).delete()


def remember_languages(*, user: User, codes: Sequence[str]) -> None:
    """What the language chooser offers first the next time; an explicit “detect” is remembered as such."""
    user.reading_languages = list(codes) or ["detect"]
    user.save(update_fields=["reading_languages"])


def _hash(key: str) -> str:
    # The key is 24 random bytes: no slow hash is needed to keep it from being guessed.
    return sha256(key.encode(errors="surrogateescape")).hexdigest()
