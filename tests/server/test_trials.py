"""Trials go through whichever queue there is."""

from pathlib import Path

import pytest

from documents.ocr.options import Cleaning
from tests.files import text_image
from tests.outside import redis
from tests.people import Person
from tests.sites import PEOPLE, Prepared, free_port, running_site, wait_until

pytestmark = pytest.mark.server


def test_kinds_of_cleaning_are_tried_by_workers_at_a_broker(prepared: Prepared, tmp_path: Path) -> None:
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    text_image().save(tmp_path / "hello.png")
    with (
        redis(tmp_path, port),
        running_site(prepared.with_people, tmp_path / "site", OCRSITE_BROKER_URL=url) as site,
    ):
        ann = Person(site, PEOPLE[0])
        address = f"{ann.send_and_wait(tmp_path / 'hello.png')}pages/1/cleaning/"
        ann.post(address, {})
        wait_until(lambda: "Read the page so" in ann.get(address).text, seconds=60, what="The trial")
        states = site.rows("SELECT state, attempts, text FROM documents_trial ORDER BY id")
    assert states == [("done", 1, "Hello world")] * len(Cleaning)
