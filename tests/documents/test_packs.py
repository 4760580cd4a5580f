"""What can read here, and which languages."""

import pytest

from documents import packs
from documents.errors import EngineMissing, EngineUnknown, LanguageBeyond, LanguageMissing
from tests.doubles import EchoEngine

pytestmark = pytest.mark.usefixtures("echo", "latin")


def test_languages_are_those_of_the_engine() -> None:
    assert packs.installed_packs() == ("eng", "fra", "rus")
    assert packs.installed_packs("rapidocr") == ("eng", "fra")


def test_a_language_that_can_be_installed_is_told_from_one_that_cannot() -> None:
    with pytest.raises(LanguageMissing):
        packs.checked("deu")
    with pytest.raises(LanguageBeyond):
        packs.checked("deu", "rapidocr")


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(EngineUnknown):
        packs.checked("eng", "abacus")


def test_only_engines_that_can_run_are_here(latin: EchoEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> frozenset[str]:
        raise EngineMissing(command="install it")

    assert {"tesseract", "rapidocr"} <= set(packs.engines_here())
    monkeypatch.setattr(latin, "languages", missing)
    assert "rapidocr" not in packs.engines_here()


def test_an_engine_that_cannot_run_here_leaves_the_choice_to_the_site() -> None:
    assert [packs.usable(engine) for engine in ("rapidocr", "abacus", "")] == ["rapidocr", "", ""]
