"""``bin/serve`` as a person runs it."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.project import ROOT
from tests.sites import free_port, processes_over

pytestmark = pytest.mark.server


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The environment of a user with an empty data folder."""
    for name in ("DJANGO_SETTINGS_MODULE", "OCRSITE_DEBUG", "OCRSITE_ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OCRSITE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("OCRSITE_WORKERS", "1")
    return tmp_path


@pytest.fixture
def serve(environment: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [ROOT / "bin" / "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    if process.poll() is None:
        process.terminate()
    process.communicate(timeout=20)


def lines_until(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if word in line:
            break
    return "".join(lines)


def test_it_prints_where_it_answers_and_how_to_enter_and_ends_at_once(
    serve: subprocess.Popen[str], environment: Path, port: int
) -> None:
    said = lines_until(serve, "/welcome/?key=")
    assert f"ocrsite is running at http://127.0.0.1:{port}/ (Ctrl-C stops it)" in said
    with urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        assert answer.status == HTTPStatus.OK
    with urlopen(f"http://127.0.0.1:{port}/healthz?q={'%E6%9D%B1' * 1000}") as answer:
        assert answer.status == HTTPStatus.OK  # however long an address the search field makes
    assert len(processes_over(environment)) >= 4  # supervisor, gunicorn, its process, a worker
    serve.send_signal(signal.SIGTERM)
    _said, errors = serve.communicate(timeout=10)
    assert (serve.returncode, errors) == (0, "")
    assert processes_over(environment) == []


def test_a_port_in_use_is_one_sentence_and_leaves_nothing_running(environment: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        done = subprocess.run(
            [ROOT / "bin" / "serve", "--port", str(port)], capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is in use")
    assert done.stderr.count("\n") == 1
    assert processes_over(environment) == []


@pytest.mark.parametrize(
    "arguments", [["--prot", "80"], ["--port"], ["--port", "0"], ["--port", "99999"], ["8000"], ["--host="]]
)
def test_a_mistake_in_the_arguments_is_one_sentence(environment: Path, arguments: list[str]) -> None:
    done = subprocess.run([ROOT / "bin" / "serve", *arguments], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
