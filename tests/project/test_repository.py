"""What may lie in the repository."""

import json
import os
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.project import ROOT

_LOCKS = ("requirements.txt", "requirements-build.txt", "requirements-test.txt", "requirements-node.txt")
_OTHER_PEOPLES = (
    "*.min.js",
    "*.min.css",
    "*.js.map",
    "*.woff",
    "*.woff2",
    "*.ttf",
    "*.otf",
    "*/vendor/*",
    "*/node_modules/*",
)


def _ignored() -> list[str]:
    lines = (ROOT / ".gitignore").read_text().splitlines()
    return [*(line.rstrip("/") for line in lines if line and not line.startswith("#")), "/.git"]


def _files() -> Iterator[Path]:
    """What git would keep: everything but what ``.gitignore`` names, by place or by name."""
    ignored = _ignored()

    def keep(folder: str, name: str) -> bool:
        place = f"/{Path(folder, name).relative_to(ROOT)}"
        return not any(fnmatch(place if line.startswith("/") else name, line) for line in ignored)

    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if keep(folder, name)]
        yield from (Path(folder, name) for name in names if keep(folder, name))


def test_the_walk_sees_the_project_and_not_what_is_ignored() -> None:
    files = {str(file.relative_to(ROOT)) for file in _files()}
    assert {"manage.py", "bin/setup", "documents/errors.py"} <= files
    assert not any(name.startswith((".venv/", ".git/", "static/vendor/")) for name in files)


def test_no_file_is_large() -> None:
    assert [file for file in _files() if file.stat().st_size > 1_000_000] == []


def test_other_peoples_work_is_fetched_and_not_kept() -> None:
    places = [f"/{file.relative_to(ROOT)}" for file in _files()]
    assert [place for place in places if any(fnmatch(place, pattern) for pattern in _OTHER_PEOPLES)] == []


@pytest.mark.parametrize("name", _LOCKS)
def test_every_python_package_is_locked_by_hash(name: str) -> None:
    text = (ROOT / name).read_text()
    packages = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
    assert packages
    assert [package for package in packages if not re.match(r"\S+==\S.*\\\n +--hash=sha256:", package)] == []
    assert "://" not in text
    assert "index-url" not in text


def test_what_is_built_while_installing_is_built_by_what_is_locked() -> None:
    [call] = re.findall(r"-m pip install.*?--requirement", (ROOT / "bin/common.sh").read_text(), re.DOTALL)
    assert all(
        option in call for option in ("--require-hashes", "--only-binary :all:", "--no-build-isolation")
    )
    assert re.search(r"^setuptools==", (ROOT / "requirements-build.txt").read_text(), re.MULTILINE)


def test_every_npm_package_is_locked_by_hash_and_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert fetched
    assert [name for name, package in fetched.items() if "integrity" not in package] == []
    assert [name for name, package in fetched.items() if "resolved" in package] == []


def test_what_is_to_be_run_can_be_run() -> None:
    scripts = [file for file in (ROOT / "bin").iterdir() if file.suffix != ".sh"]
    scripts += [ROOT / "manage.py", ROOT / ".ci" / "run"]
    assert [script for script in scripts if not os.access(script, os.X_OK)] == []
    assert [script for script in scripts if not script.read_text().startswith("#!/usr/bin/env ")] == []
