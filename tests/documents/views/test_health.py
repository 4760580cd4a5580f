"""What supervisors ask."""

import logging
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client, override_settings

from documents.errors import EngineMissing, StorageDown
from tests.doubles import EchoEngine


def test_a_process_that_answers_is_healthy_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
@pytest.mark.usefixtures("echo")
def test_a_site_that_can_read_is_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_missing_engine_is_a_sentence(
    client: Client, echo: EchoEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def languages() -> frozenset[str]:
        raise EngineMissing(command="apt-get install it")

    monkeypatch.setattr(echo, "languages", languages)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "is not installed. To install it: apt-get install it" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("echo")
def test_a_data_folder_that_is_gone_is_a_sentence(
    client: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(OCRSITE_TMP_DIR=tmp_path / "gone"), caplog.at_level(logging.CRITICAL):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.content.decode()) == (503, "The data folder cannot be written to.\n")


@pytest.mark.django_db
@pytest.mark.usefixtures("echo")
@pytest.mark.parametrize("error", [StorageDown(), PermissionError()], ids=["bucket", "folder"])
def test_a_storage_that_does_not_answer_is_a_sentence(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def exists(_name: str) -> bool:
        raise error

    monkeypatch.setattr(default_storage, "exists", exists)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content.decode()) == (503, "The storage does not answer.\n")
