"""Programs that ask the API: each is a client that sends a token."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import ApiToken, User
from accounts.services.tokens import make_token
from documents import storage
from documents.models import Document

Program = Callable[..., Client]


@pytest.fixture
def program(db: None) -> Program:
    """``program(user)`` may write, ``program(user, "read")`` only read."""

    def of(user: User, scope: str = "write") -> Client:
        _token, clear = make_token(user=user, name="Script", scope=ApiToken.Scope(scope))
        return Client(headers={"Authorization": f"Bearer {clear}"}, raise_request_exception=False)

    return of


@pytest.fixture
def client_of_owner(program: Program, owner: User) -> Client:
    return program(owner)


@pytest.fixture
def readable(document: Document) -> None:
    """The original of the document is a picture, so that it can be read again."""
    with storage.open_file(document.pages.get().image) as file:
        name = storage.save_bytes(file.read(), storage.original_name(document.pk, 3, ".jpg"))
    document.originals.update(file=name)


@pytest.fixture(autouse=True)
def _nobody_asked_yet(settings, tmp_path: Path) -> None:
    settings.OCRSITE_TMP_DIR = tmp_path  # where requests are counted
