import pytest

from documents.errors import EngineUnknown
from documents.ocr.engines import get_engine


def test_an_engine_is_found_by_its_name() -> None:
    assert get_engine("tesseract").name == "tesseract"


def test_an_unknown_engine_is_named_with_the_known_ones() -> None:
    with pytest.raises(EngineUnknown, match=r"“abacus”.*tesseract"):
        get_engine("abacus")
