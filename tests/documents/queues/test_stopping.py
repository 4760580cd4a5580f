"""A worker that is told to stop by a signal, which comes between any two instructions."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django_tasks_db.models import DBTaskResult
from PIL import Image

from accounts.models import User
from documents import queues
from documents.models import BulkAction, Document, PageJob
from documents.ocr.elements import Block
from documents.queues import stopping
from documents.queues.database import DatabaseWorker, Stopping
from documents.services import bulk
from documents.services.receive import receive_upload
from tests.doubles import EchoEngine
from tests.factories import blocks, incoming

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _untold(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process was not told to stop, and hears signals afterwards as it did before."""
    monkeypatch.setattr(stopping, "_stop", stopping._Stop())
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def tell() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def work_once(told_at: int = -1) -> tuple[DatabaseWorker, bool]:
    """A worker after the first call that waits, and whether it was told to stop.

    It is, behind a statement or commit to the database of which ``told_at`` come before.
    """
    call = DBTaskResult.objects.filter(status="READY")[0]
    worker = DatabaseWorker()
    worker.configure_signals()
    with _moments(lambda moment: tell() if moment == told_at else None) as passed:
        worker.run_task(call)
    return worker, passed() > told_at


@contextmanager
def _moments(happen: Callable[[int], None]) -> Iterator[Callable[[], int]]:
    """Call ``happen`` behind statements and commits with the number of those before; gives how many came."""
    passed = 0

    def next_moment() -> None:
        nonlocal passed
        passed += 1
        happen(passed - 1)

    def execute(run: Callable[..., Any], *statement: Any) -> Any:
        result = run(*statement)
        next_moment()
        return result

    def commit() -> None:
        really_commit()
        next_moment()

    really_commit = connection.commit
    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(execute):
        patch.setattr(connection, "commit", commit)
        yield lambda: passed


def test_whenever_it_comes_the_page_waits_or_is_done_with_its_picture(
    owner: User, png: Path, echo: EchoEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for moment in count():
        monkeypatch.setattr(stopping, "_stop", stopping._Stop())
        document = receive_upload(user=owner, files=[incoming(png)], languages=("eng",))
        worker, was_told = work_once(told_at=moment)
        if not was_told:  # it was done before
            break
        assert not worker.running
        page, job = document.pages.get(), PageJob.objects.get(run__document=document)
        if job.state == PageJob.State.DONE:
            assert default_storage.exists(page.image)
        else:
            assert (moment, job.state, job.attempts) == (moment, PageJob.State.QUEUED, 0)
            assert queues.forgotten([job.pk]) == []
            assert not page.image
        DBTaskResult.objects.all().delete()
    assert moment > 20


def test_a_page_that_is_being_read_goes_back_at_once(owner: User, png: Path, echo: EchoEngine) -> None:
    def read(_image: Image.Image) -> tuple[Block, ...]:
        tell()
        return blocks("too late")

    echo.reads = read
    document = receive_upload(user=owner, files=[incoming(png)], languages=("eng",))

    worker, _told = work_once()

    assert worker.was_interrupted

    job = PageJob.objects.get(run__document=document)
    assert (job.state, job.attempts) == (PageJob.State.QUEUED, 0)
    assert not document.pages.get().image


def test_a_bulk_action_is_left_between_two_documents(document: Document, owner: User) -> None:
    for moment in count():
        stopping._stop.error = None
        kind = BulkAction.Kind.RESTORE if moment % 2 else BulkAction.Kind.TRASH
        action = bulk.start(user=owner, kind=kind, selection=bulk.Selection(ids=(document.pk,)))
        _worker, was_told = work_once(told_at=moment)
        if not was_told:
            break
        action.refresh_from_db()
        document.refresh_from_db()
        is_done = (document.trashed_at is not None) == (kind == BulkAction.Kind.TRASH)
        assert (moment, action.done) == (moment, int(is_done))
        assert action.state in (BulkAction.State.WAITING, BulkAction.State.DONE)
        while action.state == BulkAction.State.WAITING:
            stopping._stop.error = None
            work_once()
            action.refresh_from_db()
        assert action.done == 1
        DBTaskResult.objects.all().delete()
    assert moment > 10


def test_what_may_not_be_interrupted_is_finished_first() -> None:
    done = []

    def work() -> None:
        stopping.stop(Stopping())
        done.append("written")
        with queues.interruptible():
            done.append("read")

    with pytest.raises(Stopping):
        work()
    assert done == ["written"]


def test_who_tidies_up_is_not_told_again() -> None:
    done = []

    def tidy_up() -> None:
        stopping.stop(Stopping())
        done.append("tidied up")

    with pytest.raises(Stopping):
        interrupted(tidy_up)
    assert done == ["tidied up"]


def test_an_error_on_the_way_out_does_not_hide_that_it_was_told() -> None:
    def fail() -> None:
        raise ValueError

    with pytest.raises(Stopping):
        interrupted(fail)


def interrupted(tidy_up: Callable[[], None]) -> None:
    with queues.interruptible():
        try:
            stopping.stop(Stopping())
        finally:
            tidy_up()


def test_an_error_stays_what_it_is_while_nobody_told_anything() -> None:
    with pytest.raises(ValueError, match="a mistake"), queues.interruptible():
        raise ValueError("a mistake")
