"""The queue in the database, and the worker that empties it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from documents import queues
from documents.errors import QueueDown
from documents.models import BulkAction, Document, State
from documents.queues.base import WORK_ON_BULK
from documents.services import bulk, trash
from documents.services.receive import receive_upload
from tests.doubles import EchoEngine
from tests.factories import incoming, picture

pytestmark = pytest.mark.django_db(transaction=True)


def waiting() -> list[tuple[list[int], int]]:
    return [(task.args_kwargs["args"], task.priority) for task in DBTaskResult.objects.filter(status="READY")]


def test_a_page_is_enqueued_when_the_upload_is_committed(owner: User, png: Path, echo: EchoEngine) -> None:
    document = receive_upload(user=owner, files=[incoming(png)], languages=())
    job = document.runs.get().jobs.get()
    assert waiting() == [([job.pk], 0)]


def test_nothing_is_enqueued_for_an_upload_that_failed(owner: User, tmp_path: Path, echo: EchoEngine) -> None:
    empty = tmp_path / "empty.png"
    empty.touch()
    with pytest.raises(Exception, match="empty"):
        receive_upload(user=owner, files=[incoming(empty)], languages=())
    assert waiting() == []


def test_later_pages_step_back_so_that_others_come_between() -> None:
    queues.recognise_pages(range(1, 11))
    assert [priority for _args, priority in waiting()] == [0, 0, 0, 0, -1, -1, -1, -1, -2, -2]


def test_a_long_book_stays_within_the_range_of_priorities() -> None:
    queues.recognise_pages(range(1, 501))
    assert min(priority for _args, priority in waiting()) == -100


def test_many_pages_are_enqueued_as_one_by_one() -> None:
    task = import_string("documents.tasks.recognise_page")
    task.using(priority=0).enqueue(1)
    queues.recognise_pages([1])
    one_by_one, together = (
        {name: value for name, value in row.items() if name not in ("id", "enqueued_at")}
        for row in DBTaskResult.objects.values()
    )
    assert one_by_one == together


def test_a_long_book_is_enqueued_in_few_statements(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(40):
        queues.recognise_pages(range(1, 2001))
    assert queues.length() == 2000


def test_what_waits_is_not_forgotten() -> None:
    queues.recognise_pages([1, 2])
    assert queues.forgotten([1, 2, 3]) == [3]


def test_a_bulk_action_waits_with_the_first_pages_and_is_counted_apart() -> None:
    queues.recognise_pages(range(1, 11))
    queues.work_on_bulk(7)
    assert waiting()[4] == ([7], 0)
    assert (queues.length(), queues.length(WORK_ON_BULK)) == (10, 1)
    assert queues.forgotten([6, 7], WORK_ON_BULK) == [6]
    assert queues.forgotten([7]) == []


def test_what_is_read_again_in_bulk_waits_behind_what_people_wait_for(
    document: Document, owner: User, echo: EchoEngine
) -> None:
    selection = bulk.Selection(ids=(document.pk,))
    action = bulk.start(user=owner, kind=BulkAction.Kind.READ, selection=selection, languages=[])
    bulk.work(action_id=action.pk, explain=lambda code, _params: code)
    jobs = document.runs.latest("pk").jobs.values_list("pk", flat=True)
    assert {tuple(args): priority for args, priority in waiting() if args[0] in jobs and priority} == {
        (job,): -100 for job in jobs
    }


def test_a_bulk_action_is_worked_on_by_its_task(document: Document, owner: User) -> None:
    selection = bulk.Selection(ids=(document.pk,))
    bulk.start(user=owner, kind=BulkAction.Kind.TRASH, selection=selection)
    (task,) = DBTaskResult.objects.filter(status="READY")
    task.task.call(*task.args_kwargs["args"])
    assert BulkAction.objects.get().state == BulkAction.State.DONE
    assert Document.objects.get().trashed_at


def test_prune_keeps_what_waits_and_what_is_recent() -> None:
    queues.recognise_pages([1])
    queues.prune()
    assert len(waiting()) == 1


def test_the_sweep_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sweep")
    assert capsys.readouterr().out == "0 pages were put in the queue again.\n"


def test_the_sweep_command_deletes_what_is_due_in_the_trash(
    document: Document, owner: User, capsys: pytest.CaptureFixture[str]
) -> None:
    trash.trash(user=owner, document=document)
    Document.objects.update(trashed_at=timezone.now() - timedelta(days=31))
    call_command("sweep")
    assert "1 document was deleted from the trash.\n" in capsys.readouterr().out
    assert not Document.objects.exists()


def test_the_sweep_command_tells_in_a_sentence_that_the_queue_is_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def length() -> int:
        raise QueueDown

    monkeypatch.setattr(queues, "length", length)
    with pytest.raises(CommandError, match="The queue does not answer"):
        call_command("sweep")


def test_several_files_are_read_by_the_task(owner: User, tmp_path: Path, echo: EchoEngine) -> None:
    files = [incoming(picture(tmp_path / f"{number}.png")) for number in range(2)]
    document = receive_upload(user=owner, files=files, languages=())
    for task in DBTaskResult.objects.filter(status="READY"):
        task.task.call(*task.args_kwargs["args"])
    assert Document.objects.get(pk=document.pk).state == State.DONE
