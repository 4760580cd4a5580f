"""The cast in front of a browser."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from documents import storage
from documents.models import Document

Browse = Callable[[User], Client]


def html_of(answer: HttpResponse) -> str:
    """The page, with all white space as single spaces: how a template is wrapped does not matter."""
    return " ".join(answer.content.decode().split())


@pytest.fixture
def readable(document: Document) -> None:
    """The original of the document is a picture, so that it can be read again."""
    with storage.open_file(document.pages.get().image) as file:
        name = storage.save_bytes(file.read(), storage.original_name(document.pk, 3, ".jpg"))
    document.originals.update(file=name)


@pytest.fixture
def browse() -> Browse:
    """The browser of a person who is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
