from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import ApiToken, User
from accounts.services.tokens import used_token


def made(*arguments: str) -> str:
    out = StringIO()
    call_command("api_token", *arguments, stdout=out)
    return out.getvalue().strip()


def test_the_token_is_all_that_is_printed(owner: User) -> None:
    token = used_token(clear=made("owner"))
    assert (token.user, token.scope, token.expires_at) == (owner, "write", None)


def test_a_token_is_as_was_asked_for(owner: User) -> None:
    made("owner", "--name", "Scanner", "--scope", "read", "--expires", "30")
    token = ApiToken.objects.get()
    assert (token.name, token.scope) == ("Scanner", "read")
    assert (token.expires_at - token.created_at).days in (29, 30)


@pytest.mark.parametrize("arguments", [["nobody"], ["owner", "--name", " "]])
def test_a_mistake_is_a_sentence(owner: User, arguments: list[str]) -> None:
    with pytest.raises(CommandError, match=r"\.$"):
        made(*arguments)
    assert not ApiToken.objects.exists()


def test_a_name_is_refused_as_the_api_does(owner: User) -> None:
    with pytest.raises(CommandError, match="control characters"):
        made("owner", "--name", "a\tb\x01")
    made("owner", "--name", "a\tb")
    assert ApiToken.objects.get().name == "a b"


def test_who_may_not_sign_in_gets_no_token(owner: User) -> None:
    owner.is_active = False
    owner.save()
    with pytest.raises(CommandError, match="Nobody here signs in as “owner”"):
        made("owner")
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("days", ["0", "-1", "soon", "99999"])
def test_a_token_ends_in_days(owner: User, days: str) -> None:
    with pytest.raises(CommandError, match="days"):
        made("owner", "--expires", days)
