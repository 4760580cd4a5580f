"""The queue at a broker, as far as it goes without one; the rest is in ``tests/server``."""

import os
import subprocess
import sys
from pathlib import Path
from socket import create_server

import pytest

from tests.project import ROOT

_HEAD = """
import django; django.setup()
from django_tasks import task_backends
from documents import queues
from documents.queues import celery
queue = task_backends["default"]
"""


def on_a_site(tmp_path: Path, broker: str, script: str) -> str:
    """What ``script`` prints in a process of its own: settings are read once in each."""
    own = {
        "DJANGO_SETTINGS_MODULE": "ocrsite.settings",
        "OCRSITE_DATA_DIR": str(tmp_path),
        "OCRSITE_BROKER_URL": broker,
    }
    done = subprocess.run(
        [sys.executable, "-c", _HEAD + script],
        cwd=ROOT,
        env=os.environ | own,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout


@pytest.mark.parametrize(
    ("broker", "levels"),
    [
        ("redis://127.0.0.1:1/0", [0, 0, 1, 2, 2, 3, 7, 7]),
        ("amqp://127.0.0.1:1//", [7, 7, 6, 5, 5, 4, 0, 0]),
    ],
)
def test_a_books_first_pages_are_told_apart_and_its_last_are_not(
    tmp_path: Path, broker: str, levels: list[int]
) -> None:
    script = "print([queue.level(priority) for priority in (5, 0, -1, -2, -3, -4, -64, -100)])"
    assert on_a_site(tmp_path, broker, script) == f"{levels}\n"


def test_a_message_calls_the_task_of_the_queue_and_imports_nothing_else(tmp_path: Path) -> None:
    script = """
import sys
try:
    celery.run("this.c", [], {})
except ValueError as error:
    print(error, "this" in sys.modules)
"""
    said = on_a_site(tmp_path, "redis://127.0.0.1:1/0", script)
    assert said == "this.c is no task of this queue False\n"


_ASK = """
from documents.tasks import recognise_page
for ask in (queues.length, lambda: queue.enqueue_all(recognise_page, [queues.Call(1, 0)]))[-asks:]:
    try:
        ask()
    except Exception as error:
        print(type(error).__name__)
"""


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_a_broker_that_is_not_there_is_named(tmp_path: Path, scheme: str) -> None:
    assert on_a_site(tmp_path, f"{scheme}://127.0.0.1:1/0", "asks = 2" + _ASK) == "QueueDown\nQueueDown\n"


def test_a_broker_that_says_nothing_does_not_hold_up_an_upload_for_ever(tmp_path: Path) -> None:
    with create_server(("127.0.0.1", 0)) as silent:
        broker = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        assert on_a_site(tmp_path, broker, "asks = 1" + _ASK) == "QueueDown\n"
