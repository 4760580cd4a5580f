"""The application of Celery, for sites with a broker (``OCRSITE_BROKER_URL``).

A broker carries numbers of pages and of bulk actions and nothing else, no result comes back through it,
and what it loses is sent again by the sweep: it needs no disk, no backup and no monitoring of its own.
"""

from urllib.parse import urlsplit

from celery import Celery
from django.conf import settings
from kombu import Exchange, Queue

from documents.queues.celery import LEVELS, QUEUES

_SECONDS = 5.0
_IS_REDIS = urlsplit(settings.OCRSITE_BROKER_URL).scheme.startswith("redis")

# No fixups: Celery's for Django closes the database after each task, however fresh the connection is.
app = Celery("ocrsite", broker=settings.OCRSITE_BROKER_URL, fixups=[], set_as_current=False)
app.conf.update(
    task_queues=[Queue(name, Exchange(name), name) for name in QUEUES.values()],
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
        # A worker waits for messages with poll(), not in a read: this ends only what should answer at once.
        "socket_timeout": _SECONDS,
        "socket_keepalive": True,
    }
    if _IS_REDIS
    else {},
)
