import re

import pytest
from django.test import Client

from accounts.models import ApiToken, User
from accounts.services.tokens import make_token, used_token

TOKENS = "/accounts/tokens/"


@pytest.fixture
def browser(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


def make(browser: Client, **changes: str):
    return browser.post(TOKENS, {"name": "Script", "scope": "read", "days": "30", **changes})


def test_a_token_is_shown_once(browser: Client, owner: User) -> None:
    answer = make(browser)
    (clear,) = re.findall(r"<code>(ocrsite_[\w-]+)</code>", answer.content.decode())
    assert used_token(clear=clear).user == owner
    assert "no-store" in answer["Cache-Control"]
    again = browser.get(TOKENS).content.decode()
    assert clear not in again
    assert "Script" in again


def test_a_token_is_as_was_chosen(browser: Client) -> None:
    make(browser, scope="write", days="")
    token = ApiToken.objects.get()
    assert (token.name, token.scope, token.expires_at) == ("Script", "write", None)


@pytest.mark.parametrize("changes", [{"name": " "}, {"name": "x" * 101}, {"scope": "all"}, {"days": "7000"}])
def test_what_cannot_be_is_said(browser: Client, changes: dict[str, str]) -> None:
    answer = make(browser, **changes)
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_one_sees_only_ones_own(browser: Client, stranger: User) -> None:
    make_token(user=stranger, name="Theirs", scope=ApiToken.Scope.READ)
    assert "Theirs" not in browser.get(TOKENS).content.decode()


def test_a_token_is_revoked(browser: Client, owner: User, stranger: User) -> None:
    mine, _clear = make_token(user=owner, name="Mine", scope=ApiToken.Scope.READ)
    theirs, _clear = make_token(user=stranger, name="Theirs", scope=ApiToken.Scope.READ)
    for token in (mine, theirs):
        assert browser.post(f"{TOKENS}{token.pk}/revoke/")["Location"] == TOKENS
    assert list(ApiToken.objects.all()) == [theirs]


def test_who_opens_the_address_of_a_change_comes_to_the_list(browser: Client, owner: User) -> None:
    token, _clear = make_token(user=owner, name="Mine", scope=ApiToken.Scope.READ)
    assert browser.get(f"{TOKENS}{token.pk}/revoke/")["Location"] == TOKENS
    assert ApiToken.objects.exists()


def test_nobody_else_gets_there(client: Client, owner: User) -> None:
    assert client.get(TOKENS)["Location"].startswith("/accounts/login/")


def test_the_menu_leads_there(browser: Client) -> None:
    assert f'href="{TOKENS}">API tokens</a>' in browser.get("/").content.decode()
