"""The whole site on one machine: the web server and its workers. ``bin/serve`` runs this.

``python -m ocrsite.serve HOST PORT``
"""

import fcntl
import os
import sys
from pathlib import Path
from typing import TextIO

from ocrsite import env, streams, supervisor
from ocrsite.addresses import hosts_to_allow, listen, site_url
from ocrsite.cores import usable_cores
from ocrsite.supervisor import Part

_ROOT = Path(__file__).resolve().parent.parent
_MANAGE: list[str | Path] = [sys.executable, _ROOT / "manage.py"]
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 — gunicorn makes its heartbeat files there safely


def main(host: str, port: int) -> None:
    data_dir = env.folder("OCRSITE_DATA_DIR", _ROOT / "data")
    workers = env.integer("OCRSITE_WORKERS", usable_cores(), minimum=0)
    with only_one(data_dir), listen(host, port) as listener:
        os.environ.setdefault("OCRSITE_ALLOWED_HOSTS", " ".join(hosts_to_allow(host)))
        os.environ["OCRSITE_DATA_DIR"] = str(data_dir)
        tmp = data_dir / "tmp"
        parts = [web(listener.fileno(), tmp), announcement(host, port)]
        parts += [worker(number, tmp) for number in range(1, workers + 1)]
        parts += [watcher(tmp)] if env.place("OCRSITE_WATCH_DIR") else []
        supervisor.run(parts)


def web(listener: int, tmp: Path) -> Part:
    """Gunicorn over a socket that outlives it: while it is started again, visitors wait in line."""
    shared_memory = ["--worker-tmp-dir", str(_SHARED_MEMORY)] if _SHARED_MEMORY.is_dir() else []
    options = [
        *("--bind", f"fd://{listener}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "16", "--preload"),
        *("--timeout", "60"),  # of the process, which reports between requests too; not of a slow upload
        *("--graceful-timeout", "6"),  # below the supervisor's own
        *("--config", "python:ocrsite.gunicorn_conf"),
        *("--log-level", "warning", "--no-control-socket"),
        *shared_memory,
    ]
    command = [sys.executable, "-m", "gunicorn", *options, "ocrsite.wsgi"]
    return Part(name="The web server", command=command, files=[listener], scratch=tmp / "web")


def worker(number: int, tmp: Path) -> Part:
    return Part(name=f"Worker {number}", command=[*_MANAGE, "work"], scratch=tmp / f"worker-{number}")


def watcher(tmp: Path) -> Part:
    return Part(name="The watcher of the folder", command=[*_MANAGE, "watch"], scratch=tmp / "watch")


def announcement(host: str, port: int) -> Part:
    command = [sys.executable, "-m", "ocrsite.announce", host, str(port), site_url(host, port)]
    return Part(name="The announcement", command=command, once=True)


def only_one(data_dir: Path) -> TextIO:
    """A lock on the data while the file is open: two sets of workers would empty each other's folders."""
    file = (data_dir / "serve.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(
            f"ocrsite is running on {data_dir} already. Stop it, or set OCRSITE_DATA_DIR to another folder."
        ) from None
    return file


if __name__ == "__main__":
    streams.fill()
    main(sys.argv[1], int(sys.argv[2]))
