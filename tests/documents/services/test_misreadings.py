"""One correction in many places, and taking it back."""

import pytest

from accounts.models import User
from documents.errors import Gone
from documents.models import Collection, Document, Event, Page, SearchEntry, Transcription
from documents.ocr.correcting.operations import ReplaceWord
from documents.search.find import find
from documents.selectors import misreadings as where
from documents.services import correct
from documents.services import misreadings as service
from documents.words.events import sentences
from tests.documents.services.analysing import depths_of_analysis
from tests.factories import make_document

TEXTS = ["An lnvoice of May", "No such word", "(lnvoice) and lnvoice, lnvoices"]


@pytest.fixture
def bills(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=TEXTS)


def everywhere(document: Document) -> dict[int, list[tuple[int, int]]]:
    found = where.same_misreadings(document, wrong="lnvoice", right="Invoice")
    return {one.page.current.pk: [(place.line, place.word) for place in one.places] for one in found.pages}


def correct_all(user: User, document: Document) -> service.Done:
    return service.apply_to_all(
        user=user, document=document, wrong="lnvoice", right="Invoice", chosen=everywhere(document)
    )


def texts(document: Document) -> list[str]:
    return list(document.pages.values_list("current__text", flat=True))


def test_the_same_word_is_found_on_every_page(bills: Document, document: Document) -> None:
    found = where.same_misreadings(bills, wrong="lnvoice,", right="Invoice,")
    told = [
        (one.page.number, [(place.read.text, place.right) for place in one.places]) for one in found.pages
    ]
    assert told == [
        (1, [("lnvoice", "Invoice")]),
        (3, [("(lnvoice)", "(Invoice)"), ("lnvoice,", "Invoice,")]),
    ]
    assert (found.count, found.is_all) == (3, True)


def test_pages_that_have_the_letters_alone_hide_no_other(
    collection: Collection, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, "MOST_PAGES", 2)
    book = make_document(collection=collection, user=owner, texts=[*["Lincoln walnut"] * 4, "an ln"])
    found = where.same_misreadings(book, wrong="ln", right="in")
    assert ([one.page.number for one in found.pages], found.is_all) == ([5], True)
    monkeypatch.setattr(where, "_MOST_LOOKED_AT", 4)
    found = where.same_misreadings(book, wrong="ln", right="in")
    assert (found.count, found.is_all) == (0, False)


def test_the_search_has_an_end(bills: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(where, "MOST_PLACES", 2)
    found = where.same_misreadings(bills, wrong="lnvoice", right="Invoice")
    assert (found.count, found.is_all) == (2, False)
    monkeypatch.setattr(where, "MOST_PLACES", 500)
    monkeypatch.setattr(where, "MOST_PAGES", 1)
    found = where.same_misreadings(bills, wrong="lnvoice", right="Invoice")
    assert (found.count, found.is_all) == (1, False)


def test_all_are_corrected_and_found_at_once(bills: Document, editor: User) -> None:
    done = correct_all(editor, bills)
    assert (done.pages, done.left) == ([1, 3], [])
    assert texts(bills) == ["An Invoice of May", "No such word", "(Invoice) and Invoice, lnvoices"]
    [hits] = [one.hits for one in find(editor, '"invoice"').found]
    assert sorted(hit.number for hit in hits if not hit.misread) == [1, 3]


def test_only_what_was_chosen_is_corrected(bills: Document, editor: User) -> None:
    third = Transcription.objects.get(page__document=bills, page__number=3).pk
    service.apply_to_all(
        user=editor, document=bills, wrong="lnvoice", right="Invoice", chosen={third: [(0, 2), (0, 1)]}
    )
    assert texts(bills) == [TEXTS[0], TEXTS[1], "(lnvoice) and Invoice, lnvoices"]


def test_a_right_reading_may_be_two_words(bills: Document, editor: User) -> None:
    chosen = everywhere(bills)
    service.apply_to_all(user=editor, document=bills, wrong="lnvoice", right="In voice", chosen=chosen)
    assert texts(bills)[2] == "(In voice) and In voice, lnvoices"


def test_all_are_taken_back_as_one(bills: Document, editor: User) -> None:
    before = list(bills.pages.values_list("current", flat=True))
    done = correct_all(editor, bills)
    back = service.undo_together(user=editor, document=bills, together=done.together)
    assert (back.pages, back.left) == ([1, 3], [])
    assert list(bills.pages.values_list("current", flat=True)) == before
    assert list(SearchEntry.objects.order_by("number").values_list("transcription_id", flat=True)) == before


def test_texts_are_taken_apart_before_anything_is_held(
    bills: Document, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = everywhere(bills)
    depths = depths_of_analysis(monkeypatch)
    done = service.apply_to_all(user=editor, document=bills, wrong="lnvoice", right="Invoice", chosen=chosen)
    service.undo_together(user=editor, document=bills, together=done.together)
    assert depths == [0] * 4


def test_a_page_that_was_changed_meanwhile_is_left_alone(bills: Document, editor: User, owner: User) -> None:
    chosen = everywhere(bills)
    _correct(owner, bills.pages.get(number=1))
    done = service.apply_to_all(user=editor, document=bills, wrong="lnvoice", right="Invoice", chosen=chosen)
    assert (done.pages, done.left) == ([3], [1])
    _correct(owner, bills.pages.get(number=3))
    back = service.undo_together(user=editor, document=bills, together=done.together)
    assert (back.pages, back.left) == ([], [3])
    assert [text.split()[0] for text in texts(bills)] == ["Mine", "No", "Mine"]


def _correct(user: User, page: Page) -> None:
    correct.correct(user=user, page=page, current_id=page.current_id, operations=[ReplaceWord(0, 0, "Mine")])


def test_nobody_takes_back_what_another_did(bills: Document, editor: User, owner: User) -> None:
    done = correct_all(editor, bills)
    assert service.undo_together(user=owner, document=bills, together=done.together).pages == []


@pytest.mark.parametrize("name", ["viewer", "stranger"])
def test_only_editors_may(name: str, bills: Document, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Gone):
        correct_all(request.getfixturevalue(name), bills)
    assert texts(bills) == TEXTS


def test_texts_of_other_documents_are_not_touched(bills: Document, document: Document, editor: User) -> None:
    foreign = Transcription.objects.get(page__document=document).pk
    done = service.apply_to_all(
        user=editor, document=bills, wrong="Hello", right="Bye", chosen={foreign: [(0, 0)]}
    )
    assert (done.pages, done.left, texts(document)) == ([], [], ["Hello world"])
    assert not Transcription.objects.exclude(author=None).exists()


def test_the_history_has_one_line_for_all_and_one_for_taking_them_back(bills: Document, editor: User) -> None:
    done = correct_all(editor, bills)
    service.undo_together(user=editor, document=bills, together=done.together)
    said = [one.template % one.values for event in Event.objects.order_by("pk") for one in sentences(event)]
    assert said == [
        "editor corrected “lnvoice” to “Invoice” in 3 places",
        "editor took a correction in many places back",
    ]
