from pathlib import Path

import pytest

from tests.project import ROOT
from tests.project.imports import modules, violations


def test_imports_point_downward() -> None:
    assert violations(ROOT) == []


def test_the_walk_sees_the_project() -> None:
    assert {"documents.errors", "documents.ocr.elements", "ocrsite.settings"} <= modules(ROOT).keys()


def _plant(root: Path, module: str, source: str) -> None:
    for name in ("accounts.models", "documents.errors", "documents.models", "documents.views", module):
        file = root / (name.replace(".", "/") + ".py")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    file.write_text(source)


@pytest.mark.parametrize(
    ("module", "source", "breach"),
    [
        ("documents.services.receive", "from documents.views import upload", "documents.views"),
        ("documents.services.receive", "from documents import views", "documents.views"),
        ("documents.services.receive", "from .. import views", "documents.views"),
        ("documents.services.receive", "import documents.views", "documents.views"),
        ("documents.selectors", "from accounts.services import x", "accounts.services"),
        ("documents.ocr.files.load", "from documents.models import Page", "documents.models"),
        ("documents.views.archive", "from ocrsite.urls import urlpatterns", "ocrsite.urls"),
        ("documents.ocr.files.load", "from django.conf import settings", "without Django"),
        ("documents.errors", "import django_tasks", "without Django"),
        ("documents.views.archive", "def f():\n    import json", "inside a function"),
        ("documents.storage", "settings.MEDIA_ROOT", "settings.MEDIA_ROOT"),
    ],
)
def test_a_planted_breach_is_found(tmp_path: Path, module: str, source: str, breach: str) -> None:
    _plant(tmp_path, module, source)
    (found,) = violations(tmp_path)
    assert breach in found
    assert found.startswith(module.replace(".", "/"))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "documents.services.receive",
            "from documents import models, errors",
        ),
        ("documents.services.receive", "from documents.services import leases"),
        ("documents.services.receive", "settings.OCRSITE_MAX_PAGES"),
        ("documents.selectors", "settings.AUTH_USER_MODEL"),
        ("documents.ocr.files.load", "import json\nfrom documents.errors import FileEmpty"),
    ],
)
def test_what_is_allowed_is_left_alone(tmp_path: Path, module: str, source: str) -> None:
    _plant(tmp_path, module, source)
    assert violations(tmp_path) == []
