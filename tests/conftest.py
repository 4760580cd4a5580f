"""The cast of the tests, and the things they handle.

``owner``, ``editor`` and ``viewer`` are members of one collection; ``stranger`` is none. ``document``
lies in that collection and has been read.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import User
from documents.models import Collection, Document, Membership
from documents.ocr import engines
from tests import factories
from tests.doubles import EchoEngine
from tests.sites import Prepared, prepare

PASSWORD = "a long pass phrase"


@pytest.fixture(scope="session", autouse=True)
def _data_dir_is_removed() -> Iterator[None]:
    yield
    shutil.rmtree(settings.OCRSITE_DATA_DIR)


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("owner", password=PASSWORD)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("editor", password=PASSWORD)


@pytest.fixture
def viewer(db: None) -> User:
    return User.objects.create_user("viewer", password=PASSWORD)


@pytest.fixture
def stranger(db: None) -> User:
    return User.objects.create_user("stranger", password=PASSWORD)


@pytest.fixture
def collection(owner: User, editor: User, viewer: User) -> Collection:
    collection = Collection.objects.create(name="Letters", personal_of=owner)
    for user, role in ((owner, "owner"), (editor, "editor"), (viewer, "viewer")):
        Membership.objects.create(collection=collection, user=user, role=role)
    return collection


@pytest.fixture
def document(collection: Collection, owner: User) -> Document:
    """One page that says “Hello world”."""
    return factories.make_document(collection=collection, user=owner, texts=["Hello world"])


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> EchoEngine:
    """An engine that reads at once, in the place of Tesseract."""
    engine = EchoEngine()
    monkeypatch.setitem(engines.ENGINES, "tesseract", lambda: engine)
    return engine


@pytest.fixture
def png(tmp_path: Path) -> Path:
    """A small white picture without text."""
    return factories.picture(tmp_path / "white.png")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Data folders of a site that was just set up, for all tests that start one."""
    return prepare(tmp_path_factory.mktemp("prepared"))
