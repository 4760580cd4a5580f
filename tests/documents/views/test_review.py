"""Proofreading, page after page and word after word, without a script."""

import json
import re
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Membership, Page
from documents.ocr.correcting.operations import ReplaceWord
from documents.selectors.correcting import known_words
from documents.services import correct, trash
from documents.services.known_words import add_known_word
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document


@pytest.fixture
def page(collection: Collection, owner: User) -> Page:
    """Of the worst document there is: “He1lo wor1d here”."""
    return offered(collection, owner, ["He1lo wor1d here"], title="Worst").pages.get()


@pytest.fixture
def person(browse: Browse, editor: User) -> Client:
    return browse(editor)


def offered(
    collection: Collection, user: User, texts: Sequence[str], *, title: str = "Bad", confidence: float = 40
) -> Document:
    return make_document(collection=collection, user=user, texts=texts, title=title, confidence=confidence)


def address(page: Page, part: str = "") -> str:
    return f"/review/{page.document_id}/{page.number}/{part}"


def answer(client: Client, page: Page, place: str, text: str, url: str = "", **more: str) -> HttpResponse:
    page.refresh_from_db()
    sent = {"base": str(page.current_id), "place": place, "text": text, **more}
    return client.post(url or address(page), sent)


def text(page: Page) -> str:
    page.refresh_from_db()
    assert page.current
    return page.current.text


def shown(html: str) -> tuple[str, str]:
    """The word in the field, and how far one is."""
    found = re.search(r'name="text" value="([^"]*)"', html)
    count = re.search(r"Word (\d+ of \d+)", html)
    return (found[1] if found else "", count[1] if count else "")


def words_for_script(html: str) -> list[str]:
    [data] = re.findall(r'<script id="doubtful-words"[^>]*>(.*?)</script>', html)
    return [word["text"] for word in json.loads(data)]


def test_the_worst_page_comes_first(person: Client, collection: Collection, page: Page, owner: User) -> None:
    offered(collection, owner, ["one", "two"], title="Better", confidence=70)
    html = html_of(person.get("/review/"))
    assert "3 pages left" in html
    assert re.search(r'<h2 id="page-now" dir="auto">Worst</h2>.* confidence 40%', html)
    assert re.findall(r'<span dir="auto">(\w+)</span>', html) == ["Better", "Better"]


def test_nothing_to_proofread_says_what_to_do(
    person: Client, browse: Browse, page: Page, document: Document, viewer: User, stranger: User
) -> None:
    correct.mark_proofread(user=page.document.uploaded_by, page=page, current_id=page.current_id)
    for client in (person, browse(viewer), browse(stranger)):
        html = html_of(client.get("/review/"))
        assert "There is nothing to proofread" in html
        assert 'href="/upload/"' in html


def test_pages_of_others_are_neither_counted_nor_named(
    browse: Browse, page: Page, viewer: User, stranger: User
) -> None:
    for user in (viewer, stranger):
        html = html_of(browse(user).get("/review/"))
        assert "Worst" not in html
        assert "left" not in html.replace("Skip", "")


def test_a_page_in_the_trash_is_no_longer_offered(person: Client, page: Page, owner: User) -> None:
    trash.trash(user=owner, document=page.document)
    assert "Worst" not in html_of(person.get("/review/"))
    assert person.get(address(page)).status_code == 404
    assert person.post(address(page), {"place": "0-0", "text": "x", "base": "1"}).status_code == 404


@pytest.mark.parametrize("part", ["", "skip/", "proofread/"])
def test_editors_and_owners_proofread(
    browse: Browse, page: Page, owner: User, editor: User, viewer: User, stranger: User, part: str
) -> None:
    def statuses(url: str) -> list[int]:
        sent = {"base": str(page.current_id), "place": "0-0", "text": "He1lo"}
        return [browse(user).post(url, sent).status_code for user in (owner, editor, viewer, stranger)]

    assert statuses(address(page, part)) == [302, 302, 403, 404]
    assert statuses(f"/review/{uuid4()}/1/{part}") == [404] * 4
    assert statuses(f"/review/{page.document_id}/2/{part}")[:2] == [404, 404]
    assert [browse(user).get(address(page, part)).status_code for user in (viewer, stranger)] == [403, 404]
    assert browse(editor).put(address(page, part)).status_code == 405


def test_addresses_that_take_something_lead_to_the_page(person: Client, page: Page) -> None:
    for part in ("skip/", "proofread/"):
        assert person.get(address(page, part))["Location"] == address(page)
    assert person.get("/review/skipped/").status_code == 405


def test_the_word_stands_in_its_line_below_its_strip(person: Client, page: Page) -> None:
    html = html_of(person.get(address(page)))
    assert shown(html) == ("He1lo", "1 of 3")
    assert "<mark data-read>He1lo</mark><span data-after> wor1d here</span>" in html
    strip = re.search(r'src="([^"]+)"[^>]*data-strip', html)
    assert strip
    assert strip[1] == f"/documents/{page.document_id}/readings/{page.current_id}/cut/0-5"
    assert person.get(strip[1])["Content-Type"] == "image/jpeg"
    assert words_for_script(html) == ["He1lo", "wor1d", "here"]


def test_a_page_is_proofread_word_by_word(person: Client, page: Page) -> None:
    first = answer(person, page, "0-0", "Hello")
    html = html_of(person.get(first["Location"]))
    assert (text(page), shown(html)) == ("Hello wor1d here", ("wor1d", "2 of 3"))
    second = answer(person, page, "0-1", "new world", first["Location"])
    html = html_of(person.get(second["Location"]))
    assert (text(page), shown(html)) == ("Hello new world here", ("here", "3 of 3"))
    last = answer(person, page, "0-3", "here", second["Location"])
    html = html_of(person.get(last["Location"]))
    assert "No word is doubtful any more." in html
    assert "Hello new world here" in html
    assert parse_qs(urlsplit(last["Location"]).query)["done"] == ["3"]


def test_what_was_right_does_not_come_again(person: Client, page: Page) -> None:
    answer(person, page, "0-0", "He1lo")
    assert text(page) == "He1lo wor1d here"
    assert page.current
    assert page.current.page_text.words[0].confidence == 100
    assert shown(html_of(person.get(address(page)))) == ("wor1d", "1 of 2")


def test_where_there_is_no_word_it_is_taken_away(person: Client, page: Page) -> None:
    html = html_of(person.get(answer(person, page, "0-0", "")["Location"]))
    assert (text(page), shown(html)) == ("wor1d here", ("wor1d", "2 of 3"))


def test_one_goes_back_and_leaves_words_open(person: Client, page: Page) -> None:
    html = html_of(person.get(answer(person, page, "0-0", "Hello")["Location"]))
    back, leave_open = re.findall(r'class="button without-script" href="([^"]+)"', html)
    assert shown(html_of(person.get(back.replace("&amp;", "&")))) == ("Hello", "1 of 3")
    assert shown(html_of(person.get(leave_open.replace("&amp;", "&")))) == ("here", "3 of 3")
    over = html_of(person.get(f"{address(page)}?from=999999-0"))
    assert "2 doubtful words were left open." in over


@pytest.mark.parametrize("query", ["?word=9-9", "?word=x", "?from=-1", "?from=%00", "?done=x", "?before=<b>"])
def test_an_address_that_means_nothing_breaks_nothing(person: Client, page: Page, query: str) -> None:
    expected = {"?word=9-9": ("", "")}.get(query, ("He1lo", "1 of 3"))
    assert shown(html_of(person.get(address(page) + query))) == expected


def test_a_word_that_is_refused_stays_in_the_field(person: Client, page: Page) -> None:
    refused = answer(person, page, "0-1", "x" * 201)
    html = html_of(refused)
    assert (refused.status_code, shown(html)[0]) == (422, "x" * 201)
    assert 'id="text-error"' in html
    assert "There is no such line or word" in html_of(answer(person, page, "9-9", "x"))
    assert answer(person, page, "nonsense", "x").status_code == 404
    assert text(page) == "He1lo wor1d here"


def test_what_was_typed_is_told_where_somebody_else_was_quicker(
    person: Client, page: Page, owner: User
) -> None:
    seen = page.current_id
    assert seen
    correct.correct(user=owner, page=page, current_id=seen, operations=[ReplaceWord(0, 2, "there")])
    sent = {"base": str(seen), "place": "0-0", "text": "Hello"}
    html = html_of(person.post(address(page), sent, follow=True))
    assert "owner changed this page" in html
    assert "You typed “Hello”." in html
    assert shown(html) == ("He1lo", "1 of 2")
    refused = person.post(address(page, "proofread/"), {"base": str(seen)}, follow=True)
    assert "owner changed" in html_of(refused) or "changed meanwhile" in html_of(refused)
    page.refresh_from_db()
    assert page.proofread_at is None


def test_words_of_ones_own_are_no_doubts(person: Client, page: Page, editor: User, owner: User) -> None:
    add_known_word(user=owner, word="here")  # somebody else's
    added = answer(person, page, "0-0", "He1lo", know="")
    assert known_words(editor) == ["He1lo"]
    assert shown(html_of(person.get(added["Location"]))) == ("wor1d", "2 of 3")
    add_known_word(user=editor, word="wor1d")
    assert words_for_script(html_of(person.get(address(page)))) == ["here"]
    assert answer(person, page, "0-2", "  ", know="").status_code == 422


def test_a_word_that_is_not_saved_is_not_on_the_list(
    person: Client, page: Page, editor: User, owner: User
) -> None:
    seen = page.current_id
    correct.correct(user=owner, page=page, current_id=seen, operations=[ReplaceWord(0, 2, "there")])
    person.post(address(page), {"base": str(seen), "place": "0-0", "text": "Trajan", "know": ""})
    assert known_words(editor) == []
    assert answer(person, page, "0-0", "  ", know="").status_code == 422
    assert text(page) == "He1lo wor1d there"


def test_a_page_that_is_right_leads_to_the_next_and_that_can_be_undone(
    person: Client, page: Page, collection: Collection, owner: User
) -> None:
    following = offered(collection, owner, ["Next"], confidence=60).pages.get()
    done = person.post(address(page, "proofread/"), {"base": str(page.current_id)})
    assert done["Location"] == address(following)
    html = html_of(person.get(done["Location"]))
    assert "Page 1 of “Worst” is proofread." in html
    assert "1 page left" in html
    undone = person.post(address(page, "proofread/"), {"base": str(page.current_id), "undo": ""})
    assert undone["Location"] == address(page)
    page.refresh_from_db()
    assert page.proofread_at is None


def test_after_the_last_page_one_comes_to_the_overview(person: Client, page: Page) -> None:
    done = person.post(address(page, "proofread/"), {"base": str(page.current_id)})
    assert done["Location"] == "/review/"


def test_skipped_pages_stay_away_until_they_are_brought_back(
    person: Client, browse: Browse, page: Page, collection: Collection, owner: User, editor: User
) -> None:
    following = offered(collection, owner, ["Next"], confidence=60).pages.get()
    assert person.post(address(page, "skip/"))["Location"] == address(following)
    assert person.post(address(following, "skip/"))["Location"] == "/review/"
    assert "nothing left to proofread but the pages that you skipped" in html_of(person.get("/review/"))
    assert "2 pages left" in html_of(browse(editor).get("/review/"))  # another visit
    assert "2 pages left" in html_of(person.post("/review/skipped/", follow=True))


def test_a_page_without_text_leads_to_its_document(person: Client, page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(current=None)
    assert person.get(address(page))["Location"] == f"/documents/{page.document_id}/"


def test_who_may_change_a_document_no_more_saves_nothing(person: Client, page: Page, editor: User) -> None:
    assert person.get(address(page)).status_code == 200
    Membership.objects.filter(user=editor).update(role="viewer")
    assert answer(person, page, "0-0", "Hello").status_code == 403
    assert text(page) == "He1lo wor1d here"


def test_every_page_leads_to_proofreading_and_the_word_list(person: Client) -> None:
    html = html_of(person.get("/upload/"))
    assert 'href="/review/"' in html
    assert 'href="/words/"' in html
