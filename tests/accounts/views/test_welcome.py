"""The first account: who has the key gets the site, once."""

import pytest
from django.test import Client

from accounts.models import User, WelcomeKey
from accounts.services import WelcomeKeyUsed, issue_welcome_key, make_first_account

FORM = {"username": "ada", "password1": "correct horse battery", "password2": "correct horse battery"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> str:
    return f"/welcome/?key={issue_welcome_key()}"


def test_the_link_opens_a_form(client: Client, link: str) -> None:
    answer = client.get(link)
    assert answer.status_code == 200
    assert 'name="password2"' in answer.content.decode()


def test_the_first_account_is_the_administrator_and_signed_in(client: Client, link: str) -> None:
    answer = client.post(link, FORM)
    user = User.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert (user.username, user.is_superuser, user.is_staff) == ("ada", True, True)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not WelcomeKey.objects.exists()


@pytest.mark.parametrize("address", ["/welcome/", "/welcome/?key=", "/welcome/?key=wrong"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_the_key_nothing_opens(client: Client, link: str, address: str, method: str) -> None:
    answer = getattr(client, method)(address, FORM)
    assert answer.status_code == 403
    assert "This link does not open the site" in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_was_used_leads_to_signing_in(client: Client, link: str, method: str) -> None:
    User.objects.create_superuser("first")
    answer = getattr(client, method)(link, FORM)
    assert answer.status_code == 410
    assert 'href="/accounts/login/">Sign in</a>' in answer.content.decode()
    assert User.objects.count() == 1


def test_who_is_signed_in_goes_on_from_a_used_link(client: Client, link: str) -> None:
    client.force_login(User.objects.create_superuser("first"))
    assert 'href="/">Go to the archive</a>' in client.get(link).content.decode()


def test_nobody_signs_up_before_the_administrator(client: Client, settings, link: str) -> None:
    settings.OCRSITE_SIGNUP = "open"
    client.post("/accounts/signup/", FORM)
    assert not User.objects.exists()
    assert client.get(link).status_code == 200


def test_a_weak_password_is_refused(client: Client, link: str) -> None:
    answer = client.post(link, FORM | {"password1": "12345678", "password2": "12345678"})
    assert answer.status_code == 422
    assert "too common" in answer.content.decode()
    assert WelcomeKey.objects.exists()


def test_two_passwords_must_agree(client: Client, link: str) -> None:
    answer = client.post(link, FORM | {"password2": "something else entirely"})
    assert answer.status_code == 422
    assert not User.objects.exists()


def test_of_two_with_the_same_link_one_gets_the_site(link: str) -> None:
    key = link.partition("=")[2]
    make_first_account(key=key, user=User(username="first"))
    with pytest.raises(WelcomeKeyUsed):
        make_first_account(key=key, user=User(username="second"))
    assert [user.username for user in User.objects.all()] == ["first"]


def test_other_methods_are_refused(client: Client, link: str) -> None:
    assert client.put(link).status_code == 405


def test_head_answers_as_get_does(client: Client, link: str) -> None:
    assert client.head(link).status_code == 200
