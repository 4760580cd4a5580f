from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from documents.errors import EngineMissing
from tests.doubles import EchoEngine


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("languages", *arguments, stdout=out)
    return out.getvalue()


def test_installed_packs_are_listed_by_name(echo: EchoEngine) -> None:
    assert [line.split() for line in printed().splitlines()] == [
        ["eng", "English"], ["fra", "French"], ["rus", "Russian"],
    ]  # fmt: skip


def test_names_are_those_of_the_reader(echo: EchoEngine) -> None:
    with override("fr"):
        assert [line.split()[1] for line in printed().splitlines()] == ["anglais", "français", "russe"]


def test_the_others_come_with_the_command_that_installs_them(echo: EchoEngine) -> None:
    _, _, others = printed("--all").partition("Not installed:\n")
    [swedish] = [line for line in others.splitlines() if line.startswith("swe ")]
    assert "Swedish" in swedish
    assert "swe" in swedish.split("Swedish")[1]
    assert "\neng " not in others


def test_a_missing_engine_is_a_sentence(echo: EchoEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> frozenset[str]:
        raise EngineMissing(command="sudo apt-get install tesseract-ocr")

    monkeypatch.setattr(echo, "languages", missing)
    with pytest.raises(CommandError, match="Tesseract"):
        printed()
