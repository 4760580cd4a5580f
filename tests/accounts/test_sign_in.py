"""Signing in and out, signing up, and the two languages of the site."""

import logging
from io import StringIO

import pytest
from django.test import Client, override_settings

from accounts.models import User
from accounts.services import issue_welcome_key
from ocrsite.logs import LogFormatter
from tests.conftest import PASSWORD

NEW = {"username": "new", "password1": "correct horse battery", "password2": "correct horse battery"}


def test_a_person_signs_in_and_out(client: Client, owner: User) -> None:
    answer = client.post("/accounts/login/", {"login": "owner", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    assert client.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert client.get("/").status_code == 302


def test_a_wrong_password_is_a_sentence(client: Client, owner: User) -> None:
    answer = client.post("/accounts/login/", {"login": "owner", "password": "wrong"})
    assert "The username or the password is wrong." in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("tongue", "word"), [("en", "Username"), ("fr", "Nom d’utilisateur")])
def test_a_username_is_called_so_at_every_door(client: Client, tongue: str, word: str) -> None:
    headers = {"Accept-Language": tongue}
    welcome = client.get(f"/welcome/?key={issue_welcome_key()}", headers=headers)
    User.objects.create_superuser("administrator")
    with override_settings(OCRSITE_SIGNUP="open"):
        doors = [
            welcome,
            *(client.get(f"/accounts/{door}/", headers=headers) for door in ("login", "signup")),
        ]
    assert [f">{word}</label>" in door.content.decode() for door in doors] == [True] * 3


@pytest.mark.django_db
def test_signing_up_is_closed(client: Client) -> None:
    assert "/accounts/signup/" not in client.get("/accounts/login/").content.decode()
    assert "Accounts are by invitation" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", NEW)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_signing_up_is_open_where_the_settings_say_so(client: Client) -> None:
    User.objects.create_superuser("administrator")
    with override_settings(OCRSITE_SIGNUP="open"):
        assert "/accounts/signup/" in client.get("/accounts/login/").content.decode()
        assert client.post("/accounts/signup/", NEW).status_code == 302
    assert User.objects.filter(username="new").exists()


@pytest.mark.django_db
def test_the_language_is_chosen_before_signing_in(client: Client) -> None:
    client.post("/language/", {"language": "fr", "next": "/accounts/login/"})
    assert '<html lang="fr">' in client.get("/accounts/login/").content.decode()


def test_a_password_is_changed(client: Client, owner: User) -> None:
    client.force_login(owner)
    assert 'name="oldpassword"' in client.get("/accounts/password/").content.decode()
    fresh = "another long pass phrase"
    client.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    owner.refresh_from_db()
    assert owner.check_password(fresh)


def test_the_administration_is_for_staff(client: Client, owner: User) -> None:
    assert client.get("/admin/login/")["Location"].startswith("/accounts/login/")
    client.force_login(owner)
    assert client.get("/admin/login/").status_code == 403


def test_who_has_no_business_in_the_administration_leaves_one_line_in_the_log(
    client: Client, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = StringIO()
    handler = next(one for one in logging.getLogger().handlers if isinstance(one.formatter, LogFormatter))
    monkeypatch.setattr(handler, "stream", log)
    client.force_login(owner)
    client.get("/admin/", follow=True)
    assert "WARNING django.request: Forbidden (Permission denied): /admin/login/" in log.getvalue()
    assert log.getvalue().count("\n") == 1
