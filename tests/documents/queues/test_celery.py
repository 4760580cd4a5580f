"""The queue at a broker, as far as it goes without one; the rest is in ``tests/server``."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import ROOT

_HEAD = "import django; django.setup()\nfrom documents import queue\nfrom ocrsite import celery\n"


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
    script = "print([celery.level(priority) for priority in (5, 0, -1, -2, -3, -4, -64, -100)])"
    assert on_a_site(tmp_path, broker, script) == f"{levels}\n"


def test_a_message_calls_tasks_and_nothing_else(tmp_path: Path) -> None:
    script = "\n".join(
        (
            "try:",
            "    celery.run('os.system', ['echo hacked'], {})",
            "except TypeError as error:",
            "    print(error)",
        )
    )
    assert on_a_site(tmp_path, "redis://127.0.0.1:1/0", script) == "os.system is not a task\n"


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_a_broker_that_is_not_there_is_named(tmp_path: Path, scheme: str) -> None:
    script = "\n".join(
        (
            "for ask in (queue.length, lambda: queue.queue().enqueue_all(task, [queue.Call(1, 0)])):",
            "    try:",
            "        ask()",
            "    except Exception as error:",
            "        print(type(error).__name__)",
        )
    )
    script = "from documents.tasks import recognise_page as task\n" + script
    assert on_a_site(tmp_path, f"{scheme}://127.0.0.1:1/0", script) == "QueueDown\nQueueDown\n"
