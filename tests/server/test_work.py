"""Work goes on: past a worker that is killed, past a stop of the site, past a neighbour's long book.

With either queue: the database's, and a broker's.
"""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.files import save_pdf, says
from tests.people import Person
from tests.sites import Site, processes_over, wait_until

pytestmark = [
    pytest.mark.server,
    pytest.mark.parametrize("site", ["database", "broker"], indirect=True),
]

WORDS = ("red", "green", "blue")
_JOBS = "SELECT state, attempts FROM documents_pagejob"


def book(path: Path, pages: int) -> Path:
    return save_pdf(
        path, *(says(f"This is page {number}.") for number in range(1, pages + 1)), size=(400, 200)
    )


def texts(pages: int) -> list[str]:
    return [f"This is page {number}." for number in range(1, pages + 1)]


def read_by_now(site: Site) -> int:
    return len(site.rows(f"{_JOBS} WHERE state = 'done'"))


def kill_one_in_the_middle_of_a_page(site: Site) -> int:
    """Kills a worker while each of them has a page in hand; gives its process id."""

    def victim() -> int | None:
        with site.workers_held() as workers:
            if len(site.rows(f"{_JOBS} WHERE state = 'running'")) < len(workers):
                return None
            os.kill(workers[0], signal.SIGKILL)
            return workers[0]

    return int(wait_until(victim, seconds=20, what="A moment in which all workers read"))


def test_what_a_killed_worker_was_reading_is_read_once_by_another(
    site: Site, ann: Person, tmp_path: Path
) -> None:
    url = ann.send(book(tmp_path / "book.pdf", 30))
    wait_until(lambda: read_by_now(site) >= 5, seconds=30, what="Five pages")
    victim = kill_one_in_the_middle_of_a_page(site)

    document = ann.finished(url, seconds=90)

    assert document["state"] == "done"
    assert [page["text"].strip() for page in document["pages"]] == texts(30)
    readings = site.rows("SELECT count(*) FROM documents_transcription GROUP BY page_id")
    assert readings == [(1,)] * 30
    assert sorted(site.rows(_JOBS)) == [("done", 1)] * 29 + [("done", 2)]
    assert victim not in site.workers()
    assert len(site.workers()) == 2


def test_a_stop_puts_pages_back_and_the_next_start_finishes_them(
    site: Site, ann: Person, tmp_path: Path
) -> None:
    url = ann.send(book(tmp_path / "book.pdf", 30))
    wait_until(lambda: read_by_now(site) >= 3, seconds=30, what="Three pages")

    assert site.stop(seconds=10) == 0

    assert processes_over(site.data_dir) == []
    jobs = site.rows(_JOBS)
    assert set(jobs) == {("done", 1), ("queued", 0)}
    assert "Traceback" not in site.said()
    site.start()
    document = ann.finished(url, seconds=60)
    assert [page["text"].strip() for page in document["pages"]] == texts(30)
    assert site.rows(_JOBS) == [("done", 1)] * 30


def test_two_people_upload_at_once_and_each_gets_their_own(
    site: Site, ann: Person, ben: Person, tmp_path: Path
) -> None:
    def send_three(person: Person) -> list[str]:
        files = [
            save_pdf(tmp_path / f"{person.name}-{word}.pdf", says(f"{person.name} {word}"), size=(400, 200))
            for word in WORDS
        ]
        return [person.send(file) for file in files]

    with ThreadPoolExecutor() as pool:
        of_ann, of_ben = pool.map(send_three, (ann, ben))

    for person, other, urls in ((ann, ben, of_ann), (ben, ann, of_ben)):
        for word, url in zip(WORDS, urls, strict=True):
            assert person.finished(url)["pages"][0]["text"].strip() == f"{person.name} {word}"
            assert other.get(url).status == 404


def test_a_short_letter_does_not_wait_for_somebody_elses_book(
    site: Site, ann: Person, ben: Person, tmp_path: Path
) -> None:
    of_ann = ann.send(book(tmp_path / "book.pdf", 60))
    wait_until(lambda: read_by_now(site) >= 2, seconds=30, what="Two pages of the book")
    of_ben = ben.send(book(tmp_path / "letter.pdf", 1))
    assert ben.finished(of_ben)["state"] == "done"
    assert ann.document(of_ann)["pages_done"] < 30
