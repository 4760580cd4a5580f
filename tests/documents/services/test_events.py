"""The audit trail: each change leaves one line, with the change and never without it."""

from pathlib import Path

import pytest

from accounts.models import User
from documents.errors import NameEmpty
from documents.models import Collection, Document, Event, PageJob
from documents.services.events import note
from documents.services.organise import rename_document
from documents.services.receive import receive_upload
from documents.services.recognise import cancel_run, make_current, recognise_page, retry_failed, start_run
from tests.doubles import EchoEngine
from tests.factories import incoming


def actions(document: Document) -> list[str]:
    return list(Event.objects.filter(document_id=document.pk).order_by("pk").values_list("action", flat=True))


def test_a_line_repeats_the_names_and_outlives_what_it_is_about(document: Document, owner: User) -> None:
    document_id, collection_id = document.pk, document.collection_id
    note(user=owner, action=Event.Action.MOVED, document=document, before="Letters", after="Tax")
    document.delete()
    owner.memberships.all().delete()
    Collection.objects.all().delete()
    owner.delete()
    line = Event.objects.get()
    assert (line.user, line.user_name, line.title) == (None, "owner", "A letter")
    assert (line.document_id, line.collection_id) == (document_id, collection_id)
    assert line.details == {"before": "Letters", "after": "Tax"}


def test_a_line_about_a_collection_names_it(collection: Collection, owner: User) -> None:
    line = note(user=owner, action=Event.Action.MEMBER, collection=collection)
    assert (line.title, line.document_id, line.collection_id) == ("Letters", None, collection.pk)


def test_the_way_of_a_document_is_written_down(owner: User, png: Path, echo: EchoEngine) -> None:
    document = receive_upload(user=owner, files=[incoming(png)], languages=["eng"])
    cancel_run(document=document, user=owner)
    retry_failed(document=document, user=owner)
    recognise_page(job_id=PageJob.objects.get().pk)
    make_current(run=document.runs.get(), user=owner)
    again = start_run(document=document, user=owner, languages=["rus"])
    recognise_page(job_id=again.jobs.get().pk)
    assert actions(document) == ["uploaded", "cancelled", "read_again", "read", "shown", "read_again", "read"]
    read = Event.objects.filter(action="read").last()
    assert (read.user, read.details) == (None, {"done": 1, "total": 1})
    asked = Event.objects.filter(action="read_again").first()
    assert (asked.user_name, asked.details) == ("owner", {"languages": ["rus"], "pages": 1})


def test_a_reading_that_is_over_is_told_once(
    owner: User, tmp_path: Path, png: Path, echo: EchoEngine
) -> None:
    document = receive_upload(user=owner, files=[incoming(png), incoming(png)], languages=["eng"])
    for job in PageJob.objects.all():
        recognise_page(job_id=job.pk)
        recognise_page(job_id=job.pk)
    assert actions(document) == ["uploaded", "read"]


def test_what_is_refused_leaves_no_line(document: Document, owner: User) -> None:
    with pytest.raises(NameEmpty):
        rename_document(user=owner, document=document, title=" ")
    assert not Event.objects.exists()
