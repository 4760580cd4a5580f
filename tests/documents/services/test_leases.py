"""Claims, heartbeats and the sweep: nothing is lost, nothing is done twice."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from documents import queues
from documents.errors import EngineCrashed, FileDamaged, StorageDown
from documents.models import Document, PageJob, State
from documents.services import leases
from documents.services.recognise import start_run
from tests.factories import make_document


@pytest.fixture
def job(document: Document) -> PageJob:
    run = start_run(document=document, user=document.uploaded_by)
    return run.jobs.get()


def claimed(job: PageJob) -> leases.Lease:
    lease = leases.claim(job_id=job.pk)
    assert lease is not None
    return lease


def let_expire(job: PageJob) -> None:
    PageJob.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_job_is_claimed_once(job: PageJob) -> None:
    assert leases.claim(job_id=job.pk) is not None
    assert leases.claim(job_id=job.pk) is None


def test_a_claim_starts_the_run_and_shows_on_the_document(job: PageJob) -> None:
    claimed(job)
    job.run.refresh_from_db()
    assert job.run.state == State.RUNNING
    assert job.run.started_at is not None
    assert Document.objects.get(pk=job.run.document_id).state == State.RUNNING


def test_an_expired_lease_is_claimed_by_another(job: PageJob) -> None:
    first = claimed(job)
    let_expire(job)
    second = claimed(job)
    assert not leases.finish(first)
    assert leases.finish(second)


def test_a_finished_job_is_not_claimed_again(job: PageJob) -> None:
    assert leases.finish(claimed(job))
    assert leases.claim(job_id=job.pk) is None


def test_a_released_page_waits_again_and_costs_no_attempt(job: PageJob) -> None:
    leases.release(claimed(job), count_attempt=False)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.token) == (PageJob.State.QUEUED, 0, None)


def test_a_failure_keeps_its_code_for_the_reader(job: PageJob) -> None:
    leases.fail(claimed(job), FileDamaged())
    job.refresh_from_db()
    assert (job.state, job.error_code) == (PageJob.State.FAILED, "file-damaged")
    job.run.refresh_from_db()
    assert job.run.state == State.FAILED


def test_a_failure_that_may_pass_is_tried_again_and_then_told(job: PageJob) -> None:
    for _attempt in range(leases.MAX_ATTEMPTS):
        job.refresh_from_db()
        assert job.state == PageJob.State.QUEUED
        leases.fail(claimed(job), EngineCrashed())
    job.refresh_from_db()
    assert (job.state, job.error_code) == (PageJob.State.FAILED, "engine-crashed")


def test_a_page_waits_for_the_storage_however_long_it_is_away(
    job: PageJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    monkeypatch.setattr(queues, "recognise_pages", lambda ids, **_priority: sent.extend(ids))
    for minute in range(leases.MAX_ATTEMPTS + 2):
        leases.fail(claimed(job), StorageDown())
        job.refresh_from_db()
        assert (job.state, job.attempts) == (PageJob.State.QUEUED, 0)
        assert leases.sweep() == 0  # not at once
        PageJob.objects.filter(pk=job.pk).update(enqueued_at=timezone.now() - timedelta(minutes=2))
        assert leases.sweep() == 1
        assert sent == [job.pk] * (minute + 1)


def test_the_sweep_frees_a_page_whose_worker_died(job: PageJob) -> None:
    claimed(job)
    assert leases.sweep() == 0
    let_expire(job)
    assert leases.sweep() == 1
    job.refresh_from_db()
    assert job.state == PageJob.State.QUEUED


def test_a_page_that_kills_its_worker_each_time_is_given_up(job: PageJob) -> None:
    for _attempt in range(leases.MAX_ATTEMPTS):
        claimed(job)
        let_expire(job)
        leases.sweep()
    job.refresh_from_db()
    assert (job.state, job.error_code) == (PageJob.State.FAILED, "gave-up")
    assert job.error_params == {"attempts": leases.MAX_ATTEMPTS}


def test_the_sweep_reminds_the_queue_of_a_page_it_forgot(job: PageJob) -> None:
    assert leases.sweep() == 0
    PageJob.objects.filter(pk=job.pk).update(enqueued_at=timezone.now() - timedelta(minutes=2))
    assert leases.sweep() == 1
    assert leases.sweep() == 0


def test_a_queue_that_cannot_be_looked_into_is_sent_as_many_as_it_lacks(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["one", "two", "three"]
    long = make_document(collection=document.collection, user=document.uploaded_by, texts=texts)
    run = start_run(document=long, user=document.uploaded_by)
    run.jobs.update(enqueued_at=timezone.now() - timedelta(minutes=2))
    sent: list[int] = []
    monkeypatch.setattr(queues, "length", lambda: 1)
    monkeypatch.setattr(queues, "forgotten", list)
    monkeypatch.setattr(queues, "recognise_pages", lambda ids, **_priority: sent.extend(ids))
    assert leases.sweep() == 2
    assert sent == list(run.jobs.order_by("page__number").values_list("pk", flat=True)[:2])


def test_what_could_wait_when_it_was_asked_for_waits_when_it_is_sent_again(
    document: Document, job: PageJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_document(collection=document.collection, user=document.uploaded_by, texts=["One"])
    patient = start_run(document=other, user=document.uploaded_by, priority=queues.LAST).jobs.get()
    sent: list[tuple[list[int], int]] = []
    monkeypatch.setattr(queues, "recognise_pages", lambda ids, priority: sent.append((ids, priority)))
    leases.fail(claimed(patient), EngineCrashed())
    assert sent.pop() == ([patient.pk], queues.LAST)
    for one in (patient, job):
        claimed(one)
        let_expire(one)
    leases.sweep()
    assert sent == [([job.pk], queues.FIRST), ([patient.pk], queues.LAST)]
    sent.clear()
    PageJob.objects.update(enqueued_at=timezone.now() - timedelta(minutes=2))
    leases.sweep()
    assert sent == [([job.pk], queues.FIRST), ([patient.pk], queues.LAST)]


def test_the_heartbeat_renews_a_lease(
    transactional_db: None, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = start_run(document=document, user=document.uploaded_by).jobs.get()
    lease = claimed(job)
    let_expire(job)
    beats = threading.Event()
    monkeypatch.setattr(leases, "HEARTBEAT", timedelta(milliseconds=10))
    with leases.kept_alive(lease):
        deadline = timezone.now() + timedelta(seconds=10)
        while timezone.now() < deadline and not beats.wait(0.02):
            job.refresh_from_db()
            if job.lease_until > timezone.now():
                beats.set()
    assert beats.is_set()
