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


def test_what_could_be_installed_is_known() -> None:
    assert {"deu", "spa"} <= packs.missing_packs()
    assert packs.missing_packs().isdisjoint(packs.installed_packs())
    assert packs.missing_packs("rapidocr") == frozenset()


def test_each_engine_tells_its_state(latin: EchoEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> frozenset[str]:
        raise EngineMissing(command="install it")

    states = {state.name: state for state in packs.engine_states()}
    assert (states["tesseract"].version, states["tesseract"].languages) == ("1.0", ("eng", "fra", "rus"))
    monkeypatch.setattr(latin, "languages", missing)
    [state] = [state for state in packs.engine_states() if state.name == "rapidocr"]
    assert (state.version, state.languages, type(state.problem)) == ("", (), EngineMissing)
