import time

import pytest
from django.test import Client

from accounts.models import User
from tests.documents.api.conftest import Program

LIST = "/api/v1/documents"


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
