"""Requests that may come twice, though what they ask for is to be done once."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import IdempotencyKey, User
from documents.errors import KeyBusy, KeyReused

LONGEST_KEY = 255
_KEPT = timedelta(hours=24)
# Nobody waits longer for an answer: whoever worked at it was killed.
_ABANDONED = timedelta(minutes=10)


def claim(*, user: User, key: str, fingerprint: str) -> IdempotencyKey:
    """The row of ``key``: a new one, without a ``status``, whose request is to be worked at now, or that of a
    request that was answered.

    Raises KeyReused where the key is another request's, KeyBusy while the same one is worked at.
    """
    rows = IdempotencyKey.objects.filter(user=user.pk, key=key)
    now = timezone.now()
    rows.filter(created_at__lt=now - _KEPT).delete()
    rows.filter(status=None, created_at__lt=now - _ABANDONED).delete()
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(user=user, key=key, fingerprint=fingerprint)
    except IntegrityError:
        there = rows.first()
    if there is None:  # given back just now
        raise KeyBusy
    if there.fingerprint != fingerprint:
        raise KeyReused
    if there.status is None:
        raise KeyBusy
    return there


def keep_answer(*, claimed: IdempotencyKey, status: int, headers: Mapping[str, str], body: bytes) -> None:
    """What whoever sends the same again is told from now on."""
    IdempotencyKey.objects.filter(pk=claimed.pk).update(status=status, headers=dict(headers), body=body)


def give_back(*, claimed: IdempotencyKey) -> None:
    """Nothing came of the request: the next one with this key is the first."""
    IdempotencyKey.objects.filter(pk=claimed.pk, status=None).delete()


def forget_old() -> int:
    """Delete what is older than a day. Safe from any process at any time. Returns how many."""
    deleted, _rows = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - _KEPT).delete()
    return deleted
