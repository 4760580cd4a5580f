import subprocess
import sys

import pytest

from documents.errors import EngineUnknown
from documents.ocr.engines import ENGINES, get_engine
from documents.ocr.engines.base import Inability
from tests.project import ROOT


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_is_found_by_its_name(name: str) -> None:
    engine = get_engine(name)
    assert engine.name == name
    assert engine.cannot <= frozenset(Inability)


@pytest.mark.parametrize("name", ENGINES)
def test_who_looks_at_samples_can_glance(name: str) -> None:
    assert Inability.GLANCE not in get_engine(name).scout.cannot


def test_an_unknown_engine_is_named_with_the_known_ones() -> None:
    with pytest.raises(EngineUnknown, match=r"“abacus”.*tesseract"):
        get_engine("abacus")


def test_to_know_their_names_loads_nothing_heavy() -> None:
    script = (
        "import sys, documents.ocr.engines;"
        "sys.exit(str({'cv2', 'numpy', 'PIL', 'django'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == "set()"
