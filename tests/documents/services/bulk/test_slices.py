"""The work on a bulk action: in slices, by whoever is there, past workers that die."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from accounts.models import User
from documents import queues
from documents.models import BulkAction, Collection, Document
from documents.services import bulk
from documents.services.bulk import actions, hold, slices, upkeep
from tests.documents.services.bulk.steps import Kind, begun, finished, make_some, unexplained


@pytest.fixture
def action(collection: Collection, owner: User, monkeypatch: pytest.MonkeyPatch) -> BulkAction:
    """Five documents for the trash, two for each slice."""
    monkeypatch.setattr(slices, "_A_SLICE", 2)
    return begun(owner, Kind.TRASH, *make_some(collection, owner, 5))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the queue was told, after the upload of the actions."""
    sent: list[int] = []
    monkeypatch.setattr(queues, "work_on_bulk", sent.append)
    return sent


def work(action: BulkAction) -> tuple[str, int]:
    bulk.work(action_id=action.pk, explain=unexplained)
    action.refresh_from_db()
    return action.state, action.done


def let_expire(action: BulkAction) -> None:
    BulkAction.objects.filter(pk=action.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_each_call_does_a_slice_and_asks_for_the_next(action: BulkAction, sent: list[int]) -> None:
    assert [work(action) for _slice in range(4)] == [("waiting", 2), ("waiting", 4), ("done", 5), ("done", 5)]
    assert sent == [action.pk] * 2


def test_documents_are_gathered_anew_when_the_worker_died_on_the_way(
    collection: Collection, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = make_some(collection, owner, 3)
    action = bulk.start(user=owner, kind=Kind.TRASH, selection=bulk.Selection(query=""))
    actions.add_items(action, [letters[1].pk])
    assert finished(action).done == 3


def test_nobody_takes_what_a_living_worker_has(action: BulkAction) -> None:
    assert hold.claim(action.pk)
    assert work(action) == ("working", 0)


def test_what_a_dead_worker_had_goes_on_where_it_was(action: BulkAction) -> None:
    work(action)
    assert hold.claim(action.pk)
    let_expire(action)
    assert finished(action).done == 5
    assert Document.objects.filter(trashed_at=None).count() == 0


def test_the_sweep_frees_and_enqueues_it(action: BulkAction, sent: list[int]) -> None:
    assert hold.claim(action.pk)
    assert upkeep.sweep() == 0
    let_expire(action)
    assert upkeep.sweep() == 1
    assert sent == [action.pk]
    action.refresh_from_db()
    assert action.state == BulkAction.State.WAITING
    assert upkeep.sweep() == 0


def test_what_the_queue_still_knows_is_not_sent_again(
    action: BulkAction, sent: list[int], monkeypatch
) -> None:
    let_expire(action)
    monkeypatch.setattr(queues, "forgotten", lambda _ids, _task: [])
    assert upkeep.sweep() == 0
    monkeypatch.setattr(queues, "forgotten", lambda ids, _task: ids)
    monkeypatch.setattr(queues, "length", lambda _task: 1)
    assert upkeep.sweep() == 0
    assert sent == []


def test_a_worker_that_is_stopped_puts_it_back_at_once(
    action: BulkAction, sent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_arguments: object) -> None:
        raise SystemExit

    monkeypatch.setattr(slices, "step", stop)
    with pytest.raises(SystemExit):
        bulk.work(action_id=action.pk, explain=unexplained)
    action.refresh_from_db()
    assert (action.state, sent) == ("waiting", [action.pk])


def test_a_busy_database_is_asked_again_later(action: BulkAction, sent: list[int], monkeypatch) -> None:
    def fail(*_arguments: object) -> None:
        raise OperationalError

    monkeypatch.setattr(slices, "step", fail)
    assert work(action) == ("waiting", 0)
    assert sent == []
    monkeypatch.undo()
    assert finished(action).done == 5


def test_a_mistake_of_ours_ends_it_with_a_sentence(action: BulkAction, monkeypatch) -> None:
    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(slices, "step", fail)
    with pytest.raises(ZeroDivisionError):
        bulk.work(action_id=action.pk, explain=unexplained)
    action.refresh_from_db()
    assert (action.state, action.error_code) == ("done", "error")


def test_an_action_of_a_month_ago_is_forgotten(action: BulkAction) -> None:
    finished(action)
    upkeep.forget_old()
    assert BulkAction.objects.exists()
    BulkAction.objects.update(finished_at=timezone.now() - timedelta(days=31))
    upkeep.forget_old()
    assert not BulkAction.objects.exists()
    assert Document.objects.count() == 5
