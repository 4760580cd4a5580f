"""The work on a bulk action: in slices, by whoever is there, past workers that die."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from accounts.models import User
from documents import queues
from documents.errors import NoRight
from documents.models import BulkAction, BulkItem, Collection, Document
from documents.services import bulk
from documents.services.bulk import actions, hold, slices, steps, upkeep
from tests.documents.services.bulk.steps import DONE, Kind, begun, finished, make_some, outcome, unexplained


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


@pytest.mark.django_db(transaction=True)
def test_documents_that_are_deleted_while_they_are_gathered_are_passed_over(
    collection: Collection, owner: User, monkeypatch: pytest.MonkeyPatch, sent: list[int]
) -> None:
    letters = make_some(collection, owner, 2)
    action = bulk.start(user=owner, kind=Kind.TRASH, selection=bulk.Selection(query=""))
    with monkeypatch.context() as patched:
        patched.setattr(slices, "_found", lambda _action: [*(letter.pk for letter in letters), uuid4()])
        assert work(action) == ("waiting", 0)
    let_expire(action)
    assert finished(action).done == 2


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


@pytest.fixture
def poison(action: BulkAction, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second document of ``action``, on which the database fails each time."""
    poison = action.items.order_by("pk")[1].document_id

    def fail_at_one(of: BulkAction, document_id: UUID, prepared: steps.Texts) -> object:
        if document_id == poison:
            raise OperationalError
        return steps.step(of, document_id, prepared)

    monkeypatch.setattr(slices, "step", fail_at_one)


def test_a_document_on_which_it_breaks_each_time_is_given_up_and_the_others_are_done(
    action: BulkAction, poison: None
) -> None:
    assert [work(action) for _attempt in range(3)] == [("waiting", 1)] * 3
    finished(action)
    gave_up = (BulkItem.State.FAILED, "bulk-gave-up")
    assert outcome(action) == [DONE, gave_up, DONE, DONE, DONE]
    assert (action.state, action.done, action.failed) == ("done", 4, 1)


def test_a_document_that_kills_its_workers_is_given_up(action: BulkAction) -> None:
    for _worker in range(3):
        assert hold.claim(action.pk)
        let_expire(action)
    finished(action)
    assert [state for state, _error in outcome(action)] == ["failed", "done", "done", "done", "done"]


def test_a_worker_that_is_stopped_counts_for_nothing(action: BulkAction, sent: list[int]) -> None:
    for _worker in range(5):
        hold.put_back_at_once(hold.claim(action.pk))
    finished(action)
    assert outcome(action) == [DONE] * 5


def test_a_search_that_breaks_each_time_ends_with_a_sentence(
    collection: Collection, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise OperationalError

    monkeypatch.setattr(slices, "document_ids", fail)
    action = bulk.start(user=owner, kind=Kind.TRASH, selection=bulk.Selection(query="hello"))
    assert [work(action) for _attempt in range(4)] == [("waiting", 0)] * 3 + [("done", 0)]
    assert action.error_code == "bulk-gave-up"


def test_who_cancels_does_not_wait_for_the_search(
    collection: Collection, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "_GATHERED_AT_ONCE", 2)
    letters = make_some(collection, owner, 7)
    looked_at = []

    def cancelled_on_the_way(*_arguments: object, **_options: object):
        for letter in letters:
            looked_at.append(letter)
            if len(looked_at) == 3:
                bulk.cancel(action=action)
            yield letter.pk

    monkeypatch.setattr(slices, "document_ids", cancelled_on_the_way)
    action = bulk.start(user=owner, kind=Kind.TRASH, selection=bulk.Selection(query="hello"))
    assert work(action) == ("cancelled", 0)
    assert (len(looked_at), action.items.count()) == (4, 2)


def test_a_search_that_takes_long_finds_all(
    collection: Collection, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_some(collection, owner, 60)
    monkeypatch.setattr("documents.search.index.candidates.BUDGET", 0.0)
    monkeypatch.setattr("documents.search.index.sqlite._STEPS", 1)
    action = bulk.start(user=owner, kind=Kind.TRASH, selection=bulk.Selection(query="hello"))
    assert finished(action).done == 60


def test_many_documents_are_gathered_with_few_queries(
    collection: Collection, owner: User, django_assert_max_num_queries
) -> None:
    make_some(collection, owner, 45)
    action = bulk.start(user=owner, kind=Kind.TRASH, selection=bulk.Selection(query="hello"))
    lease = hold.claim(action.pk)
    with django_assert_max_num_queries(20):
        slices._gather(action, lease)
    assert action.total == 45


def test_a_worker_that_lost_its_lease_neither_ends_nor_counts_for_who_has_it_now(action: BulkAction) -> None:
    lost = hold.claim(action.pk)
    let_expire(action)
    assert hold.claim(action.pk)
    item = action.items.first()
    hold.note_done(lost, item, {})
    hold.note_left(lost, item, NoRight())
    hold.put_back(lost, count_attempt=False)
    hold.end(lost)
    action.refresh_from_db()
    assert (action.state, action.done, action.failed, action.attempts) == ("working", 0, 0, 2)
    assert not hold.note_file(lost, "theirs.zip")
    assert not hold.note_part(lost, "theirs.zip")
    assert not hold.drop_param(lost, "back")
    assert not hold.lock(lost)
    assert not hold.is_wanted(lost)
    assert outcome(action)[0] == ("waiting", "")


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
