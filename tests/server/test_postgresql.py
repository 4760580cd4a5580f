"""PostgreSQL does what SQLite does: the tests of search and of changes pass with it as they are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.outside import postgresql
from tests.project import ROOT

pytestmark = pytest.mark.server

_SUITES = (
    "tests/documents/migrations",
    "tests/documents/search",
    "tests/documents/selectors",
    "tests/documents/services/test_index.py",
    "tests/documents/services/test_catch_up.py",
    "tests/documents/services/test_copies.py",
    "tests/documents/services/test_correct.py",
    "tests/documents/services/test_known_words.py",
    "tests/documents/services/test_leases.py",
    "tests/documents/services/test_locks.py",
    "tests/documents/services/test_misreadings.py",
    "tests/documents/services/test_proposals.py",
    "tests/documents/services/test_trash.py",
    "tests/documents/services/test_tags.py",
    "tests/documents/services/test_members.py",
    "tests/documents/services/bulk",
    "tests/documents/management/test_check_archive.py",
    "tests/project/test_search_docs.py",
)


def test_the_tests_of_search_and_of_changes_pass_with_postgresql(tmp_path: Path) -> None:
    with postgresql(tmp_path) as url:
        passed = subprocess.run(
            [sys.executable, "-m", "pytest", "--numprocesses", "0", "-p", "no:cacheprovider", *_SUITES],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
    assert passed.returncode == 0, passed.stdout[-5000:] + passed.stderr[-2000:]
    assert " passed" in passed.stdout
