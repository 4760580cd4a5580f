"""What the environment may say of the site as a whole."""

import os
import subprocess
import sys
from pathlib import Path

from tests.project import ROOT


def test_an_unknown_engine_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=os.environ
        | {
            "OCRSITE_DATA_DIR": str(tmp_path),
            "OCRSITE_ENGINE": "abacus",
            "DJANGO_SETTINGS_MODULE": "ocrsite.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("OCRSITE_ENGINE='abacus' cannot be used: write one of tesseract, tesserocr")
    assert done.stderr.count("\n") == 1
