from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken, IdempotencyKey, User
from accounts.services.tokens import make_token
from tests.documents.api.conftest import Program

TOKENS = "/api/v1/tokens"
JSON = "application/json"


def make(asking: Client, headers: dict[str, str] | None = None, **fields: object):
    return asking.post(TOKENS, {"name": "Robot", **fields}, content_type=JSON, headers=headers)


def client_with(clear: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {clear}"}, raise_request_exception=False)


def test_a_token_is_made_and_opens_the_site(client_of_owner: Client) -> None:
    answer = make(client_of_owner, scope="read", days=30)
    told = answer.json()
    assert (answer.status_code, told["name"], told["scope"], told["current"]) == (201, "Robot", "read", False)
    assert answer["Cache-Control"] == "no-store"
    made = client_with(told["token"])
    assert made.get(answer["Location"]).json()["current"]
    assert make(made).json()["code"] == "scope-missing"


def test_the_secret_is_told_once_and_kept_nowhere(client_of_owner: Client) -> None:
    key = {"Idempotency-Key": "one"}
    first, second = make(client_of_owner, key), make(client_of_owner, key)
    clear = first.json()["token"]
    assert second.json() == {**first.json(), "token": None}
    assert second["Idempotency-Replayed"] == "true"
    assert clear.encode() not in bytes(IdempotencyKey.objects.get().body)
    assert ApiToken.objects.filter(name="Robot").count() == 1
    assert clear not in client_of_owner.get(TOKENS).content.decode()


def test_it_may_read_alone_unless_more_is_asked_for(client_of_owner: Client) -> None:
    told = make(client_of_owner).json()
    assert (told["scope"], told["expires_at"]) == ("read", None)


def test_no_token_makes_one_that_lasts_longer(owner: User) -> None:
    maker, clear = make_token(user=owner, name="Maker", scope=ApiToken.Scope.WRITE, days=7)
    asking = client_with(clear)
    answer = make(asking, days=8)
    assert (answer.status_code, answer.json()["code"]) == (403, "token-beyond")
    assert make(asking, days=6).status_code == 201
    without = ApiToken.objects.get(pk=make(asking, scope="write").json()["id"])
    assert without.expires_at == maker.expires_at


def test_no_token_makes_one_that_may_more(program: Program, owner: User) -> None:
    answer = make(program(owner, "read"), scope="write")
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")
    assert not ApiToken.objects.filter(name="Robot").exists()


def test_who_is_signed_in_makes_any(owner: User) -> None:
    client = Client()
    client.force_login(owner)
    answer = make(client, scope="write", days=3660)
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "fields", [{"name": " "}, {"name": "x" * 101}, {"days": 0}, {"days": 3661}, {"scope": "all"}, {"user": 1}]
)
def test_what_is_no_token_is_refused(client_of_owner: Client, fields: dict[str, object]) -> None:
    assert make(client_of_owner, **fields).status_code == 422


def test_tokens_are_listed_a_piece_at_a_time(client_of_owner: Client, stranger: User) -> None:
    make_token(user=stranger, name="Another's", scope=ApiToken.Scope.READ)
    for name in ("one", "two"):
        make(client_of_owner, name=name)
    first = client_of_owner.get(f"{TOKENS}?limit=2").json()
    second = client_of_owner.get(f"{TOKENS}?limit=2&cursor={first['next']}").json()
    assert [token["name"] for token in first["items"]] == ["two", "one"]
    assert [(token["name"], token["current"]) for token in second["items"]] == [("Script", True)]
    assert second["next"] is None


def test_a_token_is_revoked(client_of_owner: Client) -> None:
    told = make(client_of_owner).json()
    assert client_of_owner.delete(f"{TOKENS}/{told['id']}").status_code == 204
    assert client_with(told["token"]).get(TOKENS).status_code == 401
    assert client_of_owner.delete(f"{TOKENS}/{told['id']}").status_code == 404


def test_a_token_may_revoke_itself(client_of_owner: Client) -> None:
    [mine] = client_of_owner.get(TOKENS).json()["items"]
    assert client_of_owner.delete(f"{TOKENS}/{mine['id']}").status_code == 204
    assert client_of_owner.get(TOKENS).status_code == 401


def test_tokens_of_others_are_not_there(client_of_owner: Client, stranger: User) -> None:
    token, clear = make_token(user=stranger, name="Another's", scope=ApiToken.Scope.READ)
    assert client_of_owner.get(f"{TOKENS}/{token.pk}").status_code == 404
    assert client_of_owner.delete(f"{TOKENS}/{token.pk}").status_code == 404
    assert client_with(clear).get(TOKENS).status_code == 200


def test_one_whose_time_is_over_is_still_told_of(client_of_owner: Client) -> None:
    told = make(client_of_owner).json()
    ended = timezone.now() - timedelta(days=1)
    ApiToken.objects.filter(pk=told["id"]).update(expires_at=ended)
    assert client_of_owner.get(f"{TOKENS}/{told['id']}").json()["expires_at"] is not None
