"""What runs in the background. A task is an interface: an id in, a service called."""

from django_tasks import task

from documents.services import bulk, recognise, trying
from documents.words import explain


@task()
def recognise_page(job_id: int) -> None:
    recognise.recognise_page(job_id=job_id)


@task()
def work_on_bulk(action_id: int) -> None:
    bulk.work(action_id=action_id, explain=explain)


@task()
def try_reading(trial_id: int) -> None:
    trying.work(trial_id=trial_id)
