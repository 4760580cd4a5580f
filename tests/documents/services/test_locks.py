"""Who holds a document is waited for, before anything else is held: nobody waits in a circle."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from django.db import connection, transaction

from accounts.models import User
from documents.errors import Gone, InputError
from documents.models import Collection, Document, Page, PageJob
from documents.ocr.elements import Block
from documents.services import catch_up, leases, organise, recognise, tags
from documents.services.locks import lock_documents
from documents.services.receive import receive_upload
from tests.doubles import EchoEngine
from tests.factories import blocks, incoming, make_document

locking = pytest.mark.skipif(
    not connection.features.has_select_for_update, reason="SQLite has one writer at a time"
)


def closing(work: Callable[[], object]) -> object:
    """For a thread, which has a connection of its own."""
    try:
        return work()
    finally:
        connection.close()


def do_before(work: Callable[[], object], *, document: Document, first: Callable[[], object]) -> None:
    """Hold ``document``, let ``work`` run into that, do ``first``, let go. Raises what either raises."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock_documents([document.pk])
            ending = pool.submit(closing, work)
            wait_until_somebody_waits()
            first()
        ending.result(timeout=30)


def wait_until_somebody_waits() -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() is not None:
                return
        time.sleep(0.02)
    pytest.fail("Nobody waits")


@pytest.fixture
def job(owner: User, png: Path, echo: EchoEngine) -> PageJob:
    """A page that waits to be read."""
    receive_upload(user=owner, files=[incoming(png)], languages=["eng"])
    return PageJob.objects.get()


def lease_of(job: PageJob) -> leases.Lease:
    lease = leases.claim(job_id=job.pk)
    assert lease is not None
    return lease


def cancelled_before(work: Callable[[], object], job: PageJob) -> bool:
    """Stop the reading of its document while ``work`` waits for that document: is ``job`` cancelled then?"""
    document = job.page.document
    do_before(work, document=document, first=partial(recognise.stop_runs, document=document))
    job.refresh_from_db()
    return job.state == PageJob.State.CANCELLED


@locking
@pytest.mark.django_db(transaction=True)
def test_who_takes_a_page_waits_for_who_stops_the_reading(job: PageJob) -> None:
    assert cancelled_before(partial(leases.claim, job_id=job.pk), job)


@locking
@pytest.mark.django_db(transaction=True)
def test_who_gives_up_a_page_waits_for_who_stops_the_reading(job: PageJob) -> None:
    assert cancelled_before(partial(leases.fail, lease_of(job), InputError()), job)


@locking
@pytest.mark.django_db(transaction=True)
def test_who_has_read_a_page_waits_for_who_stops_the_reading(job: PageJob, echo: EchoEngine) -> None:
    document = job.page.document
    is_reading, is_held = Event(), Event()

    def read(_image: object) -> tuple[Block, ...]:
        is_reading.set()
        assert is_held.wait(20)
        return blocks("ocean")

    echo.reads = read
    with ThreadPoolExecutor(1) as pool:
        ending = pool.submit(closing, partial(recognise.recognise_page, job_id=job.pk))
        assert is_reading.wait(20)
        with transaction.atomic():
            lock_documents([document.pk])
            is_held.set()
            wait_until_somebody_waits()
            recognise.stop_runs(document=document)
        ending.result(timeout=30)
    job.refresh_from_db()
    assert job.state == PageJob.State.CANCELLED
    assert Page.objects.get(pk=job.page_id).current is None


@locking
@pytest.mark.django_db(transaction=True)
def test_who_catches_up_waits_for_who_deletes(collection: Collection, owner: User) -> None:
    document = make_document(collection=collection, user=owner, texts=["ocean"])
    pages = Page.objects.filter(document=document)
    do_before(
        partial(catch_up.write, list(pages.values_list("pk", flat=True)), is_anew=True),
        document=document,
        first=pages.delete,
    )
    assert not pages.exists()


def test_what_was_moved_out_of_reach_meanwhile_is_not_changed(document: Document, owner: User) -> None:
    theirs = Collection.objects.create(name="Theirs")
    Document.objects.filter(pk=document.pk).update(collection=theirs)
    with pytest.raises(Gone):
        organise.rename_document(user=owner, document=document, title="Mine")
    with pytest.raises(Gone):
        tags.add_tags(user=owner, document=document, wanted=["mine"])
    assert Document.objects.get().title == "A letter"
    assert not theirs.tags.exists()
