"""Tokens, with which programs act for people."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import ApiToken, User
from documents.errors import TokenBeyond, TooManyTokens
from documents.services import names

LONGEST_NAME = 100
MOST_TOKENS = 100  # of one person
MOST_DAYS = 3660
_PREFIX = "ocrsite_"  # by which programs that look for secrets in code know it
_MINUTE = timedelta(minutes=1)


def make_token(
    *,
    user: User,
    name: str,
    scope: ApiToken.Scope,
    days: int | None = None,
    maker: ApiToken | None = None,
) -> tuple[ApiToken, str]:
    """A token of ``user`` that ends after so many ``days`` (None: never), and the token in clear, once.

    One that is made with another, the ``maker``, may do no more, and ends no later: without ``days``, when
    that one does. Raises NameEmpty, NameTooLong, TooManyTokens, TokenBeyond.
    """
    called = names.name(name, longest=LONGEST_NAME)
    expires_at = _end_of(days, maker)
    if maker and scope == ApiToken.Scope.WRITE != maker.scope:
        raise TokenBeyond
    clear = f"{_PREFIX}{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if user.api_tokens.count() >= MOST_TOKENS:
            raise TooManyTokens(limit=MOST_TOKENS)
        row = ApiToken.objects.create(
            user=user, name=called, hash=_hash(clear), scope=scope, expires_at=expires_at
        )
    return row, clear


def _end_of(days: int | None, maker: ApiToken | None) -> datetime | None:
    """Raises TokenBeyond."""
    latest = maker.expires_at if maker else None
    if days is None:
        return latest
    end = timezone.now() + timedelta(days=days)
    if latest and end > latest:
        raise TokenBeyond
    return end


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
