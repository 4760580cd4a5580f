from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import IdempotencyKey, User
from accounts.services.idempotency import claim, forget_old, give_back, keep_answer
from documents.errors import KeyBusy, KeyReused


def age(**by: int) -> None:
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(**by))


def test_the_first_is_to_be_worked_at(owner: User) -> None:
    assert claim(user=owner, key="a", fingerprint="1").status is None


def test_the_second_waits_for_it(owner: User) -> None:
    claim(user=owner, key="a", fingerprint="1")
    with pytest.raises(KeyBusy):
        claim(user=owner, key="a", fingerprint="1")


def test_the_second_gets_what_the_first_got(owner: User) -> None:
    first = claim(user=owner, key="a", fingerprint="1")
    keep_answer(claimed=first, status=201, headers={"Location": "/x"}, body="é".encode())
    second = claim(user=owner, key="a", fingerprint="1")
    assert (second.status, second.headers, bytes(second.body).decode()) == (201, {"Location": "/x"}, "é")


def test_another_request_is_refused(owner: User) -> None:
    claim(user=owner, key="a", fingerprint="1")
    with pytest.raises(KeyReused):
        claim(user=owner, key="a", fingerprint="2")


def test_a_key_that_was_given_back_is_free(owner: User) -> None:
    give_back(claimed=claim(user=owner, key="a", fingerprint="1"))
    assert claim(user=owner, key="a", fingerprint="2").status is None


def test_an_answer_is_not_given_back(owner: User) -> None:
    first = claim(user=owner, key="a", fingerprint="1")
    keep_answer(claimed=first, status=200, headers={}, body=b"")
    give_back(claimed=first)
    assert claim(user=owner, key="a", fingerprint="1").status == 200


def test_what_a_killed_process_left_is_free_after_a_while(owner: User) -> None:
    claim(user=owner, key="a", fingerprint="1")
    age(minutes=11)
    assert claim(user=owner, key="a", fingerprint="1").status is None


def test_after_a_day_all_is_forgotten(owner: User, stranger: User) -> None:
    for user in (owner, stranger):
        keep_answer(claimed=claim(user=user, key="a", fingerprint="1"), status=200, headers={}, body=b"")
    age(hours=23)
    assert forget_old() == 0
    age(hours=25)
    assert claim(user=owner, key="a", fingerprint="2").status is None
    assert forget_old() == 1
    assert IdempotencyKey.objects.get().user == owner
