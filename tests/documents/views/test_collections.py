"""Collections and their pages."""

import re

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Invitation, Membership, Role
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document


@pytest.fixture
def tax(owner: User, editor: User, viewer: User) -> Collection:
    """Nobody's personal collection."""
    collection = Collection.objects.create(name="Tax")
    for user, role in ((owner, "owner"), (editor, "editor"), (viewer, "viewer")):
        Membership.objects.create(collection=collection, user=user, role=role)
    return collection


def test_ones_collections_are_listed_with_role_and_documents(
    browse: Browse, document: Document, tax: Collection, editor: User
) -> None:
    html = html_of(browse(editor).get("/collections/"))
    assert f'href="/collections/{tax.pk}/" dir="auto">Tax</a>' in html
    assert "editor · 1 document " in html
    assert "editor · 0 documents" in html


def test_who_belongs_to_none_is_told_what_to_do(
    browse: Browse, collection: Collection, stranger: User
) -> None:
    html = html_of(browse(stranger).get("/collections/"))
    assert "You belong to none yet." in html
    assert "Letters" not in html


def test_its_documents_are_found_without_those_of_a_namesake(
    browse: Browse, document: Document, editor: User, stranger: User
) -> None:
    namesake = Collection.objects.create(name="letters")
    for user, role in ((stranger, "owner"), (editor, "viewer")):
        Membership.objects.create(collection=namesake, user=user, role=role)
    make_document(collection=namesake, user=stranger, texts=["Hello"], title="Not this one")
    client = browse(editor)
    for address in (f"/collections/{document.collection_id}/", f"/documents/{document.pk}/"):
        link = re.search(r'href="(/\?q=in[^"]*)"', html_of(client.get(address)))
        assert link
        html = html_of(client.get(link[1]))
        assert ("A letter" in html, "Not this one" in html) == (True, False)


def test_a_collection_is_made(browse: Browse, stranger: User) -> None:
    answer = browse(stranger).post("/collections/", {"name": " Photos "})
    made = Collection.objects.get(name="Photos")
    assert (answer.status_code, answer["Location"]) == (302, f"/collections/{made.pk}/")
    assert Membership.objects.get(collection=made).user == stranger


@pytest.mark.parametrize("name", ["", "\0", "\u200b", "x" * 201])
def test_a_name_that_is_none_is_a_sentence(browse: Browse, owner: User, name: str) -> None:
    answer = browse(owner).post("/collections/", {"name": name})
    assert answer.status_code == 422
    assert 'id="id_name_error"' in html_of(answer)
    assert not Collection.objects.exists()


CHANGES = {
    "rename/": {"name": "New"},
    "invite/": {"name": "stranger", "role": "viewer"},
    "delete/": {},
}


@pytest.mark.parametrize("part", CHANGES)
def test_only_owners_change_a_collection(
    browse: Browse, tax: Collection, owner: User, editor: User, viewer: User, stranger: User, part: str
) -> None:
    address = f"/collections/{tax.pk}/{part}"
    answers = [
        browse(user).post(address, CHANGES[part]).status_code for user in (stranger, viewer, editor, owner)
    ]
    assert answers == [404, 403, 403, 302]


def test_members_see_a_collection_and_others_do_not(
    browse: Browse, tax: Collection, owner: User, viewer: User, stranger: User
) -> None:
    address = f"/collections/{tax.pk}/"
    assert [browse(user).get(address).status_code for user in (owner, viewer, stranger)] == [200, 200, 404]
    assert "Invite somebody" in html_of(browse(owner).get(address))
    html = html_of(browse(viewer).get(address))
    assert "Leave this collection" in html
    for offered in ("Invite somebody", "Delete this collection", "/rename/", "<select"):
        assert offered not in html


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
@pytest.mark.parametrize("part", ["", "rename/", "delete/", "invite/", "leave/"])
def test_a_collection_that_is_not_there_is_not_found(
    browse: Browse, tax: Collection, owner: User, part: str, number: str
) -> None:
    client = browse(owner)
    assert client.get(f"/collections/{number}/{part}").status_code == 404
    if part:
        assert client.post(f"/collections/{number}/{part}").status_code == 404


def test_the_wrong_method_is_refused(browse: Browse, tax: Collection, owner: User) -> None:
    client = browse(owner)
    addresses = ["/collections/", *(f"/collections/{tax.pk}/{part}" for part in ("", *CHANGES, "leave/"))]
    assert {client.put(address).status_code for address in addresses} == {405}


@pytest.mark.parametrize("part", [*CHANGES, "leave/"])
def test_who_opens_an_address_that_changes_a_collection_comes_to_it(
    browse: Browse, tax: Collection, viewer: User, part: str
) -> None:
    answer = browse(viewer).get(f"/collections/{tax.pk}/{part}")
    assert (answer.status_code, answer["Location"]) == (302, f"/collections/{tax.pk}/")
    assert Membership.objects.filter(collection=tax).count() == 3


def test_a_collection_is_renamed(browse: Browse, tax: Collection, owner: User) -> None:
    browse(owner).post(f"/collections/{tax.pk}/rename/", {"name": "Taxes"})
    tax.refresh_from_db()
    assert tax.name == "Taxes"
    answer = browse(owner).post(f"/collections/{tax.pk}/rename/", {"name": " "})
    assert answer.status_code == 422


def test_a_collection_with_documents_is_not_deleted(
    browse: Browse, tax: Collection, document: Document, owner: User
) -> None:
    Document.objects.update(collection=tax)
    client = browse(owner)
    assert "It still holds documents." in html_of(client.get(f"/collections/{tax.pk}/"))
    answer = client.post(f"/collections/{tax.pk}/delete/", follow=True)
    assert "This collection still holds documents, perhaps in the trash." in html_of(answer)
    assert Collection.objects.filter(pk=tax.pk).exists()


def test_an_empty_collection_is_deleted(browse: Browse, tax: Collection, owner: User) -> None:
    answer = browse(owner).post(f"/collections/{tax.pk}/delete/", follow=True)
    assert "The collection “Tax” was deleted." in html_of(answer)


def test_a_personal_collection_is_neither_left_nor_deleted(
    browse: Browse, collection: Collection, owner: User
) -> None:
    client = browse(owner)
    html = html_of(client.get(f"/collections/{collection.pk}/"))
    assert "Leave this collection" not in html
    assert "Delete this collection" not in html
    for part in ("delete/", "leave/"):
        answer = client.post(f"/collections/{collection.pk}/{part}", follow=True)
        assert "This is the personal collection of owner." in html_of(answer)


def test_a_member_leaves(browse: Browse, tax: Collection, viewer: User) -> None:
    answer = browse(viewer).post(f"/collections/{tax.pk}/leave/", follow=True)
    assert "You left the collection “Tax”." in html_of(answer)
    assert browse(viewer).get(f"/collections/{tax.pk}/").status_code == 404


def test_the_last_owner_does_not_leave(browse: Browse, tax: Collection, owner: User) -> None:
    answer = browse(owner).post(f"/collections/{tax.pk}/leave/", follow=True)
    assert "A collection keeps at least one owner." in html_of(answer)


def test_nobody_but_owners_sees_who_is_invited(
    browse: Browse, tax: Collection, owner: User, editor: User, stranger: User
) -> None:
    Invitation.objects.create(collection=tax, user=stranger, role=Role.VIEWER)
    assert "stranger" in html_of(browse(owner).get(f"/collections/{tax.pk}/"))
    assert "stranger" not in html_of(browse(editor).get(f"/collections/{tax.pk}/"))


def test_a_name_is_shown_as_it_is_and_not_as_html(browse: Browse, tax: Collection, owner: User) -> None:
    Collection.objects.update(name="<b>&amp;")
    assert "&lt;b&gt;&amp;amp;" in html_of(browse(owner).get("/collections/"))


def test_a_change_needs_its_token(tax: Collection, owner: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    for address in ("/collections/", f"/collections/{tax.pk}/rename/", f"/collections/{tax.pk}/delete/"):
        assert client.post(address, {"name": "New"}).status_code == 403
    assert Collection.objects.get().name == "Tax"


def test_who_may_not_fill_an_empty_collection_is_not_told_to(
    browse: Browse, collection: Collection, editor: User, viewer: User
) -> None:
    pages = [html_of(browse(user).get(f"/collections/{collection.pk}/")) for user in (editor, viewer)]
    assert ["choose this collection when you upload" in html for html in pages] == [True, False]
    assert "What its editors and owners put here" in pages[1]


def test_a_name_of_another_one_is_refused(
    browse: Browse, tax: Collection, owner: User, stranger: User
) -> None:
    client = browse(owner)
    answer = client.post("/collections/", {"name": "TÄX"})
    assert answer.status_code == 422
    assert "You belong to a collection “TÄX” already." in html_of(answer)
    assert browse(stranger).post("/collections/", {"name": "Tax"}).status_code == 302
    client.post("/collections/", {"name": "Home"})
    home = Collection.objects.get(name="Home")
    assert client.post(f"/collections/{home.pk}/rename/", {"name": "tax"}).status_code == 422
    assert client.post(f"/collections/{tax.pk}/rename/", {"name": "TAX"}).status_code == 302


def test_two_of_one_name_are_told_apart_by_their_owners(
    browse: Browse, tax: Collection, document: Document, owner: User, editor: User, stranger: User
) -> None:
    other = Collection.objects.create(name="tax")
    for user, role in ((stranger, "owner"), (editor, "editor")):
        Membership.objects.create(collection=other, user=user, role=role)
    client = browse(editor)
    move = {"kind": "move", "document": str(document.pk)}
    for html in (
        html_of(client.get("/upload/")),
        html_of(client.get(f"/documents/{document.pk}/edit/")),
        html_of(client.post("/bulk/", move)),
    ):
        assert ">Tax (owner)</option>" in html
        assert ">tax (stranger)</option>" in html
    html = html_of(client.get("/"))
    assert 'q=in%3A%22Tax%20%28owner%29%22" >Tax (owner)</a>' in html
    assert "Tax (owner)" not in html_of(browse(owner).get("/"))
