"""The cast of the tests, and the things they handle.

``owner``, ``editor`` and ``viewer`` are members of one collection; ``stranger`` is none. ``document``
lies in that collection and has been read.
"""

import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from accounts.models import User
from documents.models import Collection, Document, Membership
from documents.ocr import engines
from documents.ocr.engines.base import Inability
from documents.search import question, spelling, writing
from documents.search.index import candidates
from tests import factories
from tests.doubles import EchoEngine
from tests.sites import Prepared, prepare

PASSWORD = "a long pass phrase"
# They start sites, or a validator of PDFs, which takes longer than what it looks at.
_SHARING = ("tests/browser/", "tests/server/", "tests/documents/ocr/pdf/test_archival.py")


@pytest.hookimpl(trylast=True)  # pytest-django sorts them, too
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that share what they start come first: the quick tests, one at a time, fill what they leave."""
    items.sort(key=lambda item: not item.nodeid.startswith(_SHARING))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Hands out the tests to several processes."""
    return _Scheduling(config, log)


class _Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    def _split_scope(self, nodeid: str) -> str:
        """A file of tests that share what its fixtures start stays whole; other tests go one by one."""
        return nodeid.partition("::")[0] if nodeid.startswith(_SHARING) else nodeid


def pytest_unconfigure() -> None:
    """Of several processes each has a data folder, and so has the one that only hands out tests."""
    shutil.rmtree(django_settings.OCRSITE_DATA_DIR)


@pytest.fixture(autouse=True)
def _patient_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found does not hang on how busy this machine is; tests of the budgets set their own."""
    for budget in ("BUDGET", "BUDGET_BESIDES", "BUDGET_WITH_FILTERS", "PATIENCE"):
        monkeypatch.setattr(candidates, budget, 60.0)
    monkeypatch.setattr(candidates, "_PROBE_BUDGET", 60.0)
    monkeypatch.setattr(question, "_FEW_BUDGET", 60.0)
    monkeypatch.setattr(spelling, "_BUDGET", 60.0)
    monkeypatch.setattr(writing, "_BUDGET", 60.0)


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
def empty_storage(settings: Settings, tmp_path: Path) -> None:
    """Without the files of other tests, for those in which all files are looked through."""
    options = {"location": tmp_path / "storage"}
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": disk}


@pytest.fixture
def document(collection: Collection, owner: User) -> Document:
    """One page that says “Hello world”."""
    return factories.make_document(collection=collection, user=owner, texts=["Hello world"])


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> EchoEngine:
    """An engine that reads at once, in the place of Tesseract and of the best one, which begins with it."""
    engine = EchoEngine()
    for name in ("tesseract", "best"):
        monkeypatch.setitem(engines.ENGINES, name, lambda: engine)
    return engine


@pytest.fixture
def latin(monkeypatch: pytest.MonkeyPatch) -> EchoEngine:
    """Another engine beside `echo`, which reads Latin script only and no columns."""
    engine = EchoEngine("rapidocr", ["eng", "fra"], [Inability.COLUMNS, Inability.MORE_LANGUAGES])
    monkeypatch.setitem(engines.ENGINES, "rapidocr", lambda: engine)
    return engine


@pytest.fixture
def png(tmp_path: Path) -> Path:
    """A small white picture without text."""
    return factories.picture(tmp_path / "white.png")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Data folders of a site that was just set up, for all tests that start one."""
    return prepare(tmp_path_factory.mktemp("prepared"))
