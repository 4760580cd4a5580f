"""What is sent and refused leaves the connection as it says."""

from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.files import text_image
from tests.people import Person
from tests.sites import Site

pytestmark = pytest.mark.server


def test_who_sends_too_much_is_told_so_and_may_go_on(site: Site, ann: Person, tmp_path: Path) -> None:
    text_image().save(tmp_path / "hello.png")
    path = urlsplit(ann.send(tmp_path / "hello.png")).path
    cookies = {cookie["name"]: cookie["value"] for cookie in ann.cookies()}
    headers = {
        "Content-Type": "application/json",
        "Cookie": "; ".join("=".join(pair) for pair in cookies.items()),
        "X-CSRFToken": cookies["csrftoken"],
    }
    for size in (1_200_000, 8_000_000):  # below and above what the system takes in unread
        with closing(HTTPConnection("127.0.0.1", site.port, timeout=30)) as connection:
            connection.request("POST", f"{path}pages/1/text/", b" " * size, headers)
            answer = connection.getresponse()
            assert (answer.status, b"request-too-large" in answer.read()) == (413, True)
            connection.request("GET", "/healthz")
            assert connection.getresponse().status == 200


def test_a_connection_that_ends_with_a_refusal_is_told_so(site: Site) -> None:
    for size, told in ((10_000, "keep-alive"), (100_000, "close")):
        with closing(HTTPConnection("127.0.0.1", site.port, timeout=30)) as connection:
            connection.request("POST", "/api/v1/bulk", b" " * size, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            assert (answer.status, answer.headers["Connection"]) == (401, told)
