"""The same misreading everywhere in a document: shown, corrected and taken back as one."""

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Transcription
from documents.ocr.correcting.differences import Kind
from documents.selectors import misreadings as where
from documents.services import trash
from documents.views.misreadings import Found
from tests.documents.views.conftest import Browse, html_of
from tests.documents.views.texts import texts, type_word
from tests.factories import make_document

TEXTS = ["An lnvoice of May", "No such word", "(lnvoice) and lnvoice,"]
WORDS = {"from": "lnvoice", "to": "Invoice"}


@pytest.fixture
def bills(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=TEXTS)


@pytest.fixture
def person(browse: Browse, editor: User) -> Client:
    return browse(editor)


def address(document: Document, part: str = "") -> str:
    return f"/documents/{document.pk}/misreadings/{part}"


def places(answer) -> list[tuple[int, str, bool]]:
    """Number of the page, the word there, and whether its box is ticked."""
    return [
        (group.page.number, gone(one), one.is_ticked)
        for group in answer.context["pages"]
        for one in group.places
    ]


def gone(one: Found) -> str:
    """What is struck through at a place."""
    return " ".join(piece.text for piece in one.row if piece.kind == Kind.GONE)


def values(answer) -> list[str]:
    return [one.value for group in answer.context["pages"] for one in group.places]


def correct(client: Client, document: Document, chosen: list[str]):
    return client.post(address(document), {**WORDS, "place": chosen}, follow=True)


def correct_all(client: Client, document: Document):
    return correct(client, document, values(client.get(address(document), WORDS)))


def together() -> str:
    found = Transcription.objects.filter(together__isnull=False).latest("pk")
    return str(found.together)


def test_each_place_is_shown_and_ticked(person: Client, bills: Document) -> None:
    answer = person.get(address(bills), WORDS)
    assert places(answer) == [(1, "lnvoice", True), (3, "(lnvoice)", True), (3, "lnvoice,", True)]
    html = html_of(answer)
    assert "<strong>3 places</strong> · 2 pages" in html
    assert "An <del>" in html
    cuts = [one.cut for group in answer.context["pages"] for one in group.places]
    third = bills.pages.get(number=3).current_id
    assert cuts[2] == f"/documents/{bills.pk}/readings/{third}/cut/14-22"
    assert person.get(cuts[2])["Content-Type"] == "image/jpeg"


def test_a_word_of_a_later_line_has_its_own_strip(
    person: Client, collection: Collection, owner: User
) -> None:
    lines = make_document(collection=collection, user=owner, texts=["a lnvoice b lnvoice"])
    answer = person.get(address(lines), WORDS)
    assert [one.cut.rpartition("/")[2] for one in answer.context["pages"][0].places] == ["2-9", "12-19"]


def test_without_words_they_are_asked_for(person: Client, bills: Document) -> None:
    for query in ({}, {"from": "lnvoice"}, {"from": " ", "to": "\0"}):
        assert "Enter a word that was misread" in html_of(person.get(address(bills), query))


def test_words_that_are_nowhere_or_the_same_are_told(person: Client, bills: Document) -> None:
    nowhere = person.get(address(bills), {"from": "xyz", "to": "abc"})
    assert "“xyz” stands nowhere in this document." in html_of(nowhere)
    same = person.get(address(bills), {"from": "May", "to": "May"})
    assert "Both words are the same." in html_of(same)


def test_that_there_are_more_is_told(
    person: Client, bills: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, "MOST_PAGES", 1)
    assert "There are more: correct these first" in html_of(person.get(address(bills), WORDS))


def test_all_are_corrected_and_taken_back_as_one(person: Client, bills: Document) -> None:
    answer = correct_all(person, bills)
    assert answer.redirect_chain == [(f"/documents/{bills.pk}/", 302)]
    assert texts(bills) == ["An Invoice of May", "No such word", "(Invoice) and Invoice,"]
    html = html_of(answer)
    assert "Corrected on 2 pages." in html
    assert f'name="together" value="{together()}"' in html
    back = person.post(address(bills, "undo/"), {"together": together()}, follow=True)
    assert texts(bills) == TEXTS
    assert "Taken back on 2 pages." in html_of(back)


def test_who_was_correcting_goes_on_where_they_were(person: Client, bills: Document) -> None:
    home, back = f"/documents/{bills.pk}/", "page=3&q=May&word=0-1&correct=1"
    found = person.get(address(bills), WORDS, headers={"Referer": f"http://testserver{home}?{back}"})
    assert found.context["back"] == back
    assert html_of(found).count(f'href="{home}?{back}"'.replace("&", "&amp;")) == 2
    sent = {**WORDS, "place": values(found), "back": back}
    done = person.post(address(bills), sent, headers={"Referer": "http://testserver/x"}, follow=True)
    assert done.redirect_chain == [(f"{home}?{back}", 302)]
    assert f'name="back" value="{back}"'.replace("&", "&amp;") in html_of(done)
    undone = person.post(address(bills, "undo/"), {"together": together(), "back": back})
    assert undone["Location"] == f"{home}?{back}"


def test_who_was_reading_is_led_back_to_their_page(person: Client, bills: Document) -> None:
    headers = {"Referer": f"http://testserver/documents/{bills.pk}/?page=2"}
    assert person.get(address(bills), headers=headers).context["back"] == "page=2"
    asked_again = person.get(address(bills), {**WORDS, "back": "page=2"})
    assert asked_again.context["back"] == "page=2"
    nothing = person.post(address(bills), {**WORDS, "back": "page=2"})
    assert (nothing.status_code, nothing.context["back"]) == (422, "page=2")
    headers = {"Referer": "http://testserver/documents/other/?page=2"}
    assert person.get(address(bills), headers=headers).context["back"] == ""


@pytest.mark.parametrize("referer", ["http://[", "//[x", "\udcff"])
def test_what_no_browser_sends_as_referer_is_none(person: Client, bills: Document, referer: str) -> None:
    assert person.get(address(bills), headers={"Referer": referer}).context["back"] == ""
    answer = person.post(address(bills, "undo/"), {"together": ""}, headers={"Referer": referer})
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{bills.pk}/")


def test_a_way_back_that_is_too_long_leads_to_the_document(person: Client, bills: Document) -> None:
    answer = person.post(address(bills, "undo/"), {"together": "", "back": "q=" + 20_000 * "x"})
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{bills.pk}/")


def test_only_what_is_ticked_is_corrected(person: Client, bills: Document) -> None:
    chosen = values(person.get(address(bills), WORDS))
    correct(person, bills, chosen[1:2])
    assert texts(bills) == [TEXTS[0], TEXTS[1], "(Invoice) and lnvoice,"]


@pytest.mark.parametrize("chosen", [[], ["x"], ["1-2"], ["1-2-3-4"], ["-1-0-0"]])
def test_nothing_ticked_is_a_sentence(person: Client, bills: Document, chosen: list[str]) -> None:
    answer = correct(person, bills, chosen)
    assert answer.status_code == 422
    assert "Nothing is ticked." in html_of(answer)
    assert [is_ticked for _page, _word, is_ticked in places(answer)] == [False] * 3
    assert texts(bills) == TEXTS


def test_a_page_that_was_changed_meanwhile_is_left_and_stays_ticked(
    person: Client, bills: Document, owner: User
) -> None:
    chosen = values(person.get(address(bills), WORDS))
    type_word(owner, bills, "<lnvoice>", number=3)
    answer = correct(person, bills, [chosen[0], chosen[2]])
    assert answer.status_code == 409
    assert texts(bills) == ["An Invoice of May", TEXTS[1], "<lnvoice> and lnvoice,"]
    assert places(answer) == [(3, "<lnvoice>", False), (3, "lnvoice,", True)]
    html = html_of(answer)
    assert "Page 3 was changed meanwhile and left as it is." in html
    assert "Corrected on 1 page." in html


def test_what_was_changed_since_is_not_taken_back(person: Client, bills: Document, owner: User) -> None:
    correct_all(person, bills)
    type_word(owner, bills, "Mine", number=3)
    answer = person.post(address(bills, "undo/"), {"together": together()}, follow=True)
    assert texts(bills) == [TEXTS[0], TEXTS[1], "Mine and Invoice,"]
    html = html_of(answer)
    assert "Taken back on 1 page." in html
    assert "Page 3 was changed meanwhile and left as it is." in html


@pytest.mark.parametrize("together", ["", "x", "0b7f1c9e-2f7a-4a52-9d1d-5a8f6f0e7a11"])
def test_what_was_never_done_is_not_taken_back(person: Client, bills: Document, together: str) -> None:
    answer = person.post(address(bills, "undo/"), {"together": together}, follow=True)
    assert "There is nothing to take back." in html_of(answer)


def test_nobody_takes_back_what_another_did(
    browse: Browse, bills: Document, editor: User, owner: User
) -> None:
    correct_all(browse(editor), bills)
    corrected = texts(bills)
    answer = browse(owner).post(address(bills, "undo/"), {"together": together()}, follow=True)
    assert "There is nothing to take back." in html_of(answer)
    assert texts(bills) == corrected


# Doors


def test_members_look_and_strangers_find_nothing(
    browse: Browse, bills: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    answers = [browse(user).get(address(bills), WORDS) for user in (owner, editor, viewer, stranger)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404]
    assert "3 places" in html_of(answers[2])
    assert 'name="place"' not in html_of(answers[2])


def test_only_who_may_change_the_document_corrects_it(
    browse: Browse, bills: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    chosen = values(browse(owner).get(address(bills), WORDS))
    answers = [correct(browse(user), bills, chosen).status_code for user in (viewer, stranger)]
    assert (answers, texts(bills)) == ([403, 404], TEXTS)
    assert correct(browse(editor), bills, chosen[:1]).status_code == 200
    assert correct(browse(owner), bills, chosen[1:]).status_code == 200
    assert texts(bills) == ["An Invoice of May", TEXTS[1], "(Invoice) and Invoice,"]
    undone = [
        browse(user).post(address(bills, "undo/"), {"together": together()}).status_code
        for user in (viewer, stranger)
    ]
    assert undone == [403, 404]


def test_places_of_another_document_are_left_alone(
    browse: Browse, collection: Collection, bills: Document, owner: User, editor: User
) -> None:
    other = make_document(collection=collection, user=owner, texts=TEXTS[:1])
    chosen = values(browse(editor).get(address(other), WORDS))
    correct(browse(editor), bills, chosen)
    assert texts(other) == TEXTS[:1]


def test_the_wrong_method_is_refused_or_leads_to_the_document(person: Client, bills: Document) -> None:
    assert person.put(address(bills)).status_code == 405
    assert person.put(address(bills, "undo/")).status_code == 405
    answer = person.get(address(bills, "undo/"))
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{bills.pk}/")


def test_nothing_is_shown_of_a_document_in_the_trash(person: Client, bills: Document, editor: User) -> None:
    trash.trash(user=editor, document=bills)
    assert person.get(address(bills), WORDS).status_code == 404
    assert person.post(address(bills, "undo/")).status_code == 404


def test_what_is_typed_is_looked_for_as_texts_have_it(
    person: Client, collection: Collection, owner: User
) -> None:
    book = make_document(collection=collection, user=owner, texts=["A caf\u00e9 here"])
    answer = person.get(address(book), {"from": "cafe\u0301", "to": "Caf\u00e9"})
    assert [number for number, *_place in places(answer)] == [1]


def test_it_is_not_called_nowhere_where_not_all_was_looked_at(
    person: Client, collection: Collection, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, "_MOST_LOOKED_AT", 1)
    book = make_document(collection=collection, user=owner, texts=["Lincoln", "walnut", "caln"])
    html = html_of(person.get(address(book), {"from": "ln", "to": "in"}))
    assert "not all were looked at" in html
    assert "stands nowhere" not in html
