from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.services.tokens import make_token, revoke_token
from documents.models import Document
from tests.documents.api.conftest import Program

LIST = "/api/v1/documents"
JSON = "application/json"


def test_nobody_is_told_how_to_sign_in(client: Client, document: Document) -> None:
    answer = client.get(f"{LIST}/{document.pk}")
    assert (answer.status_code, answer.json()["code"]) == (401, "token-missing")
    assert answer["WWW-Authenticate"] == 'Bearer realm="ocrsite"'


@pytest.mark.parametrize("header", ["Bearer ocrsite_wrong", "bearer ", "Bearer \xe9", "BEARER a b"])
def test_a_token_that_is_none_is_refused(client: Client, owner: User, header: str) -> None:
    client.force_login(owner)  # the header counts, and not the session
    answer = client.get(LIST, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "token-invalid")
    assert 'error="invalid_token"' in answer["WWW-Authenticate"]


def test_a_token_is_its_person(program: Program, owner: User, stranger: User, document: Document) -> None:
    assert [one["id"] for one in program(owner).get(LIST).json()["items"]] == [str(document.pk)]
    assert program(stranger).get(LIST).json()["items"] == []


def test_the_scheme_may_be_written_in_any_case(client: Client, owner: User) -> None:
    _token, clear = make_token(user=owner, name="Script", scope=ApiToken.Scope.READ)
    assert client.get(LIST, headers={"Authorization": f"bearer {clear}"}).status_code == 200


def test_a_token_that_may_read_changes_nothing(program: Program, owner: User, document: Document) -> None:
    answer = program(owner, "read").patch(f"{LIST}/{document.pk}", {"title": "New"}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")
    assert 'scope="write"' in answer["WWW-Authenticate"]
    document.refresh_from_db()
    assert document.title == "A letter"


def test_a_revoked_token_opens_nothing(client: Client, owner: User) -> None:
    token, clear = make_token(user=owner, name="Script", scope=ApiToken.Scope.READ)
    headers = {"Authorization": f"Bearer {clear}"}
    assert client.get(LIST, headers=headers).status_code == 200
    revoke_token(user=owner, token_id=token.pk)
    assert client.get(LIST, headers=headers).status_code == 401


def test_a_token_ends(client: Client, owner: User) -> None:
    token, clear = make_token(user=owner, name="Script", scope=ApiToken.Scope.READ, days=1)
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(LIST, headers={"Authorization": f"Bearer {clear}"}).status_code == 401


def test_an_account_that_is_switched_off_has_no_tokens(program: Program, owner: User) -> None:
    asking = program(owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert asking.get(LIST).status_code == 401


def test_a_browser_reads_by_its_session(client: Client, owner: User, document: Document) -> None:
    client.force_login(owner)
    assert client.get(f"{LIST}/{document.pk}").status_code == 200


def test_a_browser_changes_with_its_csrf_token_only(owner: User, document: Document) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    address, change = f"{LIST}/{document.pk}", {"title": "New"}
    refused = browser.patch(address, change, content_type=JSON)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf-missing")
    browser.get("/api/v1/reference")
    token = browser.cookies["csrftoken"].value
    answer = browser.patch(address, change, content_type=JSON, headers={"X-CSRFToken": token})
    assert answer.json()["title"] == "New"


def test_a_program_needs_no_csrf_token(owner: User, document: Document) -> None:
    _token, clear = make_token(user=owner, name="Script", scope=ApiToken.Scope.WRITE)
    strict = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {clear}"})
    answer = strict.patch(f"{LIST}/{document.pk}", {"title": "New"}, content_type=JSON)
    assert answer.status_code == 200
