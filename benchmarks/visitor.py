"""A visitor of the site under test: signed in, on one connection, as a browser is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from pathlib import Path

from django.conf import settings
from django.test import Client
from site_under_test import HOST, Site

_BOUNDARY = "the-next-part"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: HTTPMessage
    text: str


class Visitor:
    """The session comes from the database, the token from the form. An answer from 400 on is an error."""

    def __init__(self, site: Site) -> None:
        self._connection = HTTPConnection(HOST, site.port, timeout=600)
        client = Client()
        client.force_login(site.user)
        self._cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}

    def get(self, address: str) -> Answer:
        return self._ask("GET", address)

    def upload(self, path: Path, languages: str) -> str:
        """Send a file through the form of ``/upload/``; the address of its document."""
        token = _TOKEN.search(self.get("/upload/").text)
        assert token
        fields = {"csrfmiddlewaretoken": token[1], "languages": languages}
        head, tail = _around_file(fields, path.name)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
            "Content-Length": str(len(head) + path.stat().st_size + len(tail)),
        }
        return self._ask("POST", "/upload/", _body(head, path, tail), headers).headers["Location"]

    def _ask(
        self, method: str, address: str, body: Iterable[bytes] = (), headers: dict[str, str] | None = None
    ) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(method, address, body or None, {"Cookie": cookies, **(headers or {})})
        response = self._connection.getresponse()
        for line in response.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: cookie.value for name, cookie in SimpleCookie(line).items()}
        answer = Answer(response.status, response.headers, response.read().decode())
        if answer.status >= 400:
            raise RuntimeError(f"{method} {address} was answered with {answer.status}")
        return answer


def _around_file(fields: dict[str, str], name: str) -> tuple[bytes, bytes]:
    """What a form of ``fields`` and a file called ``name`` sends before and after the file."""
    values = "".join(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    )
    file = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    return (values + file).encode(), f"\r\n--{_BOUNDARY}--\r\n".encode()


def _body(head: bytes, path: Path, tail: bytes) -> Iterator[bytes]:
    yield head
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk
    yield tail
