import pytest
from django.utils.translation import override
from pytest_django import Settings

from documents.errors import EngineNotHere
from documents.ocr.engines import ENGINES
from documents.words import engine_name
from documents.words.engines import engine_choices, engine_described, readable_by, report
from tests.doubles import EchoEngine

pytestmark = pytest.mark.usefixtures("echo", "latin")


def test_engines_have_names_and_unknown_ones_too() -> None:
    assert [engine_name(name) for name in ("tesseract", "rapidocr", "abacus")] == [
        "Tesseract", "RapidOCR", "abacus",
    ]  # fmt: skip


def test_what_an_engine_cannot_do_is_told_beside_what_it_is_good_for() -> None:
    assert engine_described("rapidocr") == (
        "Latin, Chinese and Japanese script, and no other. It knows no columns."
    )
    assert engine_described("tesseract") == "Print in most languages, with columns."


def test_automatic_tells_which_one_that_is(settings: Settings) -> None:
    assert engine_choices()[0] == ("", "Automatic (Tesseract)")
    assert engine_described("") == "Right for nearly everyone. Print in most languages, with columns."
    settings.OCRSITE_ENGINE = "best"
    assert engine_choices()[0] == ("", "Automatic (best)")


def test_choices_say_what_they_are_for() -> None:
    assert ("rapidocr", "For photos and receipts (RapidOCR)") in engine_choices()


def test_what_an_engine_will_ever_read_is_known_where_nothing_can_be_added(
    settings: Settings, latin: EchoEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (readable_by("rapidocr"), readable_by("tesseract"), readable_by("")) == (["eng", "fra"], [], [])
    settings.OCRSITE_ENGINE = "rapidocr"
    assert readable_by("") == ["eng", "fra"]
    monkeypatch.setattr(latin, "languages", _missing)
    assert readable_by("") == []


def test_the_report_has_a_line_for_each_engine() -> None:
    lines = {line.split()[0]: line for line in report()}
    assert lines["tesseract"].split(maxsplit=1)[1] == "1.0, languages: 3."
    assert "languages: 2. It knows no columns." in lines["rapidocr"]


def test_an_engine_that_cannot_run_here_says_why(latin: EchoEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latin, "languages", _missing)
    [line] = [line for line in report() if line.startswith("rapidocr")]
    assert line.split(maxsplit=1)[1] == (
        "The engine “RapidOCR” cannot run here. To install it: pip install rapidocr"
    )


def _missing() -> frozenset[str]:
    raise EngineNotHere(engine="rapidocr", command="pip install rapidocr")


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_engine_there_is_has_words(locale: str) -> None:
    with override(locale):
        assert all(engine_described(name) and engine_name(name) != name for name in ENGINES)
