"""The language chooser."""

import pytest

from accounts.models import User
from documents import packs
from documents.errors import EngineMissing
from documents.ocr import engines
from documents.views.languages import chooser
from tests.documents.views.conftest import Browse, html_of
from tests.doubles import EchoEngine

pytestmark = pytest.mark.usefixtures("echo", "latin")


@pytest.fixture(autouse=True)
def few_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """None but the two doubles: what others read here does not matter."""
    monkeypatch.setattr(
        engines, "ENGINES", {name: engines.ENGINES[name] for name in ("tesseract", "rapidocr")}
    )
    monkeypatch.setattr(packs, "ENGINES", engines.ENGINES)


def test_installed_packs_are_offered_by_name(db: None) -> None:
    assert [choice.name for choice in chooser(()).choices] == ["English", "French", "Russian"]


def test_what_only_another_engine_reads_is_offered_too(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.ENGINES, "rapidocr", lambda: EchoEngine("rapidocr", ["eng", "swe"]))
    names = [choice.name for choice in chooser(()).choices]
    assert names == ["English", "French", "Russian", "Swedish"]


def test_a_pack_for_vertical_text_is_offered_only_where_it_is_chosen(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engines.ENGINES, "tesseract", lambda: EchoEngine(languages=["jpn", "jpn_vert"]))
    assert "jpn_vert" not in [choice.code for choice in chooser(["jpn"]).choices]
    assert "jpn_vert" in [choice.code for choice in chooser(["jpn_vert"]).choices if choice.is_chosen]


def test_detect_is_chosen_where_nothing_else_is(db: None) -> None:
    assert chooser(()).detects
    assert chooser(["deu"]).detects
    assert not chooser(["rus"]).detects


def test_missing_packs_come_with_the_command_that_installs_them(browse: Browse, owner: User) -> None:
    missing = browse(owner).get("/languages/").json()["missing"]
    names = [pack["name"] for pack in missing]
    assert "German" in names
    assert "English" not in names
    (german,) = (pack for pack in missing if pack["name"] == "German")
    assert german["advice"] == f"German (deu) is not installed. To install it: {german['command']}"
    assert "deu" in german["command"]


def test_without_an_engine_the_chooser_says_how_to_install_it(
    browse: Browse, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def languages() -> frozenset[str]:
        raise EngineMissing(command="apt-get install tesseract-ocr")

    monkeypatch.setattr(engines.get_engine("tesseract"), "languages", languages)
    client = browse(owner)
    html = html_of(client.get("/upload/"))
    assert "To install it: <span" in html
    assert "<code>apt-get install tesseract-ocr</code>" in html
    assert client.get("/languages/").json() == {"missing": []}
