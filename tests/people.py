"""A person without a browser: cookies, forms and files, over HTTP."""

import html
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from http.cookiejar import Cookie, CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import UUID

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.sites import Site, wait_until


@dataclass(frozen=True)
class Answer:
    """``url`` is where redirects led to."""

    status: int
    url: str
    body: bytes

    @cached_property
    def text(self) -> str:
        return html.unescape(self.body.decode())


class Person:
    """Signed in at ``site`` as ``name``."""

    def __init__(self, site: Site, name: str) -> None:
        self.site = site
        self.name = name
        self._cookies = CookieJar()
        self._cookies.set_cookie(_session(name))
        self._opener = build_opener(HTTPCookieProcessor(self._cookies))
        assert self.get("/").url == site.url  # and not that of the page on which one signs in

    def cookies(self) -> list[dict[str, str]]:
        """For a browser that goes on with this session."""
        return [{"name": one.name, "value": one.value or "", "url": self.site.url} for one in self._cookies]

    def get(self, path: str) -> Answer:
        return self._ask(path)

    def post(self, path: str, fields: dict[str, Any]) -> Answer:
        token = next(cookie.value for cookie in self._cookies if cookie.name == "csrftoken")
        body = encode_multipart(BOUNDARY, fields | {"csrfmiddlewaretoken": token})
        return self._ask(path, body, {"Content-Type": MULTIPART_CONTENT})

    def upload(self, *paths: Path, languages: Sequence[str] = ("eng",), **fields: str) -> Answer:
        """Through the plain form."""
        with ExitStack() as stack:
            files = [stack.enter_context(path.open("rb")) for path in paths]
            return self.post("/upload/", {"files": files, "languages": languages, **fields})

    def send(self, *paths: Path, **fields: Any) -> str:
        """Upload good files, several pictures as one document; gives the address of the document."""
        answer = self.upload(*paths, combine="1", **fields)
        assert answer.url.startswith(self.site.at("/documents/")), answer.text
        return answer.url

    def send_and_wait(self, *paths: Path, **fields: Any) -> str:
        """`send`, and go on when the reading is over."""
        url = self.send(*paths, **fields)
        self.finished(url)
        return url

    def document(self, url: str) -> dict[str, Any]:
        """What the download as JSON says."""
        answer: dict[str, Any] = json.loads(self.get(f"{url}download/json").body)
        return answer

    def finished(self, url: str, *, seconds: float = 30) -> dict[str, Any]:
        """The document as JSON once the reading is over, which asking the site all the time would slow."""
        key = UUID(urlsplit(url).path.split("/")[2]).hex

        def is_over() -> bool:
            ((state,),) = self.site.rows("SELECT state FROM documents_document WHERE id = ?", key)
            return state not in ("queued", "running")

        wait_until(is_over, seconds=seconds, what="The reading")
        return self.document(url)

    def _ask(self, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        request = Request(self.site.at(path), body, dict(headers or {}))  # noqa: S310 -- our own site
        try:
            with self._opener.open(request, timeout=60) as response:
                return Answer(response.status, response.url, response.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.url or "", error.read())


def _session(key: str) -> Cookie:
    """As a site sets it that is called by its number."""
    host = {"domain": "127.0.0.1", "domain_specified": False, "domain_initial_dot": False}
    where = {"port": None, "port_specified": False, "path": "/", "path_specified": True, "secure": False}
    until = {"expires": None, "discard": True}
    comments = {"comment": None, "comment_url": None}
    return Cookie(version=0, name="ocrsite_session", value=key, **host, **where, **until, **comments, rest={})
