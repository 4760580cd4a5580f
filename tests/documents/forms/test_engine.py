"""Which engine reads, and whether it can read the languages that were chosen."""

import pytest
from django.http import QueryDict

from documents.forms import ReadAgainForm, UploadForm
from tests.doubles import EchoEngine

pytestmark = pytest.mark.usefixtures("echo", "latin")


def form(sent: str) -> UploadForm:
    return UploadForm(QueryDict(sent))


def test_nothing_means_the_engine_of_the_site() -> None:
    sent = form("languages=rus")
    assert sent.is_valid()
    assert (sent.cleaned_data["engine"], sent.cleaned_data["languages"]) == ("", ("rus",))


def test_another_engine_reads_what_it_can() -> None:
    sent = form("languages=fra&engine=rapidocr")
    assert sent.is_valid()
    assert (sent.cleaned_data["engine"], sent.cleaned_data["languages"]) == ("rapidocr", ("fra",))


def test_what_it_cannot_read_is_a_sentence() -> None:
    sent = form("languages=eng&languages=rus&engine=rapidocr")
    assert sent.errors["languages"] == [
        "The engine “RapidOCR” cannot read Russian (rus). Choose another engine or another language."
    ]


def test_a_name_that_is_no_engine_is_a_sentence() -> None:
    assert form("engine=abacus").errors["engine"] == ["This engine cannot run here. Choose another one."]


def test_an_engine_that_cannot_run_here_is_not_offered(
    latin: EchoEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(latin, "languages", frozenset)
    offered = {choice.data["value"] for choice in ReadAgainForm(page_count=1)["engine"]}
    assert "rapidocr" not in offered
    assert {"", "best"} <= offered


def test_the_engine_of_the_site_is_offered_once_and_may_be_named() -> None:
    offered = [choice.data["value"] for choice in ReadAgainForm(page_count=1)["engine"]]
    assert (offered[0], "tesseract" in offered) == ("", False)
    named = form("languages=eng&engine=tesseract")
    assert named.is_valid()
    assert named.cleaned_data["engine"] == ""
