"""The trash: its page, and the way of one document into it and out again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from documents.models import Document
from documents.services import trash
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document


@pytest.fixture
def trashed(document: Document, owner: User) -> Document:
    trash.trash(user=owner, document=document)
    return document


def address(document: Document, part: str = "") -> str:
    return f"/documents/{document.pk}/{part}"


def test_a_document_goes_there_and_the_message_offers_to_undo(
    browse: Browse, document: Document, editor: User
) -> None:
    person = browse(editor)
    answer = person.post(address(document, "trash/"), follow=True)
    assert answer.redirect_chain == [("/", 302)]
    html = html_of(answer)
    assert "“A letter” is in the trash." in html
    assert f'action="/documents/{document.pk}/restore/"' in html
    assert 'name="csrfmiddlewaretoken"' in html.split("restore/")[1].split("</form>")[0]
    answer = person.post(address(document, "restore/"), follow=True)
    assert answer.redirect_chain == [(address(document), 302)]
    assert "The document is back in the archive." in html_of(answer)


def test_the_list_tells_the_collection(browse: Browse, trashed: Document, owner: User) -> None:
    assert "<bdi>Letters</bdi>" in html_of(browse(owner).get("/trash/"))


def test_only_owners_and_editors_may_put_it_there(
    browse: Browse, document: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    answers = [
        browse(user).post(address(document, "trash/")).status_code
        for user in (viewer, stranger, editor, owner)
    ]
    assert answers == [403, 404, 302, 404]


def test_only_owners_and_editors_may_take_it_out(
    browse: Browse, trashed: Document, editor: User, viewer: User, stranger: User
) -> None:
    answers = [
        browse(user).post(address(trashed, "restore/")).status_code for user in (viewer, stranger, editor)
    ]
    assert answers == [404, 404, 302]
    assert Document.objects.get().trashed_at is None


def test_its_address_tells_who_may_take_it_out_where_it_is(
    browse: Browse, trashed: Document, editor: User, viewer: User, stranger: User
) -> None:
    answers = [browse(user).get(address(trashed)) for user in (editor, viewer, stranger)]
    assert [answer.status_code for answer in answers] == [404] * 3
    told = ["This document is in the trash" in html_of(answer) for answer in answers]
    assert told == [True, False, False]
    assert "30 days left" in html_of(answers[0])


@pytest.mark.parametrize(
    "part", ["pages/1/", "pages/1/image", "pages/1/text", "download/txt", "download/original", "runs/"]
)
def test_nothing_else_of_it_answers(browse: Browse, trashed: Document, owner: User, part: str) -> None:
    assert browse(owner).get(address(trashed, part)).status_code == 404


def test_it_is_neither_listed_nor_counted(browse: Browse, trashed: Document, owner: User, collection) -> None:
    make_document(collection=collection, user=owner, texts=["x"], title="Another")
    html = html_of(browse(owner).get("/"))
    assert "A letter" not in html
    assert "1 document" in html


def test_the_page_says_what_lies_there_since_when_and_for_how_long(
    browse: Browse, trashed: Document, owner: User, settings
) -> None:
    Document.objects.update(trashed_at=timezone.now() - timedelta(days=29, hours=1))
    html = html_of(browse(owner).get("/trash/"))
    assert "A letter" in html
    assert "<bdi>owner</bdi>" in html
    assert "1 day left" in html
    Document.objects.update(trashed_at=timezone.now() - timedelta(days=31))
    assert "is about to be deleted" in html_of(browse(owner).get("/trash/"))


def test_nobody_sees_what_is_not_theirs_to_take_out(
    browse: Browse, trashed: Document, viewer: User, stranger: User
) -> None:
    for user in (viewer, stranger):
        html = html_of(browse(user).get("/trash/"))
        assert "A letter" not in html
        assert "The trash is empty." in html


def test_a_full_trash_has_pages(browse: Browse, owner: User, collection) -> None:
    for number in range(25):
        one = make_document(collection=collection, user=owner, texts=["x"], title=f"Letter {number}")
        trash.trash(user=owner, document=one)
    person = browse(owner)
    first = person.get("/trash/")
    assert html_of(first).count('class="select"') == 24
    following = person.get("/trash/", {"cursor": first.context["page"].next_cursor})
    assert html_of(following).count('class="select"') == 1
    assert html_of(person.get("/trash/?cursor=nonsense")).count('class="select"') == 24


def test_a_row_has_a_picture_and_opens_the_document(browse: Browse, trashed: Document, editor: User) -> None:
    person = browse(editor)
    html = html_of(person.get("/trash/"))
    place = f"/trash/{trashed.pk}/"
    assert f'<a href="{place}" dir="auto">A letter</a>' in html
    assert f'src="{place}pages/1/thumbnail?v=' in html
    assert person.get(f"{place}pages/1/thumbnail")["Content-Type"] == "image/jpeg"
    assert f'href="{place}"' in html_of(person.get(address(trashed)))


def test_it_is_looked_at_page_by_page(browse: Browse, owner: User, collection) -> None:
    long = make_document(collection=collection, user=owner, texts=["First", "Second"], title="Long")
    trash.trash(user=owner, document=long)
    person = browse(owner)
    first, second = (html_of(person.get(f"/trash/{long.pk}/?page={page}")) for page in ("", "2"))
    assert ("Page 1 of 2" in first, "First" in first, 'href="?page=2"' in first) == (True, True, True)
    assert ("Page 2 of 2" in second, "Second" in second, 'href="?page=1"' in second) == (True, True, True)
    assert "Page 2 of 2" in html_of(person.get(f"/trash/{long.pk}/?page=999"))
    assert person.get(f"/trash/{long.pk}/pages/2/image")["Content-Type"] == "image/jpeg"
    assert person.get(f"/trash/{long.pk}/pages/3/image").status_code == 404


def test_what_has_no_page_yet_is_shown_without(browse: Browse, owner: User, collection) -> None:
    bare = make_document(collection=collection, user=owner, texts=[], title="Bare")
    trash.trash(user=owner, document=bare)
    html = html_of(browse(owner).get(f"/trash/{bare.pk}/"))
    assert "Bare" in html
    assert "Page 1" not in html


def test_it_is_deleted_for_good_from_there_after_a_question(
    browse: Browse, trashed: Document, owner: User
) -> None:
    sent = {"kind": "delete", "document": trashed.pk, "back": "/trash/"}
    assert "Delete for good" in html_of(browse(owner).post("/bulk/", sent))
    assert Document.objects.filter(pk=trashed.pk).exists()


def test_only_who_may_take_it_out_looks_at_it(
    browse: Browse, trashed: Document, viewer: User, stranger: User, owner: User
) -> None:
    for part in ("", "pages/1/image", "pages/1/thumbnail"):
        for user in (viewer, stranger):
            assert browse(user).get(f"/trash/{trashed.pk}/{part}").status_code == 404
        assert browse(owner).get(f"/trash/{uuid4()}/{part}").status_code == 404
        assert browse(owner).post(f"/trash/{trashed.pk}/{part}").status_code == 405


def test_what_was_taken_out_meanwhile_is_where_it_was(
    browse: Browse, document: Document, viewer: User, stranger: User
) -> None:
    assert browse(viewer).get(f"/trash/{document.pk}/")["Location"] == address(document)
    assert browse(stranger).get(f"/trash/{document.pk}/").status_code == 404


def test_from_the_list_of_duplicates_one_comes_back_to_it(
    browse: Browse, document: Document, owner: User
) -> None:
    answer = browse(owner).post(address(document, "trash/"), {"from": "duplicates"})
    assert answer["Location"] == "/duplicates/"


def test_bad_addresses_and_methods(browse: Browse, document: Document, owner: User) -> None:
    person = browse(owner)
    for part in ("trash/", "restore/"):
        assert person.post(f"/documents/{uuid4()}/{part}").status_code == 404
        assert person.get(address(document, part)).headers["Location"] == address(document)
        assert person.put(address(document, part)).status_code == 405
    assert person.post("/trash/").status_code == 405
    assert Document.objects.get().trashed_at is None
