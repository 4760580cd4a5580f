"""Says that the site is up, and how to enter a new one.

``python -m ocrsite.announce HOST PORT URL`` waits until the site answers, writes a line, and ends.
"""

import http.client
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urljoin

from ocrsite import env
from ocrsite.addresses import knock_at

_ROOT = Path(__file__).resolve().parent.parent


def main(host: str, port: int, url: str) -> None:
    # Asked while the web server starts, so that nobody waits for both.
    asked = subprocess.Popen(
        [sys.executable, _ROOT / "manage.py", "welcome_link"], stdout=subprocess.PIPE, text=True
    )
    wait_until_it_answers(knock_at(host), port)
    sys.stdout.write(f"ocrsite is running at {url} (Ctrl-C stops it)\n")
    if path := asked.communicate()[0].strip():
        sys.stdout.write(f"Make the first account with this link; it works once: {urljoin(url, path)}\n")


def wait_until_it_answers(host: str, port: int) -> None:
    while True:
        try:
            if status(host, port) == http.HTTPStatus.OK:
                return
        except (OSError, http.client.HTTPException):
            pass  # it was started again while we waited
        time.sleep(0.2)


def status(host: str, port: int) -> int:
    connection = http.client.HTTPConnection(host, port, timeout=60)
    try:
        connection.request("GET", "/healthz", headers={"Host": known_host()})
        return connection.getresponse().status
    finally:
        connection.close()


def known_host() -> str:
    """A name that Django answers to."""
    allowed = env.words("OCRSITE_ALLOWED_HOSTS")
    return allowed[0].lstrip(".") if allowed and allowed[0] != "*" else "localhost"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
