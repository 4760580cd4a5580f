"""The cast in front of a browser."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User

Browse = Callable[[User], Client]


def html_of(answer: HttpResponse) -> str:
    """The page, with all white space as single spaces: how a template is wrapped does not matter."""
    return " ".join(answer.content.decode().split())


@pytest.fixture
def browse() -> Browse:
    """The browser of a person who is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
