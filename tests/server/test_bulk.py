"""A bulk action goes on past workers that are killed, with either queue."""

import os
import signal

import pytest

from tests.people import Person
from tests.sites import Site, wait_until

pytestmark = [
    pytest.mark.server,
    pytest.mark.parametrize("site", ["database", "broker"], indirect=True),
]

_MANY = 60
_MIDDLE = 30
_MAKE_MANY = f"""
from accounts.models import User
from documents.services.organise import personal_collection
from tests.factories import make_document
ann = User.objects.get(username="{{name}}")
for number in range({_MANY}):
    make_document(collection=personal_collection(user=ann), user=ann, texts=["One", "Two"], title=str(number))
"""


def kill_all_in_the_middle(site: Site) -> None:
    wait_until(
        lambda: site.rows("SELECT 1 FROM documents_bulkaction WHERE done = ?", _MIDDLE),
        seconds=60,
        what="The middle of the action",
    )
    for worker in site.workers():
        os.kill(worker, signal.SIGKILL)


def test_what_a_killed_worker_had_begun_is_finished_and_nothing_is_done_twice(
    site: Site, ann: Person
) -> None:
    site.manage("shell", "-c", _MAKE_MANY.format(name=ann.name))
    with site.endless_when("UPDATE OF done ON documents_bulkaction", f"NEW.done > {_MIDDLE}"):
        page = ann.post("/bulk/", {"kind": "trash", "all": "1", "q": ""})
        assert "/bulk/" in page.url
        kill_all_in_the_middle(site)

    finished = f"{_MANY} documents are in the trash."
    wait_until(lambda: finished in ann.get(page.url).text, seconds=90, what="The end of the action")
    assert site.rows("SELECT state, total, done, failed FROM documents_bulkaction") == [
        ("done", _MANY, _MANY, 0)
    ]
    assert site.rows("SELECT count(*) FROM documents_document WHERE trashed_at IS NULL") == [(0,)]
    # One line for each document, and one about all of them.
    lines = "SELECT count(*) FROM documents_event WHERE action = 'trashed' AND part_of_id IS"
    assert site.rows(f"{lines} NOT NULL") == [(_MANY,)]
    assert site.rows(f"{lines} NULL") == [(1,)]

    back = ann.post(f"{page.url}undo/", {})
    finished = f"{_MANY} documents are back in the archive."
    wait_until(lambda: finished in ann.get(back.url).text, seconds=30, what="The way back")
    assert site.rows("SELECT count(*) FROM documents_document WHERE trashed_at IS NULL") == [(_MANY,)]
