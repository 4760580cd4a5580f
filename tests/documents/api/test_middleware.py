import pytest
from django.test import Client

from accounts.models import User
from documents.models import Document
from tests.documents.api.conftest import Program

LIST = "/api/v1/documents"
APP = "https://app.example.org"
ASKED = {
    "Origin": APP,
    "Access-Control-Request-Method": "PUT",
    "Access-Control-Request-Headers": "authorization",
}


def test_other_sites_are_off_by_default(program: Program, owner: User) -> None:
    answer = program(owner).get(LIST, headers={"Origin": APP})
    assert "Access-Control-Allow-Origin" not in answer
    assert program(owner).options(LIST, headers=ASKED).status_code == 405


def test_a_named_site_may_ask(program: Program, owner: User, settings) -> None:
    settings.OCRSITE_API_ORIGINS = [APP]
    answer = program(owner).get(LIST, headers={"Origin": APP})
    assert answer["Access-Control-Allow-Origin"] == APP
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert "Origin" in answer["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer  # no cookies: a token has to be sent


def test_a_browser_asks_first(client: Client, settings) -> None:
    settings.OCRSITE_API_ORIGINS = [APP]
    answer = client.options(LIST, headers=ASKED)
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, APP)
    assert "PUT" in answer["Access-Control-Allow-Methods"]
    allowed = set(answer["Access-Control-Allow-Headers"].split(", "))
    assert {"Authorization", "If-Match", "If-Range", "Range", "Idempotency-Key"} <= allowed


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://app.example.org.evil.example"])
def test_another_site_may_not(program: Program, owner: User, settings, origin: str) -> None:
    settings.OCRSITE_API_ORIGINS = [APP]
    answer = program(owner).get(LIST, headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer
    assert "Origin" in answer["Vary"]


def test_a_refusal_can_be_read_by_a_named_site(client: Client, settings) -> None:
    settings.OCRSITE_API_ORIGINS = [APP]
    answer = client.get(LIST, headers={"Origin": APP})
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (401, APP)


def test_head_says_what_get_would(program: Program, owner: User, document: Document) -> None:
    asking = program(owner)
    got, told = asking.get(f"{LIST}/{document.pk}"), asking.head(f"{LIST}/{document.pk}")
    assert (told.status_code, told.content) == (200, b"")
    assert told["ETag"] == got["ETag"]


def test_pages_of_the_site_are_left_alone(client: Client) -> None:
    assert client.get("/nothing").headers["Content-Type"].startswith("text/html")
