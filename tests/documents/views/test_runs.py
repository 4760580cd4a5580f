"""Readings: start another, stop, try again, go back to an earlier one."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from documents.models import Collection, Document, OcrRun, PageJob, State
from documents.ocr.correcting.operations import ReplaceWord
from documents.services import correct
from documents.services.recognise import recognise_page, start_run
from tests.documents.views.conftest import Browse, html_of
from tests.doubles import EchoEngine
from tests.factories import blocks, make_document


@pytest.fixture
def person(browse: Browse, editor: User, echo: EchoEngine) -> Client:
    return browse(editor)


def newest(document: Document) -> OcrRun:
    run = document.runs.first()
    assert run is not None
    return run


def address(document: Document, part: str) -> str:
    return f"/documents/{document.pk}/runs/{part}"


def test_a_document_is_read_again_with_other_languages(person: Client, document: Document) -> None:
    answer = person.post(address(document, "new/"), {"languages": ["fra", "rus"]})
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{document.pk}/")
    assert (newest(document).languages, newest(document).pages_total) == (["fra", "rus"], 1)


def test_a_document_is_read_again_by_another_engine(
    person: Client, document: Document, latin: EchoEngine
) -> None:
    person.post(address(document, "new/"), {"languages": ["fra"], "engine": "rapidocr"})
    assert newest(document).engine == "rapidocr"


def test_the_engine_that_was_chosen_the_last_time_is_chosen_beforehand(
    person: Client, document: Document, latin: EchoEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chosen_engine(person, document) == ""
    person.post(address(document, "new/"), {"languages": ["fra"], "engine": "rapidocr"})
    assert chosen_engine(person, document) == "rapidocr"
    monkeypatch.setattr(latin, "languages", frozenset)  # it cannot run any more
    assert chosen_engine(person, document) == ""


def test_what_the_site_chose_is_left_to_the_site(
    person: Client, document: Document, latin: EchoEngine, settings: Settings
) -> None:
    person.post(address(document, "new/"), {"languages": ["fra"], "engine": "tesseract"})
    settings.OCRSITE_ENGINE = "rapidocr"
    assert chosen_engine(person, document) == ""


def chosen_engine(person: Client, document: Document) -> str:
    """The value of the choice that is ticked in the form."""
    html = html_of(person.get(address(document, "new/")))
    [ticked] = re.findall(r'name="engine" value="(\w*)"[^>]* checked', html)
    return str(ticked)


@pytest.mark.parametrize("engine", ["rapidocr", "abacus"])
def test_an_engine_that_cannot_do_it_is_a_sentence(
    person: Client, document: Document, latin: EchoEngine, engine: str
) -> None:
    answer = person.post(address(document, "new/"), {"languages": ["rus"], "engine": engine})
    assert answer.status_code == 422
    assert "Choose another" in html_of(answer)
    assert document.runs.count() == 1


def test_an_empty_form_reads_all_pages_and_detects(person: Client, document: Document) -> None:
    assert person.post(address(document, "new/")).status_code == 302
    assert (newest(document).languages, document.runs.count()) == ([], 2)


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=["One", "Two", "Three"])


def test_some_pages_are_read_again(person: Client, book: Document) -> None:
    person.post(address(book, "new/"), {"pages": "1, 3"})
    assert [job.page.number for job in newest(book).jobs.order_by("page__number")] == [1, 3]


@pytest.mark.parametrize("pages", ["4", "x", "1-", "0"])
def test_pages_that_are_not_there_are_a_sentence(person: Client, book: Document, pages: str) -> None:
    answer = person.post(address(book, "new/"), {"pages": pages})
    assert answer.status_code == 422
    assert 'class="errorlist" id="id_pages_error"' in html_of(answer)
    assert book.runs.count() == 1


def test_a_missing_language_is_a_sentence(person: Client, document: Document) -> None:
    answer = person.post(address(document, "new/"), {"languages": "deu"})
    assert answer.status_code == 422
    html = html_of(answer)
    assert "German (deu) is not installed. To install it: <span" in html
    assert "<code>sudo " in html


def test_a_second_reading_waits_for_the_first(person: Client, document: Document) -> None:
    person.post(address(document, "new/"))
    answer = person.post(address(document, "new/"))
    assert answer.status_code == 422
    assert "This document is being read." in html_of(answer)


def test_the_form_offers_the_languages_of_the_document(person: Client, document: Document) -> None:
    html = html_of(person.get(address(document, "new/")))
    assert 'value="eng" checked' in html
    assert "Earlier readings are kept" in html


def test_the_form_offers_to_detect_where_the_last_reading_did(person: Client, document: Document) -> None:
    document.runs.update(languages=[])
    html = html_of(person.get(address(document, "new/")))
    assert 'value="detect" checked' in html
    assert 'value="eng" checked' not in html


def test_who_changes_the_languages_begins_with_those_that_were_found(
    person: Client, document: Document
) -> None:
    document.runs.update(languages=[])
    [link] = re.findall(
        r'href="([^"]*runs/new/[^"]*)"\s+aria-label="Change the languages"', shown(person, document)
    )
    html = html_of(person.get(link))
    assert 'value="eng" checked' in html
    assert 'value="detect" checked' not in html
    assert 'value="detect" checked' in html_of(person.post(link, {"languages": "detect", "pages": "x"}))


def shown(person: Client, document: Document) -> str:
    return html_of(person.get(f"/documents/{document.pk}/"))


def test_the_form_comes_without_its_page_for_the_dialog(person: Client, document: Document) -> None:
    html = html_of(person.get(address(document, "new/"), headers={"HX-Request": "true"}))
    assert "<form" in html
    assert "<html" not in html


@pytest.mark.parametrize("part", ["", "new/"])
def test_caches_keep_the_page_and_its_part_for_the_dialog_apart(
    person: Client, document: Document, part: str
) -> None:
    assert "HX-Request" in person.get(address(document, part))["Vary"]


def test_a_reading_is_cancelled(person: Client, document: Document, editor: User) -> None:
    run = start_run(document=document, user=editor)
    answer = person.post(address(document, "cancel/"), follow=True)
    run.refresh_from_db()
    assert run.state == State.CANCELLED
    assert html_of(answer).count("The reading was cancelled. Pages that were read are kept.") == 1


def test_only_what_failed_is_tried_again(person: Client, document: Document) -> None:
    PageJob.objects.update(state=PageJob.State.FAILED, error_code="engine-crashed")
    answer = person.post(address(document, "retry/?page=7"), follow=True)
    assert answer.redirect_chain == [(f"/documents/{document.pk}/?page=7", 302)]
    assert PageJob.objects.get().state == PageJob.State.QUEUED
    # The bar says how far it is; a sentence would stay when it is over.
    assert ("Waiting to be read" in html_of(answer), 'class="message' in html_of(answer)) == (True, False)


def test_pages_that_somebody_else_had_read_meanwhile_are_not_tried_again(
    person: Client, document: Document
) -> None:
    answer = person.post(address(document, "retry/"), follow=True)
    assert (PageJob.objects.get().state, 'class="message' in html_of(answer)) == (PageJob.State.DONE, False)


def test_a_locked_pdf_leads_to_where_its_password_is_asked_for(person: Client, document: Document) -> None:
    Document.objects.update(is_locked=True)
    for ask in (person.get, person.post):
        assert ask(address(document, "new/")).headers["Location"] == f"/documents/{document.pk}/"
    assert document.runs.count() == 1


def test_the_readings_are_listed(person: Client, document: Document, editor: User) -> None:
    start_run(document=document, user=editor, languages=["rus"])
    html = html_of(person.get(address(document, "")))
    assert html.count('<li class="run">') == 2
    assert "Russian" in html
    assert "Tesseract 1.0" in html
    assert "90%" in html
    assert html.count("Shown now") == 1
    assert html.count("<dt>Reading time</dt>") == 1


def test_an_earlier_reading_is_shown_again(
    person: Client, document: Document, editor: User, echo: EchoEngine
) -> None:
    first = document.pages.get().current
    assert first is not None
    echo.reads = lambda _image: blocks("Another text")
    run = start_run(document=document, user=editor, languages=["eng"])
    recognise_with_picture(document, run)
    assert document.pages.get().current != first
    answer = person.post(address(document, f"{first.run_id}/show/"), follow=True)
    assert document.pages.get().current == first
    assert "The document now shows this reading." in html_of(answer)


@pytest.mark.parametrize("part", ["cancel/", "retry/", "{run}/show/"])
def test_a_locked_pdf_is_a_sentence(person: Client, document: Document, part: str) -> None:
    Document.objects.update(is_locked=True)
    answer = person.post(address(document, part.format(run=newest(document).pk)), follow=True)
    assert answer.status_code == 200
    assert "This PDF is locked with a password." in said(answer)


def test_where_nothing_was_asked_for_there_is_nothing_to_try_again(
    person: Client, document: Document
) -> None:
    document.runs.all().delete()
    answer = person.post(address(document, "retry/"), follow=True)
    assert (answer.status_code, said(answer)) == (200, "")


def said(answer: Any) -> str:
    """The messages of a page."""
    return " | ".join(str(message) for message in answer.context["messages"])


def correct_page(document: Document, user: User, number: int) -> None:
    page = document.pages.get(number=number)
    word = ReplaceWord(0, 0, "Mine")
    correct.correct(user=user, page=page, current_id=page.current_id, operations=[word])


def test_pages_that_keep_what_people_corrected_are_told(person: Client, book: Document, editor: User) -> None:
    show = address(book, f"{newest(book).pk}/show/")
    shown = "The document now shows this reading."
    one = "1 page keeps what people corrected or proofread; the reading waits beside it."
    all_of_them = "3 pages keep what people corrected or proofread; the reading waits beside them."
    correct_page(book, editor, 1)
    assert said(person.post(show, follow=True)) == f"{shown} | {one}"
    correct_page(book, editor, 2)
    correct_page(book, editor, 3)
    assert said(person.post(show, follow=True)) == all_of_them


def recognise_with_picture(document: Document, run: OcrRun) -> None:
    """The original of the fixture is no picture; give it one, and read."""
    original = document.originals.get()
    original.file = document.pages.get().image
    original.save()
    recognise_page(job_id=run.jobs.get().pk)
