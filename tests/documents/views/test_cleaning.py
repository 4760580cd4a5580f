"""A page read with each kind of cleaning, to choose one."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Document, OcrRun, Transcription, Trial
from documents.ocr.options import Cleaning
from documents.services import recognise, trying
from tests.documents.views.conftest import Browse, html_of
from tests.doubles import EchoEngine

pytestmark = pytest.mark.usefixtures("echo", "readable")


def address(document: Document, rest: str = "", number: int = 1) -> str:
    return f"/documents/{document.pk}/pages/{number}/cleaning/{rest}"


def try_all(client: Client, document: Document) -> dict[str, Trial]:
    """Ask, and do the work as workers would."""
    assert client.post(address(document)).status_code == 302
    for trial in Trial.objects.filter(state=Trial.State.WAITING):
        trying.work(trial_id=trial.pk)
    return {trial.cleaning: trial for trial in Trial.objects.all()}


def test_nothing_is_tried_before_somebody_asks(browse: Browse, document: Document, owner: User) -> None:
    html = html_of(browse(owner).get(address(document)))
    assert "Try them" in html
    assert not Trial.objects.exists()


def test_the_page_follows_the_trials_to_their_end(browse: Browse, document: Document, owner: User) -> None:
    client = browse(owner)
    client.post(address(document))
    html = html_of(client.get(address(document)))
    assert "Look how far it is" in html
    assert html.count("Waiting…") == len(Cleaning)
    assert "Read the page so" not in html
    assert client.get(address(document, "progress/")).status_code == 200
    try_all(client, document)
    html = html_of(client.get(address(document)))
    assert "Look how far it is" not in html
    assert html.count("95% sure") == html.count("2 of them sure") == len(Cleaning)
    assert html.count("required checked>") == 1
    assert html.count("Nothing had to be done.") == 1
    assert client.get(address(document, "progress/")).status_code == 286


def test_why_a_cleaning_was_not_tried_to_the_end(browse: Browse, document: Document, owner: User) -> None:
    client = browse(owner)
    client.post(address(document))
    Trial.objects.update(state=Trial.State.FAILED, error_code="gave-up", error_params={"attempts": 3})
    html = html_of(client.get(address(document)))
    assert html.count("Reading this page was interrupted 3 times") == len(Cleaning)
    assert "Read the page so" not in html
    assert "Try all again" in html


def test_each_has_a_picture(browse: Browse, document: Document, owner: User) -> None:
    client = browse(owner)
    trial = try_all(client, document)["invert"]
    answer = client.get(address(document, f"{trial.pk}/image"))
    assert answer.headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(("keep", "kept"), [({}, "auto"), ({"keep": "on"}, "even")])
def test_the_page_is_read_with_what_was_chosen(
    browse: Browse, document: Document, editor: User, keep: dict[str, str], kept: str
) -> None:
    client = browse(editor)
    trial = try_all(client, document)["even"]
    answer = client.post(address(document, "read/"), {"trial": trial.pk, **keep}, follow=True)
    assert answer.redirect_chain == [(f"/documents/{document.pk}/?page=1", 302)]
    # The bar says how far it is; a sentence would stay when it is over.
    assert ("Waiting to be read" in html_of(answer), 'class="message' in html_of(answer)) == (True, False)
    run = OcrRun.objects.latest("pk")
    assert (run.cleaning, run.languages, run.requested_by) == ("even", ["eng"], editor)
    document.refresh_from_db()
    assert document.cleaning == kept


def test_the_page_is_read_by_the_engine_that_was_tried(
    browse: Browse, document: Document, editor: User, latin: EchoEngine
) -> None:
    document.runs.update(asked_engine="rapidocr")
    client = browse(editor)
    trial = try_all(client, document)["even"]
    client.post(address(document, "read/"), {"trial": trial.pk})
    assert (len(latin.calls) > 0, OcrRun.objects.latest("pk").asked_engine) == (True, "rapidocr")


def test_another_engine_that_was_chosen_meanwhile_does_not_read_what_was_tried(
    browse: Browse, document: Document, editor: User, echo: EchoEngine, latin: EchoEngine
) -> None:
    document.runs.update(asked_engine="rapidocr")
    client = browse(editor)
    trial = try_all(client, document)["even"]
    document.runs.update(asked_engine="")
    client.post(address(document, "read/"), {"trial": trial.pk})
    assert OcrRun.objects.latest("pk").engine == "rapidocr"


def test_the_engine_of_the_site_is_not_somebodys_choice(
    browse: Browse, document: Document, editor: User
) -> None:
    client = browse(editor)
    trial = try_all(client, document)["even"]
    client.post(address(document, "read/"), {"trial": trial.pk})
    assert OcrRun.objects.latest("pk").asked_engine == ""


def test_a_language_that_is_not_there_is_a_sentence(browse: Browse, document: Document, editor: User) -> None:
    Transcription.objects.update(languages=["deu"])
    answer = browse(editor).post(address(document), follow=True)
    assert "German (deu) is not installed." in html_of(answer)
    assert not Trial.objects.exists()


def test_a_reading_under_way_is_told(browse: Browse, document: Document, editor: User) -> None:
    client = browse(editor)
    trial = try_all(client, document)["even"]
    recognise.start_run(document=document, user=editor)
    answer = client.post(address(document, "read/"), {"trial": trial.pk}, follow=True)
    assert "This document is being read." in html_of(answer)
    assert OcrRun.objects.latest("pk").cleaning == "auto"


@pytest.mark.parametrize("trial", ["", "x", "999999"])
def test_what_is_no_trial_is_not_read(browse: Browse, document: Document, owner: User, trial: str) -> None:
    assert browse(owner).post(address(document, "read/"), {"trial": trial}).status_code == 404


def test_a_trial_that_is_not_over_is_not_read(browse: Browse, document: Document, owner: User) -> None:
    browse(owner).post(address(document))
    trial = Trial.objects.latest("pk").pk
    assert browse(owner).post(address(document, "read/"), {"trial": trial}).status_code == 404


def test_owners_and_editors_try_and_others_do_not(
    browse: Browse, document: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    trial = try_all(browse(owner), document)["none"].pk
    for user, seen, sent in ((owner, 200, 302), (editor, 200, 302), (viewer, 403, 403), (stranger, 404, 404)):
        client = browse(user)
        assert client.get(address(document)).status_code == seen
        assert client.get(address(document, f"{trial}/image")).status_code == seen
        assert client.get(address(document, "progress/")).status_code in (seen, seen + 86)
        assert client.post(address(document, "read/"), {"trial": trial}).status_code == sent
    for user, sent in ((viewer, 403), (stranger, 404), (editor, 302)):
        assert browse(user).post(address(document)).status_code == sent


def test_wrong_methods_and_addresses(browse: Browse, document: Document, owner: User) -> None:
    client = browse(owner)
    assert client.get(address(document, "read/")).headers["Location"] == address(document)
    assert client.post(address(document, "progress/")).status_code == 405
    assert client.get(address(document, number=2)).status_code == 404
    assert client.get(f"/documents/{uuid4()}/pages/1/cleaning/").status_code == 404
    assert client.get(address(document, "77/image")).status_code == 404


def test_reading_again_shows_and_changes_what_the_document_keeps(
    browse: Browse, document: Document, owner: User, echo: EchoEngine
) -> None:
    Document.objects.update(cleaning="sharpen")
    client, form = browse(owner), f"/documents/{document.pk}/runs/new/"
    assert '<option value="sharpen" selected>' in html_of(client.get(form))
    client.post(form, {"languages": "eng", "cleaning": "even"})
    document.refresh_from_db()
    assert (document.cleaning, OcrRun.objects.latest("pk").cleaning) == ("even", "even")
    assert client.post(form, {"languages": "eng", "cleaning": "bleach"}).status_code == 422
