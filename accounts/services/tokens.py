"""Tokens, with which programs act for people."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import ApiToken, User
from documents.errors import TooManyTokens
from documents.services import names

LONGEST_NAME = 100
MOST_TOKENS = 100  # of one person
MOST_DAYS = 3660
_PREFIX = "ocrsite_"  # by which programs that look for secrets in code know it
_MINUTE = timedelta(minutes=1)


def make_token(
    *, user: User, name: str, scope: ApiToken.Scope, days: int | None = None
) -> tuple[ApiToken, str]:
    """A token of ``user`` that ends after so many ``days`` (None: never), and the token in clear, once.

    Raises NameEmpty, NameTooLong, TooManyTokens.
    """
    called = names.name(name, longest=LONGEST_NAME)
    clear = f"{_PREFIX}{secrets.token_urlsafe(32)}"
    expires_at = None if days is None else timezone.now() + timedelta(days=days)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if user.api_tokens.count() >= MOST_TOKENS:
            raise TooManyTokens(limit=MOST_TOKENS)
        row = ApiToken.objects.create(
            user=user, name=called, hash=_hash(clear), scope=scope, expires_at=expires_at
        )
    return row, clear


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The newest first, those whose time is over, too."""
    return ApiToken.objects.filter(user=user.pk)


def revoke_token(*, user: User, token_id: int) -> bool:
    """False where ``user`` has no such token, or not any more."""
    deleted, _rows = tokens_of(user).filter(pk=token_id).delete()
    return bool(deleted)


def used_token(*, clear: str) -> ApiToken | None:
    """The token, with its user, of which is noted to the minute that it was used; None for one that is not
    good, or not any more."""
    now = timezone.now()
    good = ApiToken.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), user__is_active=True)
    token = good.select_related("user").filter(hash=_hash(clear)).first()
    if token and (token.last_used_at is None or token.last_used_at <= now - _MINUTE):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def _hash(clear: str) -> str:
    # Of 32 random bytes: no slow hash is needed to keep it from being guessed.
    return sha256(clear.encode(errors="surrogateescape")).hexdigest()
