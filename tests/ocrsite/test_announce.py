import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from ocrsite import announce


class _Site(BaseHTTPRequestHandler):
    """Fails once, then answers; notes the names that it was asked under."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(f"{self.headers['Host']}{self.path}")
        self.send_response(500 if len(self.asked) == 1 else 200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    _Site.asked.clear()
    with HTTPServer(("127.0.0.1", 0), _Site) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield site.server_address[1]
        site.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("allowed", "name"),
    [
        ("", "localhost"),
        ("*", "localhost"),
        ("a.example b.example", "a.example"),
        (".example", "example"),
    ],
)
def test_it_waits_for_a_good_answer_under_a_name_that_is_allowed(
    port: int, monkeypatch: pytest.MonkeyPatch, allowed: str, name: str
) -> None:
    monkeypatch.setenv("OCRSITE_ALLOWED_HOSTS", allowed)
    announce.wait_until_it_answers("127.0.0.1", port)
    assert _Site.asked == [f"{name}/healthz", f"{name}/healthz"]
