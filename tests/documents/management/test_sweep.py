"""What is kept for a while is deleted when that is over: by `manage.py sweep`, and by every worker."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import IdempotencyKey, User
from accounts.services.idempotency import claim, keep_answer
from documents.management.commands import work
from documents.models import Document, PageJob


class _Enough(BaseException):
    """Ends what would go on for ever."""


def _one_round_of_a_worker() -> None:
    with pytest.raises(_Enough):
        work._keep_house()


@pytest.fixture(params=[lambda: call_command("sweep"), _one_round_of_a_worker], ids=["command", "worker"])
def sweep(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def enough(_event: threading.Event, _seconds: float) -> bool:
        raise _Enough

    monkeypatch.setattr(threading.Event, "wait", enough)
    return request.param


def answered(user: User, key: str, **ago: int) -> None:
    """A request with that key, which was answered so long ago."""
    keep_answer(claimed=claim(user=user, key=key, fingerprint="1"), status=200, headers={}, body=b"{}")
    IdempotencyKey.objects.filter(key=key).update(created_at=timezone.now() - timedelta(**ago))


def test_keys_of_requests_are_forgotten_after_a_day(owner: User, sweep: Callable[[], None]) -> None:
    answered(owner, "yesterday", hours=25)
    answered(owner, "today", hours=23)
    sweep()
    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["today"]


def test_a_key_that_nobody_works_at_any_more_is_forgotten_too(owner: User, sweep: Callable[[], None]) -> None:
    claim(user=owner, key="killed", fingerprint="1")
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    sweep()
    assert not IdempotencyKey.objects.exists()


def test_a_page_of_a_killed_worker_is_put_back(document: Document, sweep: Callable[[], None]) -> None:
    PageJob.objects.update(
        state=PageJob.State.RUNNING, attempts=1, lease_until=timezone.now() - timedelta(seconds=1)
    )
    sweep()
    assert document.runs.get().jobs.get().state == PageJob.State.QUEUED
