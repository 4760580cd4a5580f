"""A broker that is not there or has lost everything costs no page."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.files import save_pdf, says
from tests.outside import redis
from tests.people import Person
from tests.sites import Prepared, Site, free_port, running_site, wait_until

pytestmark = pytest.mark.server


@pytest.fixture
def port() -> int:
    """Where the broker would be."""
    return free_port()


@pytest.fixture
def site(port: int, prepared: Prepared, tmp_path: Path) -> Iterator[Site]:
    url = f"redis://127.0.0.1:{port}/0"
    with running_site(prepared.with_people, tmp_path / "site", OCRSITE_BROKER_URL=url) as site:
        yield site


def let_them_wait(site: Site) -> None:
    """As if every page had waited for minutes."""
    with closing(sqlite3.connect(site.data_dir / "db.sqlite3", timeout=20)) as database, database:
        database.execute("UPDATE documents_pagejob SET enqueued_at = '2000-01-01 00:00:00'")


def test_what_was_sent_without_a_broker_is_read_once_there_is_one(
    site: Site, ann: Person, port: int, tmp_path: Path
) -> None:
    sentences = ["This is page 1.", "This is page 2."]
    url = ann.send(save_pdf(tmp_path / "book.pdf", *map(says, sentences), size=(400, 200)))
    assert ann.get("/readyz").text == "The queue does not answer. Pages wait until it does.\n"

    let_them_wait(site)
    with redis(tmp_path, port):
        document = ann.finished(url, seconds=60)
        assert ann.get("/readyz").status == 200

    assert [page["text"].strip() for page in document["pages"]] == sentences
    assert site.rows("SELECT attempts FROM documents_pagejob") == [(1,), (1,)]


def test_a_broker_that_lost_everything_is_told_again(
    site: Site, ann: Person, port: int, tmp_path: Path
) -> None:
    pages = [says(f"This is page {number}.") for number in range(1, 11)]
    with redis(tmp_path, port), site.workers_held():
        url = ann.send(save_pdf(tmp_path / "book.pdf", *pages, size=(400, 200)))
    let_them_wait(site)
    with redis(tmp_path, port):
        assert ann.finished(url, seconds=60)["state"] == "done"


def test_a_stop_without_a_broker_takes_no_longer(site: Site) -> None:
    wait_until(lambda: len(site.workers()) == 2, seconds=10, what="Two workers")
    assert site.stop(seconds=10) == 0
