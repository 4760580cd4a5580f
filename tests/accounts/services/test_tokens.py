from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.services import tokens
from documents.errors import NameEmpty, NameTooLong, TooManyTokens

WRITE = ApiToken.Scope.WRITE


def make(user: User, name: str = "Script", days: int | None = None) -> tuple[ApiToken, str]:
    return tokens.make_token(user=user, name=name, scope=WRITE, days=days)


def test_the_token_itself_is_kept_nowhere(owner: User) -> None:
    token, clear = make(owner)
    assert clear.startswith("ocrsite_")
    kept = ApiToken.objects.values().get()
    assert clear not in map(str, kept.values())
    assert tokens.used_token(clear=clear) == token


def test_two_tokens_differ(owner: User) -> None:
    assert make(owner)[1] != make(owner)[1]


@pytest.mark.parametrize(("name", "error"), [(" \u200b", NameEmpty), ("x" * 101, NameTooLong)])
def test_a_token_has_a_name(owner: User, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        make(owner, name)


def test_nobody_has_too_many(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_TOKENS", 2)
    make(owner)
    make(owner)
    with pytest.raises(TooManyTokens):
        make(owner)


def test_one_revokes_only_ones_own(owner: User, stranger: User) -> None:
    token, clear = make(owner)
    assert not tokens.revoke_token(user=stranger, token_id=token.pk)
    assert tokens.used_token(clear=clear)
    assert tokens.revoke_token(user=owner, token_id=token.pk)
    assert tokens.used_token(clear=clear) is None
    assert not tokens.revoke_token(user=owner, token_id=token.pk)


def test_a_token_ends_in_its_days(owner: User) -> None:
    token, clear = make(owner, days=30)
    assert timedelta(days=29) < token.expires_at - timezone.now() <= timedelta(days=30)
    ApiToken.objects.update(expires_at=timezone.now())
    assert tokens.used_token(clear=clear) is None


def test_its_use_is_noted_to_the_minute(owner: User) -> None:
    _token, clear = make(owner)
    tokens.used_token(clear=clear)
    first = ApiToken.objects.get().last_used_at
    tokens.used_token(clear=clear)
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=1))
    tokens.used_token(clear=clear)
    assert ApiToken.objects.get().last_used_at >= first
