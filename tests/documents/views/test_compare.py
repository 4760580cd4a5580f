"""Two texts of a page word by word, and taking from one to the other."""

import re

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Event, Transcription
from documents.services import correct, trash
from documents.services.recognise import make_current
from documents.views import compare
from tests.documents.views.conftest import Browse, html_of
from tests.documents.views.texts import first_page, texts, type_word
from tests.factories import make_document, make_reading

TEXT = "one two three four five six"


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=[TEXT, "Second page"])


@pytest.fixture
def other(book: Document) -> Transcription:
    """It differs in the 2nd and the 5th word."""
    return make_reading(document=book, texts={1: "one 2 three four 5 six"}).transcriptions.get()


@pytest.fixture
def person(browse: Browse, editor: User) -> Client:
    return browse(editor)


def address(document: Document, number: int = 1) -> str:
    return f"/documents/{document.pk}/pages/{number}/compare/"


def take(client: Client, document: Document, other: Transcription, what: str = "ticked", **sent):
    sent = {"current": first_page(document).current_id, "other": other.pk, "take": what, **sent}
    return client.post(address(document), sent, follow=True)


def wait_for(document: Document, user: User, **pages: str) -> None:
    """Let a new reading wait beside the text of corrected pages: ``page_1="…"``."""
    read = {int(name.removeprefix("page_")): text for name, text in pages.items()}
    make_current(run=make_reading(document=document, texts=read), user=user)


# Looking


def test_the_newest_other_reading_is_compared_with_the_text(
    person: Client, book: Document, other: Transcription
) -> None:
    answer = person.get(address(book))
    html = html_of(answer)
    assert "<strong>2 differences</strong> · 4 words the same · confidence 90% → 80%" in html
    told = [
        (one.number, one.change.before[0].text, one.change.after[0].text)
        for one in answer.context["screen"].shown
    ]
    assert told == [(0, "two", "2"), (1, "five", "5")]
    current = first_page(book).current_id
    assert [one.cut for one in answer.context["screen"].shown] == [
        f"/documents/{book.pk}/readings/{current}/cut/4-7",
        f"/documents/{book.pk}/readings/{current}/cut/19-23",
    ]
    assert person.get(answer.context["screen"].shown[0].cut)["Content-Type"] == "image/jpeg"
    assert "Shown now: English · Tesseract 1.0" in html


def test_what_is_only_in_the_other_is_cut_from_there(person: Client, book: Document) -> None:
    other = make_reading(document=book, texts={1: TEXT + " seven"}).transcriptions.get()
    [one] = person.get(address(book)).context["screen"].shown
    assert one.cut == f"/documents/{book.pk}/readings/{other.pk}/cut/28-33"


def test_the_text_that_is_shown_stands_first(person: Client, book: Document, other: Transcription) -> None:
    answer = person.get(address(book), {"a": other.pk, "b": first_page(book).current_id})
    assert answer.context["one"] == first_page(book).current
    assert answer.context["may_take"]


def test_what_was_undone_is_called_so(person: Client, book: Document, editor: User) -> None:
    before = first_page(book).current_id
    undone = type_word(editor, book, "wrong")
    correct.undo(user=editor, page=first_page(book), current_id=undone.pk)
    assert first_page(book).current_id == before
    offered = re.findall(rf'<option value="{undone.pk}"[^>]*>([^<]+)', html_of(person.get(address(book))))
    assert [label.partition(": ")[0] for label in offered] == ["Undone", "Undone"]  # on either side


def test_of_two_other_texts_one_can_be_shown(
    person: Client, book: Document, other: Transcription, editor: User
) -> None:
    reading = first_page(book).current
    type_word(editor, book, "uno")
    html = html_of(person.get(address(book), {"a": reading.pk, "b": other.pk}))
    assert "Use the first text" in html
    assert 'name="choice"' not in html
    take(person, book, other, "all")
    assert texts(book)[0] == other.text


def test_many_differences_come_in_screens(
    person: Client, book: Document, other: Transcription, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare, "_AT_ONCE", 1)
    numbers = []
    for first in ("", "1", "7"):
        screen = person.get(address(book), {"from": first}).context["screen"]
        numbers.append(([one.number for one in screen.shown], screen.before, screen.after))
    assert numbers == [([0], None, 1), ([1], 0, None), ([0], None, 1)]


def test_texts_that_say_the_same_are_told(person: Client, book: Document) -> None:
    make_reading(document=book, texts={1: TEXT})
    assert "Both say the same, word for word." in html_of(person.get(address(book)))


def test_a_page_with_one_text_offers_to_read_it_again(
    browse: Browse, book: Document, editor: User, viewer: User
) -> None:
    html = html_of(browse(editor).get(address(book)))
    assert "nothing to compare it with" in html
    assert f'href="/documents/{book.pk}/runs/new/"' in html
    assert "runs/new/" not in html_of(browse(viewer).get(address(book)))


def test_a_page_without_text_says_so(person: Client, book: Document) -> None:
    Transcription.objects.all().delete()
    assert "This page has no text yet." in html_of(person.get(address(book)))


# Taking


def test_what_is_ticked_is_taken(person: Client, book: Document, other: Transcription) -> None:
    answer = take(person, book, other, choice=1)
    assert texts(book)[0] == "one two three four 5 six"
    assert answer.redirect_chain == [(f"/documents/{book.pk}/?page=1", 302)]
    assert "1 difference was taken over." in html_of(answer)
    event = Event.objects.latest("pk")
    assert (event.action, event.details) == (Event.Action.CORRECTED, {"page": 1, "how": "merged"})


def test_all_is_taken(person: Client, book: Document, other: Transcription) -> None:
    take(person, book, other, "all")
    assert texts(book)[0] == other.text


def test_none_is_taken(person: Client, book: Document, other: Transcription) -> None:
    before = first_page(book).current
    take(person, book, other, "none")
    assert first_page(book).current == before


def test_nothing_ticked_is_a_sentence(person: Client, book: Document, other: Transcription) -> None:
    answer = take(person, book, other)
    assert "Nothing is ticked." in html_of(answer)
    assert answer.context["other"] == other


def test_where_there_are_more_screens_one_comes_back(
    person: Client, book: Document, other: Transcription
) -> None:
    answer = take(person, book, other, choice=0, more=1)
    assert answer.redirect_chain == [(f"{address(book)}?b={other.pk}", 302)]
    assert [one.change.after[0].text for one in answer.context["screen"].shown] == ["5"]


def test_who_is_too_late_keeps_what_was_ticked_as_far_as_it_is_there(
    person: Client, book: Document, other: Transcription, owner: User
) -> None:
    seen = first_page(book).current_id
    type_word(owner, book, "uno")
    answer = take(person, book, other, current=seen, choice=[1])
    assert answer.status_code == 409
    assert texts(book)[0] == "uno two three four five six"
    html = html_of(answer)
    assert "owner changed this page on" in html
    assert "What you ticked is still ticked below" in html
    told = [(one.change.before[0].text, one.is_ticked) for one in answer.context["screen"].shown]
    assert told == [("uno", False), ("two", False), ("five", True)]
    take(person, book, other, choice=2)
    assert texts(book)[0] == "uno two three four 5 six"


def test_what_somebody_else_took_meanwhile_is_not_ticked_again(
    person: Client, book: Document, other: Transcription, owner: User
) -> None:
    seen = first_page(book).current_id
    type_word(owner, book, "2", word=1)
    answer = take(person, book, other, current=seen, choice=[0])
    assert [one.is_ticked for one in answer.context["screen"].shown] == [False]
    assert "What you ticked" not in html_of(answer)


@pytest.mark.parametrize("choice", ["2", "999999"])
def test_a_difference_that_is_not_there_is_a_sentence(
    person: Client, book: Document, other: Transcription, choice: str
) -> None:
    answer = take(person, book, other, choice=choice)
    assert "There is no such line or word on this page." in html_of(answer)
    assert texts(book)[0] == TEXT


# A reading that waits


@pytest.fixture
def waiting(book: Document, editor: User) -> Document:
    """Both pages were corrected and read again."""
    type_word(editor, book, "uno")
    type_word(editor, book, "2nd", number=2)
    wait_for(book, editor, page_1="one two three four five 6", page_2="Second pane")
    return book


def test_the_document_tells_of_readings_that_wait(
    browse: Browse, waiting: Document, editor: User, viewer: User, owner: User
) -> None:
    html = html_of(browse(editor).get(f"/documents/{waiting.pk}/"))
    assert "2 pages that were corrected or proofread have a new reading that waits." in html
    assert f'href="{address(waiting)}"> Decide </a>' in html
    assert "Look at it </a>" in html_of(browse(viewer).get(f"/documents/{waiting.pk}/"))


def test_when_a_reading_is_over_the_notice_comes_by_itself(person: Client, waiting: Document) -> None:
    html = html_of(person.get(f"/documents/{waiting.pk}/progress/"))
    assert '<div id="waiting" hx-swap-oob="true">' in html
    assert "have a new reading that waits" in html


def test_a_document_without_such_pages_tells_nothing(person: Client, book: Document) -> None:
    assert "reading that waits" not in html_of(person.get(f"/documents/{book.pk}/"))


def test_the_reading_that_waits_is_shown_first(person: Client, waiting: Document) -> None:
    make_reading(document=waiting, texts={1: "later"})
    answer = person.get(address(waiting))
    assert answer.context["other"] == first_page(waiting).proposal
    assert "Page 1: a new reading waits" in html_of(answer)
    assert "Keep my text" in html_of(answer)


@pytest.mark.parametrize(
    ("what", "choice", "text"),
    [
        ("none", [], "uno two three four five six"),
        ("ticked", [1], "uno two three four five 6"),
        ("all", [], "one two three four five 6"),
    ],
)
def test_the_next_page_that_waits_follows(
    person: Client, waiting: Document, what: str, choice: list[int], text: str
) -> None:
    answer = take(person, waiting, first_page(waiting).proposal, what, choice=choice)
    assert texts(waiting)[0] == text
    assert first_page(waiting).proposal is None
    assert answer.redirect_chain == [(address(waiting, 2), 302)]


def test_after_the_last_one_comes_the_page(person: Client, waiting: Document) -> None:
    proposal = waiting.pages.get(number=2).proposal
    waiting.pages.filter(number=1).update(proposal=None)
    current = waiting.pages.get(number=2).current_id
    sent = {"current": current, "other": proposal.pk, "take": "none"}
    answer = person.post(address(waiting, 2), sent)
    assert answer["Location"] == f"/documents/{waiting.pk}/?page=2"


# Doors


def test_members_look_and_strangers_find_nothing(
    browse: Browse,
    book: Document,
    other: Transcription,
    owner: User,
    editor: User,
    viewer: User,
    stranger: User,
) -> None:
    answers = [browse(user).get(address(book)).status_code for user in (owner, editor, viewer, stranger)]
    assert answers == [200, 200, 200, 404]
    html = html_of(browse(viewer).get(address(book)))
    assert "2 differences" in html
    assert 'name="take"' not in html


def test_only_who_may_change_a_page_takes_words(
    browse: Browse,
    book: Document,
    other: Transcription,
    owner: User,
    editor: User,
    viewer: User,
    stranger: User,
) -> None:
    answers = [take(browse(user), book, other, "all").status_code for user in (viewer, stranger)]
    assert (answers, texts(book)[0]) == ([403, 404], TEXT)
    for user, text in ((editor, "one 2 three four five six"), (owner, other.text)):
        assert take(browse(user), book, other, choice=0).status_code == 200
        assert texts(book)[0] == text


def test_texts_of_another_page_are_not_found(person: Client, book: Document, other: Transcription) -> None:
    second = book.pages.get(number=2).current
    for query in ({"a": second.pk}, {"b": second.pk}, {"a": "x"}, {"b": "9" * 30}, {"a": "0"}):
        assert person.get(address(book), query).status_code == 404
    assert take(person, book, second, "all").status_code == 404
    assert take(person, book, other, "all", current=second.pk).status_code == 404
    assert take(person, book, other, "some").status_code == 404
    assert texts(book) == [TEXT, "Second page"]


def test_a_page_that_is_not_there_is_not_found(person: Client, book: Document) -> None:
    for number in (0, 3, 10**20):
        assert person.get(address(book, number)).status_code == 404


def test_the_wrong_method_is_refused(person: Client, book: Document) -> None:
    assert person.put(address(book)).status_code == 405
    assert person.head(address(book)).status_code == 200


def test_nothing_is_shown_of_a_document_in_the_trash(
    person: Client, book: Document, other: Transcription, editor: User
) -> None:
    trash.trash(user=editor, document=book)
    assert person.get(address(book)).status_code == 404
    assert take(person, book, other, "all").status_code == 404
