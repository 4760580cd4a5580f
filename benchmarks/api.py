"""What the API adds to what it gives: a document, and the words and the lines of a full page.

    python benchmarks/api.py [--words 1500] [--pages 100] [--runs 300]

A program with a token asks the site that ``bin/serve`` runs, on one connection. *clock* is the time from the
question to the whole answer, *processor* what the web server used for it, in all its processes. In turn, so
that what else the machine does falls on all alike; the first round does not count.
"""

import json
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from random import Random

from correcting import Times, make
from site_under_test import HOST, Site, command_line, serving

from accounts.models import ApiToken
from accounts.services.tokens import make_token
from documents.models import Document


@dataclass(frozen=True, slots=True)
class Question:
    """``target`` is in milliseconds, at p95."""

    path: str
    target: int


class Program:
    """Its requests are counted, as always, but it may ask as often as it likes: see ``main``."""

    def __init__(self, site: Site) -> None:
        _token, clear = make_token(user=site.user, name="Benchmark", scope=ApiToken.Scope.READ)
        self._headers = {"Authorization": f"Bearer {clear}", "Accept": "application/json"}
        self._connection = HTTPConnection(HOST, site.port, timeout=60)
        self._server = site.web_processes()

    def ask(self, path: str) -> bytes:
        """An answer that is not 200 is an error."""
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"GET {path} was answered with {response.status}")
        return content

    def timed(self, path: str) -> Times:
        clock, processor = time.perf_counter(), self._processor_time()
        self.ask(path)
        elapsed = time.perf_counter() - clock
        return Times(self._processor_time() - processor, elapsed)

    def _processor_time(self) -> float:
        """Seconds that the server's processes have used; in /proc they are counted in hundredths only."""
        return sum(time.clock_gettime(_processor_clock(pid)) for pid in self._server)


def _processor_clock(pid: int) -> int:
    """As clock_getcpuclockid(3) has it."""
    return ~pid << 3 | 2


def questions(document: Document) -> Mapping[str, Question]:
    address = f"/api/v1/documents/{document.pk}"
    return {
        "document": Question(address, 15),
        "words of a page": Question(f"{address}/pages/1", 30),
        "lines of a page": Question(f"{address}/pages/1/lines", 30),
    }


def report(name: str, times: Sequence[Times], target: int) -> None:
    for kind in ("processor", "clock"):
        values = sorted(1000 * getattr(one, kind) for one in times)
        late = values[int(0.95 * (len(values) - 1))]
        figures = f"least {values[0]:6.1f}   p50 {statistics.median(values):6.1f}   p95 {late:6.1f} ms"
        print(f"{name:16} {kind:10} {figures}   (target p95 {target} ms)")


def main() -> None:
    options = command_line(__doc__, words=1500, pages=100, runs=300).parse_args()
    with serving(workers=1, OCRSITE_API_RATE=str(10**9)) as site:
        asked = questions(make(site.user, options.pages, options.words, Random(1)))  # noqa: S311
        program = Program(site)
        for one in asked.values():
            program.ask(one.path)
        assert len(json.loads(program.ask(asked["words of a page"].path))["words"]) == options.words
        times: dict[str, list[Times]] = {name: [] for name in asked}
        for _run in range(options.runs):
            for name, one in asked.items():
                times[name].append(program.timed(one.path))
    for name, one in asked.items():
        report(name, times[name], one.target)


if __name__ == "__main__":
    main()
