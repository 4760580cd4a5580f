"""The queue in the database, and the worker that empties it."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from documents import queue
from documents.models import Document, State
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
    queue.recognise_pages(range(1, 11))
    assert [priority for _args, priority in waiting()] == [0, 0, 0, 0, -1, -1, -1, -1, -2, -2]


def test_a_long_book_stays_within_the_range_of_priorities() -> None:
    queue.recognise_pages(range(1, 501))
    assert min(priority for _args, priority in waiting()) == -100


def test_prune_keeps_what_waits_and_what_is_recent() -> None:
    queue.recognise_pages([1])
    queue.prune()
    assert len(waiting()) == 1


def test_the_sweep_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sweep")
    assert capsys.readouterr().out == "0 pages were put in the queue again.\n"


def test_several_files_are_read_by_the_task(owner: User, tmp_path: Path, echo: EchoEngine) -> None:
    files = [incoming(picture(tmp_path / f"{number}.png")) for number in range(2)]
    document = receive_upload(user=owner, files=files, languages=())
    for task in DBTaskResult.objects.filter(status="READY"):
        task.task.call(*task.args_kwargs["args"])
    assert Document.objects.get(pk=document.pk).state == State.DONE
