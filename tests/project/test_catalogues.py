"""The catalogues hold every string of the source, and French says each of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.project import ROOT

_SOURCES = ("accounts", "documents", "ocrsite", "templates", "locale")


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the catalogues were brought up to date by gettext's tools."""
    copy = tmp_path_factory.mktemp("catalogues")
    for name in _SOURCES:
        shutil.copytree(ROOT / name, copy / name)
    shutil.copy(ROOT / "manage.py", copy)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "en", "--locale", "fr"]
    settings = {"DJANGO_SETTINGS_MODULE": "ocrsite.settings", "OCRSITE_DATA_DIR": str(copy / "data")}
    made = subprocess.run(
        command, cwd=copy, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    return copy


def catalogue(root: Path, locale: str) -> Catalog:
    with (root / "locale" / locale / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=locale)


def keys(catalogue: Catalog) -> set[object]:
    return {catalogue._key_for(message.id, message.context) for message in catalogue if message.id}


def is_translated(message: Message) -> bool:
    texts = [message.string] if isinstance(message.string, str) else message.string
    return bool(texts) and all(texts or ()) and not message.fuzzy


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_catalogue_has_the_strings_of_the_source_and_no_others(remade: Path, locale: str) -> None:
    wanted = keys(catalogue(remade, locale))
    assert len(wanted) > 50
    assert keys(catalogue(ROOT, locale)) == wanted
    assert not catalogue(ROOT, locale).fuzzy, "Babel compiles no catalogue whose header is marked as fuzzy"


def test_french_says_everything(remade: Path) -> None:
    assert [m.id for m in catalogue(remade, "fr") if m.id and not is_translated(m)] == []


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_placeholders_survive_translation(locale: str) -> None:
    file = ROOT / "locale" / locale / "LC_MESSAGES" / "django.po"
    checked = subprocess.run(
        ["msgfmt", "--check", "--output-file=/dev/null", file], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
