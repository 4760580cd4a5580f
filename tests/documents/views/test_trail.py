"""The audit trail: of a document for its members, of everything for administrators."""

import pytest

from accounts.models import User
from documents.models import Document, Event
from documents.selectors import trail
from documents.services.events import note_parts, note_whole
from documents.services.organise import rename_document
from tests.documents.views.conftest import Browse, html_of


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_superuser("admin")


def test_members_read_what_was_done(
    browse: Browse, document: Document, editor: User, viewer: User, stranger: User
) -> None:
    rename_document(user=editor, document=document, title="<b>Bill</b>")
    address = f"/documents/{document.pk}/history/"
    html = html_of(browse(viewer).get(address))
    assert "<bdi>editor</bdi> renamed it from “<bdi>A letter</bdi>”" in html
    assert "“<bdi>&lt;b&gt;Bill&lt;/b&gt;</bdi>”" in html
    assert browse(stranger).get(address).status_code == 404
    assert browse(viewer).post(address).status_code == 405


def test_an_old_document_has_an_empty_history(browse: Browse, document: Document, viewer: User) -> None:
    html = html_of(browse(viewer).get(f"/documents/{document.pk}/history/", headers={"HX-Request": "true"}))
    assert "Nothing was written down yet." in html
    assert "<html" not in html


def test_the_history_goes_further_back(
    browse: Browse, document: Document, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "PER_SCREEN", 1)
    for title in ("One", "Two"):
        rename_document(user=editor, document=document, title=title)
    answer = browse(editor).get(f"/documents/{document.pk}/history/")
    older = answer.context["trail"].older
    html = html_of(browse(editor).get(f"/documents/{document.pk}/history/?before={older}"))
    assert "“<bdi>One</bdi>”" in html
    assert "“<bdi>Two</bdi>”" not in html


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999", "²", ""])
def test_a_bad_place_to_begin_is_the_start(
    browse: Browse, document: Document, editor: User, before: str
) -> None:
    rename_document(user=editor, document=document, title="One")
    assert "One" in html_of(browse(editor).get(f"/documents/{document.pk}/history/?before={before}"))


def test_administrators_see_everything_and_nobody_else_does(
    browse: Browse, document: Document, admin: User, owner: User
) -> None:
    rename_document(user=owner, document=document, title="Bill")
    html = html_of(browse(admin).get("/events/"))
    assert "<bdi>owner</bdi> renamed it" in html
    assert f"/documents/{document.pk}/" not in html  # which the administrator is no member of
    assert browse(owner).get("/events/").status_code == 404
    assert "/events/" not in html_of(browse(owner).get("/"))
    assert "/events/" in html_of(browse(admin).get("/"))


def test_administrators_choose(browse: Browse, document: Document, admin: User, owner: User) -> None:
    rename_document(user=owner, document=document, title="Bill")
    client = browse(admin)
    assert "renamed it" in html_of(client.get("/events/?person=owner&action=renamed"))
    assert "renamed it" in html_of(client.get("/events/?person=OWNER&action=renamed"))
    for question in ("person=nobody", "action=moved", "person=%00%ff"):
        assert "Nothing like that was done." in html_of(client.get(f"/events/?{question}"))
    assert "renamed it" in html_of(client.get("/events/?action=nonsense"))
    assert client.post("/events/").status_code == 405


def test_what_was_done_to_many_opens_to_its_documents(
    browse: Browse, document: Document, admin: User, owner: User
) -> None:
    whole = note_whole(user=owner, action=Event.Action.MOVED, details={"after": "Tax"})
    note_parts(whole=whole, documents=[(document, {"before": "Letters", "after": "Tax"})])
    client = browse(admin)
    html = html_of(client.get("/events/"))
    assert "<bdi>owner</bdi> moved <bdi>1</bdi> document to <bdi>Tax</bdi>" in html
    assert "A letter" not in html
    assert f'<a href="/events/{whole.pk}/">1 document</a>' in html
    opened = html_of(client.get(f"/events/{whole.pk}/"))
    assert "moved it from <bdi>Letters</bdi> to <bdi>Tax</bdi>" in opened
    assert "A letter" in opened


def test_nobody_else_opens_it(browse: Browse, document: Document, admin: User, owner: User) -> None:
    whole = note_whole(user=owner, action=Event.Action.TRASHED, details={})
    note_parts(whole=whole, documents=[(document, {})])
    part = whole.parts.get()
    assert browse(owner).get(f"/events/{whole.pk}/").status_code == 404
    assert [browse(admin).get(f"/events/{key}/").status_code for key in (part.pk, 999)] == [404, 404]
    assert browse(admin).post(f"/events/{whole.pk}/").status_code == 405
    assert browse(admin).get(f"/events/{whole.pk}/?before=x").status_code == 200
