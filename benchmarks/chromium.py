"""Chromium as nobody watches it: told by a pipe where to go, and asked a question now and then.

What drives browsers in tests hears of every request and answer, which makes a page of 60 files slower by
half.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

PROGRAM, OPTIONS = "/usr/bin/chromium", ["--no-sandbox", "--disable-gpu"]
_QUIET = ["--headless=new", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
_READ, _WRITE = 3, 4  # where the browser has the ends of its pipes
_SPARE = 100  # descriptors from here on are nobody's
_STARTED = 0.3  # seconds until the process of a new page has nothing more to do


class Chromium:
    """A browser with a profile of its own. https://chromedevtools.github.io/devtools-protocol/"""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory()
        read, self._write = os.pipe()
        self._read, write = os.pipe()

        def hand_over() -> None:
            os.dup2(read, _SPARE)
            os.dup2(write, _SPARE + 1)
            os.dup2(_SPARE, _READ)
            os.dup2(_SPARE + 1, _WRITE)

        profile = f"--user-data-dir={self._folder.name}"
        self._process = subprocess.Popen(
            [PROGRAM, *OPTIONS, *_QUIET, "--remote-debugging-pipe", profile, "about:blank"],
            preexec_fn=hand_over,  # noqa: PLW1509 - no other thread runs yet
            pass_fds=(_READ, _WRITE),
            stderr=subprocess.DEVNULL,
        )
        os.close(read)
        os.close(write)
        self._numbers = count(1)
        self._heard = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.call("Browser.close")
        finally:
            self._process.terminate()
            self._process.wait()
            self._folder.cleanup()

    def call(self, method: str, session: str | None = None, **params: object) -> dict[str, Any]:
        """The answer of the browser, or of the page that ``session`` is attached to. Raises RuntimeError."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != number:
            pass
        if "error" in answer:
            raise RuntimeError(answer["error"])
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._heard:
            heard = os.read(self._read, 1 << 20)
            if not heard:
                raise RuntimeError("Chromium has ended.")
            self._heard += heard
        message, _, self._heard = self._heard.partition(b"\0")
        said: dict[str, Any] = json.loads(message)
        return said

    @contextmanager
    def page(self, url: str, cookies: dict[str, str], size: tuple[int, int]) -> Iterator[str]:
        """The session of a page of ``size`` that goes to ``url``, with an empty cache and ``cookies``."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        told = [{"name": name, "value": value, "url": url} for name, value in cookies.items()]
        self.call("Storage.setCookies", cookies=told, browserContextId=context)
        width, height = size
        target = self.call(
            "Target.createTarget", url="about:blank", browserContextId=context, width=width, height=height
        )["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        time.sleep(_STARTED)
        self.call("Page.navigate", session, url=url)
        yield session
        self.call("Target.disposeBrowserContext", browserContextId=context)

    def value(self, session: str, expression: str) -> object:
        """What an expression is in the page now."""
        answer = self.call("Runtime.evaluate", session, expression=expression, returnByValue=True)
        return answer["result"].get("value")
