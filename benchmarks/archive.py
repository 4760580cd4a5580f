"""What the archive at ``/`` costs the server, with few documents and with many.

    python benchmarks/archive.py [--documents 100000] [--runs 21] [--deep 2000] [--collections 1]

The same user, the same template, through all of Django except the socket; the time is the processor's, in
this one process, in which the database runs too. All documents are the user's own, in turn in each of the
collections, have been read, and have a first page with a thumbnail. *10* and *24* (a full screen) are for
comparison; of the many, *deep* is the screen after ``--deep`` times “Next”.
"""

import html
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from random import Random
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from site_under_test import command_line, empty_database

from accounts.models import User
from documents.models import Collection, Document, Membership, Original, Page, Role, State
from documents.search.text.analysis import fold
from documents.services import organise

_BATCH = 5000
_TITLES = "Invoice Letter Minutes Receipt Contract Report Notice Statement Map Order".split()  # noqa: SIM905
_NEXT = re.compile(r'rel="next"\s+href="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Cost:
    """``seconds`` of each run."""

    queries: int
    seconds: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return statistics.quantiles(self.seconds, n=20, method="inclusive")[-1]


def places(user: User, count: int) -> list[Collection]:
    """So many collections of one user."""
    others = Collection.objects.bulk_create(Collection(name=f"Place {number}") for number in range(1, count))
    Membership.objects.bulk_create(
        Membership(user=user, collection=place, role=Role.OWNER) for place in others
    )
    return [organise.personal_collection(user=user), *others]


def fill(user: User, collections: list[Collection], total: int) -> None:
    """Add documents until there are ``total``."""
    start = Document.objects.count()
    for first in range(start, total, _BATCH):
        _add(user, collections, range(first, min(first + _BATCH, total)))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA optimize")


def _add(user: User, collections: list[Collection], numbers: range) -> None:
    documents = Document.objects.bulk_create(_documents(user, collections, numbers))
    now = timezone.now()
    for number, document in zip(numbers, documents, strict=True):
        document.created_at = now - timedelta(minutes=number)
    Document.objects.bulk_update(documents, ["created_at"], batch_size=1000)
    originals = Original.objects.bulk_create(_original(document) for document in documents)
    Page.objects.bulk_create(_page(original) for original in originals)


def _documents(user: User, collections: list[Collection], numbers: range) -> Iterator[Document]:
    random = Random(numbers.start)  # noqa: S311
    for number in numbers:
        title = f"{random.choice(_TITLES)} of {random.choice(_TITLES).lower()} {number}"
        yield Document(
            id=UUID(int=random.getrandbits(128)),
            collection=collections[number % len(collections)],
            uploaded_by=user,
            title=title,
            title_folded=fold(title),
            sha256="0" * 64,
            byte_size=1,
            state=State.DONE,
            page_count=1,
            pages_done=1,
            mean_confidence=90.0,
            languages=["eng"],
        )


def _original(document: Document) -> Original:
    name = f"originals/{document.id}.png"
    return Original(
        document=document,
        position=0,
        file=name,
        name="a.png",
        media_type="image/png",
        byte_size=1,
        page_count=1,
    )


def _page(original: Original) -> Page:
    document_id = original.document_id
    return Page(
        document_id=document_id,
        number=1,
        original=original,
        index=0,
        width=2480,
        height=3508,
        image=f"pages/{document_id}/00001-image.jpg",
        thumbnail=f"pages/{document_id}/00001-thumbnail.jpg",
    )


def cost(client: Client, address: str, runs: int) -> Cost:
    body(client, address)
    with CaptureQueriesContext(connection) as captured:
        body(client, address)
    queries = len(captured)
    seconds = []
    for _run in range(runs):
        start = time.process_time()
        body(client, address)
        seconds.append(time.process_time() - start)
    return Cost(queries, seconds)


def body(client: Client, address: str) -> str:
    response = client.get(address, headers={"host": "localhost"})
    assert response.status_code == 200
    return response.content.decode()


def screens(client: Client, address: str) -> Iterator[str]:
    """The addresses of the screens from ``address`` on, by their “Next” links."""
    yield address
    while found := _NEXT.search(body(client, address)):
        address = f"/{html.unescape(found[1])}"
        yield address


def deep(client: Client, address: str, depth: int) -> str:
    return next(islice(screens(client, address), depth, None))


def report(name: str, measured: Cost, base: Cost) -> None:
    spread = f"({1000 * min(measured.seconds):.1f}–{1000 * max(measured.seconds):.1f})"
    ratio = measured.median / base.median
    middle, late = 1000 * measured.median, 1000 * measured.late
    print(f"{name:36} {measured.queries:3} queries {middle:7.1f} ms {spread:14} p95 {late:5.1f} {ratio:5.2f}")


def main() -> None:
    options = command_line(__doc__, documents=100_000, runs=21, deep=2000, collections=1).parse_args()
    user = empty_database()
    collections = places(user, options.collections)
    client = Client()
    client.force_login(user)
    print("beside each: its ratio to 10 documents")
    fill(user, collections, 10)
    base = cost(client, "/", options.runs)
    report("10", base, base)
    fill(user, collections, 24)
    report("24", cost(client, "/", options.runs), base)
    fill(user, collections, options.documents)
    many = {
        "first": "/",
        "first, oldest first": "/?sort=oldest",
        "first, by title": "/?sort=title",
        "deep": deep(client, "/", options.deep),
        "deep, by title": deep(client, "/?sort=title", options.deep),
        "title filter, common word": "/?q=invoice",
        "title filter, one document": f"/?q={options.documents - 1}",
        "title filter, nothing": "/?q=nothing+of+that",
    }
    for name, address in many.items():
        report(f"{options.documents:,}: {name}", cost(client, address, options.runs), base)


if __name__ == "__main__":
    main()
