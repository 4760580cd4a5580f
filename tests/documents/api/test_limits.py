import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from documents.api.auth import Caller
from documents.api.limits import counted
from tests.documents.api.conftest import Program

LIST = "/api/v1/documents"


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner, None)


@pytest.fixture(autouse=True)
def _at_the_beginning_of_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000.0)


def test_each_answer_says_what_is_left(program: Program, owner: User, settings) -> None:
    settings.OCRSITE_API_RATE = 3
    asking = program(owner)
    first, second = (
        asking.get(LIST),
        asking.get(f"{LIST}/nothing"),
    )
    assert (first["RateLimit-Limit"], first["RateLimit-Remaining"], first["RateLimit-Reset"]) == (
        "3",
        "2",
        "60",
    )
    assert "RateLimit-Remaining" not in second  # no resource was asked
    assert asking.get(LIST, headers={"Accept": "text/html"})["RateLimit-Remaining"] == "1"


def test_who_asks_too_often_waits(program: Program, owner: User, settings) -> None:
    settings.OCRSITE_API_RATE = 2
    asking = program(owner)
    assert [asking.get(LIST).status_code for _turn in range(3)] == [200, 200, 429]
    answer = asking.get(LIST)
    assert answer.json()["code"] == "too-many-requests"
    assert (answer["Retry-After"], answer["RateLimit-Remaining"]) == ("60", "0")


def test_none_is_missed_where_many_ask_at_once(caller: Caller, settings) -> None:
    settings.OCRSITE_API_RATE = 1000
    with ThreadPoolExecutor(8) as pool:
        counts = [left.count for left in pool.map(counted, [caller] * 200) if left]
    assert sorted(counts) == list(range(1, 201))


def test_nothing_is_limited_while_it_cannot_be_counted(
    program: Program, owner: User, settings, tmp_path: Path
) -> None:
    settings.OCRSITE_API_RATE = 1
    settings.OCRSITE_TMP_DIR = tmp_path / "gone"
    asking = program(owner)
    assert [asking.get(LIST).status_code for _turn in range(2)] == [200, 200]


def test_a_minute_later_all_is_forgotten(
    program: Program, owner: User, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OCRSITE_API_RATE = 1
    asking = program(owner)
    assert [asking.get(LIST).status_code for _turn in range(2)] == [200, 429]
    monkeypatch.setattr(time, "time", lambda: 1_800_000_060.0)
    assert asking.get(LIST).status_code == 200


def test_each_token_is_counted_by_itself(program: Program, owner: User, settings) -> None:
    settings.OCRSITE_API_RATE = 1
    assert [program(owner).get(LIST).status_code for _token in range(2)] == [200, 200]


def test_a_browser_is_counted_by_its_person(client: Client, owner: User, settings) -> None:
    settings.OCRSITE_API_RATE = 1
    client.force_login(owner)
    assert [client.get(LIST).status_code for _turn in range(2)] == [200, 429]


def test_nothing_is_limited_where_the_settings_say_so(program: Program, owner: User, settings) -> None:
    settings.OCRSITE_API_RATE = 0
    assert "RateLimit-Limit" not in program(owner).get(LIST)
