"""Whose languages decide on the forms of words that are looked for."""

from collections.abc import Sequence
from typing import Any

import pytest

from accounts.models import User
from documents.models import Collection, Document, Membership, State, Transcription
from documents.search.find import find, pages_with_hits
from documents.search.languages import languages_of
from documents.services import index, progress
from tests.factories import make_document

GERMAN = "Die Rechnung liegt bei"


def german(collection: Collection, user: User, **options: Any) -> Document:
    document = make_document(collection=collection, user=user, texts=[GERMAN], **options)
    Transcription.objects.filter(page__document=document).update(languages=["deu"])
    Document.objects.filter(pk=document.pk).update(languages=["deu"])
    document.refresh_from_db()
    index.write_pages(document.pages.values_list("pk", flat=True), is_anew=True)
    return document


def place_of(user: User) -> Collection:
    place = Collection.objects.create(name="Own")
    Membership.objects.create(collection=place, user=user, role="owner")
    return place


@pytest.mark.parametrize("lists", [[], [["deu"]], [["deu"], ["eng", "rus"], ["eng"], ["deu"], []]])
def test_all_languages_of_some_collections_are_told(
    collection: Collection, owner: User, stranger: User, lists: Sequence[list[str]]
) -> None:
    for codes in lists:
        made = make_document(collection=collection, user=owner, texts=[])
        Document.objects.filter(pk=made.pk).update(languages=codes)
    make_document(collection=place_of(stranger), user=stranger, texts=[])
    assert languages_of([collection.pk]) == tuple(sorted({code for codes in lists for code in codes}))
    assert languages_of([]) == ()


def test_what_lies_in_the_trash_has_no_say(document: Document) -> None:
    Document.objects.update(trashed_at="2026-01-01T00:00Z")
    assert languages_of([document.collection_id]) == ()


def test_few_documents_decide_on_the_forms_of_their_words_among_many(
    collection: Collection, owner: User
) -> None:
    german(collection, owner)
    for _other in range(3):
        make_document(collection=collection, user=owner, texts=["an English page"] * 100)
    assert find(owner, "Rechnungen").pages == 1


def test_what_others_uploaded_decides_on_nothing(collection: Collection, owner: User, stranger: User) -> None:
    own = german(place_of(stranger), stranger)
    Transcription.objects.filter(page__document=own).update(languages=["eng"])
    Document.objects.filter(pk=own.pk).update(languages=["eng"])
    assert find(stranger, "Rechnungen").pages == 0
    german(collection, owner)
    assert find(stranger, "Rechnungen").pages == 0


def test_within_a_document_its_own_languages_count(document: Document, owner: User) -> None:
    german(document.collection, owner)
    found = make_document(collection=document.collection, user=owner, texts=["Rechnung invoice"])
    assert pages_with_hits(owner, found, "invoices")
    assert not pages_with_hits(owner, found, "Rechnungen")


def test_the_words_of_a_page_are_counted_in_its_own_languages(collection: Collection, owner: User) -> None:
    made = make_document(collection=collection, user=owner, texts=["a modem, modern"])
    made.languages = ["deu", "eng"]
    [page] = pages_with_hits(owner, made, "modern", is_forgiving=False)
    assert page.count == 1


def test_a_misread_word_is_told_where_another_language_has_it_as_a_form(
    document: Document, owner: User
) -> None:
    german(document.collection, owner)
    make_document(collection=document.collection, user=owner, texts=["a modem"])
    [found] = find(owner, "modern").found
    assert found.hits[0].misread == (("modern", "modem"),)


def test_the_languages_of_what_is_being_read_are_known_from_the_first_page_on(document: Document) -> None:
    Document.objects.update(languages=[], mean_confidence=None)
    progress.refresh_document(document_id=document.pk, run_state=State.RUNNING)
    document.refresh_from_db()
    assert (document.languages, document.mean_confidence) == (["eng"], None)
