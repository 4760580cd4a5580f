"""The languages that a document was read in, and the offer of better ones."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, OcrRun, Transcription
from documents.services import recognise
from tests.documents.views.conftest import Browse, html_of
from tests.doubles import EchoEngine
from tests.factories import make_document


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    """Of three pages, of which the last two seem to be Russian."""
    book = make_document(collection=collection, user=owner, texts=["one", "two", "three"])
    Transcription.objects.filter(page__document=book, page__number__gt=1).update(suggested=["rus"])
    return book


def _page(client: Client, document: Document) -> str:
    return html_of(client.get(f"/documents/{document.pk}/"))


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_another_reading_of_doubtful_pages_is_one_click(
    request: pytest.FixtureRequest, browse: Browse, role: str, book: Document, echo: EchoEngine
) -> None:
    client = browse(request.getfixturevalue(role))
    html = _page(client, book)
    assert "Pages 2–3 seem to be in Russian." in html
    form = html[html.index('id="doubts"') :]
    sent = dict(re.findall(r'<input type="hidden" name="(languages|pages)" value="([^"]*)">', form))
    assert client.post(f"/documents/{book.pk}/runs/new/", sent).status_code == 302
    run = OcrRun.objects.latest("pk")
    assert (run.languages, list(run.jobs.values_list("page__number", flat=True))) == (["rus"], [2, 3])


def test_the_other_reading_is_asked_of_the_engine_that_was_chosen(
    browse: Browse, owner: User, book: Document, echo: EchoEngine, latin: EchoEngine
) -> None:
    OcrRun.objects.update(asked_engine="rapidocr")
    Transcription.objects.filter(suggested=["rus"]).update(suggested=["fra"])
    assert '<input type="hidden" name="engine" value="rapidocr">' in _page(browse(owner), book)


def test_what_the_chosen_engine_never_reads_is_not_offered(
    browse: Browse, owner: User, book: Document, echo: EchoEngine, latin: EchoEngine
) -> None:
    OcrRun.objects.update(asked_engine="rapidocr")
    html = _page(browse(owner), book)
    assert "Pages 2–3 seem to be in Russian." in html
    assert "To install it" not in html
    assert "Read again in Russian" not in html


def test_no_other_reading_is_offered_while_one_is_going_on(
    browse: Browse, owner: User, book: Document, echo: EchoEngine
) -> None:
    recognise.start_run(document=book, user=owner)
    html = _page(browse(owner), book)
    assert "Pages 2–3 seem to be in Russian." in html
    assert "Read again in Russian" not in html


def test_a_viewer_is_told_and_cannot_change_it(browse: Browse, viewer: User, book: Document) -> None:
    html = _page(browse(viewer), book)
    assert "Pages 2–3 seem to be in Russian." in html
    assert "Read again in Russian" not in html


def test_a_missing_pack_is_told_with_the_way_to_install_it(
    browse: Browse, owner: User, book: Document, echo: EchoEngine
) -> None:
    Transcription.objects.filter(page__document=book).update(suggested=["jpn_vert"])
    html = _page(browse(owner), book)
    assert "Japanese (vertical) (jpn_vert) is not installed. To install it:" in html
    assert "Read again in Japanese" not in html


def _keep(client: Client, document_id: object) -> int:
    return client.post(f"/documents/{document_id}/languages/keep/", {"suggested": "rus"}).status_code


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_an_offer_that_was_declined_is_gone(
    request: pytest.FixtureRequest, browse: Browse, role: str, book: Document
) -> None:
    Transcription.objects.filter(page__document=book, page__number=1).update(suggested=["fra"])
    client = browse(request.getfixturevalue(role))
    assert 'name="suggested" value="rus"' in _page(client, book)

    assert _keep(client, book.pk) == 302

    html = _page(client, book)
    assert "to be in Russian" not in html
    assert "Page 1 seems to be in French." in html


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("stranger", 404)])
def test_others_cannot_decline_it(
    request: pytest.FixtureRequest, browse: Browse, role: str, status: int, book: Document
) -> None:
    assert _keep(browse(request.getfixturevalue(role)), book.pk) == status
    assert Transcription.objects.filter(suggested=["rus"]).count() == 2


def test_an_offer_for_a_document_that_is_not_there_cannot_be_declined(browse: Browse, owner: User) -> None:
    assert _keep(browse(owner), uuid4()) == 404


def test_opening_the_address_declines_nothing(browse: Browse, owner: User, book: Document) -> None:
    assert browse(owner).get(f"/documents/{book.pk}/languages/keep/").status_code == 302
    assert Transcription.objects.filter(suggested=["rus"]).count() == 2


def test_a_document_of_one_page_does_not_count_it(browse: Browse, owner: User, document: Document) -> None:
    Transcription.objects.update(suggested=["rus"])
    assert "This page seems to be in Russian." in _page(browse(owner), document)


def test_without_a_doubt_nothing_is_offered(browse: Browse, owner: User, document: Document) -> None:
    assert "seems to be in" not in _page(browse(owner), document)


@pytest.mark.parametrize(("confidence", "words"), [(93, "sure"), (70, "fairly sure"), (40, "not sure")])
def test_detected_languages_come_with_how_sure_they_are(
    browse: Browse, owner: User, document: Document, confidence: int, words: str
) -> None:
    OcrRun.objects.update(languages=[])
    Document.objects.update(mean_confidence=confidence)
    Transcription.objects.update(text="Please close the door of the cellar behind you.")
    assert f"read as English ({words})" in _page(browse(owner), document)


def test_the_language_of_a_word_or_two_is_not_sure_however_well_they_were_read(
    browse: Browse, owner: User, document: Document
) -> None:
    OcrRun.objects.update(languages=[])
    Document.objects.update(mean_confidence=96)
    Transcription.objects.update(text="Cellar key")
    assert "read as English (not sure)" in _page(browse(owner), document)


def test_languages_that_somebody_named_are_told_as_they_are(
    browse: Browse, owner: User, document: Document
) -> None:
    facts = _facts(_page(browse(owner), document))
    assert "<span>English" in facts
    assert "read as English" not in facts


def _facts(html: str) -> str:
    return html[html.index('id="facts"') :].partition("</p>")[0]


def test_the_languages_lead_to_another_reading(browse: Browse, owner: User, document: Document) -> None:
    facts = _facts(_page(browse(owner), document))
    assert f'href="/documents/{document.pk}/runs/new/?found" aria-label="Change the languages"' in facts


def test_a_viewer_is_not_led_there(browse: Browse, viewer: User, document: Document) -> None:
    assert "Change the languages" not in _facts(_page(browse(viewer), document))
