"""The application of Celery, for sites with a broker (``OCRSITE_BROKER_URL``).

A broker carries numbers of pages and nothing else, no result comes back through it, and what it loses
is sent again by the sweep: it needs no disk, no backup and no monitoring of its own.
"""

from urllib.parse import urlsplit

from celery import Celery
from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string
from django_tasks.base import Task

QUEUE = "ocrsite"
LEVELS = 8
"""Redis keeps one list for each level of priority, and asks all of them for the next message."""
_SECONDS = 5.0
_IS_REDIS = urlsplit(settings.OCRSITE_BROKER_URL).scheme.startswith("redis")

# No fixups: Celery's for Django closes the database after each task, however fresh the connection is.
app = Celery("ocrsite", broker=settings.OCRSITE_BROKER_URL, fixups=[], set_as_current=False)
app.conf.update(
    task_default_queue=QUEUE,
    task_queue_max_priority=None if _IS_REDIS else LEVELS - 1,
    task_ignore_result=True,
    # A worker holds the message of the page that it reads and no other, which could wait for it in vain.
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    worker_pool="solo",
    worker_concurrency=1,
    worker_enable_remote_control=False,
    # One process reads and listens: it cannot answer the broker's heartbeat in the middle of a page.
    broker_heartbeat=0,
    broker_connection_timeout=_SECONDS,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # Once, over a fresh connection. The sweep tries again later.
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0},
    broker_transport_options={
        "priority_steps": list(range(LEVELS)),
        "queue_order_strategy": "priority",
        "socket_connect_timeout": _SECONDS,
        "socket_keepalive": True,
    }
    if _IS_REDIS
    else {},
)


def level(priority: int) -> int:
    """A priority of django-tasks, 0 to -100, as one of the broker's.

    A level holds twice the pages of the one before: a book's first pages count most. To Redis the
    lowest number is the most urgent, to AMQP the highest.
    """
    steps_back = min((-priority).bit_length(), LEVELS - 1) if priority < 0 else 0
    return steps_back if _IS_REDIS else LEVELS - 1 - steps_back


@app.task(name="ocrsite.run")
def run(task_path: str, args: list[int], kwargs: dict[str, int]) -> None:
    """Call a task of django-tasks by its name, and nothing that is not one."""
    task = import_string(task_path)
    if not isinstance(task, Task):
        raise TypeError(f"{task_path} is not a task")
    close_old_connections()
    try:
        task.call(*args, **kwargs)
    finally:
        close_old_connections()
