"""What runs in the background. A task is an interface: an id in, a service called."""

from django_tasks import task

from documents.services import recognise


@task()
def recognise_page(job_id: int) -> None:
    recognise.recognise_page(job_id=job_id)
