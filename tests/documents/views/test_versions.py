"""The texts that a page had, what changed in each, and showing one again."""

import re
from html import unescape

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Transcription
from documents.services import correct, trash
from documents.services.misreadings import apply_to_all
from documents.services.recognise import make_current
from documents.views import versions
from tests.documents.views.conftest import Browse, html_of
from tests.documents.views.texts import first_page, texts, type_word
from tests.factories import make_document, make_reading


@pytest.fixture
def person(browse: Browse, editor: User) -> Client:
    return browse(editor)


def address(document: Document, part: str = "") -> str:
    return f"/documents/{document.pk}/pages/1/history/{part}"


def shown(answer) -> list[str]:
    """What each version says of itself."""
    return [one.kind for one in answer.context["versions"]]


def restore(client: Client, document: Document, text: Transcription, current_id: int | None = None):
    current_id = current_id or first_page(document).current_id
    sent = {"text": text.pk, "current": current_id}
    return client.post(address(document, "restore/"), sent, follow=True)


def correct_everywhere(user: User, document: Document) -> None:
    chosen = {first_page(document).current.pk: [(0, 0)]}
    apply_to_all(user=user, document=document, wrong="Hello", right="Hallo", chosen=chosen)


def test_the_newest_comes_first_with_what_it_changed(
    person: Client, document: Document, editor: User
) -> None:
    type_word(editor, document, "Hallo")
    answer = person.get(address(document))
    assert shown(answer) == ["Corrected", "Read by the engine in English"]
    html = html_of(answer)
    hidden = '<span class="visually-hidden">{} </span>'
    assert re.findall(r"<(?:del|ins)>.*?</(?:del|ins)> world", html) == [
        f"<del>{hidden.format('gone:')}Hello</del> <ins>{hidden.format('new:')}Hallo</ins> world"
    ]
    assert "1 word gone" in html
    assert "Shown now" in html
    assert "The first text of this page." in html


def test_another_version_is_looked_into(
    person: Client, document: Document, editor: User, owner: User
) -> None:
    first = type_word(editor, document, "Hallo")
    type_word(owner, document, "Servus")
    html = html_of(person.get(address(document), {"text": first.pk}))
    assert "</span>Hallo</ins>" in html
    assert "Servus" not in html


def test_a_reading_is_held_against_the_text_before_it(person: Client, document: Document) -> None:
    make_reading(document=document, texts={1: "Hello word"})
    assert "</span>word</ins>" in html_of(person.get(address(document)))


def test_what_was_done_is_told(person: Client, document: Document, editor: User, owner: User) -> None:
    reading = first_page(document).current
    type_word(editor, document, "lnvoice")
    restore(person, document, reading)
    run = make_reading(document=document, texts={1: "Hello word"})
    other = run.transcriptions.get()
    page = f"/documents/{document.pk}/pages/1/compare/"
    sent = {"current": first_page(document).current_id, "other": other.pk, "take": "ticked", "choice": 0}
    person.post(page, sent)
    correct_everywhere(editor, document)
    told = [kind.split(" · ")[0] for kind in shown(person.get(address(document)))]
    assert told == [
        "Corrected everywhere in the document",
        "Took words over from: French",
        "Read by the engine in French",
        "Restored: English",
        "Corrected",
        "Read by the engine in English",
    ]


def test_an_earlier_text_is_shown_again(person: Client, document: Document, editor: User) -> None:
    reading = first_page(document).current
    type_word(editor, document, "Hallo")
    answer = restore(person, document, reading)
    assert answer.redirect_chain == [(address(document), 302)]
    assert texts(document) == ["Hello world"]
    assert "The page shows this text again." in html_of(answer)


def test_who_is_too_late_is_told_who_was_quicker(
    person: Client, document: Document, editor: User, owner: User
) -> None:
    reading = first_page(document).current
    seen = type_word(editor, document, "Hallo")
    type_word(owner, document, "Servus")
    answer = restore(person, document, reading, seen.pk)
    assert texts(document) == ["Servus world"]
    assert "owner changed this page on" in html_of(answer)


def test_what_was_corrected_everywhere_can_be_taken_back_from_here(
    browse: Browse, document: Document, editor: User, owner: User
) -> None:
    correct_everywhere(editor, document)
    assert "Take it back everywhere" in html_of(browse(editor).get(address(document)))
    assert "Take it back everywhere" not in html_of(browse(owner).get(address(document)))


def test_what_the_page_shows_no_more_cannot_be_taken_back_from_here(
    person: Client, document: Document, editor: User
) -> None:
    correct_everywhere(editor, document)
    type_word(editor, document, "Servus")
    assert not any(one.may_undo for one in person.get(address(document)).context["versions"])


def test_a_reading_that_waits_is_marked(person: Client, document: Document, editor: User) -> None:
    type_word(editor, document, "Hallo")
    make_current(run=make_reading(document=document, texts={1: "Hello word"}), user=editor)
    assert '<p class="state wait">Waits</p>' in html_of(person.get(address(document)))


def test_what_was_undone_is_marked(person: Client, document: Document, editor: User) -> None:
    undone = type_word(editor, document, "Hallo")
    assert "Undone" not in html_of(person.get(address(document)))
    correct.undo(user=editor, page=first_page(document), current_id=undone.pk)
    html = html_of(person.get(address(document)))
    assert html.count('<p class="state">Undone</p>') == 1
    assert html.index("Undone") < html.index("Shown now")


def test_a_long_history_comes_in_screens(
    person: Client, document: Document, owner: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "_AT_ONCE", 2)
    for number in range(2):
        type_word(owner, document, f"a{number}")
        type_word(editor, document, f"b{number}")
    seen, before = [], None
    for _screen in range(3):
        answer = person.get(address(document), {"before": before} if before else {})
        seen += [one.text.text.split()[0] for one in answer.context["versions"]]
        before = answer.context["older"]
    assert seen == ["b1", "a1", "b0", "a0", "Hello"]
    assert before is None


def test_a_text_further_back_is_looked_into_where_it_stands(
    person: Client, document: Document, owner: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "_AT_ONCE", 2)
    for user, text in ((owner, "a"), (editor, "b"), (owner, "c"), (editor, "d")):
        type_word(user, document, text)
    first = person.get(address(document))
    second = html_of(person.get(address(document), {"before": first.context["older"]}))
    [link] = re.findall(r'href="([?][^"#]*)#text-', second)
    html = html_of(person.get(address(document) + unescape(link)))
    assert [one.text.text.split()[0] for one in first.context["versions"]] == ["d", "c"]
    assert "</span>a</ins>" in html
    assert "</span>b</ins>" not in html


def test_each_change_of_a_row_is_looked_into_compared_and_shown_again(
    person: Client, document: Document, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "_AT_ONCE", 2)
    _first, within, _last = (type_word(editor, document, text) for text in ("a", "b", "c"))
    together = html_of(person.get(address(document)))
    assert "3 changes ·" in together
    [link] = re.findall(r'href="([?]each[^"]*)"', together)
    html = html_of(person.get(address(document) + link))
    assert re.findall(r'<li class="version" id="text-([0-9]+)"', html) == [str(_last.pk), str(within.pk)]
    assert re.findall(r'href="([?][^"#]*before[^"#]*)"', html) == [f"?each=1&amp;before={within.pk}"]
    [look] = re.findall(r'href="([?][^"#]*)#text-', html)
    assert "</span>b</ins>" in html_of(person.get(address(document) + unescape(look)))
    compared = person.get(f"/documents/{document.pk}/pages/1/compare/", {"b": within.pk})
    assert "</span>b</ins>" in html_of(compared)
    restore(person, document, within)
    assert texts(document) == ["b world"]


def test_a_page_without_text_says_so(person: Client, document: Document) -> None:
    Transcription.objects.all().delete()
    assert "This page has no text yet." in html_of(person.get(address(document)))


# Doors


def test_members_look_and_strangers_find_nothing(
    browse: Browse, document: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    answers = [browse(user).get(address(document)).status_code for user in (owner, editor, viewer, stranger)]
    assert answers == [200, 200, 200, 404]
    assert "Restore this text" not in html_of(browse(viewer).get(address(document)))


def test_only_who_may_change_a_page_restores_its_texts(
    browse: Browse, document: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    reading = first_page(document).current
    type_word(owner, document, "Hallo")
    answers = [restore(browse(user), document, reading).status_code for user in (viewer, stranger)]
    assert (answers, texts(document)) == ([403, 404], ["Hallo world"])
    for user in (editor, owner):
        type_word(owner, document, "Hallo")
        assert restore(browse(user), document, reading).status_code == 200
        assert texts(document) == ["Hello world"]


def test_a_text_of_another_page_is_not_found(
    person: Client, document: Document, collection: Collection, owner: User
) -> None:
    other = make_document(collection=collection, user=owner, texts=["Secret"])
    assert restore(person, document, first_page(other).current).status_code == 404
    for text in ("", "x", "9" * 30):
        answer = person.post(address(document, "restore/"), {"text": text, "current": text})
        assert answer.status_code == 404
    assert texts(document) == ["Hello world"]


def test_a_page_that_is_not_there_is_not_found(person: Client, document: Document) -> None:
    for number in ("0", "2", "9" * 20):
        assert person.get(f"/documents/{document.pk}/pages/{number}/history/").status_code == 404
        answer = person.post(f"/documents/{document.pk}/pages/{number}/history/restore/")
        assert answer.status_code == 404


def test_the_wrong_method_is_refused_or_leads_to_the_document(person: Client, document: Document) -> None:
    assert person.post(address(document)).status_code == 405
    assert person.put(address(document, "restore/")).status_code == 405
    answer = person.get(address(document, "restore/"))
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{document.pk}/")


def test_nothing_is_shown_of_a_document_in_the_trash(
    person: Client, document: Document, editor: User
) -> None:
    reading = first_page(document).current
    trash.trash(user=editor, document=document)
    assert person.get(address(document)).status_code == 404
    assert restore(person, document, reading).status_code == 404


def test_many_readings_ask_no_more_of_the_database(
    person: Client, document: Document, django_assert_max_num_queries
) -> None:
    for _reading in range(8):
        make_reading(document=document, texts={1: "Hello again"})
    with django_assert_max_num_queries(15):
        assert len(shown(person.get(address(document)))) == 9
